import { linkSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { writerName } from "../../src/report/leftovers.js";
import { beginsWith, type FileOptions, writeSingleFile } from "../../src/report/single-file.js";
import { scratch } from "./scratch.js";

const place = scratch();
const plain: FileOptions = { force: false, protect: [], isOwn: () => true };
const forced: FileOptions = { ...plain, force: true };

test("writes a text, bytes or pieces, for the owner alone", async () => {
  const written = await writeSingleFile(place.path("a.csv"), "abc", plain);
  // SHA-256 of "abc": FIPS 180-2, appendix B.1.
  expect(written).toEqual({
    path: place.path("a.csv"),
    bytes: 3,
    sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  });
  await writeSingleFile(place.path("b.csv"), Uint8Array.of(97, 98), plain);
  await writeSingleFile(
    place.path("c.csv"),
    async (stream) => {
      stream.write("a");
      await Promise.resolve();
      stream.write(Uint8Array.of(98));
      expect(place.list()).toEqual([`.c.csv.casedraw-new-${writerName()}`, "a.csv", "b.csv"]);
    },
    plain,
  );
  expect(place.list()).toEqual(["a.csv", "b.csv", "c.csv"]);
  expect(["a.csv", "b.csv", "c.csv"].map((name) => readFileSync(place.path(name), "utf8"))).toEqual([
    "abc",
    "ab",
    "ab",
  ]);
  expect(statSync(place.path("c.csv")).mode & 0o777).toBe(0o600);
});

test("keeps others out while it writes, whatever the umask", async () => {
  const before = process.umask(0);
  try {
    await writeSingleFile(
      place.path("a.csv"),
      () => {
        expect(statSync(place.path(`.a.csv.casedraw-new-${writerName()}`)).mode & 0o777).toBe(0o600);
      },
      plain,
    );
  } finally {
    process.umask(before);
  }
});

test("replaces a file only with force", async () => {
  place.put({ "a.csv": "mine" });
  await expect(writeSingleFile(place.path("a.csv"), "new", plain)).rejects.toMatchObject({
    code: "OUTPUT_EXISTS",
  });
  expect(readFileSync(place.path("a.csv"), "utf8")).toBe("mine");
  await writeSingleFile(place.path("a.csv"), "new", forced);
  expect(readFileSync(place.path("a.csv"), "utf8")).toBe("new");
  expect(place.list()).toEqual(["a.csv"]);
});

test("with force too replaces nothing but what casedraw wrote", async () => {
  const isOwn = beginsWith("case ID,", "(synthetic)");
  place.put({
    "findings.csv": "unit_id,x\nA,yes\n",
    "real.csv": "case ID,case name\nA,B\n",
    "empty.csv": "",
    "own.csv": "case ID,case name\nA,B (synthetic)\n",
    "mark.csv": "\uFEFFcase ID,case name\nA,B (synthetic)\n",
  });
  for (const name of ["findings.csv", "real.csv", "empty.csv"]) {
    const there = readFileSync(place.path(name), "utf8");
    const attempt = writeSingleFile(place.path(name), "new", { ...forced, isOwn });
    await expect(attempt, name).rejects.toMatchObject({ code: "OUTPUT_NOT_OURS" });
    expect(readFileSync(place.path(name), "utf8")).toBe(there);
  }
  for (const name of ["own.csv", "mark.csv"]) {
    await writeSingleFile(place.path(name), "new", { ...forced, isOwn });
    expect(readFileSync(place.path(name), "utf8")).toBe("new");
  }
  expect(place.list()).toEqual(["empty.csv", "findings.csv", "mark.csv", "own.csv", "real.csv"]);
});

test("leaves what was there when the filling fails, and does not replace what came meanwhile", async () => {
  place.put({ "a.csv": "mine" });
  const fail = () => {
    throw new Error("stop");
  };
  await expect(writeSingleFile(place.path("a.csv"), fail, forced)).rejects.toThrow("stop");
  await expect(writeSingleFile(place.path("b.csv"), fail, plain)).rejects.toThrow("stop");
  const meanwhile = () => place.put({ "c.csv": "mine" });
  await expect(writeSingleFile(place.path("c.csv"), meanwhile, plain)).rejects.toMatchObject({
    code: "OUTPUT_EXISTS",
  });
  expect(place.list()).toEqual(["a.csv", "c.csv"]);
  expect(readFileSync(place.path("a.csv"), "utf8")).toBe("mine");
  expect(readFileSync(place.path("c.csv"), "utf8")).toBe("mine");
});

test("refuses an input, a folder, a link and a missing parent, also with force", async () => {
  place.put({ "data.csv": "x" });
  mkdirSync(place.path("folder"));
  symlinkSync(place.path("data.csv"), place.path("link.csv"));
  linkSync(place.path("data.csv"), place.path("same.csv"));
  const before = place.list();
  const protect = [place.path("data.csv")];
  for (const [name, code] of [
    ["data.csv", "OUTPUT_HOLDS_INPUT"],
    ["same.csv", "OUTPUT_HOLDS_INPUT"],
    ["folder", "OUTPUT_NOT_A_FILE"],
    ["link.csv", "OUTPUT_IS_A_LINK"],
    ["none/a.csv", "OUTPUT_PARENT_MISSING"],
  ] as const) {
    const attempt = writeSingleFile(place.path(name), "new", { ...forced, protect });
    await expect(attempt, name).rejects.toMatchObject({ code });
  }
  await expect(writeSingleFile("/dev/null", "new", forced)).rejects.toMatchObject({
    code: "OUTPUT_NOT_A_FILE",
  });
  expect(place.list()).toEqual(before);
  expect(readFileSync(place.path("data.csv"), "utf8")).toBe("x");
});
