import { createHash } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type FolderWriter,
  type WriteOptions,
  type WriteStage,
  writeFolder,
} from "../../src/report/folder.js";
import { writerName } from "../../src/report/leftovers.js";
import { ownFolder, scratch } from "./scratch.js";

const place = scratch();
const plain: WriteOptions = { force: false, protect: [] };
const forced: WriteOptions = { force: true, protect: [] };

function putOwn(folder: string, outputs: Record<string, string>): void {
  const entries = Object.entries(ownFolder(outputs)).map(([name, text]) => [`${folder}/${name}`, text]);
  place.put(Object.fromEntries(entries));
}

function fillNew(folder: FolderWriter): void {
  folder.file("sample.csv", "new\n");
}

describe("writing a folder", () => {
  test("gives each file's size and hash, and lists the outputs in byte order without the records", async () => {
    await writeFolder(place.path("out"), plain, (folder) => {
      // SHA-256 of "abc": FIPS 180-2, appendix B.1.
      expect(folder.file("sample.csv", "abc")).toEqual({
        path: "sample.csv",
        bytes: 3,
        sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      });
      const stream = folder.stream("tables/é.csv");
      stream.write("£");
      stream.write(Uint8Array.of(10));
      // The same two pieces, C2 A3 0A, hashed with sha256sum.
      expect(stream.close()).toMatchObject({
        path: "tables/é.csv",
        bytes: 3,
        sha256: "b3f6bccb9d5d06c6d9e9a3d9cd3ae6bce9735463625ec233c985c2e428543c09",
      });
      folder.file("frame.csv", "");
      folder.file("Z.csv", "z");
      folder.file("run.json", "{}");
      folder.file("manifest.json", "{}");
      folder.file("more/run.json", "{}");
      folder.file("more/manifest.json", "{}");
      expect(readFileSync(join(folder.path, "sample.csv"), "utf8")).toBe("abc");
      expect(folder.outputs().map(({ path }) => path)).toEqual([
        "Z.csv",
        "frame.csv",
        "more/manifest.json",
        "sample.csv",
        "tables/é.csv",
      ]);
    });
    expect(place.list()).toEqual([
      "out/",
      "out/Z.csv",
      "out/frame.csv",
      "out/manifest.json",
      "out/more/",
      "out/more/manifest.json",
      "out/more/run.json",
      "out/run.json",
      "out/sample.csv",
      "out/tables/",
      "out/tables/é.csv",
    ]);
    expect(readFileSync(place.path("out/tables/é.csv"), "utf8")).toBe("£\n");
  });

  test.each([0o000, 0o077, 0o277])("keeps others out and the owner in under umask %o", async (umask) => {
    const before = process.umask(umask);
    try {
      await writeFolder(place.path("out"), plain, (folder) => {
        folder.file("a/b.csv", "x");
      });
    } finally {
      process.umask(before);
    }
    const mode = (path: string) => statSync(place.path(path)).mode & 0o777;
    expect([mode("out"), mode("out/a"), mode("out/a/b.csv")]).toEqual([0o700, 0o700, 0o600]);
  });

  test("is hidden beside the target until it is whole", async () => {
    await writeFolder(place.path("out"), plain, async (folder) => {
      folder.file("sample.csv", "x");
      await Promise.resolve();
      expect(place.list()).toEqual([
        `.out.casedraw-new-${writerName()}/`,
        `.out.casedraw-new-${writerName()}/sample.csv`,
      ]);
      expect(statSync(place.path(`.out.casedraw-new-${writerName()}`)).mode & 0o777).toBe(0o700);
    });
    expect(place.list()).toEqual(["out/", "out/sample.csv"]);
  });

  test("takes an empty folder's place", async () => {
    mkdirSync(place.path("out"));
    await writeFolder(place.path("out"), plain, fillNew);
    expect(place.list()).toEqual(["out/", "out/sample.csv"]);
  });

  test("tells its stages in order", async () => {
    putOwn("out", { "old.csv": "old" });
    const stages: WriteStage[] = [];
    const onStage = (stage: WriteStage) => void stages.push(stage);
    await writeFolder(place.path("out"), { ...forced, onStage }, fillNew);
    expect(stages).toEqual(["preparing", "filling", "whole", "aside", "placed", "done"]);
  });

  test.each(["../x", "/x", "a//b", ".", "a/../b", "a\\b", ""])(
    "refuses %j as a file's name",
    async (name) => {
      const fill = (folder: FolderWriter) => void folder.file(name, "x");
      await expect(writeFolder(place.path("out"), plain, fill)).rejects.toThrow("does not name a file");
      expect(place.list()).toEqual([]);
    },
  );

  test("does not pass for whole with a file still open", async () => {
    const fill = (folder: FolderWriter) => void folder.stream("a.csv").write("x");
    await expect(writeFolder(place.path("out"), plain, fill)).rejects.toThrow("closed");
    expect(place.list()).toEqual([]);
  });
});

