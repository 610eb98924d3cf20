import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { CasedrawError } from "../../src/errors.js";
import { readSheetHeaders } from "../../src/readers/sheet-headers.js";
import { rowsXml, workbook } from "./workbook-fixture.js";

function file(content: Uint8Array | string): { path: string; label: string; sought: string[] } {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "book"), content);
  return { path: join(folder, "book"), label: "book.xlsx", sought: ["unit_id"] };
}

test("the header row of each sheet, under its titles; empty sheets are left out", async () => {
  const book = workbook({
    sheets: [
      { name: "Cover", rows: rowsXml([["About this"]]) },
      { name: "Empty", rows: "" },
      { name: "List", rows: rowsXml([["Title"], ["Unit_ID ", "seen"], ["1", "yes"]]) },
    ],
  });
  expect(await readSheetHeaders(file(book))).toEqual([
    { sheet: "Cover", headers: ["About this"] },
    { sheet: "List", headers: ["Unit_ID ", "seen"] },
  ]);
});

test("a text file has no sheets", async () => {
  expect(await readSheetHeaders(file("unit_id,seen\n1,yes\n"))).toBeUndefined();
});

test("a zip file that is no workbook is refused", async () => {
  const other = workbook({ sheets: [], parts: { "_rels/.rels": undefined, "xl/workbook.xml": undefined } });
  await expect(readSheetHeaders(file(other))).rejects.toBeInstanceOf(CasedrawError);
});
