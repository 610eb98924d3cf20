import { type Axis, type Count, isMarked, type Level, type Tally } from "../analysis/tally.js";

/**
 * A published tally in an order that its figures give: of two hidden counts, or two that are rounded to the same, the order
 * would tell which is the larger. Only sides that are ordered by how many there are; what is hidden comes after what is shown.
 */
export function inPublishedOrder(tally: Tally): Tally {
  const rows = orderOf(tally.rows, tally.rowTotals);
  const columns = orderOf(tally.columns, tally.columnTotals);
  const by = <T>(order: readonly number[], values: readonly T[]): T[] => order.map((at) => values[at] as T);
  const grid = <T>(cells: readonly (readonly T[])[]): T[][] =>
    by(rows, cells).map((line) => (line.length === 0 ? [] : by(columns, line)));
  const { effects } = tally;
  return {
    ...tally,
    rows: { ...tally.rows, levels: by(rows, tally.rows.levels) },
    columns: { ...tally.columns, levels: by(columns, tally.columns.levels) },
    cells: grid(tally.cells),
    rowTotals: by(rows, tally.rowTotals),
    columnTotals: by(columns, tally.columnTotals),
    ...(effects === undefined
      ? {}
      : { effects: { cells: grid(effects.cells), rowTotals: by(rows, effects.rowTotals) } }),
  };
}

function orderOf({ levels, byCount }: Axis, totals: readonly Count[]): readonly number[] {
  const places = [...levels.keys()];
  if (!byCount) return places;
  const shown = (at: number): number => {
    const total = totals[at] as Count;
    return isMarked(total) ? -1 : total;
  };
  const level = (at: number): Level => levels[at] as Level;
  return places.sort(
    (a, b) =>
      Number(level(a).unknown ?? false) - Number(level(b).unknown ?? false) ||
      shown(b) - shown(a) ||
      byKey(level(a), level(b)),
  );
}

/** By UTF-16 units: the same everywhere, and nothing of how many there are. */
function byKey({ key: one }: Level, { key: other }: Level): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
