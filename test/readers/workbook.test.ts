import { afterAll, describe, expect, test } from "vitest";
import type { CasedrawError } from "../../src/errors.js";
import { closeInput, openInput } from "../../src/readers/input-file.js";
import type { ReadRequest } from "../../src/readers/read-request.js";
import { readTable } from "../../src/readers/read-table.js";
import { openArchive } from "../../src/readers/workbook-archive.js";
import { Folder, rowsOf } from "./lanes.js";
import { rowsXml, type WorkbookXml, workbook, zip } from "./workbook-fixture.js";

const folder = new Folder();
afterAll(() => folder.remove());

type Asked = Partial<ReadRequest>;

async function readBytes(bytes: Uint8Array, request: Asked = {}, name = "list.xlsx") {
  const path = folder.write(name, bytes);
  return (await readTable({ path, label: name, ...request })).table;
}

const read = (content: WorkbookXml, request?: Asked) => readBytes(workbook(content), request);

async function refusal(
  bytes: Uint8Array | WorkbookXml,
  request?: Asked,
  name?: string,
): Promise<CasedrawError> {
  const content = bytes instanceof Uint8Array ? bytes : workbook(bytes);
  const outcome = await readBytes(content, request, name).catch((reason: CasedrawError) => reason);
  expect(outcome).toBeInstanceOf(Error);
  return outcome as CasedrawError;
}

const oneSheet = (rows: string, more: Partial<WorkbookXml> = {}): WorkbookXml => ({
  sheets: [{ name: "List 1", rows }],
  ...more,
});

/** The text of one cell under the header "x". */
async function cell(xml: string, more: Partial<WorkbookXml> = {}): Promise<string | undefined> {
  const rows = `<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row><row r="2">${xml}</row>`;
  return rowsOf(await read(oneSheet(rows, more))).rows[0]?.[0];
}

describe("cells", () => {
  test.each([
    ["shared text", '<c r="A2" t="s"><v>1</v></c>', "second"],
    ["shared rich text, phonetic runs left out", '<c r="A2" t="s"><v>2</v></c>', "bold and plain"],
    [
      "inline rich text",
      '<c t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c>',
      "a b",
    ],
    ["escaped characters", '<c t="inlineStr"><is><t>a_x000D_b _x005F_x0041_</t></is></c>', "a\rb _x0041_"],
    ["text of a formula", '<c t="str"><f>A1&amp;"y"</f><v>xy</v></c>', "xy"],
    ["blanks in a text are kept", '<c t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', " a "],
    ["true", '<c t="b"><v>1</v></c>', "TRUE"],
    ["false", '<c t="b"><v>0</v></c>', "FALSE"],
    ["an error", '<c t="e"><v>#N/A</v></c>', "#N/A"],
    ["a number of a formula", "<c><f>1+1</f><v>2</v></c>", "2"],
    ["an ISO date", '<c t="d"><v>2024-02-29T00:00:00</v></c>', "2024-02-29"],
    ["an ISO time", '<c t="d"><v>2024-02-29T13:45:00</v></c>', "2024-02-29 13:45:00"],
    ["an id that Excel made a number", "<c><v>9212044</v></c>", "9212044"],
    ["an id kept as text", '<c t="inlineStr"><is><t>008453</t></is></c>', "008453"],
  ])("%s", async (_, xml, text) => {
    const strings =
      "<si><t>first</t></si><si><t>second</t></si>" +
      '<si><r><rPr><b/></rPr><t>bold</t></r><r><t xml:space="preserve"> and plain</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si>';
    expect(await cell(xml, { strings })).toBe(text);
  });

  // Formats by ECMA-376 part 1, 18.8.30; 45000 is 15 March 2023 in the 1900 system.
  test.each<[string | number, string, string]>([
    [14, "45000", "2023-03-15"],
    [22, "45000.75", "2023-03-15 18:00:00"],
    [20, "0.5", "12:00:00"],
    ["dd/mm/yyyy", "45000", "2023-03-15"],
    ["[$-809]dd\\ mmmm\\ yyyy;@", "45000", "2023-03-15"],
    ["mmm", "45000", "2023-03-15"],
    ["[h]:mm:ss", "1.5", "1.5"],
    [46, "1.5", "1.5"],
    ['0.0 "days"', "45000", "45000"],
    ["[Red]0.00", "45000", "45000"],
    ["0", "45000", "45000"],
    [0, "45000", "45000"],
    [9, "0.25", "0.25"],
  ])("the format %s makes %s %s", async (format, value, text) => {
    expect(await cell(`<c s="1"><v>${value}</v></c>`, { formats: [format] })).toBe(text);
  });

  test("the 1904 date system is counted from 1904, and said", async () => {
    // Day 0 of that system is 1 January 1904 (ECMA-376 part 1, 18.17.4.1).
    const rows = `${rowsXml([["x"]])}<row r="2"><c s="1"><v>0</v></c></row><row r="3"><c s="1"><v>43538</v></c></row>`;
    const table = await read(oneSheet(rows, { formats: [14], date1904: true }));
    expect(rowsOf(table).rows).toEqual([["1904-01-01"], ["2023-03-15"]]);
    expect(table.notes).toMatchObject([{ code: "date-system" }]);
  });

  test("a formula whose result was never stored is refused where it is wanted, with its cell", async () => {
    const rows = `${rowsXml([["id", "law"]])}<row r="7"><c r="A7"><v>1</v></c><c r="B7"><f>A7+1</f><v/></c></row>`;
    const error = await refusal(oneSheet(rows), { wanted: ["law"] });
    expect(error.code).toBe("FORMULA_WITHOUT_VALUE");
    expect(error.details).toMatchObject({ sheet: "List 1", row: 7, column: "law", cell: "B7" });
    expect((await read(oneSheet(rows), { wanted: ["id"] })).rowCount).toBe(1);
  });
});

