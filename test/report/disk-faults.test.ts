import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Compiled, compile } from "./compiled.js";
import { scratch } from "./scratch.js";

const place = scratch();
let compiled: Compiled;

beforeAll(() => {
  compiled = compile("report/folder.ts", "report/single-file.ts");
});
afterAll(() => compiled.remove());

/** Writes 1 MiB to the target in a child, as folder or as file, and gives the code and message of the refusal. */
function attempt(kind: "folder" | "file", target: string, shell = "exec"): { code: string; message: string } {
  const source = `
    import { writeFolder } from ${JSON.stringify(compiled.url("report/folder.js"))};
    import { writeSingleFile } from ${JSON.stringify(compiled.url("report/single-file.js"))};
    const target = ${JSON.stringify(target)};
    const options = { force: false, protect: [], isOwn: () => false };
    const content = new Uint8Array(1 << 20);
    if (process.getuid() === 0) process.seteuid(65534); // permissions do not bind root
    try {
      await (${JSON.stringify(kind)} === "folder"
        ? writeFolder(target, options, (folder) => void folder.file("a.csv", content))
        : writeSingleFile(target, content, options));
    } catch (error) {
      console.log(JSON.stringify({ code: error.code, message: error.message }));
    }`;
  const command = `${shell} "$0" --input-type=module -e "$1"`;
  const { stdout, stderr } = spawnSync("sh", ["-c", command, process.execPath, source], { encoding: "utf8" });
  if (stdout === "") throw new Error(`the write was not refused: ${stderr}`);
  return JSON.parse(stdout);
}

test.each(["folder", "file"] as const)("a %s where nothing may be written", (kind) => {
  mkdirSync(place.path("locked"));
  chmodSync(place.path(), 0o755);
  chmodSync(place.path("locked"), 0o555);
  const target = place.path("locked/out");
  expect(attempt(kind, target)).toEqual({
    code: "OUTPUT_NOT_WRITABLE",
    message:
      `Output: it could not be written, got no permission (${target}). ` +
      "Nothing new was left behind. Choose a place that you may write to.",
  });
  expect(place.list()).toEqual(["locked/"]);
});

test.each(["folder", "file"] as const)("a %s that outgrows its place", (kind) => {
  chmodSync(place.path(), 0o777);
  const { code, message } = attempt(kind, place.path("out"), "ulimit -f 512; exec");
  expect(code).toBe("OUTPUT_NOT_WRITABLE");
  expect(message).toContain("larger than this place allows");
  expect(place.list()).toEqual([]);
});

test.each(["folder", "file"] as const)("a %s whose name is too long", (kind) => {
  chmodSync(place.path(), 0o777);
  const { code, message } = attempt(kind, place.path("x".repeat(250)));
  expect(code).toBe("OUTPUT_NOT_WRITABLE");
  expect(message).toContain("name that is too long");
  expect(place.list()).toEqual([]);
});
