import { chiSquareTail } from "./chi-square-tail.js";
import type { Share } from "./newcombe.js";
import { refuseCount, requireSameLength, requireThat, requireWhole } from "./refusals.js";

/** A test of a trend. */
export interface TrendTest {
  /** Above 0 where the proportion rises with the score. */
  readonly z: number;
  /** z². */
  readonly statistic: number;
  /** Two-sided. */
  readonly pValue: number;
}

/**
 * Cochran–Armitage test for a trend in proportions over ordered groups.
 *
 * @param groups - in order; two or more
 * @param options.scores - place of each group on the scale of the trend; default 1, 2, 3, …
 * @throws CasedrawError `COUNT_OUT_OF_RANGE`; `ROWS_MISMATCHED` for scores of other groups; `VALUE_OUT_OF_RANGE` where
 *   none or all have the attribute, or all scores are equal
 * @remarks Assumes independent cases; no continuity correction.
 * @see Cochran (1954) Biometrics 10:417–451; Armitage (1955) Biometrics 11:375–386
 * @example
 * cochranArmitageTest([{ count: 83, n: 86 }, { count: 90, n: 93 }, { count: 129, n: 136 }, { count: 70, n: 82 }])
 * // → { statistic: 8.2249, pValue: 0.0041 } to 4 places
 */
export function cochranArmitageTest(
  groups: readonly Share[],
  options: { readonly scores?: readonly number[] } = {},
): TrendTest {
  const scores = options.scores ?? groups.map((_, at) => at + 1);
  requireWhole("Number of groups", groups.length, 2);
  requireSameLength("Scores", scores.length, groups.length);
  let [count, n, middle] = [0, 0, 0];
  groups.forEach((group, at) => {
    refuseCount(group.count, group.n);
    count += group.count;
    n += group.n;
    middle += group.n * (scores[at] as number);
  });
  middle /= n;
  const proportion = count / n;
  let [trend, spread] = [0, 0];
  groups.forEach((group, at) => {
    const distance = (scores[at] as number) - middle;
    trend += distance * (group.count - group.n * proportion);
    spread += group.n * distance * distance;
  });
  requireThat(count > 0 && count < n, {
    what: "Trend in proportions",
    rule: `some of ${n} have the attribute and some do not`,
    value: count,
    next: "There is no trend to test.",
  });
  requireThat(spread > 0, {
    what: "Scores",
    rule: "they are finite numbers and not all equal",
    value: scores[0] as number,
    next: "Score the groups by their order.",
  });
  const z = trend / Math.sqrt(proportion * (1 - proportion) * spread);
  return { z, statistic: z * z, pValue: chiSquareTail(z * z, 1) };
}
