import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CasedrawError } from "../../src/errors.js";
import type { ReadRequest } from "../../src/readers/read-request.js";
import { readTable } from "../../src/readers/read-table.js";
import { Folder, readLane, rowsOf } from "./lanes.js";
import { badTexts } from "./text-corpus.js";

const folder = new Folder();
afterAll(() => folder.remove());

async function read(content: string | Uint8Array, request: Partial<ReadRequest> = {}, name = "list.csv") {
  const path = folder.write(name, content);
  return (await readTable({ path, label: name, ...request })).table;
}

async function refusal(content: string | Uint8Array, request: Partial<ReadRequest> = {}, name?: string) {
  const error = await read(content, request, name).then(
    () => undefined,
    (reason: CasedrawError) => reason,
  );
  return error as CasedrawError;
}

describe("a malformed file is refused with its place", () => {
  test.each(badTexts)("$name", async ({ content, code, row, character, column }) => {
    const error = await refusal(content);
    expect(error.code).toBe(code);
    expect(error.details.file).toBe("list.csv");
    expect(error.message).toContain("list.csv");
    expect(error.details.row).toBe(row);
    if (row !== undefined) expect(error.message).toMatch(new RegExp(`(line|row) ${row}\\b`));
    if (character !== undefined) expect(error.details.character).toBe(character);
    if (column !== undefined) expect(error.details.column).toBe(column);
  });

  test("the message never repeats what stands there", async () => {
    const error = await refusal('id,name\n1,"Ann Example"x\n');
    expect(error.message).not.toContain("Ann");
    expect(JSON.stringify(error.details)).not.toContain("Ann");
  });

  test("a row that is too short or long says how many values were there", async () => {
    expect((await refusal("a,b,c\n1,2,3\n1,2\n")).details).toMatchObject({ row: 3, expected: 3, got: 2 });
    expect((await refusal("a,b,c\n1,2,3,4,5\n")).details).toMatchObject({ row: 2, expected: 3, got: 5 });
  });
});

describe("header row and delimiter", () => {
  test("the header is found under a title and a blank line by the wanted headers", async () => {
    const table = await read('Annex A: child level list\n"as at\n1 May"\n\nCase ID,Gender\n7,F\n', {
      wanted: ["gender"],
    });
    expect(table.headers).toEqual(["Case ID", "Gender"]);
    expect(rowsOf(table)).toMatchObject({ rows: [["F"]], rowNumbers: [6] });
    expect(table.notes).toMatchObject([
      { code: "preamble", count: 2 },
      { code: "blank-records", count: 1 },
    ]);
  });

  test("with nothing wanted the first record that is not blank is the header", async () => {
    expect((await read("\n,\nid,law\n1,x\n")).headers).toEqual(["id", "law"]);
  });

  test("the header stands within the first 20 records", async () => {
    const title = (rows: number) => `${"title\n".repeat(rows)}id;law\n1;x\n`;
    expect((await read(title(19), { wanted: ["law"] })).rowCount).toBe(1);
    expect((await refusal(title(20), { wanted: ["law"] })).code).toBe("COLUMN_NOT_FOUND");
  });

  test("a title with commas does not make a semicolon file a comma file", async () => {
    const table = await read("Cases, open and closed, by court\nid;law\n1;x\n", { wanted: ["id", "law"] });
    expect(rowsOf(table).rows).toEqual([["1", "x"]]);
  });

  test("with nothing wanted the delimiter is the one that fits the rows", async () => {
    const table = await read("Surname, forename;Weeks\nx;26\ny;30\n");
    expect(table.headers).toEqual(["Surname, forename", "Weeks"]);
  });

  test("a header longer than the first look is read whole", async () => {
    const headers = Array.from({ length: 9000 }, (_, i) => `column number ${i}`);
    const table = await read(`${headers.join(";")}\n${headers.map(() => "x").join(";")}\n`);
    expect(table.headers).toEqual(headers);
  });

  test("one column in a .tsv file may hold commas", async () => {
    expect(rowsOf(await read("note\na,b\n", {}, "notes.tsv")).rows).toEqual([["a,b"]]);
  });
});

