import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { upperProbability } from "./confidence.js";
import type { EstimatedProportion } from "./korn-graubard.js";
import { requireInnerFraction, requirePositive } from "./refusals.js";
import type { Interval } from "./wilson.js";

/**
 * Logit interval for a proportion from a sample of any design: a t interval for the logarithm of the odds.
 *
 * @param estimate - proportion in (0, 1) and its variance above 0
 * @param options.degreesOfFreedom - of the variance, above 0
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @returns bounds as fractions
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks For comparison with other programs; covers too seldom where few cases have the attribute.
 * @see Lumley (2010) Complex Surveys, §2.3.2; R package survey, `svyciprop(method = "xlogit")`
 * @example logitInterval({ proportion: 0.5, variance: 0.0025 }, { degreesOfFreedom: 1e6 }) // → { lower: 0.4032, upper: 0.5968 } to 4 places
 */
export function logitInterval(
  { proportion, variance }: EstimatedProportion,
  options: { readonly degreesOfFreedom: number; readonly confidence?: number },
): Interval {
  const upper = upperProbability(options.confidence);
  requireInnerFraction("Proportion", proportion);
  requirePositive("Variance", variance);
  requirePositive("Degrees of freedom", options.degreesOfFreedom);
  const middle = Math.log(proportion / (1 - proportion));
  const half =
    (tQuantile(upper, options.degreesOfFreedom) * Math.sqrt(variance)) / (proportion * (1 - proportion));
  return { lower: inverseLogit(middle - half), upper: inverseLogit(middle + half) };
}

function inverseLogit(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
