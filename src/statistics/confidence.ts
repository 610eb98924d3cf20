import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { CasedrawError } from "../errors.js";

/**
 * The probability below the upper bound of a two-sided interval.
 *
 * @param confidence - coverage, a fraction in (0, 1); default 0.95
 * @throws CasedrawError `CONFIDENCE_OUT_OF_RANGE`
 * @example upperProbability(0.95) // → 0.975
 */
export function upperProbability(confidence = 0.95): number {
  const probability = (1 + confidence) / 2;
  if (probability > 0.5 && probability < 1) return probability;
  throw new CasedrawError(
    "CONFIDENCE_OUT_OF_RANGE",
    `Confidence: it lies between 0 and 1, got ${confidence}. Write 95 % as 0.95.`,
    { confidence },
  );
}

/**
 * The standard normal quantile that a two-sided interval takes.
 *
 * @param confidence - coverage, a fraction in (0, 1); default 0.95
 * @throws CasedrawError `CONFIDENCE_OUT_OF_RANGE`
 * @example normalMultiplier(0.95) // → 1.959963984540054
 */
export function normalMultiplier(confidence?: number): number {
  return normalQuantile(upperProbability(confidence), 0, 1);
}
