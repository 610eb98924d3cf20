import { type ClusteredCases, riskOf } from "./placed-cases.js";
import { requirePositive, requireSameLength } from "./refusals.js";

/** What each case adds to a figure of all cases, and how much that varies where the hazard is one for all. */
export interface CaseInfluence {
  /** Sums to 0 over all cases. */
  readonly values: Float64Array;
  /** Of the value, before it is known when the case ends: by its entry and by how long it could be watched. */
  readonly variances: Float64Array;
  /** Chance that its ending is seen by then, again by its entry and how long it could be watched. */
  readonly endings: Float64Array;
}

export interface CaseInfluenceOptions {
  /** The share still open at a time, or the restricted mean up to it. */
  readonly of: "survival" | "restricted-mean";
  /** Above 0, in the unit of the follow-up. */
  readonly until: number;
  /** Of each case, when its watch ends or would have ended had it not ended before. */
  readonly watchedTo: ArrayLike<number>;
}

/**
 * What each case adds to the Kaplan–Meier share or the restricted mean of all cases: Σ_k −A_k·(dN_ik − Y_ik·d_k/n_k)/(n_k − d_k),
 * where A_k is the share at `until`, or the area under the curve from step k to it. Under one hazard a case's value is a
 * martingale's, with mean 0 and variance Σ_k (A_k/(n_k − d_k))²·S(k−)/S(entry)·h_k·(1 − h_k), h_k = d_k/n_k, over the steps
 * from its entry to the end of its watch.
 *
 * @param cases - from `clusteredCases`
 * @throws CasedrawError `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE`
 * @remarks Steps at which all at risk end move nothing, as in `clusteredRestrictedMean`. O(n·log T), T times.
 * @see Fleming & Harrington (1991) Counting Processes and Survival Analysis, §2.6; Andersen & Perme (2010) Stat Methods Med Res
 *   19:71–99
 */
export function caseInfluence(cases: ClusteredCases, options: CaseInfluenceOptions): CaseInfluence {
  const { until, watchedTo } = options;
  const { followUp, placed } = cases;
  requirePositive("Time", until);
  requireSameLength("Ends of watch", watchedTo.length, followUp.cases);
  const { survival, gains, paid, squares } = stepsOf(cases, options);
  const steps = gains.length;
  const last = countUpTo(placed.times, until);
  const [values, variances, endings] = [0, 1, 2].map(() => new Float64Array(followUp.cases)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let at = 0; at < followUp.cases; at++) {
    const [from, to] = [placed.from[at] as number, placed.to[at] as number];
    if (from >= steps) continue;
    if (to > from) {
      const gained = placed.event[at] === 0 ? 0 : (gains[to - 1] as number);
      values[at] = gained - ((paid[to] as number) - (paid[from] as number));
    }
    const end = Math.min(last, countUpTo(placed.times, watchedTo[at] as number));
    const entered = survival[from] as number;
    if (end <= from || entered === 0) continue;
    variances[at] = ((squares[end] as number) - (squares[from] as number)) / entered;
    endings[at] = 1 - (survival[end] as number) / entered;
  }
  return { values, variances, endings };
}

/** Running totals stand before each step, and after the last. */
interface Steps {
  readonly survival: Float64Array;
  readonly gains: Float64Array;
  readonly paid: Float64Array;
  readonly squares: Float64Array;
}

function stepsOf({ placed, followUp }: ClusteredCases, { of, until }: CaseInfluenceOptions): Steps {
  const table = riskOf(placed, { codes: new Uint8Array(followUp.cases), count: 1 });
  const { times } = table;
  const [atRisk, events] = [table.atRisk[0] as Int32Array, table.events[0]?.[0] as Int32Array];
  const survival = new Float64Array(times.length + 1).fill(1);
  const counts = (k: number): boolean =>
    (times[k] as number) <= until && (events[k] as number) < (atRisk[k] as number);
  for (let k = 0; k < times.length; k++) {
    const kept = counts(k) ? 1 - (events[k] as number) / (atRisk[k] as number) : 1;
    survival[k + 1] = (survival[k] as number) * kept;
  }
  const gains = new Float64Array(times.length);
  let [area, end] = [0, until];
  for (let k = times.length - 1; k >= 0; k--) {
    if (!counts(k)) continue;
    area += (survival[k + 1] as number) * (end - (times[k] as number));
    end = times[k] as number;
    const lost = of === "survival" ? (survival[times.length] as number) : area;
    gains[k] = -lost / ((atRisk[k] as number) - (events[k] as number));
  }
  const [paid, squares] = [new Float64Array(times.length + 1), new Float64Array(times.length + 1)];
  for (let k = 0; k < times.length; k++) {
    const [gain, hazard] = [gains[k] as number, (events[k] as number) / (atRisk[k] as number)];
    paid[k + 1] = (paid[k] as number) + gain * hazard;
    squares[k + 1] = (squares[k] as number) + gain * gain * (survival[k] as number) * hazard * (1 - hazard);
  }
  return { survival, gains, paid, squares };
}

/** How many of some ascending times there are up to one. */
function countUpTo(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
