import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CsvCell, computed, csvText, writeCsv, writeCsvColumns } from "../../src/report/csv.js";
import { readOwnCsv } from "../../src/report/own-csv.js";

describe("csvText", () => {
  // RFC 4180 §2 by hand; the apostrophe rule is the output contract's.
  test.each<[string, CsvCell, string]>([
    ["plain text", "Leeds", "Leeds"],
    ["nothing", "", ""],
    ["leading zeros", "008453_2", "008453_2"],
    ["a comma", "a,b", '"a,b"'],
    ["a quote", 'say "no"', '"say ""no"""'],
    ["a line feed", "a\nb", '"a\nb"'],
    ["a carriage return", "a\rb", '"a\rb"'],
    ["a byte order mark", "\ufeffa", '"\ufeffa"'],
    ["blanks at the ends", " a ", " a "],
    ["a formula", "=1+1", "'=1+1"],
    ["a formula with a comma", "=SUM(A1,A2)", `"'=SUM(A1,A2)"`],
    ["a plus", "+44", "'+44"],
    ["a minus", "-1", "'-1"],
    ["an at sign", "@x", "'@x"],
    ["a tab", "\tx", "'\tx"],
    ["a leading carriage return", "\rx", `"'\rx"`],
    ["an apostrophe", "'x", "''x"],
    ["an inner equals sign", "a=1", "a=1"],
    ["a negative number", -1.5, "-1.5"],
    ["a third", 1 / 3, "0.3333333333333333"],
    ["minus zero", -0, "0"],
    ["a negative figure", computed(-0.5), "-0.5"],
  ])("writes %s", (_, cell, expected) => {
    expect(csvText(["x", "y"], [[cell, 1]])).toBe(`x,y\n${expected},1\n`);
  });

  test("guards a header", () => {
    expect(csvText(["=x"], [])).toBe("'=x\n");
  });

  test("writes a lone blank cell so that its line is not empty", () => {
    expect(csvText(["x"], [["a"], [""]])).toBe('x\na\n""\n');
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses %d", (value) => {
    expect(() => csvText(["x"], [[value]])).toThrow(RangeError);
  });

  test("refuses a row of another width", () => {
    expect(() => csvText(["x", "y"], [["1"]])).toThrow("2 cells, got 1");
  });
});

const texts = fc.string({ unit: "binary" }).filter((text) => !text.includes("\0"));
const pieces = fc
  .array(fc.constantFrom("'", '"', ",", "\n", "\r", "=", "+", "-", "@", "\t", " ", "a", "\ufeff", "é"), {
    maxLength: 6,
  })
  .map((parts) => parts.join(""));
const tables = fc
  .integer({ min: 1, max: 4 })
  .chain((width) =>
    fc.array(fc.array(fc.oneof(texts, pieces), { minLength: width, maxLength: width }), { minLength: 1 }),
  );

describe("readOwnCsv", () => {
  test("gives back whatever text was written", () => {
    fc.assert(
      fc.property(tables, ([header = [], ...rows]) => {
        expect(readOwnCsv(csvText(header, rows), "x.csv")).toEqual({ header, rows });
      }),
      { numRuns: 2000 },
    );
  });

  test("gives back every number exactly", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const cell = readOwnCsv(csvText(["x"], [[value]]), "x.csv").rows[0]?.[0];
        expect(Number(cell)).toBe(value + 0); // −0 prints as 0
      }),
    );
  });

  test("gives the same cells after a spreadsheet has saved it with its own mark and line ends", () => {
    expect(readOwnCsv("\ufeffunit_id,note\r\n007,''x\r\n", "x.csv")).toEqual({
      header: ["unit_id", "note"],
      rows: [["007", "'x"]],
    });
  });

  test("no written cell begins like a formula", () => {
    fc.assert(
      fc.property(fc.oneof(texts, pieces), (text) => {
        expect(csvText(["x"], [[text]]).slice(2)).not.toMatch(/^"?[=+\-@\t\r]/);
      }),
    );
  });

  test.each([
    ["an unclosed quote", 'a,b\n"1,2\n', "line 2"],
    ["a short row", "a,b\n1,2\n3\n", "line 3"],
    ["an empty file", "", "it is empty"],
  ])("refuses %s by file and line", (_, text, where) => {
    expect(() => readOwnCsv(text, "out/sample.csv")).toThrow(
      expect.objectContaining({
        code: "OWN_CSV_MALFORMED",
        message: expect.stringMatching(new RegExp(`${where}.*out/sample.csv`)),
        details: expect.objectContaining({ file: "out/sample.csv" }),
      }),
    );
  });
});

describe("pieces", () => {
  test("rows come in bounded pieces that make the same text", () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => [String(i), `"${i}"`]);
    const chunks: string[] = [];
    writeCsv(
      (chunk) => chunks.push(chunk),
      ["a", "b"],
      (row) => {
        for (const cells of rows) row(cells);
      },
    );
    expect(chunks.length).toBeGreaterThan(2);
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThan(70_000);
    expect(chunks.join("")).toBe(csvText(["a", "b"], rows));
  });

  test("columns write the rows asked for, in that order", () => {
    let text = "";
    writeCsvColumns(
      (chunk) => {
        text += chunk;
      },
      [
        { header: "id", values: ["A-1", "=2", "x,y"], codes: Int32Array.of(0, 1, 2) },
        { header: "n", values: [-1, 0.1], codes: Int32Array.of(1, 0, 1) },
        { header: "own", values: ["a", "b", "c"] },
      ],
      [2, 1],
    );
    expect(text).toBe(`id,n,own\n"x,y",0.1,c\n'=2,-1,b\n`);
  });

  test("columns and rows agree, in one column and in several", () => {
    fc.assert(
      fc.property(tables, ([header = [], ...rows]) => {
        let text = "";
        writeCsvColumns(
          (chunk) => {
            text += chunk;
          },
          header.map((name, i) => ({
            header: name,
            values: rows.map((row) => row[i] ?? ""),
            codes: rows.map((_, row) => row),
          })),
          rows.keys(),
        );
        expect(text).toBe(csvText(header, rows));
      }),
    );
  });

  test("columns refuse a row that is not there", () => {
    const column = { header: "a", values: ["x"], codes: Int32Array.of(0) };
    expect(() => writeCsvColumns(() => {}, [column], [1])).toThrow("no value for row 1");
  });
});

describe("computed", () => {
  // Rounded and written out by hand.
  test.each([
    [12.5, "12.5"],
    [1 / 3, "0.3333333333"],
    [100 / 3, "33.33333333"],
    [200 / 3, "66.66666667"],
    [-100 / 3, "-33.33333333"],
    [0, "0"],
    [-0, "0"],
    [100, "100"],
    [0.1 + 0.2, "0.3"],
    [12345678901.5, "12345678900"],
    [1e21, "1000000000000000000000"],
    [1.5e-9, "0.0000000015"],
    [9.99999999996, "10"],
  ])("computed(%d) is %s", (value, text) => {
    expect(computed(value).text).toBe(text);
  });

  test("is plain, without trailing zeros, within half a unit of the tenth digit", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), (value) => {
        const { text } = computed(value);
        expect(text).toMatch(/^(-?(0|[1-9]\d*)(\.\d*[1-9])?)$/);
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(Math.abs(value) * 5.01e-10);
      }),
    );
  });

  test("refuses what is not a number", () => {
    expect(() => computed(Number.NaN)).toThrow(RangeError);
  });
});
