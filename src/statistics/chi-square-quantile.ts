import gammaln from "@stdlib/math-base-special-gammaln";
import libraryQuantile from "@stdlib/stats-base-dists-chisquare-quantile";
import { incompleteGamma } from "./incomplete-gamma.js";

/** Above this the library inverts a wrong distribution function: see `incompleteGamma`. */
const mostForLibrary = 2000;

/**
 * Quantile of the chi-square distribution, for limits of counts and ratios.
 *
 * @param probability - below it, a fraction in (0, 1)
 * @param degreesOfFreedom - above 0, need not be whole
 * @remarks The library's; above 2,000 bettered by Newton's method.
 * @example chiSquareQuantile(0.975, 2000) // → 2125.84230244978
 */
export function chiSquareQuantile(probability: number, degreesOfFreedom: number): number {
  const first = libraryQuantile(probability, degreesOfFreedom);
  if (first <= mostForLibrary) return first;
  const shape = degreesOfFreedom / 2;
  let half = first / 2;
  for (let round = 0; round < 8; round++) {
    const { lower, upper } = incompleteGamma(shape, half);
    // By the smaller tail, which has the digits.
    const off = probability < 0.5 ? lower - probability : 1 - probability - upper;
    const density = Math.exp((shape - 1) * Math.log(half) - half - gammaln(shape));
    const step = off / density;
    half -= step;
    if (Math.abs(step) < 1e-14 * half) break;
  }
  return 2 * half;
}