describe("rows and header", () => {
  test("the header under a title row, ragged rows, absent cells and rows", async () => {
    const rows =
      '<row r="1"><c r="B1" t="inlineStr"><is><t>List 1: contacts</t></is></c></row>' +
      rowsXml([["Case ID", "", "Gender", "Court"]], 3) +
      '<row r="4"><c r="A4"><v>7</v></c><c r="D4" t="inlineStr"><is><t>York</t></is></c></row>' +
      '<row r="5"><c r="A5" s="0"/></row>' +
      '<row r="8"><c r="C8" t="inlineStr"><is><t>F</t></is></c></row>' +
      '<row r="9"><c r="A9"/></row>';
    const table = await read(oneSheet(rows), { wanted: ["case id", "gender", "court"] });
    expect(table.headers).toEqual(["Case ID", "", "Gender", "Court"]);
    expect(rowsOf(table)).toMatchObject({
      rows: [
        ["7", "", "York"],
        ["", "F", ""],
      ],
      rowNumbers: [4, 8],
    });
    // Row 2, and rows 5 to 7; what comes after the last row is not there.
    expect(table.notes).toMatchObject([
      { code: "preamble", count: 1 },
      { code: "blank-records", count: 4 },
    ]);
  });

  test("a header and no rows", async () => {
    expect(await read(oneSheet(rowsXml([["id", "law"]])))).toMatchObject({
      rowCount: 0,
      headers: ["id", "law"],
    });
  });

  test("values under no header are counted", async () => {
    const table = await read(
      oneSheet(
        rowsXml([
          ["id", "", "law"],
          [1, "note", "x", "far"],
          [2, "", "y"],
        ]),
      ),
    );
    expect(table.notes).toMatchObject([{ code: "values-without-header", count: 2 }]);
  });

  test("hidden rows, columns and sheets are read and counted", async () => {
    const table = await read({
      sheets: [
        {
          name: "List 1",
          state: "hidden",
          before: '<cols><col min="2" max="3" hidden="1"/><col min="9" max="16384" hidden="1"/></cols>',
          rows: `${rowsXml([["id", "law", "court"]])}<row r="2" hidden="1"><c><v>5</v></c></row>${rowsXml([[6]], 3)}`,
        },
      ],
    });
    expect(rowsOf(table).rows.map((row) => row[0])).toEqual(["5", "6"]);
    expect(table.notes).toMatchObject([
      { code: "hidden-sheet", count: 1 },
      { code: "hidden-rows", count: 1 },
      { code: "hidden-columns", count: 2 },
    ]);
  });

  test("a duplicated header is refused", async () => {
    expect(
      (
        await refusal(
          oneSheet(
            rowsXml([
              ["id", "id"],
              [1, 2],
            ]),
          ),
        )
      ).code,
    ).toBe("DUPLICATE_HEADER");
  });

  test("prefixed elements, CDATA and a missing style part read alike", async () => {
    const sheet =
      '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>' +
      '<x:row><x:c t="inlineStr"><x:is><x:t>id</x:t></x:is></x:c></x:row>' +
      '<x:row><x:c t="inlineStr"><x:is><x:t><![CDATA[a<b]]></x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>';
    const table = await read(oneSheet("", { parts: { "xl/worksheets/sheet1.xml": sheet } }));
    expect(rowsOf(table).rows).toEqual([["a<b"]]);
  });
});

