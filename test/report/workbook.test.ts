import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TableSheet } from "../../src/report/workbook/model.js";
import { workbookBytes } from "../../src/report/workbook/workbook.js";
import { address, xmlText } from "../../src/report/workbook/xml.js";
import { book, fragileTexts, sampleTable } from "./book.js";
import { all, type Element, partsOf } from "./parts.js";

const parts = partsOf(workbookBytes(book));
const sheet = (number: number) => parts.get(`xl/worksheets/sheet${number}.xml`);

/** Undoes `_xHHHH_` as ECMA-376 part 1, 22.9.2.19 (ST_Xstring) defines it. */
function decoded(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

const strings = all(parts.get("xl/sharedStrings.xml"), "t").map(({ text }) => decoded(text));

function cellValue(cell: Element): string | number {
  const value = Number(all(cell, "v")[0]?.text);
  return cell.attributes.t === "s" ? (strings[value] ?? "missing") : value;
}

function cellsOf(number: number): Record<string, string | number> {
  return Object.fromEntries(all(sheet(number), "c").map((cell) => [cell.attributes.r, cellValue(cell)]));
}

describe("a workbook", () => {
  test("has its parts, each named in the content types and reached by a relation", () => {
    expect([...parts.keys()]).toEqual([
      "[Content_Types].xml",
      "_rels/.rels",
      "docProps/core.xml",
      "xl/_rels/workbook.xml.rels",
      "xl/sharedStrings.xml",
      "xl/styles.xml",
      "xl/tables/table2.xml",
      "xl/tables/table4.xml",
      "xl/tables/table5.xml",
      "xl/workbook.xml",
      "xl/worksheets/_rels/sheet2.xml.rels",
      "xl/worksheets/_rels/sheet4.xml.rels",
      "xl/worksheets/_rels/sheet5.xml.rels",
      "xl/worksheets/sheet1.xml",
      "xl/worksheets/sheet2.xml",
      "xl/worksheets/sheet3.xml",
      "xl/worksheets/sheet4.xml",
      "xl/worksheets/sheet5.xml",
    ]);
    const typed = all(parts.get("[Content_Types].xml"), "Override").map(
      ({ attributes }) => attributes.PartName,
    );
    const others = [...parts.keys()].filter((name) => !/rels|Content/.test(name)).map((name) => `/${name}`);
    expect(typed.sort()).toEqual(others);
    for (const [name, root] of parts) {
      if (!name.endsWith(".rels")) continue;
      const base = new URL(name.replace(/_rels\/[^/]*$/, ""), "file:///");
      for (const { attributes } of all(root, "Relationship")) {
        expect(parts.has(new URL(attributes.Target ?? "", base).pathname.slice(1)), attributes.Target).toBe(
          true,
        );
      }
    }
  });

  test("names its title, subject, maker, language and date", () => {
    const core = parts.get("docProps/core.xml")?.children[0]?.children ?? [];
    expect(Object.fromEntries(core.map(({ name, text }) => [name, text]))).toEqual({
      "dc:title": "Sample <A> & B",
      "dc:subject": "Autumn 2026",
      "dc:creator": "casedraw",
      "dc:language": "en-GB",
      "dcterms:created": "2026-11-16T00:00:00Z",
      "dcterms:modified": "2026-11-16T00:00:00Z",
    });
  });

  test("has the same bytes each time", () => {
    expect(workbookBytes(book)).toEqual(workbookBytes(book));
  });

  test("has title, rows without a gap and the cursor in A1 on every sheet, and nothing that hinders a screen reader", () => {
    for (let number = 1; number <= 5; number++) {
      const root = sheet(number);
      const rows = all(root, "row");
      expect(cellValue(all(root, "c")[0] as Element)).toBe(book.sheets[number - 1]?.title);
      expect(all(root, "c")[0]?.attributes.r).toBe("A1");
      expect(rows.map(({ attributes }) => Number(attributes.r))).toEqual(rows.map((_, i) => i + 1));
      expect(rows.every((row) => row.children.length > 0)).toBe(true);
      expect(all(root, "selection").map(({ attributes }) => attributes)).toEqual([
        { activeCell: "A1", sqref: "A1" },
      ]);
      expect(all(root, "sheetView").map(({ attributes }) => attributes.tabSelected)).toEqual([
        number === 1 ? "1" : undefined,
      ]);
      expect(all(root, "row").every(({ attributes }) => Number(attributes.ht) >= 12)).toBe(true);
      for (const barred of ["mergeCell", "pane", "autoFilter", "f", "sheetProtection"]) {
        expect(all(root, barred), barred).toEqual([]);
      }
    }
    const everything = [...parts.values()].flatMap((root) => [
      ...all(root, "col"),
      ...all(root, "sheet"),
      ...all(root, "table"),
    ]);
    expect(
      everything.some(({ attributes }) => "hidden" in attributes || attributes.state !== undefined),
    ).toBe(false);
    expect([...parts.values()].flatMap((root) => all(root, "autoFilter"))).toEqual([]);
  });

  test("marks each table under its header", () => {
    const table = (number: number) => all(parts.get(`xl/tables/table${number}.xml`), "table")[0];
    expect(table(2)?.attributes).toMatchObject({ displayName: "contents", ref: "A2:B5", id: "2" });
    expect(table(4)?.attributes).toMatchObject({
      displayName: "sample",
      ref: `A3:E${3 + fragileTexts.length}`,
    });
    expect(table(5)?.attributes).toMatchObject({ displayName: "reserves", ref: "A2:A3", insertRow: "1" });
    expect(all(table(4), "tableColumn").map(({ attributes }) => attributes.name)).toEqual(
      sampleTable.columns.map(({ header }) => header),
    );
    const cells = cellsOf(4);
    expect(["A3", "B3", "C3", "D3", "E3"].map((at) => cells[at])).toEqual(
      sampleTable.columns.map(({ header }) => header),
    );
  });

  test("holds texts as text cells, numbers exactly, and nothing where there is nothing", () => {
    const cells = cellsOf(4);
    fragileTexts.forEach((text, i) => {
      expect(cells[`A${i + 4}`]).toBe(i + 1);
      expect(cells[`B${i + 4}`]).toBe(text);
      expect(cells[`C${i + 4}`]).toBe(1 / 3);
      expect(cells[`D${i + 4}`]).toBe(0.125);
      expect(cells[`E${i + 4}`]).toBe(i % 2 === 0 ? undefined : "2026-01-02");
    });
    const formats = all(all(parts.get("xl/styles.xml"), "cellXfs")[0], "xf").map(
      ({ attributes }) => attributes.numFmtId,
    );
    const formatOf = (at: string) =>
      formats[Number(all(sheet(4), "c").find((cell) => cell.attributes.r === at)?.attributes.s)];
    // Built-in formats, ECMA-376 part 1, 18.8.30: 3 is #,##0 and 49 is @.
    expect(["A4", "B4", "C4", "D4", "E5"].map(formatOf)).toEqual(["3", "49", "0", "164", "49"]);
  });

  test("links the contents to each sheet that follows", () => {
    expect(cellsOf(2)).toEqual({
      A1: "Contents",
      A2: "Sheet",
      B2: "What it holds",
      A3: "Notes",
      B3: "Notes",
      A4: "Sample",
      B4: "Table 1: sample",
      A5: "O'Hara's list",
      B5: "Table 2: reserves",
    });
    expect(all(sheet(2), "hyperlink").map(({ attributes }) => attributes)).toEqual([
      { ref: "A3", location: "'Notes'!A1" },
      { ref: "A4", location: "'Sample'!A1" },
      { ref: "A5", location: "'O''Hara''s list'!A1" },
    ]);
  });

  test("gives a wrapped text the height of its lines", () => {
    const lines = ["short", "x".repeat(20).concat(" ").repeat(12)];
    const root = partsOf(
      workbookBytes({ ...book, sheets: [{ kind: "text", name: "N", title: "N", lines }] }),
    );
    const [, one, many] = all(root.get("xl/worksheets/sheet1.xml"), "row").map(({ attributes }) =>
      Number(attributes.ht),
    );
    // 76 characters a line hold three words of 20: four lines of 16 points.
    expect([one, many]).toEqual([16, 64]);
  });
});

describe("what a spreadsheet could not open", () => {
  const withTable = (change: Partial<TableSheet>) => () =>
    workbookBytes({ ...book, sheets: [{ ...sampleTable, ...change }] });

  test("two headers that differ in capitals only", () => {
    const columns = [
      { header: "CIN", kind: "text" },
      { header: "cin", kind: "text" },
    ] as const;
    expect(withTable({ columns, rows: [] })).toThrow(
      expect.objectContaining({
        code: "WORKBOOK_HEADERS_CLASH",
        details: { sheet: "Sample", columns: ["CIN", "cin"] },
      }),
    );
  });

  test("a text of more than 32,767 characters", () => {
    const columns = [{ header: "note", kind: "text" }] as const;
    expect(withTable({ columns, rows: [["x".repeat(32_767)]] })).not.toThrow();
    expect(withTable({ columns, rows: [["x".repeat(32_768)]] })).toThrow(
      expect.objectContaining({
        code: "WORKBOOK_TOO_LARGE",
        details: { sheet: "Sample", row: 4, characters: 32_768 },
      }),
    );
  });

  test("more rows than a sheet has", () => {
    const rows = Array.from({ length: 1_048_574 }, () => ["x"]);
    expect(withTable({ columns: [{ header: "id", kind: "text" }], rows })).toThrow(
      expect.objectContaining({ code: "WORKBOOK_TOO_LARGE" }),
    );
  });

  test.each<[string, Partial<TableSheet>]>([
    ["a sheet name of 32 characters", { name: "x".repeat(32) }],
    ["a sheet name with a slash", { name: "a/b" }],
    ["a table name like a cell", { tableName: "AB12" }],
    ["a table name with a blank", { tableName: "a b" }],
    ["a number in a text column", { rows: [[1, 2, 3, 4, "x"]] }],
    ["what is not a number", { rows: [[Number.NaN, "x", 3, 4, "x"]] }],
    ["a blank row", { rows: [[null, "", null, null, null]] }],
    ["a header with a line feed", { columns: [{ header: "a\nb", kind: "text" }] }],
  ])("%s is a fault of ours", (_, change) => {
    expect(withTable(change)).toThrow(/^(?!.*casedraw)/);
    expect(withTable(change)).not.toThrow(expect.objectContaining({ name: "CasedrawError" }));
  });

  test("two sheets or two tables of one name", () => {
    const twice = (change: Partial<TableSheet>) => () =>
      workbookBytes({ ...book, sheets: [sampleTable, { ...sampleTable, ...change }] });
    expect(twice({ name: "SAMPLE", tableName: "other" })).toThrow("sheet sample");
    expect(twice({ name: "Other", tableName: "Sample" })).toThrow("table sample");
  });
});

describe("xmlText", () => {
  // _xHHHH_ by hand from ECMA-376 part 1, 22.9.2.19.
  test.each([
    ['a & b < c > d "e"', "a &amp; b &lt; c &gt; d &quot;e&quot;"],
    ["a\tb\nc", "a\tb\nc"],
    ["a\rb", "a_x000D_b"],
    ["\u0000\u001f\ufffe\uffff", "_x0000__x001F__xFFFE__xFFFF_"],
    ["\ud800x", "_xD800_x"],
    ["😀", "😀"],
    ["_x000D_", "_x005F_x000D_"],
    ["_x0041_x0042_", "_x005F_x0041_x005F_x0042_"],
    ["_x0041\r", "_x005F_x0041_x000D_"],
    ["_x12_", "_x12_"],
  ])("writes %j", (text, expected) => {
    expect(xmlText(text)).toBe(expected);
  });

  test("can be undone", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.constantFrom("_", "x", "0041", "005F", "\r", "\ud83d")).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(text, (original) => {
        const entities: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };
        const plain = xmlText(original).replace(/&\w+;/g, (entity) => entities[entity] ?? "");
        expect(decoded(plain)).toBe(original);
      }),
      { numRuns: 1000 },
    );
  });
});

test.each([
  [1, 1, "A1"],
  [9, 26, "Z9"],
  [1, 27, "AA1"],
  [10, 702, "ZZ10"],
  [1, 703, "AAA1"],
  [1_048_576, 16_384, "XFD1048576"],
])("row %i, column %i is %s", (row, column, expected) => {
  expect(address(row, column)).toBe(expected);
});
