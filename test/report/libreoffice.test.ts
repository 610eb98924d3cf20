import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { sameWorkbookContent } from "../../src/report/workbook/compare.js";
import { workbookBytes } from "../../src/report/workbook/workbook.js";
import { requires } from "../requires.js";
import { book, fragileTexts } from "./book.js";
import { scratch } from "./scratch.js";

const place = scratch();

// Comma, quotes, UTF-8, from line 1, every text cell quoted, contents as stored, every sheet to a file of its own.
const asCsv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1";

const here = requires("soffice");

/** Has LibreOffice convert `book.xlsx`, under a profile of its own. */
function convert(format: string, folder: string): void {
  const profile = `-env:UserInstallation=${pathToFileURL(place.path("profile")).href}`;
  const output = ["--convert-to", format, "--outdir", place.path(folder)];
  execFileSync("soffice", [profile, "--headless", ...output, place.path("book.xlsx")], { stdio: "ignore" });
}

test.skipIf(!here)("LibreOffice finds every sheet, id and number as it was written", () => {
  writeFileSync(place.path("book.xlsx"), workbookBytes(book));
  convert(asCsv, "csv");
  const text = (sheet: string) => readFileSync(place.path(`csv/book-${sheet}.csv`), "utf8");
  const rows: string[][] = parse(text("Sample"), { relax_column_count: true });
  expect(rows[0]?.[0]).toBe("Table 1: sample");
  expect(rows.slice(3).map((row) => row.slice(0, 2))).toEqual(
    fragileTexts.map((id, i) => [String(i + 1), id]),
  );
  // A text cell is quoted and a number is not.
  expect(text("Sample")).toContain('\n2,"007",0.333333333333333,12.5%,"2026-01-02"\n');
  expect(text("Cover")).toContain("Sample <A> & B");
  expect(text("Contents")).toContain("O'Hara's list");
});

test.skipIf(!here)("a workbook that LibreOffice saved again has the same content", async () => {
  const written = workbookBytes(book);
  writeFileSync(place.path("book.xlsx"), written);
  convert("xlsx", "saved");
  const saved = readFileSync(place.path("saved/book.xlsx"));
  expect(saved.equals(written)).toBe(false);
  expect(await sameWorkbookContent(saved, written)).toBe(true);
});
