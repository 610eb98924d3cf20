import type { Comparison, EstimateRow, Estimates } from "./estimate-findings.js";

/** Why a figure is not shown: it rests on a small count, or a small count could be worked out from it. */
export type Suppression = "small" | "linked";

/** An estimate as it may be shown. */
export interface ShownRow extends EstimateRow {
  readonly suppressed?: Suppression;
  /** That it is not shown to how many the question does not apply, nor what tells it: those without an answer, the number, the bounds. */
  readonly askedHidden?: true;
}

/** Estimates as they may be shown. */
export interface ShownEstimates {
  readonly rows: readonly ShownRow[];
  readonly comparisons: readonly Comparison[];
}

/**
 * Takes small counts out: a row of which 1 to `threshold` cases were reviewed, have the attribute, or lack it, with all its
 * figures; then the next smallest of a set that adds up, where one row alone is missing from it or where all that are missing
 * are small together; a group of which all others are small together, for they are the whole less the group; and every comparison
 * of a row that is not shown, or whose others are not. Where a column does not apply to 1 to `threshold` cases of
 * a group, or of all others, the groups of that field keep that to themselves, and no more than that: their shares rest on those who
 * answered; the whole does where it is so few in all. Rows whose other figures tell it are taken out.
 *
 * @param threshold - whole number; 0 takes nothing out
 * @remarks Sets that add up are a category's levels in one group, and a field's groups together with the whole. Not an audit:
 *   tables that hold more than these, such as a field and a coarser one, are not looked at, nor are weighted figures solved, from which
 *   counts of groups that are strata of unequal weights can follow.
 */
export function suppressSmall({ rows, comparisons }: Estimates, threshold: number): ShownEstimates {
  const whole = new Map(rows.filter(({ field }) => field === undefined).map((row) => [placeOf(row), row]));
  const wholeOf = (row: EstimateRow): EstimateRow =>
    whole.get(placeOf({ ...row, field: undefined, group: undefined })) ?? row;
  const fewNotAsked = new Set(
    rows
      .filter((row) => {
        const others = wholeOf(row).notApplicable - row.notApplicable;
        return within(row.notApplicable, threshold) || within(others, threshold);
      })
      .map(breakdownOf),
  );
  const isHidden = (row: EstimateRow): boolean => fewNotAsked.has(breakdownOf(row));
  const isTold = (row: EstimateRow): boolean => isHidden(row) && tellsNotApplicable(row, wholeOf(row));
  const why: (Suppression | undefined)[] = rows.map((row) =>
    isSmall(row, threshold) || isTold(row) ? "small" : undefined,
  );
  const sets = setsThatAddUp(rows);
  rows.forEach((row, at) => {
    if (row.field === undefined || why[at] !== undefined) return;
    if (isSmall(lessOf(wholeOf(row), row), threshold)) why[at] = "linked";
  });
  let changed = true;
  while (changed) {
    changed = false;
    for (const { members, sameCases } of sets) {
      const missing = members.filter((at) => why[at] !== undefined);
      const left = members.filter((at) => why[at] === undefined && (rows[at] as EstimateRow).n > 0);
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
  const withSmallRest = new Set(
    comparisons.filter((found) => hasSmallRest(found, { rows, threshold })).map((found) => placeOf(found)),
  );
  return {
    rows: rows.map((row, at) => {
      const suppressed = why[at];
      return {
        ...row,
        ...(suppressed === undefined ? {} : { suppressed }),
        ...(isHidden(row) ? { askedHidden: true } : {}),
      };
    }),
    comparisons: comparisons.filter((found) => {
      const whole = placeOf({ ...found, field: undefined, group: undefined });
      return !gone.has(placeOf(found)) && !gone.has(whole) && !withSmallRest.has(placeOf(found));
    }),
  };
}

/** A column's groups by one field, or all together. */
function breakdownOf({ column, field }: EstimateRow): string {
  return JSON.stringify([column, field]);
}

/**
 * Whether a row tells to how many of its cases its column does not apply, though that is hidden: its limits are made from them, or
 * a single case of all has no answer.
 */
function tellsNotApplicable({ notApplicable, figures }: EstimateRow, whole: EstimateRow): boolean {
  const madeFromThem = figures?.intervalMethod === "exact" || figures?.intervalMethod === "census";
  return notApplicable > 0 && (madeFromThem || whole.notAnswered + whole.notApplicable === 1);
}

function within(count: number, threshold: number): boolean {
  return count >= 1 && count <= threshold;
}

type Counts = Pick<EstimateRow, "n" | "count">;

function isSmall({ n, count }: Counts, threshold: number): boolean {
  return (
    within(n, threshold) ||
    (count !== undefined && (within(count, threshold) || within(n - count, threshold)))
  );
}

function lessOf(whole: Counts, part: Counts): Counts {
  const n = whole.n - part.n;
  return whole.count === undefined || part.count === undefined
    ? { n }
    : { n, count: whole.count - part.count };
}

/** Rows as one: levels of the same cases, or groups of different ones. */
function sumOf(parts: readonly Counts[], sameCases: boolean): Counts {
  const total = (of: (part: Counts) => number): number => parts.reduce((sum, part) => sum + of(part), 0);
  const n = sameCases ? (parts[0] as Counts).n : total((part) => part.n);
  return parts.some(({ count }) => count === undefined)
    ? { n }
    : { n, count: total(({ count = 0 }) => count) };
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