describe("what stands at the place", () => {
  const refused = async (target: string, code: string, options = plain) => {
    const before = place.list();
    let filled = false;
    const attempt = writeFolder(target, options, () => {
      filled = true;
    });
    await expect(attempt).rejects.toMatchObject({ name: "CasedrawError", code, details: { file: target } });
    expect(filled).toBe(false);
    expect(place.list()).toEqual(before);
  };

  test("a folder that holds something", async () => {
    place.put({ "out/.hidden": "x" });
    await refused(place.path("out"), "OUTPUT_EXISTS");
  });

  test.each([plain, forced])(
    "a file, a link, a link to nothing, a missing parent, a parent that is a file",
    async (options) => {
      place.put({ file: "x", "folder/x": "x" });
      symlinkSync(place.path("folder"), place.path("link"));
      symlinkSync(place.path("nowhere"), place.path("broken"));
      await refused(place.path("file"), "OUTPUT_NOT_A_FOLDER", options);
      await refused(place.path("link"), "OUTPUT_IS_A_LINK", options);
      await refused(`${place.path("link")}/`, "OUTPUT_IS_A_LINK", options);
      await refused(place.path("broken"), "OUTPUT_IS_A_LINK", options);
      await refused(place.path("none/out"), "OUTPUT_PARENT_MISSING", options);
      await refused(place.path("file/out"), "OUTPUT_PARENT_MISSING", options);
    },
  );

  test("the plan's or an input's folder, near or far, by whatever name", async () => {
    putOwn("out", { "data.csv": "x", "deep/plan.yaml": "x" });
    symlinkSync(place.path("out/deep"), place.path("way"));
    linkSync(place.path("out/data.csv"), place.path("other-name.csv"));
    symlinkSync(place.path("outside.csv"), place.path("out/link-to-outside.csv"));
    place.put({ "outside.csv": "x" });
    for (const input of [
      place.path("out/data.csv"),
      place.path("out/deep/plan.yaml"),
      place.path("way/plan.yaml"),
      relative(process.cwd(), place.path("out/data.csv")),
      place.path("out/link-to-outside.csv"),
    ]) {
      await refused(place.path("out"), "OUTPUT_HOLDS_INPUT", { force: true, protect: [input] });
    }
  });

  test("the current folder and what holds it", async () => {
    mkdirSync(place.path("a/b"), { recursive: true });
    const before = process.cwd();
    process.chdir(place.path("a/b"));
    try {
      await refused(".", "OUTPUT_HOLDS_INPUT");
      await refused("..", "OUTPUT_HOLDS_INPUT");
      await refused("/", "OUTPUT_HOLDS_INPUT");
    } finally {
      process.chdir(before);
    }
  });

  test("an input beside it is no matter", async () => {
    place.put({ "out-data.csv": "x" });
    await writeFolder(place.path("out"), { force: false, protect: [place.path("out-data.csv")] }, fillNew);
    expect(place.list("out")).toEqual(["sample.csv"]);
  });
});

