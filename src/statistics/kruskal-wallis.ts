import { chiSquareTail } from "./chi-square-tail.js";
import { requireThat, requireWhole } from "./refusals.js";

/** A statistic that is chi-square distributed where there is no difference. */
export interface ChiSquareResult {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/**
 * Kruskal–Wallis test of whether groups tend to have different values, by ranks; ties get their mean rank and are corrected
 * for.
 *
 * @param groups - finite values of each; two groups or more, each with one value or more, and not all values equal
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`
 * @remarks Assumes independent cases. The chi-square approximation is rough for groups below 5. n log n.
 * @see Kruskal & Wallis (1952) JASA 47:583–621
 * @example kruskalWallisTest([[1, 2], [3, 4]]).statistic // → 2.4; 12/(4·5)·(3²/2 + 7²/2) − 3·5
 */
export function kruskalWallisTest(groups: readonly (readonly number[])[]): ChiSquareResult {
  requireWhole("Number of groups", groups.length, 2);
  const all = groups.flatMap((values, group) => {
    requireWhole("Number of values in a group", values.length, 1);
    return values.map((value) => ({ value, group }));
  });
  const wrong = all.find(({ value }) => !Number.isFinite(value));
  requireThat(wrong === undefined, {
    what: "Value",
    rule: "it is a finite number",
    value: wrong?.value as number,
    next: "Leave missing values out.",
  });
  all.sort((a, b) => a.value - b.value);
  const total = all.length;
  const rankSums = new Array<number>(groups.length).fill(0);
  let ties = 0;
  for (let start = 0, end = 0; start < total; start = end) {
    while (end < total && all[end]?.value === all[start]?.value) end++;
    const rank = (start + 1 + end) / 2;
    for (const { group } of all.slice(start, end)) rankSums[group] = (rankSums[group] as number) + rank;
    const alike = end - start;
    ties += alike * alike * alike - alike;
  }
  requireThat(ties < total * total * total - total, {
    what: "Values",
    rule: "they are not all equal",
    value: all[0]?.value as number,
    next: "There is nothing to compare.",
  });
  const between = rankSums.reduce(
    (sum, ranks, at) => sum + (ranks * ranks) / (groups[at]?.length as number),
    0,
  );
  const raw = (12 * between) / (total * (total + 1)) - 3 * (total + 1);
  const statistic = raw / (1 - ties / (total * total * total - total));
  const degreesOfFreedom = groups.length - 1;
  return { statistic, degreesOfFreedom, pValue: chiSquareTail(Math.max(0, statistic), degreesOfFreedom) };
}
