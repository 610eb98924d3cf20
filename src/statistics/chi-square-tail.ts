import { incompleteGamma } from "./incomplete-gamma.js";

/**
 * The chance of a chi-square statistic at least so large: the p-value of a test. Taken from the upper incomplete gamma
 * function, because one less a distribution function has no digits left for a small chance.
 *
 * @param statistic - 0 or more
 * @param degreesOfFreedom - 1 or more
 * @example chiSquareTail(30, 3) // → 0.00000138005703
 */
export function chiSquareTail(statistic: number, degreesOfFreedom: number): number {
  return incompleteGamma(degreesOfFreedom / 2, statistic / 2).upper;
}
