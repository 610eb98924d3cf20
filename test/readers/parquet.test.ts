import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CasedrawError } from "../../src/errors.js";
import { closeInput, openInput } from "../../src/readers/input-file.js";
import { readParquet } from "../../src/readers/read-parquet.js";
import type { ReadRequest } from "../../src/readers/read-request.js";
import { readTable } from "../../src/readers/read-table.js";
import { Folder, rowsOf } from "./lanes.js";

const folder = new Folder();
afterAll(() => folder.remove());

/** Writes a Parquet file with DuckDB, from a query. */
async function make(name: string, query: string): Promise<string> {
  const path = join(folder.path, name);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet)`);
  instance.closeSync();
  return path;
}

async function refusal(path: string, request: Partial<ReadRequest> = {}): Promise<CasedrawError> {
  const outcome = await readTable({ path, label: "list.parquet", ...request }).catch(
    (error: CasedrawError) => error,
  );
  expect(outcome).toBeInstanceOf(Error);
  return outcome as CasedrawError;
}

/** The texts of the only row of a query. */
async function texts(query: string, wanted?: readonly string[]): Promise<readonly string[] | undefined> {
  const path = await make("one.parquet", query);
  const { table } = await readTable({ path, label: "list.parquet", ...(wanted ? { wanted } : {}) });
  return rowsOf(table).rows[0];
}

describe("values", () => {
  test("numbers in plain digits", async () => {
    const query =
      "SELECT 9212044::INTEGER a, -5::TINYINT b, 12345678901234567::BIGINT c, 2.50::DECIMAL(10,2) d, 100::DECIMAL(5,0) e, " +
      "100.00::DECIMAL(5,2) f, 0.1::FLOAT g, 1e15::DOUBLE h, 9212044.0::DOUBLE i, 18446744073709551615::UBIGINT j";
    expect(await texts(query)).toEqual([
      "9212044",
      "-5",
      "12345678901234567",
      "2.5",
      "100",
      "100",
      "0.1",
      "1000000000000000",
      "9212044",
      "18446744073709551615",
    ]);
  });

  test("dates and times as ISO, instants in UTC and marked", async () => {
    const query =
      "SELECT DATE '2024-02-29' a, TIMESTAMP '2024-02-29 13:45:00' b, TIMESTAMP '2024-02-29' c, " +
      "TIMESTAMPTZ '2024-07-01 00:00:00+01' d, TIMESTAMPTZ '2024-01-01 00:00:00+00' e, TIME '10:30:00' f";
    expect(await texts(query)).toEqual([
      "2024-02-29",
      "2024-02-29 13:45:00",
      "2024-02-29",
      "2024-06-30 23:00:00Z",
      "2024-01-01",
      "10:30:00",
    ]);
  });

  test("texts, booleans, missing values", async () => {
    const query = "SELECT '008453' a, ' é😀 ' b, '' c, NULL::VARCHAR d, true e, false f, NULL::BOOLEAN g";
    expect(await texts(query)).toEqual(["008453", " é😀 ", "", "", "TRUE", "FALSE", ""]);
  });

  test("a missing number is blank, and minus nought is nought", async () => {
    const path = await make(
      "floats.parquet",
      "SELECT unnest([0.0::DOUBLE, NULL, -0.0::DOUBLE, 'nan'::DOUBLE, 2.0]) x",
    );
    const { rows, values } = rowsOf((await readTable({ path, label: "x" })).table);
    expect(rows).toEqual([["0"], [""], ["0"], ["nan"], ["2"]]);
    expect(values).toEqual([["0", "", "nan", "2"]]);
  });

  test.each([
    ["a list", "[1, 2]"],
    ["a structure", "{x: 1}"],
    ["a map", "MAP {'a': 1}"],
    ["bytes", "'ab'::BLOB"],
    ["an interval", "INTERVAL 1 DAY"],
  ])("%s is refused where it is wanted", async (_, value) => {
    const path = await make("nested.parquet", `SELECT 1 id, ${value} factors`);
    const error = await refusal(path, { wanted: ["factors"] });
    expect(error.code).toBe("PARQUET_TYPE_UNSUPPORTED");
    expect(error.details.column).toBe("factors");
    expect((await readTable({ path, label: "x", wanted: ["id"] })).table.rowCount).toBe(1);
  });
});

describe("files", () => {
  let path: string;
  const rows = 10_000;
  beforeAll(async () => {
    path = await make(
      "list.parquet",
      `SELECT i AS id, CASE WHEN i % 3 = 0 THEN 'public' ELSE 'private' END AS "Law type" FROM range(${rows}) t(i)`,
    );
  });

  test("every row in the file's order, with the fingerprint of its bytes", async () => {
    const { table, fingerprint } = await readTable({
      path,
      label: "list.parquet",
      wanted: ["law type", "id"],
    });
    expect(table.headers).toEqual(["id", "Law type"]);
    const { rows: read, rowNumbers } = rowsOf(table);
    expect(read.length).toBe(rows);
    expect(
      read.every(([id, law], i) => id === String(i) && law === (i % 3 === 0 ? "public" : "private")),
    ).toBe(true);
    expect(rowNumbers[rows - 1]).toBe(rows);
    expect(fingerprint.bytes).toBe(readFileSync(path).length);
  });

  test("headers that differ only in case keep the file's own names", async () => {
    // DuckDB writes no such file, and reads one with the second as AGE_1: the name is changed in the bytes.
    const made = await make("case.parquet", 'SELECT 1 AS "Age", 2 AS "Bge"');
    const bytes = readFileSync(made).toString("latin1").replaceAll("Bge", "AGE");
    const odd = folder.write("odd.parquet", Buffer.from(bytes, "latin1"));
    const { table } = await readTable({ path: odd, label: "x", wanted: ["AGE"] });
    expect(table.headers).toEqual(["Age", "AGE"]);
    expect(rowsOf(table).rows).toEqual([["2"]]);
  });

  test("a folder name never becomes a column, nor a column's values", async () => {
    for (const name of ["year=2024", "id=5"]) {
      mkdirSync(join(folder.path, name));
      const inside = join(folder.path, name, "list.parquet");
      copyFileSync(path, inside);
      const { table } = await readTable({ path: inside, label: "x" });
      expect(table.headers).toEqual(["id", "Law type"]);
      expect(table.columns[0]?.values.length).toBe(rows);
    }
  });

  test("a path with a pattern's characters never reaches the Parquet reader", async () => {
    const odd = join(folder.path, "list[1].parquet");
    copyFileSync(path, odd);
    expect((await refusal(odd)).code).toBe("PARQUET_PATH_UNSAFE");
  });

  test("a file that breaks off or is damaged", async () => {
    const bytes = readFileSync(path);
    expect((await refusal(folder.write("short.parquet", bytes.subarray(0, 400)))).code).toBe(
      "PARQUET_CORRUPT",
    );
    const damaged = Buffer.from(bytes);
    damaged.fill(0xff, 4, 2000);
    damaged[4] = 0x15;
    expect((await refusal(folder.write("damaged.parquet", damaged))).code).toBe("PARQUET_CORRUPT");
  });

  test("a name that promises something else, a sheet, a missing column", async () => {
    expect((await refusal(folder.write("list.csv", readFileSync(path)))).code).toBe("EXTENSION_MISLEADS");
    expect((await refusal(path, { sheet: "List 1" })).code).toBe("SHEET_NOT_FOUND");
    expect((await refusal(path, { wanted: ["court"] })).code).toBe("COLUMN_NOT_FOUND");
  });

  test("without the optional package it says what to do", async () => {
    const file = openInput(path, "list.parquet");
    const outcome = readParquet(file, { path, label: "list.parquet" }, () =>
      Promise.reject(new Error("not found")),
    );
    await expect(outcome).rejects.toMatchObject({ code: "PARQUET_NEEDS_DUCKDB" });
    closeInput(file);
  });
});