describe("sheets", () => {
  const several: WorkbookXml = {
    sheets: [
      { name: "Front", rows: rowsXml([["About these lists"]]) },
      {
        name: "List_1",
        rows: rowsXml([
          ["id", "law"],
          [1, "x"],
        ]),
      },
      { name: "List 3", rows: rowsXml([["title"], ["id", "court"], [2, "y"]]) },
      { name: "Empty", rows: "" },
    ],
  };

  test("by its name, exactly or but for case and spacing", async () => {
    expect((await read(several, { sheet: "List_1" })).headers).toEqual(["id", "law"]);
    expect((await read(several, { sheet: "list  3", wanted: ["court"] })).sheet).toBe("List 3");
  });

  test("an unknown name is refused with the names there are", async () => {
    const error = await refusal(several, { sheet: "List 1" });
    expect(error.code).toBe("SHEET_NOT_FOUND");
    expect(error.details.sheets).toEqual(["Front", "List_1", "List 3", "Empty"]);
  });

  test("without a name, the only sheet that has the wanted headers", async () => {
    expect((await read(several, { wanted: ["id", "court"] })).sheet).toBe("List 3");
  });

  test("headers that another file may have help to choose, after those that must be there", async () => {
    expect((await read(several, { wanted: [], optional: ["id", "court", "team"] })).sheet).toBe("List 3");
    expect((await read(several, { wanted: ["law"], optional: ["court"] })).sheet).toBe("List_1");
    const neither = await refusal(several, { wanted: [], optional: ["id"] });
    expect(neither.code).toBe("SHEET_NOT_CLEAR");
    const table = await read(several, { sheet: "List 3", wanted: ["id"], optional: ["court", "team"] });
    expect(table.columns.map(({ header }) => header)).toEqual(["id", "court"]);
  });

  test("without a name, several or none that fit are refused", async () => {
    const both = await refusal(several, { wanted: ["id"] });
    expect(both.code).toBe("SHEET_NOT_CLEAR");
    expect(both.details.sheets).toEqual(["List_1", "List 3"]);
    expect(both.message).toMatch(/"List_1" with 2 columns, "List 3" with 2 columns/);
    expect((await refusal(several, { wanted: ["id", "gender"] })).code).toBe("SHEET_NOT_CLEAR");
    expect((await refusal(several)).code).toBe("SHEET_NOT_CLEAR");
  });

  test("a workbook of one sheet says which column it lacks", async () => {
    expect((await refusal(oneSheet(rowsXml([["id"], [1]])), { wanted: ["law"] })).code).toBe(
      "COLUMN_NOT_FOUND",
    );
  });

  test("an empty sheet, and an empty workbook", async () => {
    expect((await refusal(several, { sheet: "Empty" })).code).toBe("EMPTY_FILE");
    expect((await refusal(oneSheet(""))).code).toBe("EMPTY_FILE");
  });
});

