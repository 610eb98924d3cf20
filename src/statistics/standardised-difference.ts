import { requireThat } from "./refusals.js";

/** Mean and variance of one group. */
export interface Moments {
  readonly mean: number;
  /** 0 or more. */
  readonly variance: number;
}

/**
 * Standardised mean difference: that of two means over the root of the mean of the two variances, free of units and of
 * sample sizes.
 *
 * @param groups - of a numeric field the mean and the sample variance; of a yes/no field p and p(1 − p)
 * @returns the first less the second, in standard deviations; beyond ±0.1 groups are commonly called unlike
 * @throws CasedrawError `VALUE_OUT_OF_RANGE` where neither group varies
 * @see Rosenbaum & Rubin (1985) The American Statistician 39:33–38; Austin (2009) Stat Med 28:3083–3107
 * @example
 * standardisedMeanDifference({ first: { mean: 5, variance: 3 }, second: { mean: 3, variance: 5 } }) // → 1; 2/√4
 */
export function standardisedMeanDifference({
  first,
  second,
}: {
  readonly first: Moments;
  readonly second: Moments;
}): number {
  const variance = (first.variance + second.variance) / 2;
  requireThat(first.variance >= 0 && second.variance >= 0 && variance > 0 && variance < Infinity, {
    what: "Variance of the two groups",
    rule: "neither is below 0 and one of them is above",
    value: variance,
    next: "Where nobody differs within the groups, give both means.",
  });
  return (first.mean - second.mean) / Math.sqrt(variance);
}
