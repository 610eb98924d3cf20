import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import { upperProbability } from "./confidence.js";
import { refuseCount } from "./refusals.js";
import type { Interval } from "./wilson.js";

/**
 * Clopper–Pearson interval for a proportion: the exact binomial interval, which covers at least as often as it says.
 *
 * @param count - cases with the attribute; integer, 0 ≤ count ≤ n
 * @param n - cases reviewed; integer ≥ 1
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @returns bounds as fractions
 * @throws CasedrawError `COUNT_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Assumes simple random sampling, no fpc. Wider than {@link wilsonInterval}; for small populations
 *   `hypergeometricInterval` is exact and narrower.
 * @see Clopper & Pearson (1934) Biometrika 26:404–413
 * @example clopperPearsonInterval(81, 263) // → { lower: 0.2527, upper: 0.3676 } to 4 places
 */
export function clopperPearsonInterval(
  count: number,
  n: number,
  options: { readonly confidence?: number } = {},
): Interval {
  const upper = upperProbability(options.confidence);
  refuseCount(count, n);
  return {
    lower: count === 0 ? 0 : betaQuantile(1 - upper, count, n - count + 1),
    upper: count === n ? 1 : betaQuantile(upper, count + 1, n - count),
  };
}
