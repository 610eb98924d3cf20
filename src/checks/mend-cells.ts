import { CasedrawError } from "../errors.js";
import type { FrameInputs } from "../frame/build-frame.js";
import { mergeLevels } from "../frame/field.js";
import { findColumn, place, readField } from "../frame/read-field.js";
import { resolveSources } from "../frame/sources.js";
import { cleanText } from "../frame/text.js";
import { fieldKind } from "../plan/fields.js";
import type { ColumnSource, Plan } from "../plan/types.js";
import type { Column, Table } from "../table/table.js";
import { type Problem, rowsOfFile } from "./problem.js";

/** A date that can only be month first: the second number is no month. */
const monthFirst = /^(?:0?[1-9]|1[0-2])[/.-](?:1[3-9]|2\d|3[01])[/.-]\d{4}\b/;

/**
 * Blanks every date and number that cannot be read, in all files at once. Where dates of both orders stand in one column, none
 * of it can be trusted, and the whole column is blanked.
 *
 * @returns the inputs with those cells blank, and a problem for each column and kind of fault
 */
export function mendCells(inputs: FrameInputs): { inputs: FrameInputs; problems: Problem[] } {
  const { plan } = inputs;
  const sources = resolveSources(plan, inputs);
  const problems: Problem[] = [];
  let offset = 0;
  const data = inputs.data.map((table, at) => {
    const mended = mendTable(table, sources.data[at] as ReadonlyMap<string, ColumnSource>, plan);
    problems.push(...mended.problems.map((problem) => ({ ...problem, rows: shifted(problem.rows, offset) })));
    offset += table.rowCount;
    return mended.table;
  });
  const joins = inputs.joins.map((table, at) => {
    const mended = mendTable(table, sources.joins[at] as ReadonlyMap<string, ColumnSource>, plan);
    const source = rowsOfFile(place(table), table.rowNumbers);
    problems.push(...mended.problems.map((problem) => ({ ...problem, source })));
    return mended.table;
  });
  return { inputs: { ...inputs, data, joins }, problems };
}

function shifted(rows: Int32Array, by: number): Int32Array {
  return by === 0 ? rows : rows.map((row) => row + by);
}

function mendTable(
  table: Table,
  sources: ReadonlyMap<string, ColumnSource>,
  plan: Plan,
): { table: Table; problems: Problem[] } {
  const problems: Problem[] = [];
  const replaced = new Map<Column, Column>();
  for (const [name, source] of sources) {
    const kind = fieldKind(plan, name);
    if (source === "" || typeof source !== "string" || (kind !== "date" && kind !== "number")) continue;
    const column = findColumn(table, source);
    if (column === undefined) continue;
    const error = refusalOf(table, column, { name, plan });
    if (error === undefined) continue;
    const found = faultsOf(table, column, { name, plan, error });
    problems.push(...found.problems);
    replaced.set(column, found.column);
  }
  const columns = table.columns.map((column) => replaced.get(column) ?? column);
  return { table: { ...table, columns }, problems };
}

interface Reading {
  readonly name: string;
  readonly plan: Plan;
}

function refusalOf(table: Table, column: Column, { name, plan }: Reading): CasedrawError | undefined {
  try {
    readField({ ...table, columns: [column] }, name, column.header, { plan, notes: [] });
    return undefined;
  } catch (error) {
    if (error instanceof CasedrawError) return error;
    throw error;
  }
}

/** Reads every distinct value by itself to find each that cannot be read. */
function faultsOf(
  table: Table,
  column: Column,
  { name, plan, error }: Reading & { readonly error: CasedrawError },
): { column: Column; problems: Problem[] } {
  const mixed = error.code === "DATE_ORDER_MIXED";
  const alone = { ...table, rowCount: 1, rowNumbers: new Int32Array(1) };
  const errors = column.values.map((value): CasedrawError | undefined => {
    if (mixed && monthFirst.test(cleanText(value))) return error;
    const cell: Column = { header: column.header, values: [value], codes: new Int32Array(1) };
    return refusalOf(alone, cell, { name, plan });
  });
  const problems = [...new Set(errors.flatMap((each) => (each === undefined ? [] : [each.code])))].map(
    (code): Problem => {
      const bad = errors.map((each) => each?.code === code);
      return {
        code,
        error: code === error.code ? error : (errors.find((each) => each?.code === code) as CasedrawError),
        fields: [name],
        file: place(table),
        header: column.header,
        rows: rowsWith(column.codes, bad),
      };
    },
  );
  const values = column.values.map((value, code) => (mixed || errors[code] !== undefined ? "" : value));
  const merged = mergeLevels(values, column.codes);
  return { column: { header: column.header, values: merged.levels, codes: merged.codes }, problems };
}

function rowsWith(codes: Int32Array, wanted: readonly boolean[]): Int32Array {
  const rows: number[] = [];
  for (let i = 0; i < codes.length; i++) if (wanted[codes[i] as number]) rows.push(i);
  return Int32Array.from(rows);
}
