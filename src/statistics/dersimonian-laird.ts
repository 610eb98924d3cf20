import { chiSquareTail } from "./chi-square-tail.js";
import { normalMultiplier } from "./confidence.js";
import { requirePositive, requireThat } from "./refusals.js";
import type { Interval } from "./wilson.js";

/** One area's, or study's, estimate. */
export interface SeparateEstimate {
  readonly estimate: number;
  /** Its sampling variance; above 0. */
  readonly variance: number;
}

/** A figure common to separate estimates, and how much they truly differ. */
export interface RandomEffects {
  /** Variance of the true values between areas, 0 or more. */
  readonly tauSquared: number;
  /** Share of the variation that is between areas and not chance, a fraction. */
  readonly iSquared: number;
  /** Cochran's heterogeneity statistic, with its degrees of freedom and p-value. */
  readonly q: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  /** Mean of the true values, with normal interval. */
  readonly mean: number;
  readonly standardError: number;
  readonly interval: Interval;
}

/**
 * DerSimonian–Laird random effects: how much areas truly differ, when each figure also varies by chance.
 *
 * @param estimates - at least 2, on a scale on which they are nearly normal (logs of ratios)
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Assumes independent estimates with known variances. I² = (Q − df)/Q, at least 0. O(k).
 * @see DerSimonian & Laird (1986) Control Clin Trials 7:177–188; Higgins & Thompson (2002) Stat Med 21:1539–1558
 * @example derSimonianLaird([{ estimate: 0, variance: 1 }, { estimate: 4, variance: 1 }]).tauSquared // → 7
 */
export function derSimonianLaird(
  estimates: readonly SeparateEstimate[],
  options: { readonly confidence?: number } = {},
): RandomEffects {
  const z = normalMultiplier(options.confidence);
  requireThat(estimates.length >= 2, {
    what: "Estimates",
    rule: "there are at least 2",
    value: estimates.length,
    next: "Compare more areas.",
  });
  for (const { estimate, variance } of estimates) {
    requireThat(Number.isFinite(estimate), {
      what: "Estimate",
      rule: "it is a number",
      value: estimate,
      next: "Leave out areas without one.",
    });
    requirePositive("Variance", variance);
  }
  const fixed = weightedMean(estimates, 0);
  let [q, squaredWeights] = [0, 0];
  for (const { estimate, variance } of estimates) {
    const distance = estimate - fixed.mean;
    q += (distance * distance) / variance;
    squaredWeights += 1 / (variance * variance);
  }
  const degreesOfFreedom = estimates.length - 1;
  const excess = Math.max(0, q - degreesOfFreedom);
  const tauSquared = excess / (fixed.weight - squaredWeights / fixed.weight);
  const { mean, weight } = weightedMean(estimates, tauSquared);
  const standardError = 1 / Math.sqrt(weight);
  return {
    tauSquared,
    iSquared: excess === 0 ? 0 : excess / q,
    q,
    degreesOfFreedom,
    pValue: chiSquareTail(q, degreesOfFreedom),
    mean,
    standardError,
    interval: { lower: mean - z * standardError, upper: mean + z * standardError },
  };
}

function weightedMean(estimates: readonly SeparateEstimate[], tauSquared: number) {
  let [weight, sum] = [0, 0];
  for (const { estimate, variance } of estimates) {
    const own = 1 / (variance + tauSquared);
    weight += own;
    sum += own * estimate;
  }
  return { mean: sum / weight, weight };
}
