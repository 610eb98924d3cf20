import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { upperProbability } from "./confidence.js";
import { requireInnerFraction, requirePositive, requireWhole } from "./refusals.js";
import type { Interval } from "./wilson.js";

/** A proportion that was estimated from a sample of any design. */
export interface EstimatedProportion {
  /** A fraction in (0, 1). */
  readonly proportion: number;
  /** Of the estimate, by the design; above 0. */
  readonly variance: number;
}

/** An interval and the sample sizes that it rests on. */
export interface EffectiveInterval extends Interval {
  /** How many cases of a simple random sample would give the same variance: p(1 − p)/v. */
  readonly effectiveSize: number;
  /** n* = n_eff·(t_{n−1}/t_df)²; it may exceed n. */
  readonly adjustedSize: number;
}

/**
 * Korn–Graubard interval for a proportion from a sample with strata, clusters or unequal weights: Clopper and Pearson's with
 * the effective sample size, lessened for the few degrees of freedom of the variance.
 *
 * @param estimate - proportion in (0, 1) and its variance above 0
 * @param options.sampleSize - n, cases that the degrees of freedom go by: all reviewed, of a domain those reviewed in the strata that
 *   it touches; integer ≥ 2
 * @param options.degreesOfFreedom - of the variance, above 0
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @returns bounds as fractions
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks The adjusted size is not cut off at n. Where none or all have the attribute the variance is 0, and
 *   `exactStratifiedInterval` is the one to take. Coverage falls short of the confidence for rare attributes under very
 *   unequal weights.
 * @see Korn & Graubard (1998) Survey Methodology 24:193–201
 * @example
 * kornGraubardInterval({ proportion: 0.5, variance: 0.0025 }, { sampleSize: 100, degreesOfFreedom: 99 })
 * // → { lower: 0.3983, upper: 0.6017, effectiveSize: 100, adjustedSize: 100 } to 4 places; as of 50 of 100
 */
export function kornGraubardInterval(
  { proportion, variance }: EstimatedProportion,
  options: { readonly sampleSize: number; readonly degreesOfFreedom: number; readonly confidence?: number },
): EffectiveInterval {
  const { sampleSize, degreesOfFreedom } = options;
  const upper = upperProbability(options.confidence);
  requireInnerFraction("Proportion", proportion);
  requirePositive("Variance", variance);
  requireWhole("Sample size", sampleSize, 2);
  requirePositive("Degrees of freedom", degreesOfFreedom);
  const effectiveSize = (proportion * (1 - proportion)) / variance;
  const ratio = tQuantile(upper, sampleSize - 1) / tQuantile(upper, degreesOfFreedom);
  const adjustedSize = effectiveSize * ratio * ratio;
  const having = adjustedSize * proportion;
  const lacking = adjustedSize * (1 - proportion);
  return {
    lower: betaQuantile(1 - upper, having, lacking + 1),
    upper: betaQuantile(upper, having + 1, lacking),
    effectiveSize,
    adjustedSize,
  };
}
