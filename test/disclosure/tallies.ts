import { type Axis, type Count, isMarked, type Tally } from "../../src/analysis/tally.js";

/** An axis whose levels are their own labels. */
export function axis(field: string, levels: readonly string[]): Axis {
  return { field, label: field, levels: levels.map((key) => ({ key, label: key })) };
}

const noColumns: Axis = { field: "", label: "", levels: [] };

/** A tally from its inner counts, with margins added up; without columns a line holds the row's total. */
export function tallyOf(
  rows: Axis,
  columns: Axis | undefined,
  cells: readonly (readonly number[])[],
  other: Partial<Tally> = {},
): Tally {
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  const rowTotals = cells.map(sum);
  const across = columns?.levels.map((_, column) => sum(cells.map((line) => line[column] as number))) ?? [];
  return {
    id: `${rows.field}_${columns?.field ?? "all"}`,
    universe: "children",
    rows,
    columns: columns ?? noColumns,
    cells: columns === undefined ? cells.map(() => []) : cells,
    rowTotals,
    columnTotals: across,
    total: sum(rowTotals),
    disjoint: true,
    ...other,
  };
}

/** A unit: field → level, or levels where it may have several. */
export type Unit = Readonly<Record<string, string | readonly string[]>>;

/** Counts units, in the plainest way. */
export function countUnits(
  units: readonly Unit[],
  rows: Axis,
  columns: Axis | undefined,
  other: Partial<Tally> = {},
): Tally {
  const is = (unit: Unit, { field }: Axis, level: string): boolean =>
    [unit[field] ?? []].flat().includes(level);
  const count = (row: string | undefined, column: string | undefined): number =>
    units.filter(
      (unit) =>
        (row === undefined || is(unit, rows, row)) &&
        (column === undefined || is(unit, columns as Axis, column)),
    ).length;
  const down = rows.levels.map(({ key }) => key);
  const across = columns?.levels.map(({ key }) => key) ?? [];
  return {
    id: `${rows.field}_${columns?.field ?? "all"}`,
    universe: "children",
    rows,
    columns: columns ?? noColumns,
    cells: down.map((row) => across.map((column) => count(row, column))),
    rowTotals: down.map((row) => count(row, undefined)),
    columnTotals: across.map((column) => count(undefined, column)),
    total: units.length,
    disjoint: true,
    ...other,
  };
}

/** Figures as a page shows them: marks in brackets; rows with their totals, then the columns' totals. */
export function shown({ cells, rowTotals, columnTotals, total }: Tally): (number | string)[][] {
  const word = (count: Count): number | string => (isMarked(count) ? `[${count.mark}]` : count);
  return [
    ...cells.map((line, row) => [...line, rowTotals[row] as Count].map(word)),
    [...columnTotals, total].map(word),
  ];
}

/** Every count of a tally, hidden or not, in the same order for tallies of the same shape. */
export function everyCount({ cells, rowTotals, columnTotals, total }: Tally): Count[] {
  return [total, ...rowTotals, ...columnTotals, ...cells.flat()];
}