describe("columns", () => {
  test("only the wanted are read, in file order, and only they are held to a header", async () => {
    const table = await read("a,b,c\n1,2,3\n", { wanted: ["c", "a"] });
    expect(table.headers).toEqual(["a", "b", "c"]);
    expect(table.columns.map((column) => column.header)).toEqual(["a", "c"]);
  });

  test("case, spacing and apostrophes do not matter where the exact header is not there", async () => {
    const table = await read("LA In Touch ,Child\u2019s id,Child\u00a0name\n1,2,3\n", {
      wanted: ["la in touch", "child's ID", "Child name"],
    });
    expect(table.columns.map((column) => column.header)).toEqual([
      "LA In Touch ",
      "Child\u2019s id",
      "Child\u00a0name",
    ]);
  });

  test("an exact header wins over one that only resembles it", async () => {
    const table = await read("age,Age\n1,2\n", { wanted: ["Age"] });
    expect(table.columns.map((column) => column.header)).toEqual(["Age"]);
  });

  test("two headers that fit are refused", async () => {
    const error = await refusal("age,Age\n1,2\n", { wanted: ["AGE"] });
    expect(error.code).toBe("HEADER_AMBIGUOUS");
    expect(error.details).toMatchObject({ column: "AGE", positions: [1, 2], row: 1 });
  });

  test("every missing column is named at once, with what is there and what is near", async () => {
    const error = await refusal("Case ID,closed date,court\n1,,x\n", {
      wanted: ["case id", "Date closed", "ethnicity"],
    });
    expect(error.code).toBe("COLUMN_NOT_FOUND");
    expect(error.details).toMatchObject({
      missing: ["Date closed", "ethnicity"],
      headers: ["Case ID", "closed date", "court"],
    });
    expect(error.message).toContain('"Date closed" (did you mean "closed date"?)');
  });

  test("a file without headers does not have its first child repeated", async () => {
    const error = await refusal("1001,Ann Example,01/02/2015\n1002,Bea Example,03/04/2016\n", {
      wanted: ["case id"],
    });
    expect(error.code).toBe("COLUMN_NOT_FOUND");
    expect(error.message).not.toContain("Ann");
    expect(JSON.stringify(error.details)).not.toContain("Ann");
  });

  test("a year among the headers makes no data of them: that is said as a doubt, and settled by any header that is sought", async () => {
    const doubted = await refusal("Region,2024\nNorth,3\n", { wanted: ["area"] });
    expect(doubted.message).toContain("may be data");
    expect(doubted.message).toContain(
      "Put a row of headers above the data if there is none; else correct the header in the plan",
    );
    expect(doubted.message + JSON.stringify(doubted.details)).not.toContain("Region");
    const known = await refusal("Region,2024,note\nNorth,3,x\n", { wanted: ["area"], optional: ["Note"] });
    expect(known.message).toContain('it has "Region", "2024", "note"');
  });

  test("a duplicated header is refused, also where it is not wanted", async () => {
    const error = await refusal("id,x,y,x\n1,2,3,4\n", { wanted: ["id"] });
    expect(error.code).toBe("DUPLICATE_HEADER");
    expect(error.details).toMatchObject({ column: "x", positions: [2, 4], row: 1 });
  });

  test("equal cells of a file without headers are not repeated: they may be a name", async () => {
    const error = await refusal("101,Ann Lee,Ann Lee,01/02/2015\n102,Bo,Cy,\n", { wanted: ["id"] });
    expect(error.code).toBe("DUPLICATE_HEADER");
    expect(error.message + JSON.stringify(error.details)).not.toContain("Ann");
    expect(error.message).toContain(
      "the same in columns 2 and 3; the row is not shown, because a cell of it is digits alone and it may be data",
    );
    // A column that is asked for is there: it is a row of headers.
    const headers = await refusal("id,2025,Note,Note\n1,2,3,4\n", { wanted: ["id"] });
    expect(headers.message).toContain('got "Note" in columns 3 and 4');
  });

  test("what is malformed goes before what is missing", async () => {
    expect((await refusal('id,"law\n1,x\n', { wanted: ["court"] })).code).toBe("QUOTE_NOT_CLOSED");
  });
});

