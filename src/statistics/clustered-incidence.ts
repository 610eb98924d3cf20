import { CasedrawError } from "../errors.js";
import { type Ascending, ascending } from "./ascending.js";
import { normalMultiplier } from "./confidence.js";
import { type CheckedFollowUp, checkFollowUp, type FollowUp } from "./follow-up.js";
import { checkGrouping, type Grouping } from "./grouping.js";
import { type IntervalScale, probabilityInterval } from "./probability-interval.js";
import { riskTable } from "./risk-table.js";
import { RunningClusterSums } from "./running-cluster-sums.js";
import type { Interval } from "./wilson.js";

export interface ClusteredIncidenceOptions {
  /** How many kinds of event compete: they are coded 1 … causes. */
  readonly causes: number;
  readonly clusters: Grouping;
  /** When to read the curves, ascending, in the unit of the follow-up. */
  readonly times: readonly number[];
  /** Pointwise coverage, a fraction in (0, 1); default 0.95. */
  readonly confidence?: number;
  /** Default `log-log`. */
  readonly scale?: IntervalScale;
}

/** The share that has had one kind of event by a time. */
export interface IncidenceShare {
  readonly incidence: number;
  readonly standardError: number;
  /** Absent where the share is 0 or 1. */
  readonly interval: Interval | undefined;
}

/** A share within this of 1 is 1. */
const rounding = 1e-12;

/**
 * Aalen–Johansen shares at given times for cases in clusters that may end together, with the clustered infinitesimal
 * jackknife as their variance.
 *
 * @param followUp - cases; event 0 (still going on) or 1 … causes
 * @returns by kind of event, then by time
 * @throws CasedrawError `FOLLOW_UP_INVALID`, `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE` for clusters, `TIME_OUT_OF_RANGE` for times
 *   that do not ascend, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Assumes independent clusters. Case i moves F_j(t) by Σ_{k up to t} S(k−)·(dN_ijk − Y_ik·d_jk/n_k)/n_k −
 *   (F_j(t) − F_j(k))·(dN_ik − Y_ik·d_k/n_k)/(n_k − d_k). O(n·causes + times).
 * @see Aalen & Johansen (1978) Scand J Stat 5:141–150; Therneau & Grambsch (2000) Modeling Survival Data, §7.2
 */
export function clusteredIncidence(
  followUp: FollowUp,
  options: ClusteredIncidenceOptions,
): readonly (readonly IncidenceShare[])[] {
  const { causes, clusters, times: asked, confidence, scale = "log-log" } = options;
  const z = normalMultiplier(confidence);
  const checked = checkFollowUp(followUp, causes);
  checkGrouping(clusters, checked.cases, "Clusters");
  const backwards = asked.findIndex(
    (time, at) => !(time >= 0 && (at === 0 || time > (asked[at - 1] as number))),
  );
  if (backwards !== -1) {
    throw new CasedrawError(
      "TIME_OUT_OF_RANGE",
      `Times: they ascend from 0 up, got ${asked[backwards]} at place ${backwards}. Put them in order.`,
      { place: backwards },
    );
  }
  const curve = pooledCurve(checked, causes);
  const line = caseLine(checked, { causes, clusters });
  return Array.from({ length: causes }, (_, kind) =>
    sharesOf(curve, line, { kind, asked }).map(({ incidence, variance }): IncidenceShare => {
      if (incidence === 0 || incidence > 1 - rounding)
        return { incidence: incidence === 0 ? 0 : 1, standardError: 0, interval: undefined };
      const standardError = Math.sqrt(Math.max(0, variance));
      const interval = probabilityInterval({ p: incidence, standardError }, scale, z);
      return { incidence, standardError, interval };
    }),
  );
}

/** At each time of an event: who was at risk, and the share that had none before. */
interface PooledCurve {
  readonly times: Float64Array;
  readonly atRisk: Int32Array;
  /** By kind of event less 1. */
  readonly events: readonly Int32Array[];
  readonly ended: Float64Array;
  readonly before: Float64Array;
}

function pooledCurve(followUp: CheckedFollowUp, causes: number): PooledCurve {
  const table = riskTable(followUp, { causes });
  const { times } = table;
  const atRisk = table.atRisk[0] as Int32Array;
  const events = table.events[0] as readonly Int32Array[];
  const ended = Float64Array.from(times, (_, k) =>
    events.reduce((sum, counts) => sum + (counts[k] as number), 0),
  );
  const before = new Float64Array(times.length);
  let share = 1;
  for (let k = 0; k < times.length; k++) {
    before[k] = share;
    share *= ((atRisk[k] as number) - (ended[k] as number)) / (atRisk[k] as number);
  }
  return { times, atRisk, events, ended, before };
}

/** The cases as they come and go. */
interface CaseLine {
  /** With the cluster; undefined where all are there from the beginning. */
  readonly entries: Ascending | undefined;
  /** With cluster·(causes + 1) + event. */
  readonly exits: Ascending;
  readonly clusters: Grouping;
  readonly causes: number;
}

function caseLine(
  { entry, exit, event }: CheckedFollowUp,
  { causes, clusters }: { readonly causes: number; readonly clusters: Grouping },
): CaseLine {
  const clusterOf = Int32Array.from(clusters.codes);
  const codes = clusterOf.map((cluster, at) => cluster * (causes + 1) + (event[at] as number));
  return { entries: entry && ascending(entry, clusterOf), exits: ascending(exit, codes), clusters, causes };
}

/**
 * One kind's shares and their variances. At its own time t the last term of the influence has F(t), which is not yet known at
 * the steps before: so it is carried along as two sums, a and b, of which it is a − F(t)·b.
 */
function sharesOf(
  { times, atRisk, events, ended, before }: PooledCurve,
  { entries, exits, clusters, causes }: CaseLine,
  { kind, asked }: { readonly kind: number; readonly asked: readonly number[] },
): readonly { readonly incidence: number; readonly variance: number }[] {
  const sums = new RunningClusterSums(clusters.count, 2);
  const counts = events[kind] as Int32Array;
  const cases = exits.values.length;
  if (entries === undefined) for (let at = 0; at < cases; at++) sums.move(clusters.codes[at] as number, 1);
  let [come, gone, k, incidence] = [0, 0, 0, 0];
  return asked.map((until) => {
    for (; k < times.length && (times[k] as number) <= until; k++) {
      const [time, n, d, share] = [times[k], atRisk[k], ended[k], before[k]] as [
        number,
        number,
        number,
        number,
      ];
      while (entries !== undefined && come < cases && (entries.values[come] as number) < time)
        sums.move(entries.carried[come++] as number, 1);
      while ((exits.values[gone] as number) < time)
        sums.move(Math.floor((exits.carried[gone++] as number) / (causes + 1)), -1);
      const own = counts[k] as number;
      incidence += (share * own) / n;
      // Where all at risk end, nothing comes after that the last term could be of.
      const left = n === d ? 0 : 1 / (n - d);
      sums.charge([(share * own) / (n * n) + (incidence * left * d) / n, (left * d) / n]);
      const [gain, otherGain] = [
        [share / n + incidence * left, left],
        [incidence * left, left],
      ];
      for (let at = gone; exits.values[at] === time; at++) {
        const event = (exits.carried[at] as number) % (causes + 1);
        const cluster = Math.floor((exits.carried[at] as number) / (causes + 1));
        if (event !== 0) sums.gain(cluster, event === kind + 1 ? gain : otherGain);
      }
    }
    const variance = sums.sum(0, 0) - 2 * incidence * sums.sum(0, 1) + incidence * incidence * sums.sum(1, 1);
    return { incidence, variance };
  });
}
