import type { CasedrawError } from "../errors.js";
import type { FrameInputs } from "../frame/build-frame.js";
import { crossCodes, type Field, isBlankLevel, levelAt } from "../frame/field.js";
import { findColumn, place, readField } from "../frame/read-field.js";
import { groupByCode } from "../frame/rows.js";
import { resolveSources } from "../frame/sources.js";
import type { ColumnSource, Join } from "../plan/types.js";
import type { Table } from "../table/table.js";
import { type Problem, rowsOfFile } from "./problem.js";

/**
 * Leaves one row of each key in the joined file that was refused: the first, or the first of those that tie. Others may lack what
 * they are joined by, which is told in its turn.
 *
 * @param error - the refusal that `buildFrame` ended in
 */
export function mendJoins(
  inputs: FrameInputs,
  error: CasedrawError,
): { inputs: FrameInputs; problems: Problem[] } {
  const { plan } = inputs;
  const sources = resolveSources(plan, inputs);
  const problems: Problem[] = [];
  const joins = inputs.joins.map((table, at) => {
    const join = plan.joins[at] as Join;
    const rank = rankOf(join);
    if (join.many === "list" || place(table) !== error.details.file) return table;
    const source = sources.joins[at] as ReadonlyMap<string, ColumnSource>;
    const read = (name: string): Field =>
      readField(table, name, source.get(name) as ColumnSource, { plan, notes: [] });
    const again = repeats(
      table.rowCount,
      join.key.map(read),
      rank && { field: read(rank.name), sign: rank.sign },
    );
    if (again.length === 0) return table;
    problems.push({
      code: rank === undefined ? "JOIN_KEY_DUPLICATE" : "JOIN_TIE",
      error,
      fields: join.key,
      file: place(table),
      rows: again,
      source: rowsOfFile(place(table), table.rowNumbers),
    });
    return withoutRows(table, again);
  });
  return { inputs: { ...inputs, joins }, problems };
}

/** Leaves the first row of each value in the lookup file that was refused. */
export function mendLookups(
  inputs: FrameInputs,
  error: CasedrawError,
): { inputs: FrameInputs; problems: Problem[] } {
  const { plan } = inputs;
  const problems: Problem[] = [];
  const lookups = inputs.lookups.map((table, at) => {
    const lookup = plan.lookups[at] as (typeof plan.lookups)[number];
    const shared = plan.columns[lookup.from];
    const header = [lookup.from_header, typeof shared === "string" ? shared : undefined, lookup.from].find(
      (each) => each !== undefined && findColumn(table, each) !== undefined,
    );
    if (header === undefined || place(table) !== error.details.file) return table;
    const again = repeats(
      table.rowCount,
      [readField(table, lookup.from, header, { plan, notes: [] })],
      undefined,
    );
    if (again.length === 0) return table;
    problems.push({
      code: "LOOKUP_KEY_DUPLICATE",
      isOwn: true,
      error,
      fields: [lookup.from],
      file: place(table),
      header,
      rows: again,
      source: rowsOfFile(place(table), table.rowNumbers),
    });
    return withoutRows(table, again);
  });
  return { inputs: { ...inputs, lookups }, problems };
}

function rankOf({ many }: Join): { readonly name: string; readonly sign: 1 | -1 } | undefined {
  if (typeof many === "string") return undefined;
  return "latest" in many ? { name: many.latest, sign: 1 } : { name: many.earliest, sign: -1 };
}

/** Rows whose key stands in an earlier row; with a rank only those that tie with the best row of their key. */
function repeats(
  rowCount: number,
  key: readonly Field[],
  rank: { readonly field: Field; readonly sign: 1 | -1 } | undefined,
): Int32Array {
  const crossed = crossCodes(rowCount, key);
  const { order, starts } = groupByCode(crossed.codes, crossed.firstRows.length);
  const found: number[] = [];
  for (const [group, first] of crossed.firstRows.entries()) {
    if (key.some((field) => isBlankLevel(field.kind, levelAt(field, first)))) continue;
    const members = [...order.subarray(starts[group], starts[group + 1])];
    if (members.length === 1) continue;
    if (rank === undefined) found.push(...members.slice(1));
    else {
      const best = members.reduce((a, b) => (before(rank, b, a) ? b : a));
      const ties = members.filter((row) => levelAt(rank.field, row) === levelAt(rank.field, best));
      found.push(...ties.slice(1));
    }
  }
  return Int32Array.from(found).sort();
}

/** Whether row `a` goes before row `b`: a blank is neither the latest nor the earliest. */
function before(
  { field, sign }: { readonly field: Field; readonly sign: 1 | -1 },
  a: number,
  b: number,
): boolean {
  const [x, y] = [levelAt(field, a), levelAt(field, b)];
  if (x === "" || y === "") return x !== "" && y === "";
  const difference = field.kind === "number" ? Number(x) - Number(y) : x > y ? 1 : x < y ? -1 : 0;
  return difference * sign > 0;
}

function withoutRows(table: Table, dropped: Int32Array): Table {
  const out = new Set(dropped);
  const keep = table.rowNumbers.reduce<number[]>((kept, _, row) => {
    if (!out.has(row)) kept.push(row);
    return kept;
  }, []);
  const pick = (from: Int32Array): Int32Array => Int32Array.from(keep, (row) => from[row] as number);
  return {
    ...table,
    rowCount: keep.length,
    rowNumbers: pick(table.rowNumbers),
    columns: table.columns.map((column) => ({ ...column, codes: pick(column.codes) })),
  };
}