describe("notes and fingerprint", () => {
  test("another encoding is said", async () => {
    const table = await read(Buffer.from("id,court\n1,caf\xe9\n", "latin1"));
    expect(table.notes).toMatchObject([{ code: "encoding", text: "Read as Windows-1252 (list.csv)." }]);
  });

  test("blank records are counted", async () => {
    const { notes, rowCount } = await read("id,law\n1,x\n\n,\n2,y\n\n");
    expect(rowCount).toBe(2);
    expect(notes).toMatchObject([{ code: "blank-records", count: 3 }]);
  });

  test("the fingerprint is of the bytes on disk", async () => {
    const path = folder.write("abc.csv", "abc");
    const { fingerprint } = await readTable({ path, label: "abc.csv" });
    // FIPS 180-2, appendix B.1: the message "abc".
    expect(fingerprint).toEqual({
      bytes: 3,
      sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    });
  });

  test("progress rises to its total", async () => {
    const told: number[] = [];
    let total = 0;
    await read("id\n1\n", {
      onProgress: (done, all) => {
        told.push(done);
        total = all;
      },
    });
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(total);
  });

  test("a sheet of a text file is refused", async () => {
    expect((await refusal("id\n1\n", { sheet: "List 1" })).code).toBe("SHEET_NOT_FOUND");
  });
});

describe("a large file", () => {
  const rows = 12_000;
  let content = "";
  beforeAll(() => {
    content = "case id,note,law type\n";
    for (let i = 0; i < rows; i++)
      content += `${100_000 + i},"note, ${i % 7}",${i % 3 === 0 ? "public" : "private"}\r\n`;
  });

  test("is read by the plain lane to the same table as by csv-parse", async () => {
    const table = await read(content);
    expect(table.rowCount).toBe(rows);
    expect(table.columns.map((column) => column.values.length)).toEqual([rows, 7, 2]);
    const { rows: read_, rowNumbers } = rowsOf(table);
    expect(read_[11_999]).toEqual(["111999", "note, 1", "private"]);
    expect(read_[9]).toEqual(["100009", "note, 2", "public"]);
    expect(rowNumbers[11_999]).toBe(12_001);
  });

  test("is refused at a fault near its end, with its line", async () => {
    const error = await refusal(`${content}1,2\n`);
    expect(error.code).toBe("ROW_TOO_SHORT");
    expect(error.details.row).toBe(12_002);
  });

  test("a quote that swallows the rest is refused at its own place", async () => {
    const error = await refusal(content.replace("100005,", '"100005,'));
    expect(error.code).toBe("TEXT_BESIDE_QUOTES");
    const open = await refusal(
      content.replaceAll('"', "").replace("100005,", '"100005,').replaceAll("note, ", "note "),
    );
    expect(open.code).toBe("QUOTE_NOT_CLOSED");
    expect(open.details).toMatchObject({ row: 7, character: 1, column: "case id" });
  });

  test("a record longer than any row of an export is refused without reading on", async () => {
    const long = "x".repeat(5 << 20);
    const open = await refusal(`id,note\n1,"${long}\n${long}`);
    expect(open.code).toBe("QUOTE_NOT_CLOSED");
    expect(open.details).toMatchObject({ row: 2, character: 3, column: "note" });
    expect((await refusal(`id,note\n1,${long}\n`)).code).toBe("RECORD_TOO_LONG");
  });

  test("values that share a hash are kept apart", async () => {
    // Known pairs of equal 32-bit FNV-1a.
    const twins = ["declinate", "macallums", "costarring", "liquid"];
    expect(new Set(twins.map(fnv1a)).size).toBe(2);
    const path = folder.write("twins.csv", `word\n${twins.join("\n")}\n`);
    expect((await readLane(path, "plain")).values).toEqual([twins]);
  });
});

/** Fowler, Noll and Vo's hash 1a of 32 bits, by its definition. */
function fnv1a(text: string): number {
  let hash = 2166136261n;
  for (const byte of Buffer.from(text)) hash = ((hash ^ BigInt(byte)) * 16777619n) & 0xffffffffn;
  return Number(hash);
}
