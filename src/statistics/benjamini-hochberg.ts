import { refusePValues } from "./p-values.js";

/**
 * Benjamini and Hochberg's step-up adjustment of p-values: holds the expected share of false ones among the findings at the
 * level that the adjusted values are compared with.
 *
 * @param pValues - fractions from 0 to 1, in any order
 * @returns adjusted p-values in the same order
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`
 * @remarks Holds for tests that are independent or positively dependent.
 * @see Benjamini & Hochberg (1995) J R Stat Soc B 57:289–300
 * @example benjaminiHochberg([0.01, 0.04, 0.03]) // → [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  refusePValues(pValues);
  const descending = pValues
    .map((_, at) => at)
    .sort((a, b) => (pValues[b] as number) - (pValues[a] as number));
  const adjusted = new Array<number>(pValues.length);
  let least = 1;
  descending.forEach((at, place) => {
    least = Math.min(least, (pValues.length / (pValues.length - place)) * (pValues[at] as number));
    adjusted[at] = least;
  });
  return adjusted;
}
