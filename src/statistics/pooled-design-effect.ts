import { checkGrouping, type Grouping } from "./grouping.js";
import { requireSameLength } from "./refusals.js";

/**
 * One design effect of shares for all groups: how many times more they vary than shares of as many independent cases, because
 * children of one family are alike. Squares of the clusters' deviations from their own group's share, over what independent
 * cases would have; differences between groups are not in it.
 *
 * @param has - 1 for each case that has the attribute, otherwise 0
 * @param options.clusters - of each case, such as its family's case; one that lies in several groups is one in each
 * @param options.groups - of each case, such as its area
 * @returns Σ_g C_g/(C_g − 1)·Σ_c (Σ_{i in c} (y_i − p_g))² over Σ_g n_g/(n_g − 1)·n_g·p_g(1 − p_g); 1 where every case is its own
 *   cluster, and where no group varies or has two clusters
 * @throws CasedrawError `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE`
 * @remarks Groups of one cluster, which tell nothing, are left out. Steadier than an effect of each group's own, which in small
 *   groups is mostly noise. O(n).
 * @see Kish (1965) Survey Sampling, §8.2; Särndal, Swensson & Wretman (1992) Model Assisted Survey Sampling, §5.7
 * @example
 * // Two families of two, alike: (1 + 1)·2/1 over 4/3·4·¼
 * pooledDesignEffect([1, 1, 0, 0], { clusters: { codes: [0, 0, 1, 1], count: 2 }, groups: { codes: [0, 0, 0, 0], count: 1 } }) // → 3
 */
export function pooledDesignEffect(
  has: ArrayLike<number>,
  { clusters, groups }: { readonly clusters: Grouping; readonly groups: Grouping },
): number {
  const n = has.length;
  requireSameLength("Clusters", clusters.codes.length, n);
  checkGrouping(clusters, n, "Clusters");
  checkGrouping(groups, n, "Groups");
  const sizes = new Float64Array(groups.count);
  const counts = new Float64Array(groups.count);
  for (let at = 0; at < n; at++) {
    sizes[groups.codes[at] as number]!++;
    counts[groups.codes[at] as number]! += has[at] as number;
  }
  const cells = new Map<number, number>();
  for (let at = 0; at < n; at++) {
    const group = groups.codes[at] as number;
    const cell = (clusters.codes[at] as number) * groups.count + group;
    const off = (has[at] as number) - (counts[group] as number) / (sizes[group] as number);
    cells.set(cell, (cells.get(cell) ?? 0) + off);
  }
  const squares = new Float64Array(groups.count);
  const held = new Float64Array(groups.count);
  for (const [cell, off] of cells) {
    squares[cell % groups.count]! += off * off;
    held[cell % groups.count]!++;
  }
  let [between, independent] = [0, 0];
  for (let group = 0; group < groups.count; group++) {
    const [size, families] = [sizes[group] as number, held[group] as number];
    if (families < 2) continue;
    const share = (counts[group] as number) / size;
    between += (families / (families - 1)) * (squares[group] as number);
    independent += (size / (size - 1)) * size * share * (1 - share);
  }
  return between > 0 && independent > 0 ? between / independent : 1;
}
