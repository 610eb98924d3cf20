import type { DataFrame } from "danfojs-node";
import type { ResultTable } from "../analysis/result.js";
import { CasedrawError } from "../errors.js";
import type { Field } from "../frame/field.js";
import type { Frame } from "../frame/frame.js";
import { someOf } from "../frame/words.js";
import type { Plan } from "../plan/types.js";
import type { CsvCell } from "../report/csv.js";
import { asReviewed } from "../sampling/after/reviewed.js";
import { balanceTable } from "../sampling/balance.js";
import type { Sample } from "../sampling/draw.js";
import { ColumnBuilder } from "../table/column-builder.js";
import type { Table } from "../table/table.js";
import { resultTableCsv } from "../workflow/analysis/result-table-csv.js";
import type { Comparison } from "../workflow/compare/compared.js";
import type { WrittenEstimate } from "../workflow/estimate/to-folder.js";
import type { OutputTable } from "../workflow/output-table.js";
import { type SampleTables, sampleTables, shownFields, shownValue } from "../workflow/sample/tables.js";
import type { SimulationResults } from "../workflow/simulate/results.js";

// Bridges to danfojs, whose own guesses would turn the id "007" into a number: every column is given its type.

/** danfojs asks for these in the package.json of whoever installs it: without them it does not install. */
const overrides = {
  xlsx: "npm:@e965/xlsx@^0.20.3",
  "@tensorflow/tfjs-node": "npm:@tensorflow/tfjs@^4.22.0",
};

type Danfo = typeof import("danfojs-node");

async function loadDanfo(): Promise<Danfo> {
  try {
    const loaded = (await import("danfojs-node")) as Danfo & { readonly default?: Danfo };
    return loaded.default ?? loaded;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] as string) : String(error);
    throw new CasedrawError(
      "DANFO_NOT_INSTALLED",
      `Data frames need the package danfojs-node, which cannot be loaded: ${reason}. ` +
        "npm takes no overrides from a dependency, so put these into your own package.json:\n" +
        `"overrides": ${JSON.stringify(overrides, null, 2)}\n` +
        "and then run: npm install danfojs-node@^1.2.0",
      { reason, overrides },
    );
  }
}

/** A column as danfojs is given it. */
interface DataColumn {
  readonly name: string;
  readonly dtype: "string" | "int32" | "float32";
  readonly cells: readonly (string | number)[];
}

async function dataFrame(columns: readonly DataColumn[], rowCount: number): Promise<DataFrame> {
  const { DataFrame } = await loadDanfo();
  const rows = Array.from({ length: rowCount }, (_, row) =>
    columns.map(({ cells }) => cells[row] as string | number),
  );
  const names = columns.map(({ name }) => name);
  // Without a row danfojs takes no types.
  if (rowCount === 0) return new DataFrame([], { columns: names });
  return new DataFrame(rows, { columns: names, dtypes: columns.map(({ dtype }) => dtype) });
}

const largestInt32 = 2_147_483_647;

/** A blank number is NaN, which danfojs counts as missing. */
function numbers(name: string, cells: readonly number[]): DataColumn {
  const whole = cells.every((cell) => Number.isInteger(cell) && Math.abs(cell) < largestInt32);
  return { name, dtype: whole ? "int32" : "float32", cells };
}

function texts(name: string, cells: readonly string[]): DataColumn {
  return { name, dtype: "string", cells };
}

/**
 * A table as a danfojs DataFrame: every cell is the text that the file has, blank ones are "". Nothing is guessed, so the id `007`
 * stays `007`. `dataFrameToTable` is the way back.
 *
 * Columns have the file's headers, also blank ones. A data frame cannot have two of one name: the second is called `header (2)`.
 *
 * @param table - from `readTable`
 * @throws CasedrawError `DANFO_NOT_INSTALLED`
 * @example
 * const { table } = await readTable("children.csv", { columns: ["child ID", "law type"] });
 * const raw = await tableToDataFrame(table);
 * [raw.shape, raw.dtypes] // → [[600, 2], ["string", "string"]]
 */
export async function tableToDataFrame({ columns, rowCount }: Table): Promise<DataFrame> {
  const seen = new Map<string, number>();
  const named = columns.map(({ header, values, codes }) => {
    const count = (seen.get(header) ?? 0) + 1;
    seen.set(header, count);
    const name = count === 1 ? header : `${header} (${count})`.trimStart();
    return texts(
      name,
      Array.from(codes, (code) => values[code] as string),
    );
  });
  return await dataFrame(named, rowCount);
}

/** Whose units, and as which plan shows them. */
export interface OfPlan {
  readonly frame: Frame;
  readonly plan: Plan;
}

