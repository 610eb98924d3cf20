import { resolve } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { CasedrawError } from "../errors.js";
import { ColumnBuilder } from "../table/column-builder.js";
import type { Column, InputFingerprint, Table } from "../table/table.js";
import { hashFile, type InputFile, refuseIfChanged } from "./input-file.js";
import { type ParquetConversion, parquetConversion } from "./parquet-text.js";
import { type ReadRequest, type SoughtHeaders, soughtHeaders } from "./read-request.js";
import { columnName, type ResolvedColumns, resolveColumns } from "./resolve-columns.js";

/** Nothing is fetched, nothing is written: no extensions from the network, no spilling to disk. */
const settings = {
  threads: "2",
  memory_limit: "1GB",
  temp_directory: "",
  max_temp_directory_size: "0GB",
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
};

/** One file as it is: no columns taken from folder names, none added. */
const source = "read_parquet($1, hive_partitioning = false, union_by_name = false, filename = false)";

type DuckDB = typeof import("@duckdb/node-api");

/**
 * Reads a Parquet file through DuckDB, an optional package that is loaded only here.
 *
 * @param load - for tests
 * @returns every row; a missing value is "", and row numbers count from 1
 * @throws CasedrawError `PARQUET_…`, `SHEET_NOT_FOUND`, `FILE_CHANGED`, and what the headers are refused for
 */
export async function readParquet(
  file: InputFile,
  request: ReadRequest,
  load: () => Promise<DuckDB> = () => import("@duckdb/node-api"),
): Promise<{ table: Table; fingerprint: InputFingerprint }> {
  if (request.sheet !== undefined) {
    throw new CasedrawError(
      "SHEET_NOT_FOUND",
      `No such sheet: a Parquet file has no sheets, got sheet "${request.sheet}" (${file.label}). Remove the sheet from the plan.`,
      { file: file.label, sheet: request.sheet },
    );
  }
  const path = literalPath(file);
  const progress = (share: number) => request.onProgress?.(Math.round(file.size * share), 2 * file.size);
  const sha256 = hashFile(file, (done) => progress(done / file.size));
  const duckdb = await loadDuckDB(file.label, load);
  const instance = await duckdb.DuckDBInstance.create(":memory:", settings);
  try {
    const connection = await instance.connect();
    const table = await readColumns(connection, path, file.label, soughtHeaders(request), (share) =>
      progress(1 + share),
    );
    refuseIfChanged(file);
    return { table, fingerprint: { bytes: file.size, sha256 } };
  } catch (error) {
    throw translate(error, file.label);
  } finally {
    instance.closeSync();
  }
}

