import { chanceMissed, sizeAgainstMissing } from "./chance-missed.js";
import { upperProbability } from "./confidence.js";
import { refuseCount, requireWhole } from "./refusals.js";

/** A rare practice in a population. */
export interface RarePractice {
  /** N; whole number ≥ 1 */
  readonly populationSize: number;
  /** How many of them have it; whole number from 1 to N. */
  readonly cases: number;
}

/**
 * How many cases find at least one of a rare practice with a given confidence (discovery sampling).
 *
 * @param options.confidence - the chance of finding one, a fraction in (0, 1); default 0.95
 * @returns the least simple random sample, a whole number
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `COUNT_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks About cases·log₂ N steps.
 * @see Cochran (1977) Sampling Techniques, 3rd ed., §3.4, the hypergeometric distribution
 * @example discoverySampleSize({ populationSize: 100, cases: 1 }) // → 95; each case is found with n/100
 */
export function discoverySampleSize(
  { populationSize, cases }: RarePractice,
  options: { readonly confidence?: number } = {},
): number {
  const { confidence = 0.95 } = options;
  upperProbability(confidence);
  requireWhole("Number of cases with the practice", cases, 1);
  refuseCount(cases, populationSize);
  // 1 − 0.95 is a little more than 0.05; the chance to miss is compared without that.
  return sizeAgainstMissing({
    population: populationSize,
    group: cases,
    chance: (1 - confidence) * (1 + 1e-12),
  });
}

/**
 * The other way round: the chance that a sample finds at least one case of a rare practice.
 *
 * @param options.sampleSize - whole number from 1 to N
 * @returns a fraction
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `COUNT_OUT_OF_RANGE`
 * @see {@link discoverySampleSize}
 * @example discoveryChance({ populationSize: 5, cases: 2 }, { sampleSize: 2 }) // → 0.7; 1 − C(3,2)/C(5,2)
 */
export function discoveryChance(
  { populationSize, cases }: RarePractice,
  { sampleSize }: { readonly sampleSize: number },
): number {
  requireWhole("Number of cases with the practice", cases, 1);
  refuseCount(cases, populationSize);
  refuseCount(sampleSize, populationSize);
  return 1 - chanceMissed({ population: populationSize, group: cases, sampleSize });
}
