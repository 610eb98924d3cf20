import { effectiveWilsonInterval } from "../statistics/effective-wilson.js";
import { wilsonInterval } from "../statistics/wilson.js";
import type { Interval95 } from "./result.js";
import { type Count, isMarked, type Marked, type Tally } from "./tally.js";

/** A column of a tally, or all of it. */
export type ColumnAt = number | "all";

/** How many of a column's units are known: the base of its shares. A count that is not shown hides it. */
export function knownIn(tally: Tally, column: ColumnAt): Count {
  const total = column === "all" ? tally.total : (tally.columnTotals[column] as Count);
  const unknown = tally.rows.levels.flatMap((level, row) =>
    level.unknown ? [countIn(tally, row, column)] : [],
  );
  const hidden = [total, ...unknown].find(isMarked);
  if (hidden !== undefined) return hidden;
  return unknown.reduce<number>((left, count) => left - (count as number), total as number);
}

export function countIn(tally: Tally, row: number, column: ColumnAt): Count {
  return column === "all"
    ? (tally.rowTotals[row] as Count)
    : ((tally.cells[row] as readonly Count[])[column] as Count);
}

/**
 * A row's share of a column's known units, with Wilson's interval on the size that children of one case leave.
 *
 * @returns marked where a count that it needs is not shown; `x` where nothing is known
 */
export function shareIn(
  tally: Tally,
  row: number,
  column: ColumnAt,
  options: { readonly confidence?: number } = {},
): Interval95 | Marked {
  return movedShareIn(tally, row, column, { ...options, by: 0 });
}

/**
 * The same with the least that the count can have been before rounding, of the most units, or with the most that it can have been:
 * that of a tally which is not rounded.
 */
export function extremeShareIn(
  tally: Tally,
  row: number,
  column: ColumnAt,
  options: { readonly side: "least" | "most"; readonly confidence?: number },
): Interval95 | Marked {
  const { slack = 0 } = tally;
  return movedShareIn(tally, row, column, { ...options, by: options.side === "least" ? -slack : slack });
}

function movedShareIn(
  tally: Tally,
  row: number,
  column: ColumnAt,
  { by, ...options }: { readonly by: number; readonly confidence?: number },
): Interval95 | Marked {
  const count = countIn(tally, row, column);
  const base = knownIn(tally, column);
  if (isMarked(count)) return count;
  if (isMarked(base)) return base;
  if (base <= 0) return { mark: "x" };
  const effect =
    (column === "all" ? tally.effects?.rowTotals[row] : tally.effects?.cells[row]?.[column]) ?? 1;
  if (by === 0) return shareOf(count, base, effect, options);
  // A base is the total less each count of those not known, and any of them may have moved; nobody stays nobody.
  const rounded = 1 + tally.rows.levels.filter((_, at) => isRoundedUnknown(tally, at, column)).length;
  const of = Math.max(1, base - by * rounded);
  const moved = count === 0 ? 0 : Math.min(of, Math.max(0, count + by));
  return shareOf(moved, of, effect, options);
}

function isRoundedUnknown(tally: Tally, row: number, column: ColumnAt): boolean {
  return tally.rows.levels[row]?.unknown === true && countIn(tally, row, column) !== 0;
}

/**
 * A share with Wilson's interval, on `n / designEffect`.
 *
 * @param count - 0 to n; rounding may have put it above n, and then it is n
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 */
export function shareOf(
  count: number,
  n: number,
  designEffect = 1,
  options: { readonly confidence?: number } = {},
): Interval95 {
  const value = Math.min(1, count / n);
  if (value === 0 || value === 1) return { value, ...wilsonInterval(value * n, n, options) };
  const variance = (designEffect * value * (1 - value)) / n;
  return { value, ...effectiveWilsonInterval({ proportion: value, variance }, options) };
}
