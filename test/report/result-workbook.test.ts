import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import type { ResultTable } from "../../src/analysis/result.js";
import { resultWorkbook, sheetNames } from "../../src/report/result-workbook.js";
import type { TableSheet } from "../../src/report/workbook/model.js";
import { workbookBytes } from "../../src/report/workbook/workbook.js";
import { requires } from "../requires.js";
import { scratch } from "./scratch.js";

const hidden = { mark: "c" } as const;

const table: ResultTable = {
  id: "age_by_law_type_in_a_very_long_name_1",
  caption: "Children by age",
  dimensions: ["Age", "Children"],
  measures: [
    { key: "children", label: "Children", kind: "count" },
    { key: "share", label: "Share of children", kind: "share", interval: true },
    { key: "weeks", label: "Weeks", kind: "weeks" },
    { key: "ratio", label: "Ratio", kind: "ratio" },
    { key: "sign", label: "Sign", kind: "text" },
  ],
  rows: [
    { names: ["=1+1", "007"], cells: [1234, { value: 0.125, lower: 0.1, upper: 0.15 }, 7.25, 1.5, "higher"] },
    { names: ["b", ""], cells: [hidden, hidden, "not reached", hidden, { mark: "z" }] },
    { names: ["c", "d"], cells: [0, 0.5, 0, 0, 2] },
  ],
};

const options = {
  title: "Tables",
  subject: "Pre-inspection analysis",
  date: "2026-11-16",
  cover: ["OFFICIAL-SENSITIVE"],
  notes: [{ heading: "Method" }, "Counted."],
} as const;

const book = resultWorkbook(
  [
    table,
    { ...table, id: "age_by_law_type_in_a_very_long_name_2" },
    { ...table, id: "notes" },
    { ...table, id: "a[b]:c/d", rows: [] },
  ],
  options,
);
const sheets = book.sheets.filter((sheet): sheet is TableSheet => sheet.kind === "table");

describe("tables of figures in a workbook", () => {
  test("stand one a sheet after cover, contents and notes, under short names that differ", () => {
    expect(book.sheets.map(({ name }) => name)).toEqual([
      "Cover",
      "Contents",
      "Notes",
      "Age by law type in a very long",
      "Age by law type in a very 2",
      "Notes 2",
      "A b c d",
    ]);
    for (const { name } of book.sheets) expect(name.length).toBeLessThanOrEqual(31);
    expect(sheets.map(({ tableName }) => tableName)).toEqual([
      "table_1_age_by_law_type_in_a_very_long_name_1",
      "table_2_age_by_law_type_in_a_very_long_name_2",
      "table_3_notes",
      "table_4_a_b__c_d",
    ]);
    expect(sheets[0]?.title).toBe("Table 1: Children by age");
  });

  test("are cut between words, and a first word that is too long where it must be", () => {
    // 31 characters at most: the whole name would have 37, and without its last word 29.
    const ids = ["published_care_cases_closed_in_26_weeks", "x".repeat(40)];
    expect(sheetNames(ids.map((id) => ({ id })))).toEqual([
      "Published care cases closed in",
      `X${"x".repeat(30)}`,
    ]);
  });

  test("have headers that differ and say what the figures are", () => {
    expect(sheets[0]?.columns.map(({ header, kind }) => `${header}: ${kind}`)).toEqual([
      "Age: text",
      "Children: text",
      "Children (2): integer",
      "Share of children: percent",
      "Lower 95% limit of share of children: percent",
      "Upper 95% limit of share of children: percent",
      "Weeks: decimal",
      "Ratio: number",
      "Sign: text",
    ]);
  });

  test("have figures as numbers, what is hidden as its shorthand, texts as they are", () => {
    expect([...(sheets[0]?.rows ?? [])]).toEqual([
      ["=1+1", "007", 1234, 0.125, 0.1, 0.15, 7.25, 1.5, "higher"],
      ["b", "", "[c]", "[c]", "[c]", "[c]", "not reached", "[c]", "[z]"],
      ["c", "d", 0, 0.5, null, null, 0, 0, "2"],
    ]);
  });

  test("explain the shorthand and blank cells in the notes", () => {
    const notes = book.sheets[2];
    const lines =
      notes?.kind === "text"
        ? notes.lines.map((line) => (typeof line === "string" ? line : line.heading))
        : [];
    expect(lines.slice(0, 3)).toEqual(["Method", "Counted.", "Shorthand"]);
    for (const said of ["[c]", "[low]", "[x]", "[z]", "A blank cell"])
      expect(
        lines.some((line) => line.startsWith(said)),
        said,
      ).toBe(true);
  });

  test("make a workbook with the same bytes each time", () => {
    expect(workbookBytes(book)).toEqual(
      workbookBytes(
        resultWorkbook(
          [
            table,
            { ...table, id: "age_by_law_type_in_a_very_long_name_2" },
            { ...table, id: "notes" },
            { ...table, id: "a[b]:c/d", rows: [] },
          ],
          options,
        ),
      ),
    );
  });
});

const place = scratch();

test.skipIf(!requires("soffice"))("LibreOffice finds the figures as they were written", () => {
  writeFileSync(place.path("tables.xlsx"), workbookBytes(book));
  const profile = `-env:UserInstallation=${pathToFileURL(place.path("profile")).href}`;
  const csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1";
  execFileSync(
    "soffice",
    [profile, "--headless", "--convert-to", csv, "--outdir", place.path("csv"), place.path("tables.xlsx")],
    { stdio: "ignore" },
  );
  const text = readFileSync(place.path("csv/tables-Age by law type in a very long.csv"), "utf8");
  expect(text).toContain('"=1+1","007",1234,12.5%,10%,15%,7.25,1.5,"higher"');
  const rows: string[][] = parse(text, { relax_column_count: true });
  expect(rows.at(-2)?.slice(2, 6)).toEqual(["[c]", "[c]", "[c]", "[c]"]);
});
