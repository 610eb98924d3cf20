import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import { incompleteGamma } from "./incomplete-gamma.js";
import { requireThat } from "./refusals.js";

/** Nearer to 0 the gamma distribution is the normal one. */
const leastSkewness = 1e-3;

/**
 * The tails of a standardised sum that is somewhat skew, by Pearson's type III distribution: a shifted gamma of mean 0, variance 1
 * and the skewness given.
 *
 * @param z - a finite number
 * @param skewness - a finite number; 0 gives the normal distribution
 * @returns chances of less than z and of more
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`
 * @see Pearson (1895) Phil Trans R Soc A 186:343–414; Mielke & Berry (2007) Permutation Methods, §2.3
 * @example pearsonTail(0, 2).lower // → 0.6321 to 4 places; 1 − e⁻¹, an exponential variable less its mean of 1
 */
export function pearsonTail(z: number, skewness: number): { readonly lower: number; readonly upper: number } {
  for (const [what, value] of [
    ["Deviation", z],
    ["Skewness", skewness],
  ] as const)
    requireThat(Number.isFinite(value), {
      what,
      rule: "it is a number",
      value,
      next: "Leave out what could not be estimated.",
    });
  if (Math.abs(skewness) < leastSkewness) return { lower: normalCdf(z, 0, 1), upper: normalCdf(-z, 0, 1) };
  if (skewness < 0) {
    const { lower, upper } = pearsonTail(-z, -skewness);
    return { lower: upper, upper: lower };
  }
  const shape = 4 / (skewness * skewness);
  const x = shape + z * Math.sqrt(shape);
  return x <= 0 ? { lower: 0, upper: 1 } : incompleteGamma(shape, x);
}
