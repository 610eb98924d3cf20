import { chiSquareTail } from "../../statistics/chi-square-tail.js";
import type { Cell } from "../result.js";
import { shareOf } from "../shares.js";
import { type Count, isMarked } from "../tally.js";

/** Two groups, how many units each has, and of how many people. */
export interface RateGroups {
  readonly first: Count;
  /** Of both. */
  readonly both: Count;
  readonly firstPopulation: number;
  readonly secondPopulation: number;
  /** For children in families, of the first's share of both. */
  readonly designEffect?: number;
}

/** A ratio of rates, and how likely one so far from 1 would be if the rates were the same. */
export interface RelativeRate {
  readonly ratio: Cell;
  /** Absent where the ratio is not shown. */
  readonly pValue?: number;
}

/**
 * Relative rate index: units for each of the population in one group, over the same in another. Given the units of both, the
 * first's are a share of them, and the ratio is that share's odds times the ratio of populations; bounds are those of
 * Wilson's interval, taken the same way, which is symmetric on the logarithm of the ratio.
 *
 * @returns marked where a count is not shown; `x` where the other group has no unit, or neither
 * @remarks The population is taken as known, and far larger than the units.
 * @see Uhrig (2016) Black, Asian and Minority Ethnic disproportionality in the criminal justice system in England and Wales,
 *   Ministry of Justice (the index); Przyborowski & Wilenski (1940) Biometrika 31:313–323 (two rates as a share); Newcombe
 *   (2001) The American Statistician 55:200–202 (symmetry)
 * @example relativeRate({ first: 20, both: 100, firstPopulation: 100, secondPopulation: 900 }).ratio.value // → 2.25; (20/100)/(80/900)
 */
export function relativeRate(groups: RateGroups): RelativeRate {
  const { first, both, firstPopulation, secondPopulation, designEffect = 1 } = groups;
  if (isMarked(first)) return { ratio: first };
  if (isMarked(both)) return { ratio: both };
  // Rounded counts may leave less than nobody for the other group.
  if (both <= 0 || first >= both) return { ratio: { mark: "x" } };
  const share = shareOf(first, both, designEffect);
  const ratio = (part: number): number => (part / (1 - part)) * (secondPopulation / firstPopulation);
  const expected = firstPopulation / (firstPopulation + secondPopulation);
  const off = first / both - expected;
  const variance = (designEffect * expected * (1 - expected)) / both;
  return {
    ratio: { value: ratio(share.value), lower: ratio(share.lower), upper: ratio(share.upper) },
    pValue: chiSquareTail((off * off) / variance, 1),
  };
}