async function readColumns(
  connection: DuckDBConnection,
  path: string,
  file: string,
  sought: SoughtHeaders | undefined,
  onShare: (share: number) => void,
): Promise<Table> {
  const names = await topLevelNames(connection, path);
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`, [path]);
  const columns = described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
  const resolved = resolveColumns(names, sought, { file });
  const conversions = resolved.positions.map((position) =>
    conversionOf(columns[position], resolved, position, file),
  );
  const rowCount = await countRows(connection, path);
  const builders = resolved.positions.map((position) => new ColumnBuilder(resolved.headers[position] ?? ""));
  let read = 0;
  if (conversions.length > 0) {
    const list = conversions.map((conversion) => conversion.select).join(", ");
    const result = await connection.stream(`SELECT ${list} FROM ${source}`, [path]);
    for (
      let chunk = await result.fetchChunk();
      chunk !== null && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      builders.forEach((builder, i) => {
        for (const value of chunk?.getColumnValues(i) ?? []) {
          builder.add(value === null ? "" : String(value));
        }
      });
      read += chunk.rowCount;
      onShare(read / rowCount);
    }
    if (read !== rowCount) throw new Error(`${read} rows were read, the Parquet file has ${rowCount}`);
  }
  return {
    file,
    rowCount,
    headers: resolved.headers,
    columns: builders.map((builder, i) => finished(builder.finish(), conversions[i])),
    rowNumbers: Int32Array.from({ length: rowCount }, (_, i) => i + 1),
    notes: [],
  };
}

/** The file's own column names: DuckDB renames those that differ only in case. */
async function topLevelNames(connection: DuckDBConnection, path: string): Promise<string[]> {
  const reader = await connection.runAndReadAll("SELECT name, num_children FROM parquet_schema($1)", [path]);
  const nodes = reader.getRows();
  const names: string[] = [];
  const after = (index: number): number => {
    let next = index + 1;
    for (let child = 0; child < Number(nodes[index]?.[1] ?? 0); child++) next = after(next);
    return next;
  };
  for (let index = 1; index < nodes.length; index = after(index)) names.push(String(nodes[index]?.[0]));
  return names;
}

async function countRows(connection: DuckDBConnection, path: string): Promise<number> {
  const reader = await connection.runAndReadAll("SELECT num_rows FROM parquet_file_metadata($1)", [path]);
  return Number(reader.getRows()[0]?.[0]);
}

function conversionOf(
  column: { readonly name: string; readonly type: string } | undefined,
  { headers }: ResolvedColumns,
  position: number,
  file: string,
): ParquetConversion {
  const type = column?.type ?? "unknown";
  const conversion = column === undefined ? undefined : parquetConversion(column.name, type);
  if (conversion !== undefined) return conversion;
  throw new CasedrawError(
    "PARQUET_TYPE_UNSUPPORTED",
    `Column type not readable: a column must hold texts, numbers, dates or booleans, got ${type.split("(")[0]} ` +
      `(${file}, column ${columnName(headers, position)}). Ask for the column as text.`,
    { file, column: headers[position] ?? "", type },
  );
}

/** The column with its texts finished; two that become the same (0 and -0) become one value. */
function finished({ header, values, codes }: Column, conversion: ParquetConversion | undefined): Column {
  const codeOf = new Map<string, number>();
  const recoded = values.map((value) => {
    const text = value === "" ? "" : (conversion?.finish(value) ?? value);
    const code = codeOf.get(text) ?? codeOf.size;
    codeOf.set(text, code);
    return code;
  });
  return { header, values: [...codeOf.keys()], codes: codes.map((code) => recoded[code] ?? -1) };
}

/** DuckDB takes a path for a pattern, so one with a pattern's characters never reaches it; an absolute one has no scheme. */
function literalPath(file: InputFile): string {
  const path = resolve(file.path);
  if (!/[*?[\]{}]/.test(path)) return path;
  throw new CasedrawError(
    "PARQUET_PATH_UNSAFE",
    `Path not safe for Parquet: it must hold none of * ? [ ] { }, which the Parquet reader takes for a pattern (${file.label}). ` +
      `Rename the file or its folder.`,
    { file: file.label },
  );
}

async function loadDuckDB(file: string, load: () => Promise<DuckDB>): Promise<DuckDB> {
  try {
    return await load();
  } catch {
    throw new CasedrawError(
      "PARQUET_NEEDS_DUCKDB",
      `Parquet cannot be read here: the optional package @duckdb/node-api is not installed or does not run (${file}). ` +
        `Install it, or ask for the data as CSV or .xlsx.`,
      { file },
    );
  }
}

/** DuckDB's messages can hold what stands in the file, so only their kind is passed on. */
function translate(error: unknown, file: string): unknown {
  if (error instanceof CasedrawError || !(error instanceof Error)) return error;
  const kind = /^([A-Z][A-Za-z ]+) Error:/.exec(error.message)?.[1];
  if (kind === undefined) return error;
  if (kind === "Out of Memory") {
    return new CasedrawError(
      "PARQUET_OUT_OF_MEMORY",
      `Parquet file needs too much memory: its reader is given ${settings.memory_limit} (${file}). ` +
        `Ask for the data as CSV, or in smaller row groups.`,
      { file },
    );
  }
  return new CasedrawError(
    "PARQUET_CORRUPT",
    `Parquet file cannot be read: it is damaged or uses what its reader does not know (${file}, ${kind}). ` +
      `Ask for it again, or for the data as CSV.`,
    { file, kind },
  );
}