/**
 * A frame as a danfojs DataFrame: a row a unit, with `unit_id` and the fields that a sample's lists show. Names, dates of birth
 * and columns that the plan does not map are never in it.
 *
 * Ids, codes and dates (ISO) are text, blank where they are not known; a list's items are parted by semicolons; numbers are
 * numbers, NaN where they are not known.
 *
 * @param options.plan - that the frame was built by
 * @param options.units - `eligible` ones in byte order of their ids, or `all`, with the reason why a unit is `excluded`, blank
 *   where it is not; default `eligible`
 * @throws CasedrawError `DANFO_NOT_INSTALLED`
 * @example
 * const { plan } = await loadPlan("plan.yaml");
 * const { frame } = await readFrame("plan.yaml");
 * const data = await frameToDataFrame(frame, { plan });
 * [data.shape[0], data.columns.includes("date_of_birth")] // → [600, false]
 */
export async function frameToDataFrame(
  frame: Frame,
  options: { readonly plan: Plan; readonly units?: "eligible" | "all" },
): Promise<DataFrame> {
  const { plan, units: wanted = "eligible" } = options;
  const { ids, exclusion } = frame;
  const units = wanted === "all" ? ids.map((_, unit) => unit) : Array.from(frame.eligible);
  const reasonOf = (unit: number): string => {
    const code = exclusion.codes[unit] as number;
    return code === 0 ? "" : (exclusion.reasons[code - 1]?.reason ?? "");
  };
  const columns = [
    texts(
      "unit_id",
      units.map((unit) => ids[unit] as string),
    ),
    ...(wanted === "all" ? [texts("excluded", units.map(reasonOf))] : []),
    ...shownFields(frame, plan).map((field) => fieldColumn(field, units)),
  ];
  return await dataFrame(columns, units.length);
}

function fieldColumn(field: Field, units: readonly number[]): DataColumn {
  const cells = units.map((unit) => shownValue(field, unit));
  if (field.kind !== "number") return texts(field.name, cells);
  return numbers(
    field.name,
    cells.map((cell) => (cell === "" ? Number.NaN : Number(cell))),
  );
}

/**
 * The drawn units as a danfojs DataFrame, with the columns of `sample.csv`.
 *
 * @param options.frame - that the sample was drawn from
 * @param options.plan - by which it was drawn
 * @throws CasedrawError `DANFO_NOT_INSTALLED`
 * @example
 * const { frame, design, planFile } = await readDesign("plan.yaml");
 * const sample = drawSample(frame, design, "314159");
 * const data = await sampleToDataFrame(sample, { frame, plan: planFile.plan });
 * data.columns.slice(0, 3) // → ["draw_order", "unit_id", "stratum"]
 */
export async function sampleToDataFrame(sample: Sample, options: OfPlan): Promise<DataFrame> {
  return await outputToDataFrame(tablesOf(sample, options).sample);
}

/**
 * The reserves in the order of their release, with the columns of `reserves.csv`; else as `sampleToDataFrame`.
 *
 * @throws CasedrawError `DANFO_NOT_INSTALLED`
 */
export async function reservesToDataFrame(sample: Sample, options: OfPlan): Promise<DataFrame> {
  return await outputToDataFrame(tablesOf(sample, options).reserves);
}

/**
 * The strata, with the columns of `strata.csv`; else as `sampleToDataFrame`.
 *
 * @throws CasedrawError `DANFO_NOT_INSTALLED`
 */
export async function strataToDataFrame(sample: Sample, options: OfPlan): Promise<DataFrame> {
  return await outputToDataFrame(tablesOf(sample, options).strata);
}

/**
 * The sample beside the population, with the columns of `balance.csv`; else as `sampleToDataFrame`.
 *
 * @throws CasedrawError `DANFO_NOT_INSTALLED`
 */
export async function balanceToDataFrame(sample: Sample, options: OfPlan): Promise<DataFrame> {
  return await outputToDataFrame(tablesOf(sample, options).balance);
}

function tablesOf(sample: Sample, { frame, plan }: OfPlan): SampleTables {
  return sampleTables(frame, plan, sample, balanceTable(frame, asReviewed(sample)));
}

/**
 * A result's table as a danfojs DataFrame: a column for each dimension and measure, shares as fractions, bounds of intervals in
 * columns of their own. A figure that is not shown is NaN, and the column `…_mark` beside it says why: `[c]` confidential,
 * `[x]` not available.
 *
 * @param table - of an item of the analysis, or of `comparisonTables`
 * @throws CasedrawError `DANFO_NOT_INSTALLED`
 * @example
 * const { result } = shownItem(await analyse("plan.yaml"), "gender");
 * (await resultToDataFrame(result.tables[0])).columns.slice(0, 3) // → ["law_type", "gender", "children"]
 */
export async function resultToDataFrame(table: ResultTable): Promise<DataFrame> {
  return await outputToDataFrame(resultTableCsv(table));
}

/**
 * A comparison as a danfojs DataFrame: a row for each area under each indicator, with the columns of `compare.csv`.
 *
 * @throws CasedrawError `DANFO_NOT_INSTALLED`
 */
