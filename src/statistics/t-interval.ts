import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { upperProbability } from "./confidence.js";
import { requirePositive, requireThat } from "./refusals.js";
import type { Interval } from "./wilson.js";

/**
 * Symmetric t interval for an estimated mean, total or difference.
 *
 * @param estimate - the estimate and its variance, at least 0
 * @param options.degreesOfFreedom - of the variance, above 0
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Assumes an estimator that is nearly normal; for proportions take `kornGraubardInterval`.
 * @see Student (1908) Biometrika 6:1–25; Särndal, Swensson & Wretman (1992) Model Assisted Survey Sampling, §2.11
 * @example tInterval({ estimate: 10, variance: 4 }, { degreesOfFreedom: 9 }) // → { lower: 5.4757, upper: 14.5243 } to 4 places
 */
export function tInterval(
  { estimate, variance }: { readonly estimate: number; readonly variance: number },
  options: { readonly degreesOfFreedom: number; readonly confidence?: number },
): Interval {
  const upper = upperProbability(options.confidence);
  requirePositive("Degrees of freedom", options.degreesOfFreedom);
  requireThat(Number.isFinite(variance) && variance >= 0, {
    what: "Variance",
    rule: "it is a number of 0 or more",
    value: variance,
    next: "Check what was given.",
  });
  const half = tQuantile(upper, options.degreesOfFreedom) * Math.sqrt(variance);
  return { lower: estimate - half, upper: estimate + half };
}
