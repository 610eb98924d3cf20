import { ascending } from "./ascending.js";
import { normalMultiplier } from "./confidence.js";
import { type CheckedFollowUp, checkFollowUp, type FollowUp } from "./follow-up.js";
import { checkGrouping, type Grouping } from "./grouping.js";
import { kaplanMeier, type SurvivalCurve, type SurvivalOptions } from "./kaplan-meier.js";
import { probabilityInterval } from "./probability-interval.js";
import { RunningClusterSums } from "./running-cluster-sums.js";
import type { Interval } from "./wilson.js";

/**
 * Kaplan–Meier estimate for cases in clusters, such as children of one family, that may end together: the curve of
 * `kaplanMeier`, with the clustered infinitesimal jackknife in place of Greenwood's variance.
 *
 * @param followUp - cases; event 0 or 1
 * @param options.clusters - the cluster of each case
 * @throws CasedrawError as `kaplanMeier`; `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE` for clusters
 * @remarks Assumes independent clusters. The variance is S(t)²·Σ_c(Σ_{i in c} Σ_{k up to t} (dN_ik − Y_ik·d_k/n_k)/(n_k − d_k))²;
 *   where every case is its own cluster and none enters late, it is Greenwood's. Too small with few clusters.
 *   O(n).
 * @see Efron (1981) JASA 76:312–319; Therneau & Grambsch (2000) Modeling Survival Data, §7.2; `cluster` of survfit in R's
 *   package survival
 */
export function clusteredSurvival(
  followUp: FollowUp,
  options: SurvivalOptions & { readonly clusters: Grouping },
): SurvivalCurve {
  const { clusters } = options;
  const curve = kaplanMeier(followUp, options);
  const checked = checkFollowUp(followUp, 1);
  checkGrouping(clusters, checked.cases, "Clusters");
  const z = normalMultiplier(curve.confidence);
  const squares = sumsOfSquares(checked, curve, clusters);
  const steps = curve.standardErrors.length;
  const [standardErrors, lower, upper] = [
    new Float64Array(steps),
    new Float64Array(steps),
    new Float64Array(steps),
  ];
  for (let k = 0; k < steps; k++) {
    const p = curve.survival[k] as number;
    const standardError = p * Math.sqrt(squares[k] as number);
    const interval = probabilityInterval({ p, standardError }, curve.scale, z) as Interval;
    standardErrors[k] = standardError;
    lower[k] = interval.lower;
    upper[k] = interval.upper;
  }
  return { ...curve, standardErrors, lower, upper };
}

/** Σ_c U_c² at each step of the curve. */
function sumsOfSquares(followUp: CheckedFollowUp, curve: SurvivalCurve, clusters: Grouping): Float64Array {
  const clusterOf = Int32Array.from(clusters.codes);
  const entries = ascending(followUp.entry ?? new Float64Array(followUp.cases), clusterOf);
  // What an exit carries: its cluster, and in the last bit whether it is an event.
  const exits = ascending(
    followUp.exit,
    clusterOf.map((cluster, at) => 2 * cluster + (followUp.event[at] as number)),
  );
  const sums = new RunningClusterSums(clusters.count, 1);
  const squares = new Float64Array(curve.standardErrors.length);
  let [come, gone] = [0, 0];
  for (let k = 0; k < squares.length; k++) {
    const [time, n, d] = [curve.times[k] as number, curve.atRisk[k] as number, curve.events[k] as number];
    for (; come < followUp.cases; come++) {
      if (followUp.entry !== undefined && (entries.values[come] as number) >= time) break;
      sums.move(entries.carried[come] as number, 1);
    }
    for (; (exits.values[gone] as number) < time; gone++) sums.move((exits.carried[gone] as number) >> 1, -1);
    sums.charge([d / (n * (n - d))]);
    const gain = [1 / (n - d)];
    for (let at = gone; exits.values[at] === time; at++) {
      const carried = exits.carried[at] as number;
      if ((carried & 1) === 1) sums.gain(carried >> 1, gain);
    }
    squares[k] = Math.max(0, sums.sum(0, 0));
  }
  return squares;
}
