import { chiSquareQuantile } from "./chi-square-quantile.js";
import { upperProbability } from "./confidence.js";
import { requireWhole } from "./refusals.js";
import type { Interval } from "./wilson.js";

/**
 * Exact interval for a Poisson count, from its relation to the chi-square distribution (Garwood's).
 *
 * @param count - whole number of 0 or more
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @see Garwood (1936) Biometrika 28:437–442
 * @example exactPoissonInterval(5) // → { lower: 1.6235, upper: 11.6683 } to 4 places
 */
export function exactPoissonInterval(
  count: number,
  options: { readonly confidence?: number } = {},
): Interval {
  const upper = upperProbability(options.confidence);
  requireWhole("Count of events", count, 0);
  return {
    lower: count === 0 ? 0 : chiSquareQuantile(1 - upper, 2 * count) / 2,
    upper: chiSquareQuantile(upper, 2 * count + 2) / 2,
  };
}
