import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { normalMultiplier, upperProbability } from "./confidence.js";
import type { EstimatedProportion } from "./korn-graubard.js";
import { requireInnerFraction, requirePositive } from "./refusals.js";
import type { Interval } from "./wilson.js";

/**
 * Wilson interval on the effective sample size, for a proportion from a sample of any design.
 *
 * @param estimate - proportion in (0, 1) and its variance above 0
 * @param options.degreesOfFreedom - of the variance, above 0: the quantile of t takes the place of z; without it z is used
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @returns bounds as fractions
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Narrower than `kornGraubardInterval`; its coverage is right on average and not in every case.
 * @see Wilson (1927) JASA 22:209–212; Dean & Pagano (2015) Stat Methods Med Res 24:1051–1066, for the effective size
 * @example effectiveWilsonInterval({ proportion: 0.65, variance: 0.002275 }) // → { lower: 0.5525, upper: 0.7364 } to 4 places; as wilsonInterval(65, 100)
 */
export function effectiveWilsonInterval(
  { proportion, variance }: EstimatedProportion,
  options: { readonly degreesOfFreedom?: number; readonly confidence?: number } = {},
): Interval {
  const { degreesOfFreedom, confidence } = options;
  requireInnerFraction("Proportion", proportion);
  requirePositive("Variance", variance);
  if (degreesOfFreedom !== undefined) requirePositive("Degrees of freedom", degreesOfFreedom);
  const quantile =
    degreesOfFreedom === undefined
      ? normalMultiplier(confidence)
      : tQuantile(upperProbability(confidence), degreesOfFreedom);
  const odds = proportion * (1 - proportion);
  const shift = (quantile * quantile * variance) / odds; // z²/n_eff
  const half = Math.sqrt(shift * (odds + shift / 4));
  return {
    lower: (proportion + shift / 2 - half) / (1 + shift),
    upper: (proportion + shift / 2 + half) / (1 + shift),
  };
}
