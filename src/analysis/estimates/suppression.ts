import type { Comparison, EstimateRow, Estimates } from "./estimate-findings.js";

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
 * Takes small counts out: a row of which 1 to `threshold` cases were reviewed, have the attribute, lack it, or are not asked,
 * with all its figures; then the next smallest of a set that adds up, where one row alone is missing from it or where all that are missing
 * are small together; a group of which all others are small together, for they are the whole less the group; and every comparison
 * of a row that is not shown, or whose others are not.
 *
 * @param threshold - whole number; 0 takes nothing out
 * @remarks Sets that add up are a category's levels in one group, and a field's groups together with the whole. Not an audit:
 *   tables that hold more than these, such as a field and a coarser one, are not looked at.
 */
export function suppressSmall({ rows, comparisons }: Estimates, threshold: number): ShownEstimates {
  const why: (Suppression | undefined)[] = rows.map((row) => (isSmall(row, threshold) ? "small" : undefined));
  const sets = setsThatAddUp(rows);
  const whole = new Map(rows.filter(({ field }) => field === undefined).map((row) => [placeOf(row), row]));
  rows.forEach((row, at) => {
    if (row.field === undefined || why[at] !== undefined) return;
    const all = whole.get(placeOf({ ...row, field: undefined, group: undefined }));
    if (all !== undefined && isSmall(lessOf(all, row), threshold)) why[at] = "linked";
  });
  let changed = true;
  while (changed) {
    changed = false;
    for (const { members, sameCases } of sets) {
      const missing = members.filter((at) => why[at] !== undefined);
      const left = members.filter((at) => why[at] === undefined && isOfAny(rows[at] as EstimateRow));
      if (missing.length === 0 || left.length === 0) continue;
      const isSmallWith = (more: readonly number[]): boolean =>
        isSmall(
          sumOf(
            [...missing, ...more].map((at) => rows[at] as EstimateRow),
            sameCases,
          ),
          threshold,
        );
      if (missing.length > 1 && !isSmallWith([])) continue;
      left.sort((a, b) => sizeOf(rows[a] as EstimateRow) - sizeOf(rows[b] as EstimateRow) || a - b);
      // One that makes the missing ones large together spares the others.
      why[left.find((at) => !isSmallWith([at])) ?? (left[0] as number)] = "linked";
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

function isOfAny({ n, notApplicable }: EstimateRow): boolean {
  return n + notApplicable > 0;
}

function within(count: number, threshold: number): boolean {
  return count >= 1 && count <= threshold;
}

type Counts = Pick<EstimateRow, "n" | "count" | "notApplicable">;

function isSmall({ n, count, notApplicable }: Counts, threshold: number): boolean {
  if (within(n, threshold) || within(notApplicable, threshold)) return true;
  return count !== undefined && (within(count, threshold) || within(n - count, threshold));
}

function lessOf(whole: Counts, part: Counts): Counts {
  const n = whole.n - part.n;
  const notApplicable = whole.notApplicable - part.notApplicable;
  return whole.count === undefined || part.count === undefined
    ? { n, notApplicable }
    : { n, notApplicable, count: whole.count - part.count };
}

/** Rows as one: levels of the same cases, or groups of different ones. */
function sumOf(parts: readonly Counts[], sameCases: boolean): Counts {
  const total = (of: (part: Counts) => number): number => parts.reduce((sum, part) => sum + of(part), 0);
  const ofCases = (of: (part: Counts) => number): number => (sameCases ? of(parts[0] as Counts) : total(of));
  const n = ofCases((part) => part.n);
  const notApplicable = ofCases((part) => part.notApplicable);
  return parts.some(({ count }) => count === undefined)
    ? { n, notApplicable }
    : { n, notApplicable, count: total(({ count = 0 }) => count) };
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

interface AddingSet {
  /** Indices of rows of which the last follows from the others. */
  readonly members: number[];
  /** Whether all are of the same cases: levels, and not groups. */
  readonly sameCases: boolean;
}

function setsThatAddUp(rows: readonly EstimateRow[]): AddingSet[] {
  const sets = new Map<string, AddingSet>();
  const add = (key: readonly unknown[], at: number, sameCases: boolean): void => {
    const text = JSON.stringify(key);
    const set = sets.get(text) ?? { members: [], sameCases };
    set.members.push(at);
    sets.set(text, set);
  };
  rows.forEach(({ kind, column, level, field, group }, at) => {
    if (kind === "category") add(["levels", column, field, group], at, true);
    if (field !== undefined) add(["groups", column, level, field], at, false);
  });
  return [...sets.values()].filter(({ members }) => members.length > 1);
}

function hasSmallRest(
  found: Comparison,
  { rows, threshold }: { readonly rows: readonly EstimateRow[]; readonly threshold: number },
): boolean {
  const at = (place: Place) => rows.find((row) => placeOf(row) === placeOf(place)) as EstimateRow;
  return isSmall(lessOf(at({ ...found, field: undefined, group: undefined }), at(found)), threshold);
}
