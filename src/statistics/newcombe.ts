import { differenceOfEstimates } from "./difference-of-estimates.js";
import { type Interval, wilsonInterval } from "./wilson.js";

/** How many of how many. */
export interface Share {
  /** Cases with the attribute; integer, 0 ≤ count ≤ n */
  readonly count: number;
  /** Cases in all; integer ≥ 1 */
  readonly n: number;
}

/**
 * Newcombe's interval for the difference of two independent proportions, from their Wilson intervals without continuity
 * correction.
 *
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @returns the first proportion less the second, and bounds, as fractions from −1 to 1
 * @throws CasedrawError `COUNT_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Assumes two independent simple random samples; no fpc.
 * @see Newcombe (1998) Stat Med 17:873–890, method 10
 * @example
 * newcombeDifference({ first: { count: 56, n: 70 }, second: { count: 48, n: 80 } })
 * // → { difference: 0.2, lower: 0.0524, upper: 0.3339 } to 4 places
 */
export function newcombeDifference(
  { first, second }: { readonly first: Share; readonly second: Share },
  options: { readonly confidence?: number } = {},
): Interval & { readonly difference: number } {
  const estimate = ({ count, n }: Share) => ({ value: count / n, ...wilsonInterval(count, n, options) });
  const { value: difference, lower, upper } = differenceOfEstimates(estimate(first), estimate(second));
  return { difference, lower, upper };
}