describe("--force", () => {
  test("replaces a folder of ours, also one with a file less", async () => {
    putOwn("out", { "frame.csv": "old", "tables/age.csv": "old" });
    await writeFolder(place.path("out"), forced, fillNew);
    expect(place.list()).toEqual(["out/", "out/sample.csv"]);
    putOwn("other", { "frame.csv": "old" });
    writeFileSync(
      place.path("other/manifest.json"),
      ownFolder({ "frame.csv": "old", gone: "x" })["manifest.json"] ?? "",
    );
    await writeFolder(place.path("other"), forced, fillNew);
    expect(place.list("other")).toEqual(["sample.csv"]);
  });

  test.each([
    ["a later version", { previous: true }, "manifest.json"],
    ["a sample linked to it", { linked_to: true }, "manifest.json"],
    ["a handover of it", { algorithm: { name: "handover" }, sample: true }, "manifest.json"],
    ["a second handover", { after: true }, "manifest.json"],
    ["a later version of one of its frames", { previous: true }, "north/manifest.json"],
  ])("replaces nothing that %s beside it goes on with", async (_, facts, manifest) => {
    putOwn("out", { "sample.csv": "old", "north/manifest.json": "{}" });
    const manifest_sha256 = createHash("sha256")
      .update(readFileSync(place.path(`out/${manifest}`)))
      .digest("hex");
    const marks = Object.entries(facts).map(([key, what]) => [
      key,
      what === true ? { manifest_sha256 } : what,
    ]);
    place.put({
      "next/manifest.json": JSON.stringify(Object.fromEntries(marks)),
      "loose/manifest.json": "[",
    });
    const before = place.list();
    const error = await writeFolder(place.path("out"), forced, fillNew).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "OUTPUT_CONTINUED", details: { continued_by: "next" } });
    expect(place.list()).toEqual(before);
    place.put({ "next/manifest.json": JSON.stringify({ sample: { manifest_sha256 } }) }); // an estimate, as it were
    await writeFolder(place.path("out"), forced, fillNew);
    expect(place.list("out")).toEqual(["sample.csv"]);
  });

  test.each<[string, string, () => void]>([
    ["an edited output", "tables/age.csv", () => place.put({ "out/tables/age.csv": "old " })],
    ["an unlisted file", "notes.txt", () => place.put({ "out/notes.txt": "x" })],
    [
      "an unlisted file in a folder of ours",
      "tables/notes.txt",
      () => place.put({ "out/tables/notes.txt": "x" }),
    ],
    ["a hidden file", ".notes", () => place.put({ "out/.notes": "x" })],
    ["an empty folder", "more", () => mkdirSync(place.path("out/more"))],
    ["a link", "link", () => symlinkSync(place.path("out/frame.csv"), place.path("out/link"))],
    ["a record in a folder", "tables/run.json", () => place.put({ "out/tables/run.json": "{}" })],
    ["a broken manifest", "manifest.json", () => place.put({ "out/manifest.json": '{"casedraw":1' })],
    [
      "a later manifest",
      "manifest.json",
      () => place.put({ "out/manifest.json": '{"casedraw":2,"outputs":[]}' }),
    ],
    ["another program's manifest", "manifest.json", () => place.put({ "out/manifest.json": '{"name":"x"}' })],
  ])("refuses a folder with %s, naming it", async (_, entry, spoil) => {
    putOwn("out", { "frame.csv": "old", "tables/age.csv": "old" });
    spoil();
    const before = place.list();
    await expect(writeFolder(place.path("out"), forced, fillNew)).rejects.toMatchObject({
      code: "OUTPUT_NOT_OURS",
      message: expect.stringContaining(entry),
      details: { entry },
    });
    expect(place.list()).toEqual(before);
  });

  test("replaces a folder of ours within which is another with records of its own", async () => {
    putOwn("out", { "children.csv": "old", "sample/frame.csv": "old", "sample/manifest.json": "{}" });
    place.put({ "out/sample/run.json": "{}" });
    await writeFolder(place.path("out"), forced, fillNew);
    expect(place.list("out")).toEqual(["sample.csv"]);
  });

  test("refuses a folder without a manifest", async () => {
    place.put({ "out/thesis.doc": "x" });
    await expect(writeFolder(place.path("out"), forced, fillNew)).rejects.toMatchObject({
      code: "OUTPUT_NOT_OURS",
      details: { entry: "manifest.json" },
    });
    expect(place.list("out")).toEqual(["thesis.doc"]);
  });
});

describe("when it fails", () => {
  test("leaves nothing where nothing was, and the fault as it is", async () => {
    const fault = new Error("the filling failed");
    const fill = (folder: FolderWriter) => {
      folder.file("a.csv", "x");
      folder.stream("b.csv").write("x");
      throw fault;
    };
    await expect(writeFolder(place.path("out"), plain, fill)).rejects.toBe(fault);
    expect(place.list()).toEqual([]);
  });

  test.each<WriteStage>(["preparing", "filling", "whole", "aside"])(
    "at the stage %s, keeps the old folder",
    async (at) => {
      putOwn("out", { "frame.csv": "old" });
      const before = place.list();
      const onStage = (stage: WriteStage) => {
        if (stage === at) throw new Error("stop");
      };
      await expect(writeFolder(place.path("out"), { ...forced, onStage }, fillNew)).rejects.toThrow("stop");
      expect(place.list()).toEqual(before);
    },
  );

  test("does not replace what was put there or edited while it was filling", async () => {
    const fill = (folder: FolderWriter) => {
      place.put({ "out/frame.csv": "mine" });
      fillNew(folder);
    };
    await expect(writeFolder(place.path("out"), plain, fill)).rejects.toMatchObject({
      code: "OUTPUT_EXISTS",
    });
    expect(readFileSync(place.path("out/frame.csv"), "utf8")).toBe("mine");
    putOwn("out", { "frame.csv": "old" });
    await expect(writeFolder(place.path("out"), forced, fill)).rejects.toMatchObject({
      code: "OUTPUT_NOT_OURS",
    });
    expect(readFileSync(place.path("out/frame.csv"), "utf8")).toBe("mine");
    expect(place.list().filter((path) => path.startsWith("."))).toEqual([]);
  });
});
