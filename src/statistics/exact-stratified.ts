import { upperProbability } from "./confidence.js";
import { type FiniteSample, hypergeometricInterval } from "./hypergeometric-interval.js";
import { refuseCount, requireWhole } from "./refusals.js";
import type { Interval } from "./wilson.js";

/**
 * Conservative exact limits for how many of a stratified population have an attribute: exact limits of each stratum at
 * confidence 1 − α/H, added up (Bonferroni). For where none or all of a sample have it, and the variance says nothing.
 *
 * @param strata - one simple random sample each; at least one. A stratum that was reviewed whole is exact and not counted
 *   in H.
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @returns whole numbers of the population; a census gives its count twice
 * @throws CasedrawError `COUNT_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`, `VALUE_OUT_OF_RANGE` without strata
 * @see Bonferroni's inequality; Buonaccorsi (1987) The American Statistician 41:215–218 for each stratum
 * @example exactStratifiedInterval([{ count: 0, sampleSize: 30, populationSize: 200 }]) // { lower: 0, upper: 21 }
 */
export function exactStratifiedInterval(
  strata: readonly FiniteSample[],
  options: { readonly confidence?: number } = {},
): Interval {
  requireWhole("Number of strata", strata.length, 1);
  const sampled = strata.filter(({ sampleSize, populationSize }) => sampleSize < populationSize).length;
  const outside = 2 * (1 - upperProbability(options.confidence)); // α
  let [lower, upper] = [0, 0];
  for (const stratum of strata) {
    if (stratum.sampleSize < stratum.populationSize) {
      const own = hypergeometricInterval(stratum, { confidence: 1 - outside / sampled });
      lower += own.lower;
      upper += own.upper;
    } else {
      refuseCount(stratum.count, stratum.sampleSize);
      refuseCount(stratum.sampleSize, stratum.populationSize);
      lower += stratum.count;
      upper += stratum.count;
    }
  }
  return { lower, upper };
}
