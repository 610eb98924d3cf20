import { appendFileSync, mkdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { CasedrawError } from "../../src/errors.js";
import { readTable } from "../../src/readers/read-table.js";
import { Folder, rowsOf } from "./lanes.js";
import { rowsXml, workbook } from "./workbook-fixture.js";

const folder = new Folder();
afterAll(() => folder.remove());

async function refusal(path: string): Promise<CasedrawError> {
  const outcome = await readTable({ path, label: "as written" }).catch((error: CasedrawError) => error);
  expect(outcome).toBeInstanceOf(Error);
  return outcome as CasedrawError;
}

describe("paths", () => {
  test("a missing file, and a file where a folder should be", async () => {
    const error = await refusal(join(folder.path, "none.csv"));
    expect(error.code).toBe("FILE_NOT_FOUND");
    expect(error.details.file).toBe("as written");
    expect(error.message).not.toContain(folder.path);
    const path = folder.write("file.csv", "id\n");
    expect((await refusal(join(path, "none.csv"))).code).toBe("FILE_NOT_FOUND");
  });

  test("a folder", async () => {
    expect((await refusal(folder.path)).code).toBe("NOT_A_FILE");
  });

  test.skipIf(process.platform === "win32")("a device", async () => {
    expect((await refusal("/dev/null")).code).toBe("NOT_A_FILE");
  });

  test("a name with a pattern's characters is that very file", async () => {
    folder.write("list1.csv", "id\nwrong\n");
    const path = folder.write("list[1].csv", "id\nright\n");
    expect(rowsOf((await readTable({ path, label: "x" })).table).rows).toEqual([["right"]]);
  });

  test("a link to a file is followed, a link to a folder refused", async () => {
    const path = folder.write("real.csv", "id\n1\n");
    symlinkSync(path, join(folder.path, "link.csv"));
    expect((await readTable({ path: join(folder.path, "link.csv"), label: "x" })).table.rowCount).toBe(1);
    mkdirSync(join(folder.path, "inside"));
    symlinkSync(join(folder.path, "inside"), join(folder.path, "folder-link"));
    expect((await refusal(join(folder.path, "folder-link"))).code).toBe("NOT_A_FILE");
  });
});

describe("a file that changes while it is read is refused", () => {
  const text = `id,law\n${"1,public\n".repeat(100_000)}`;
  const book = workbook({ sheets: [{ name: "a", rows: rowsXml([["id"], ...Array(50).fill([1])]) }] });

  /** Reads, and has `change` done at the first sign of progress. */
  async function readWhile(path: string, change: () => void) {
    let changed = false;
    const onProgress = () => {
      if (!changed) change();
      changed = true;
    };
    return readTable({ path, label: "x", onProgress });
  }

  test("by growing", async () => {
    const path = folder.write("growing.csv", text);
    await expect(readWhile(path, () => appendFileSync(path, "2,x\n"))).rejects.toMatchObject({
      code: "FILE_CHANGED",
    });
  });

  test("by another content of the same length", async () => {
    const path = folder.write("edited.csv", text);
    utimesSync(path, 1_000_000, 1_000_000);
    const edit = () => writeFileSync(path, text.replaceAll("public", "secret"));
    await expect(readWhile(path, edit)).rejects.toMatchObject({ code: "FILE_CHANGED" });
  });

  test("by another file in its place", async () => {
    const path = folder.write("replaced.csv", text);
    const other = folder.write("other.csv", text);
    await expect(readWhile(path, () => renameSync(other, path))).rejects.toMatchObject({
      code: "FILE_CHANGED",
    });
  });

  test("a workbook too", async () => {
    const path = folder.write("touched.xlsx", book);
    const touch = () => utimesSync(path, 1_000_000, 1_000_000);
    await expect(readWhile(path, touch)).rejects.toMatchObject({ code: "FILE_CHANGED" });
  });
});
