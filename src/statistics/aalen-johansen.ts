import { normalMultiplier } from "./confidence.js";
import { checkFollowUp, type FollowUp } from "./follow-up.js";
import { type IntervalScale, probabilityInterval } from "./probability-interval.js";
import { riskTable } from "./risk-table.js";

/** How many causes there are, and how sure the intervals are. */
export interface IncidenceOptions {
  /** How many kinds of event compete: they are coded 1 … causes. */
  readonly causes: number;
  /** Pointwise coverage, a fraction in (0, 1); default 0.95. */
  readonly confidence?: number;
  /** Default `log-log`. */
  readonly scale?: IntervalScale;
}

/** The share that has had one kind of event: a step at each of its times. */
export interface IncidenceCurve {
  readonly times: Float64Array;
  readonly atRisk: Int32Array;
  readonly events: Int32Array;
  readonly incidence: Float64Array;
  readonly standardErrors: Float64Array;
  /** Bounds; under `log-log` these two end before a share of 1, which has none. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** A share within this of 1 is 1. */
const rounding = 1e-12;

/**
 * Aalen–Johansen estimate of cumulative incidence: how large a share of the cases has ended in each of several ways by a
 * time, when ending in one way rules out the others (an order, a withdrawal, a transfer).
 *
 * @param followUp - cases; event 0 (still going on) or 1 … causes; entries for delayed entry
 * @returns one curve for each kind of event, in order; one that never happened has no steps
 * @throws CasedrawError `FOLLOW_UP_INVALID`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Assumes independent cases, and censoring that does not depend on the outcome. The variance is Greenwood's for
 *   several states, carried from step to step; with one kind of event it is that of Kaplan–Meier. The curves and the share
 *   without any event add up to 1. O(n log n + T·causes).
 * @see Aalen & Johansen (1978) Scand J Stat 5:141–150; Andersen, Borgan, Gill & Keiding (1993) Statistical Models Based on
 *   Counting Processes, eq. 4.4.19
 * @example aalenJohansen({ exit: [1, 2, 3, 4], event: [1, 2, 1, 0] }, { causes: 2 })[0].incidence // → [0.25, 0.5]
 */
export function aalenJohansen(followUp: FollowUp, options: IncidenceOptions): readonly IncidenceCurve[] {
  const { causes, confidence = 0.95, scale = "log-log" } = options;
  const z = normalMultiplier(confidence);
  const { times, atRisk, events } = riskTable(checkFollowUp(followUp, causes), { causes });
  const kinds = events[0] as readonly Int32Array[];
  const risk = atRisk[0] as Int32Array;
  const all = times.map((_, k) => kinds.reduce((sum, counts) => sum + (counts[k] as number), 0));
  return kinds.map((counts) => {
    const own = times.filter((_, k) => counts[k] !== 0);
    const steps = own.length;
    const [incidence, standardErrors] = [new Float64Array(steps), new Float64Array(steps)];
    const [lower, upper] = [new Float64Array(steps), new Float64Array(steps)];
    // S: share without any event, F: share with this one; their variances and covariance.
    let [s, f, varianceS, varianceF, covariance] = [1, 0, 0, 0, 0];
    let [step, bounded] = [0, 0];
    for (let k = 0; k < times.length; k++) {
      const [n, d, mine] = [risk[k] as number, all[k] as number, counts[k] as number];
      const [stay, move] = [(n - d) / n, mine / n];
      const noise = (s * s) / (n * n * n);
      varianceF += 2 * move * covariance + move * move * varianceS + noise * mine * (n - mine);
      covariance = stay * (covariance + move * varianceS) - noise * mine * (n - d);
      varianceS = stay * stay * varianceS + noise * d * (n - d);
      f += s * move;
      s *= stay;
      if (mine === 0) continue;
      const p = f > 1 - rounding ? 1 : f;
      const standardError = p === 1 ? 0 : Math.sqrt(Math.max(0, varianceF));
      incidence[step] = p;
      standardErrors[step] = standardError;
      const interval = probabilityInterval({ p, standardError }, scale, z);
      if (interval !== undefined) {
        lower[step] = interval.lower;
        upper[step] = interval.upper;
        bounded = step + 1;
      }
      step++;
    }
    return {
      times: own,
      atRisk: risk.filter((_, k) => counts[k] !== 0),
      events: counts.filter((count) => count !== 0),
      incidence,
      standardErrors,
      lower: lower.subarray(0, bounded),
      upper: upper.subarray(0, bounded),
    };
  });
}
