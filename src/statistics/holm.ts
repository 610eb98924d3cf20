import { refusePValues } from "./p-values.js";

/**
 * Holm's step-down adjustment of p-values: holds the chance of any false finding at the level that the adjusted values are
 * compared with.
 *
 * @param pValues - fractions from 0 to 1, in any order
 * @returns adjusted p-values in the same order
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`
 * @see Holm (1979) Scand J Stat 6:65–70
 * @example holm([0.01, 0.04, 0.03]) // → [0.03, 0.06, 0.06]
 */
export function holm(pValues: readonly number[]): number[] {
  refusePValues(pValues);
  const ascending = pValues
    .map((_, at) => at)
    .sort((a, b) => (pValues[a] as number) - (pValues[b] as number));
  const adjusted = new Array<number>(pValues.length);
  let most = 0;
  ascending.forEach((at, place) => {
    most = Math.max(most, Math.min(1, (pValues.length - place) * (pValues[at] as number)));
    adjusted[at] = most;
  });
  return adjusted;
}
