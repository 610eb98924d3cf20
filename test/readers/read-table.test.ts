import { appendFileSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { CasedrawError } from "../../src/errors.js";
import { readTable } from "../../src/readers/read-table.js";
import { Folder, rowsOf } from "./lanes.js";

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

describe("a file that changes while it is read", () => {
  test("is refused", async () => {
    const path = folder.write("growing.csv", `id,law\n${"1,public\n".repeat(100_000)}`);
    let grown = false;
    const reading = readTable({
      path,
      label: "x",
      onProgress: () => {
        if (!grown) appendFileSync(path, "2,private\n");
        grown = true;
      },
    });
    await expect(reading).rejects.toMatchObject({ code: "FILE_CHANGED" });
  });
});
