import { requirePositive, requireWhole } from "./refusals.js";

/** What makes the cases that are needed more or fewer than under simple random sampling of a very large population. */
export interface SizeOptions {
  /** Coverage, a fraction in (0, 1); default 0.95. */
  readonly confidence?: number;
  /** N, whole number of 2 or more; without it the population is taken as very large. */
  readonly populationSize?: number;
  /** How many times larger the variance is than under simple random sampling of as many; above 0, default 1. */
  readonly designEffect?: number;
}

/** How many cases are needed. */
export interface NeededSize {
  /** As the formula gives it. */
  readonly exact: number;
  /** The next whole number up, and no more than there are. */
  readonly sampleSize: number;
}

/**
 * The size that gives a finite population, under a design, the same variance as n₀ from an infinite one by simple random
 * sampling: n with n/(1 − n/N) · (N − 1)/N = n₀·deff.
 *
 * @param infinite - n₀ > 0
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`
 * @see Cochran (1977) Sampling Techniques, 3rd ed., eq. 4.2, n = n₀/(1 + (n₀ − 1)/N)
 */
export function finiteSize(infinite: number, { populationSize, designEffect = 1 }: SizeOptions): NeededSize {
  requirePositive("Design effect", designEffect);
  const stretched = infinite * designEffect;
  if (populationSize === undefined) return { exact: stretched, sampleSize: wholeUp(stretched) };
  requireWhole("Population size", populationSize, 2);
  const exact = (stretched * populationSize) / (populationSize - 1 + stretched);
  return { exact, sampleSize: Math.min(populationSize, wholeUp(exact)) };
}

/**
 * The other way round: the n₀ of simple random sampling from an infinite population that says as much as this sample.
 *
 * @returns n₀, +∞ for a census
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`
 */
export function infiniteSize(sampleSize: number, { populationSize, designEffect = 1 }: SizeOptions): number {
  requirePositive("Design effect", designEffect);
  requireWhole("Sample size", sampleSize, 1);
  if (populationSize === undefined) return sampleSize / designEffect;
  requireWhole("Population size", populationSize, Math.max(2, sampleSize));
  return (sampleSize * (populationSize - 1)) / ((populationSize - sampleSize) * designEffect);
}

/** A size that is whole but for rounding is that size. */
function wholeUp(size: number): number {
  return Math.ceil(size * (1 - 1e-12));
}