export async function comparisonToDataFrame(comparison: Comparison): Promise<DataFrame> {
  const { tidyTable } = await import("../workflow/compare/tidy.js");
  return await outputToDataFrame(tidyTable(comparison));
}

/**
 * Estimates as a danfojs DataFrame, with the columns of `estimates.csv`.
 *
 * @throws CasedrawError `DANFO_NOT_INSTALLED`
 */
export async function estimatesToDataFrame({ context }: WrittenEstimate): Promise<DataFrame> {
  const { estimatesTable } = await import("../workflow/estimate/tables.js");
  return await outputToDataFrame(estimatesTable(context));
}

/**
 * A simulation as a danfojs DataFrame: a row for each design and group, with the columns of `simulation.csv`.
 *
 * @throws CasedrawError `DANFO_NOT_INSTALLED`
 */
export async function simulationToDataFrame(results: SimulationResults): Promise<DataFrame> {
  const { simulationTables } = await import("../workflow/simulate/tables.js");
  return await outputToDataFrame(simulationTables(results).groups);
}

/** What stands for a figure that is not shown. */
const mark = /^\[[a-z]+\]$/;

async function outputToDataFrame({ header, rows }: OutputTable): Promise<DataFrame> {
  let marked = "";
  const columns = header.flatMap((name, at) => {
    const cells = rows.map((row) => row[at] ?? "");
    const isText = (cell: CsvCell): boolean => typeof cell === "string" && cell !== "" && !mark.test(cell);
    if (cells.some(isText) || cells.every((cell) => cell === "")) return [texts(name, cells.map(String))];
    const marks = cells.map((cell) => (typeof cell === "string" ? cell : ""));
    const figures = numbers(name, cells.map(numberOf));
    // Where a figure is not shown, neither are its bounds: they need no marks of their own.
    const said = marks.join();
    if (said === marked || marks.every((each) => each === "")) return [figures];
    marked = said;
    return [figures, texts(`${name}_mark`, marks)];
  });
  return await dataFrame(columns, rows.length);
}

function numberOf(cell: CsvCell): number {
  if (typeof cell === "string") return Number.NaN;
  return typeof cell === "number" ? cell : Number(cell.text);
}

/**
 * A danfojs DataFrame as a table that `buildFrame` takes: every cell as text, each row numbered as if it stood in a file under
 * a header in row 1. A missing value (NaN, null, undefined) is blank.
 *
 * What danfojs has turned into a number stays one: an id that was `007` in a file is `7` if danfojs read it, so read exports
 * with `readTable`, or give danfojs the column's type.
 *
 * @param frame - columns are taken by name; the index is not
 * @param options.file - what messages call it; default `data frame`
 * @throws CasedrawError `DATA_FRAME_UNREADABLE` where two columns have one name, or a cell is neither text, number nor boolean
 * @example
 * import { DataFrame } from "danfojs-node";
 * const data = new DataFrame([["007", 3]], { columns: ["child_id", "weeks"], dtypes: ["string", "int32"] });
 * dataFrameToTable(data).columns.map(({ values }) => values[0]) // → ["007", "3"]
 */
export function dataFrameToTable(frame: DataFrame, options: { readonly file?: string } = {}): Table {
  const { file = "data frame" } = options;
  const headers = frame.columns.map(String);
  const twice = headers.filter((header, at) => headers.indexOf(header) !== at);
  if (twice.length > 0) {
    throw unreadable(`two columns are called ${someOf([...new Set(twice)])}`, "Rename one of them", { file });
  }
  const rows = frame.values as readonly unknown[];
  const builders = headers.map((header) => new ColumnBuilder(header));
  for (const [at, row] of rows.entries()) {
    const cells: readonly unknown[] = Array.isArray(row) ? row : [row];
    for (const [column, builder] of builders.entries()) {
      const text = cellText(cells[column]);
      if (text === undefined) {
        const header = headers[column] as string;
        throw unreadable(
          `a cell must be text, a number or a boolean, got ${typeof cells[column]} (${file}, row ${at + 2}, column ${header})`,
          "Write it as text",
          { file, row: at + 2, column: header },
        );
      }
      builder.add(text);
    }
  }
  return {
    file,
    rowCount: rows.length,
    headerRow: 1,
    headers,
    columns: builders.map((builder) => builder.finish()),
    rowNumbers: Int32Array.from(rows, (_, row) => row + 2),
    notes: [],
  };
}

function cellText(cell: unknown): string | undefined {
  if (cell === undefined || cell === null || Number.isNaN(cell)) return "";
  if (typeof cell === "string") return cell;
  if (typeof cell === "boolean") return String(cell);
  return typeof cell === "number" && Number.isFinite(cell) ? String(cell) : undefined;
}

function unreadable(what: string, next: string, details: Readonly<Record<string, unknown>>): CasedrawError {
  return new CasedrawError(
    "DATA_FRAME_UNREADABLE",
    `Data frame cannot be read as a table: ${what}. ${next}.`,
    details,
  );
}
