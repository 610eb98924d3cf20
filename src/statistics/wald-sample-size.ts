import { normalMultiplier } from "./confidence.js";
import { finiteSize, infiniteSize, type NeededSize, type SizeOptions } from "./finite-size.js";
import { requireInnerFraction } from "./refusals.js";

/** A proportion that is expected, and how far off its estimate may be. */
export interface WantedMargin {
  /** Half the width of the interval, a fraction in (0, 1). */
  readonly margin: number;
  /** A fraction in (0, 1); 0.5 needs the most cases. */
  readonly proportion: number;
}

/**
 * How many cases give an expected proportion a margin of error, by the normal approximation p ± z·√(p(1 − p)/n).
 *
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Too few for rare attributes; see {@link wilsonSampleSize}.
 * @see Cochran (1977) Sampling Techniques, 3rd ed., §4.4; R package PracTools, `nPropMoe`
 * @example waldSampleSize({ margin: 0.05, proportion: 0.5 }) // → { exact: 384.1459, sampleSize: 385 } to 4 places
 */
export function waldSampleSize({ margin, proportion }: WantedMargin, options: SizeOptions = {}): NeededSize {
  const z = normalMultiplier(options.confidence);
  requireInnerFraction("Margin of error", margin);
  requireInnerFraction("Expected proportion", proportion);
  return finiteSize((z * z * proportion * (1 - proportion)) / (margin * margin), options);
}

/**
 * The margin of error that a number of cases gives, by the normal approximation.
 *
 * @param sample.sampleSize - whole number of 1 or more, and no more than the population
 * @param sample.proportion - expected, a fraction in (0, 1)
 * @returns half the width of the interval, a fraction; 0 for a census
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @see {@link waldSampleSize}
 * @example waldMargin({ sampleSize: 385, proportion: 0.5 }) // → 0.0499 to 4 places
 */
export function waldMargin(
  sample: { readonly sampleSize: number; readonly proportion: number },
  options: SizeOptions = {},
): number {
  const z = normalMultiplier(options.confidence);
  requireInnerFraction("Expected proportion", sample.proportion);
  const size = infiniteSize(sample.sampleSize, options);
  return z * Math.sqrt((sample.proportion * (1 - sample.proportion)) / size);
}
