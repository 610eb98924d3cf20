import type { ClusterStatistic } from "./case-bootstrap.js";
import { checkGrouping, type Grouping } from "./grouping.js";
import { requireSameLength } from "./refusals.js";

/** Rows that add to a ratio of each group: children, with their case, their area, and what they count for. */
export interface GroupRatioRows {
  readonly clusters: Grouping;
  readonly groups: Grouping;
  readonly numerator: ArrayLike<number>;
  /** Default 1 for every row: the ratio is a mean or a proportion. */
  readonly denominator?: ArrayLike<number>;
}

/**
 * The ratio of each group, such as an indicator of each area, as a function of how often each cluster counts: for
 * `caseBootstrap`. Rows of one cluster and group are added up once, before the first replicate.
 *
 * @param rows - of any order; a cluster may lie in several groups
 * @returns a statistic with one value a group, undefined where the denominator is 0
 * @throws CasedrawError `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE`
 * @remarks O(rows) once, then O(cells) a replicate.
 */
export function groupRatios(rows: GroupRatioRows): ClusterStatistic {
  const { clusters, groups, numerator, denominator } = rows;
  const count = numerator.length;
  checkGrouping(clusters, count, "Clusters");
  checkGrouping(groups, count, "Groups");
  if (denominator !== undefined) requireSameLength("Denominators", denominator.length, count);
  const cells = new Map<number, number>();
  const [cluster, group, over, under]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let at = 0; at < count; at++) {
    const [c, g] = [clusters.codes[at] as number, groups.codes[at] as number];
    const key = c * groups.count + g;
    let cell = cells.get(key);
    if (cell === undefined) {
      cell = cells.size;
      cells.set(key, cell);
      cluster.push(c);
      group.push(g);
      over.push(0);
      under.push(0);
    }
    over[cell]! += numerator[at] as number;
    under[cell]! += denominator === undefined ? 1 : (denominator[at] as number);
  }
  const [clusterOf, groupOf] = [Int32Array.from(cluster), Int32Array.from(group)];
  const [overOf, underOf] = [Float64Array.from(over), Float64Array.from(under)];
  const [tops, bottoms] = [new Float64Array(groups.count), new Float64Array(groups.count)];
  return (times) => {
    tops.fill(0);
    bottoms.fill(0);
    for (let cell = 0; cell < clusterOf.length; cell++) {
      const often = times[clusterOf[cell] as number] as number;
      const at = groupOf[cell] as number;
      tops[at]! += often * (overOf[cell] as number);
      bottoms[at]! += often * (underOf[cell] as number);
    }
    return Array.from(tops, (top, at) => (bottoms[at] === 0 ? undefined : top / (bottoms[at] as number)));
  };
}
