import { normalMultiplier } from "./confidence.js";
import { finiteSize, infiniteSize, type NeededSize, type SizeOptions } from "./finite-size.js";
import { requireInnerFraction, requireThat } from "./refusals.js";
import type { WantedMargin } from "./wald-sample-size.js";

/**
 * How many cases give an expected proportion a Wilson interval of a wanted half width.
 *
 * @param wanted.margin - half the width of the interval, a fraction in (0, 0.5)
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @see Wilson (1927) JASA 22:209–212; Valliant, Dever & Kreuter (2018) Practical Tools for Designing and Weighting Survey
 *   Samples, 2nd ed., §3.2 (R package PracTools, `nWilson`)
 * @example wilsonSampleSize({ margin: 0.05, proportion: 0.5 }) // → { exact: 380.3044, sampleSize: 381 } to 4 places
 */
export function wilsonSampleSize(
  { margin, proportion }: WantedMargin,
  options: SizeOptions = {},
): NeededSize {
  const z = normalMultiplier(options.confidence);
  requireThat(margin > 0 && margin < 0.5, {
    what: "Margin of error",
    rule: "it lies between 0 and 0.5",
    value: margin,
    next: "Write 5 percentage points as 0.05.",
  });
  requireInnerFraction("Expected proportion", proportion);
  // e²(n + z²)² = z²(n·p(1 − p) + z²/4), the greater root.
  const odds = proportion * (1 - proportion);
  const relative = odds / (margin * margin) - 2;
  const rest = 4 - 1 / (margin * margin);
  return finiteSize((z * z * (relative + Math.sqrt(relative * relative - rest))) / 2, options);
}

/**
 * Half the width of the Wilson interval that a number of cases gives.
 *
 * @param sample.sampleSize - whole number of 1 or more, and no more than the population
 * @param sample.proportion - expected, a fraction in (0, 1)
 * @returns a fraction; 0 for a census
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @see {@link wilsonSampleSize}
 * @example wilsonMargin({ sampleSize: 381, proportion: 0.5 }) // → 0.04995 to 5 places
 */
export function wilsonMargin(
  sample: { readonly sampleSize: number; readonly proportion: number },
  options: SizeOptions = {},
): number {
  const z = normalMultiplier(options.confidence);
  requireInnerFraction("Expected proportion", sample.proportion);
  const shift = (z * z) / infiniteSize(sample.sampleSize, options);
  return Math.sqrt(shift * (sample.proportion * (1 - sample.proportion) + shift / 4)) / (1 + shift);
}
