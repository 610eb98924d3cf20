import type { Comparison, EstimateRow, Estimates } from "./estimates.js";

/** Why a figure is not shown: it rests on a small count, or a small count could be worked out from it. */
export type Suppression = "small" | "linked";

/** An estimate as it may be shown. */
export interface ShownRow extends EstimateRow {
  readonly suppressed?: Suppression;
}

/** Estimates as they may be shown. */
export interface ShownEstimates {
  readonly rows: readonly ShownRow[];
  readonly comparisons: readonly Comparison[];
}

/**
 * Takes small counts out: a row of which 1 to `threshold` cases were reviewed, have the attribute, or lack it, with all its
 * figures; then, where one row alone is missing from a set that adds up, the next smallest of the set; and every
 * comparison of a row that is not shown, or whose others are not.
 *
 * @param threshold - whole number; 0 takes nothing out
 * @remarks Sets that add up are a category's levels in one group, and a field's groups together with the whole. Not an audit:
 *   tables that hold more than these are not looked at.
 */
export function suppressSmall({ rows, comparisons }: Estimates, threshold: number): ShownEstimates {
  const why: (Suppression | undefined)[] = rows.map((row) => (isSmall(row, threshold) ? "small" : undefined));
  const sets = setsThatAddUp(rows);
  let changed = true;
  while (changed) {
    changed = false;
    for (const set of sets) {
      const missing = set.filter((at) => why[at] !== undefined);
      const left = set.filter((at) => why[at] === undefined && (rows[at] as EstimateRow).n > 0);
      if (missing.length !== 1 || left.length === 0) continue;
      left.sort((a, b) => sizeOf(rows[a] as EstimateRow) - sizeOf(rows[b] as EstimateRow) || a - b);
      why[left[0] as number] = "linked";
      changed = true;
    }
  }
  const gone = new Set(rows.flatMap((row, at) => (why[at] === undefined ? [] : [placeOf(row)])));
  // The others of a group are the whole less the group: small where the whole's own figures are.
  const small = new Set(
    comparisons.filter((found) => hasSmallRest(found, { rows, threshold })).map((found) => placeOf(found)),
  );
  return {
    rows: rows.map((row, at) => {
      const suppressed = why[at];
      return suppressed === undefined ? row : { ...row, suppressed };
    }),
    comparisons: comparisons.filter((found) => {
      const whole = placeOf({ ...found, field: undefined, group: undefined });
      return !gone.has(placeOf(found)) && !gone.has(whole) && !small.has(placeOf(found));
    }),
  };
}

function within(count: number, threshold: number): boolean {
  return count >= 1 && count <= threshold;
}

function isSmall({ n, count }: EstimateRow, threshold: number): boolean {
  if (within(n, threshold)) return true;
  return count !== undefined && (within(count, threshold) || within(n - count, threshold));
}

function sizeOf({ n, count }: EstimateRow): number {
  return count ?? n;
}

interface Place {
  readonly column: string;
  readonly level?: string | undefined;
  readonly field?: string | undefined;
  readonly group?: string | undefined;
}

function placeOf({ column, level, field, group }: Place): string {
  return JSON.stringify([column, level, field, group]);
}

/** Indices of rows of which the last follows from the others. */
function setsThatAddUp(rows: readonly EstimateRow[]): number[][] {
  const sets = new Map<string, number[]>();
  const add = (key: readonly unknown[], at: number): void => {
    const text = JSON.stringify(key);
    sets.set(text, [...(sets.get(text) ?? []), at]);
  };
  rows.forEach(({ kind, column, level, field, group }, at) => {
    if (kind === "category") add(["levels", column, field, group], at);
    if (field !== undefined) add(["groups", column, level, field], at);
  });
  return [...sets.values()].filter((set) => set.length > 1);
}

function hasSmallRest(
  found: Comparison,
  { rows, threshold }: { readonly rows: readonly EstimateRow[]; readonly threshold: number },
): boolean {
  const at = (place: Place) => rows.find((row) => placeOf(row) === placeOf(place)) as EstimateRow;
  const whole = at({ ...found, field: undefined, group: undefined });
  const own = at(found);
  const n = whole.n - own.n;
  const count = (whole.count ?? 0) - (own.count ?? 0);
  return (
    within(n, threshold) ||
    (whole.count !== undefined && (within(count, threshold) || within(n - count, threshold)))
  );
}
