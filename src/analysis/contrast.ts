import { differenceOfEstimates } from "../statistics/difference-of-estimates.js";
import { lawTypeColumns } from "./law-types.js";
import type { Interval95 } from "./result.js";
import { type ColumnAt, extremeShareIn, shareIn } from "./shares.js";
import { isMarked, type Tally } from "./tally.js";

/** A level that is commoner in one law type than in another. */
export interface Contrast {
  readonly level: string;
  /** Where it is commoner, and where it is less so. */
  readonly higher: { readonly name: string; readonly share: number };
  readonly lower: { readonly name: string; readonly share: number };
  /** The higher share less the lower one. */
  readonly difference: Interval95;
  /** How many differences were looked at to find it. */
  readonly compared: number;
}

/**
 * Of the levels whose share differs between the first two law types by more than chance, the one that differs most.
 * Intervals are so wide that 95 in 100 sets of comparisons would hold no false one (Bonferroni).
 *
 * @returns undefined where no interval keeps clear of 0, where there are not two law types, or where figures are hidden
 * @see Newcombe (1998) Stat Med 17:873–890, method 10, on the Wilson bounds of the effective sizes; Zou & Donner (2008)
 *   Stat Med 27:1693–1702
 */
export function lawTypeContrast(tally: Tally): Contrast | undefined {
  const [first, second] = lawTypeColumns(tally, { unit: "child" });
  if (first === undefined || second === undefined) return undefined;
  const known = tally.rows.levels.flatMap(({ unknown }, row) => (unknown ? [] : [row]));
  // Two levels that part everyone say the same thing twice.
  const compared = tally.disjoint && known.length === 2 ? 1 : known.length;
  const options = { confidence: 1 - 0.05 / Math.max(1, compared) };
  const found = known.flatMap((row): Contrast[] => {
    const one = shareIn(tally, row, first.at, options);
    const other = shareIn(tally, row, second.at, options);
    if (isMarked(one) || isMarked(other)) return [];
    const [high, low] = one.value >= other.value ? [one, other] : [other, one];
    const difference = differenceOfEstimates(high, low);
    const [higher, lower] = one.value >= other.value ? [first, second] : [second, first];
    if (!(difference.lower > 0) || !differsBeforeRounding(tally, row, { higher, lower, ...options }))
      return [];
    return [
      {
        level: tally.rows.levels[row]?.label as string,
        higher: { name: higher.name, share: high.value },
        lower: { name: lower.name, share: low.value },
        difference,
        compared,
      },
    ];
  });
  return found.sort((a, b) => b.difference.value - a.difference.value)[0];
}

/**
 * Whether a row's share is higher in one column than in another by more than chance, whatever the counts were before rounding.
 *
 * @param options.confidence - coverage, a fraction in (0, 1)
 */
export function differsBeforeRounding(
  tally: Tally,
  row: number,
  {
    higher,
    lower,
    confidence = 0.95,
  }: {
    readonly higher: { readonly at: ColumnAt };
    readonly lower: { readonly at: ColumnAt };
    readonly confidence?: number;
  },
): boolean {
  const least = extremeShareIn(tally, row, higher.at, { side: "least", confidence });
  const most = extremeShareIn(tally, row, lower.at, { side: "most", confidence });
  return !isMarked(least) && !isMarked(most) && differenceOfEstimates(least, most).lower > 0;
}