describe("damaged and hostile workbooks", () => {
  const good = workbook(
    oneSheet(rowsXml([["id", "law"], ...Array.from({ length: 500 }, (_, i) => [i, `v${i * 7919}`])])),
  );

  test.each([10, 200, good.length - 30, good.length - 1])("cut off after %d bytes", async (length) => {
    expect((await refusal(good.subarray(0, length))).code).toBe("WORKBOOK_CORRUPT");
  });

  test("a changed byte in a part's data fails its checksum", async () => {
    const changed = Uint8Array.from(good);
    const name = Buffer.from("xl/worksheets/sheet1.xml");
    const place = Buffer.from(changed).indexOf(name) + name.length + 700;
    changed[place] = (changed[place] ?? 0) ^ 0x55;
    expect((await refusal(changed)).code).toBe("WORKBOOK_CORRUPT");
  });

  test("a changed letter in a part that is stored as it is fails its checksum", async () => {
    const stored = Buffer.from(
      workbook(
        oneSheet(
          rowsXml([
            ["id", "law"],
            [1, "public"],
          ]),
        ),
        0,
      ),
    );
    expect((await readBytes(stored)).rowCount).toBe(1);
    stored.write("q", stored.indexOf("public"));
    expect((await refusal(stored)).code).toBe("WORKBOOK_CORRUPT");
  });

  test("two parts whose names differ only in case", async () => {
    expect((await refusal(oneSheet("", { parts: { "xl/WORKBOOK.xml": "<workbook/>" } }))).code).toBe(
      "WORKBOOK_CORRUPT",
    );
  });

  test.each([
    ["XML that breaks off", '<worksheet><sheetData><row r="1">'],
    ["no XML", "id,law"],
    [
      "an unknown entity",
      '<worksheet><sheetData><row r="1"><c t="str"><v>&x;</v></c></row></sheetData></worksheet>',
    ],
    ["rows out of order", '<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>'],
    ["a row beyond the last", '<worksheet><sheetData><row r="1048577"/></sheetData></worksheet>'],
    [
      "cells out of order",
      '<worksheet><sheetData><row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
    ],
    [
      "a cell beyond the last",
      '<worksheet><sheetData><row r="1"><c r="XFE1"><v>1</v></c></row></sheetData></worksheet>',
    ],
    [
      "a shared text that is not there",
      '<worksheet><sheetData><row r="1"><c t="s"><v>4</v></c></row></sheetData></worksheet>',
    ],
    [
      "a shared text without a number",
      '<worksheet><sheetData><row r="1"><c t="s"><v/></c></row></sheetData></worksheet>',
    ],
    [
      "a number that is none",
      '<worksheet><sheetData><row r="1"><c><v>0x10</v></c></row></sheetData></worksheet>',
    ],
    [
      "an unknown type of cell",
      '<worksheet><sheetData><row r="1"><c t="q"><v>1</v></c></row></sheetData></worksheet>',
    ],
  ])("%s", async (_, sheet) => {
    const error = await refusal(oneSheet("", { parts: { "xl/worksheets/sheet1.xml": sheet } }));
    expect(error.code).toBe("WORKBOOK_CORRUPT");
  });

  test("a part that is missing", async () => {
    expect((await refusal(oneSheet("", { parts: { "xl/worksheets/sheet1.xml": undefined } }))).code).toBe(
      "WORKBOOK_CORRUPT",
    );
  });

  test("a document type", async () => {
    const sheet = '<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>';
    expect((await refusal(oneSheet("", { parts: { "xl/worksheets/sheet1.xml": sheet } }))).code).toBe(
      "WORKBOOK_DTD",
    );
  });

  test("a zip bomb by its declared ratio", async () => {
    const error = await refusal(
      oneSheet("", { parts: { "xl/worksheets/sheet1.xml": new Uint8Array(64 << 20) } }),
    );
    expect(error.code).toBe("WORKBOOK_LIMITS");
  });

  test("a zip bomb that declares a small size", async () => {
    const bytes = workbook(oneSheet("", { parts: { "xl/worksheets/sheet1.xml": new Uint8Array(64 << 20) } }));
    const buffer = Buffer.from(bytes);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(64 << 20);
    for (let at = buffer.indexOf(size); at !== -1; at = buffer.indexOf(size, at + 1))
      buffer.writeUInt32LE(1000, at);
    expect((await refusal(buffer)).code).toBe("WORKBOOK_CORRUPT");
    // Nothing beyond the declared size is handed on.
    const file = openInput(folder.write("bomb.xlsx", buffer), "bomb.xlsx");
    const archive = await openArchive(file);
    let inflated = 0;
    const reading = async () => {
      for await (const piece of archive.read("xl/worksheets/sheet1.xml")) inflated += piece.length;
    };
    await expect(reading()).rejects.toMatchObject({ code: "WORKBOOK_CORRUPT" });
    closeInput(file);
    expect(inflated).toBeLessThanOrEqual(1000);
  });

  test("too many parts", async () => {
    const parts = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`xl/media/${i}.xml`, ""]));
    expect((await refusal(oneSheet("", { parts }))).code).toBe("WORKBOOK_LIMITS");
  });

  test("a part whose name climbs out of the archive", async () => {
    expect((await refusal(oneSheet("", { parts: { "../../evil.xml": "" } }))).code).toBe("WORKBOOK_CORRUPT");
  });
});

