import type { Grouping } from "./grouping.js";
import type { ClusteredCases } from "./placed-cases.js";

/** What a case of one group adds to an estimate: at its own event, and by being at risk at others'. */
export interface InfluenceSteps {
  /** By time. */
  readonly gains: Float64Array;
  /** By time, of each case at risk then. */
  readonly costs: Float64Array;
}

/**
 * The variance of an estimate whatever the likeness within clusters: Σ over clusters of (Σ over their cases of how much the
 * case's weight moves the estimate)². A case moves it by its gain at its own event, less the costs of all times at which it
 * was at risk.
 *
 * @param groups - of the cases; checked
 * @param steps - of each group
 * @remarks O(n + T·groups), T times.
 */
export function clusterVariance(
  { placed, clusters }: ClusteredCases,
  groups: Grouping,
  steps: readonly InfluenceSteps[],
): number {
  const { from, to, event } = placed;
  const paid = steps.map(({ costs }) => runningTotal(costs));
  const gains = steps.map((of) => of.gains);
  const sums = new Float64Array(clusters.count);
  for (let at = 0; at < from.length; at++) {
    const [first, end, group] = [from[at] as number, to[at] as number, groups.codes[at] as number];
    if (end <= first) continue;
    const totals = paid[group] as Float64Array;
    const gained = event[at] === 0 ? 0 : ((gains[group] as Float64Array)[end - 1] as number);
    sums[clusters.codes[at] as number]! += gained - ((totals[end] as number) - (totals[first] as number));
  }
  let squares = 0;
  for (const sum of sums) squares += sum * sum;
  return squares;
}

/** Before each time, and after the last. */
function runningTotal(costs: Float64Array): Float64Array {
  const totals = new Float64Array(costs.length + 1);
  for (let k = 0; k < costs.length; k++) totals[k + 1] = (totals[k] as number) + (costs[k] as number);
  return totals;
}