describe("other kinds of file", () => {
  const ole = Buffer.from("d0cf11e0a1b11ae1", "hex");
  test.each<[string, Uint8Array, string, string]>([
    ["an .xlsb", zip({ "xl/workbook.bin": "x" }), "list.xlsb", "WORKBOOK_LEGACY"],
    ["an .ods", zip({ mimetype: "application/x", "content.xml": "<a/>" }), "list.ods", "WORKBOOK_LEGACY"],
    ["an .xls", Buffer.concat([ole, Buffer.alloc(600)]), "list.xls", "WORKBOOK_LEGACY"],
    [
      "what only looks like a workbook with a password",
      Buffer.concat([ole, Buffer.alloc(600), Buffer.from("EncryptedPackage", "utf16le"), Buffer.alloc(50)]),
      "list.xlsx",
      "WORKBOOK_ENCRYPTION_UNKNOWN",
    ],
    ["a zip archive", zip({ "list.csv": "id\n1\n" }), "list.zip", "NOT_A_WORKBOOK"],
    [
      "a document",
      zip({
        "_rels/.rels":
          '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>',
      }),
      "list.docx",
      "NOT_A_WORKBOOK",
    ],
    ["a workbook named .csv", workbook(oneSheet(rowsXml([["id"]]))), "list.csv", "EXTENSION_MISLEADS"],
    ["a workbook named .xls", workbook(oneSheet(rowsXml([["id"]]))), "list.xls", "EXTENSION_MISLEADS"],
    ["text named .xlsx", Buffer.from("id\n1\n"), "list.xlsx", "EXTENSION_MISLEADS"],
    ["a bzip2 file", Buffer.from("BZh91AY&SYxxxx", "latin1"), "list.csv.bz2", "COMPRESSED_FILE"],
    ["a gzip file", Buffer.from("1f8b080000000000", "hex"), "list.csv.gz", "COMPRESSED_FILE"],
  ])("%s", async (_, bytes, name, code) => {
    expect((await refusal(bytes, {}, name)).code).toBe(code);
  });

  test("a workbook under a name without a known extension is read", async () => {
    const bytes = workbook(oneSheet(rowsXml([["id"], [1]])));
    expect((await readBytes(bytes, {}, "export.2026-11-16")).rowCount).toBe(1);
  });

  test.each(["BZh", "PAR1", "PK", "Rar!"])("a text whose first header is %s is a text", async (header) => {
    const table = await readBytes(Buffer.from(`${header},law\n1,x\n`), {}, "list.csv");
    expect(table.headers).toEqual([header, "law"]);
  });
});
