import { normalMultiplier } from "./confidence.js";
import { firstWithAtRisk } from "./first-at-risk.js";
import { checkFollowUp, type FollowUp } from "./follow-up.js";
import { type IntervalScale, probabilityInterval } from "./probability-interval.js";
import { riskTable } from "./risk-table.js";
import type { Interval } from "./wilson.js";

/** How a survival curve is made. */
export interface SurvivalOptions {
  /** Pointwise coverage, a fraction in (0, 1); default 0.95. */
  readonly confidence?: number;
  /** Default `log-log`. */
  readonly scale?: IntervalScale;
  /** The curve starts where so many are first at risk, and is conditional on lasting until then; default 1. */
  readonly minimumAtRisk?: number;
}

/** A survival curve: a step at each time of an event. */
export interface SurvivalCurve {
  /** Ascending; above `conditionalFrom`. */
  readonly times: Float64Array;
  readonly atRisk: Int32Array;
  readonly events: Int32Array;
  /** The share that lasts beyond each time. */
  readonly survival: Float64Array;
  /** Greenwood's, of each share. These three end before the first share of 0, which has neither error nor interval. */
  readonly standardErrors: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly cases: number;
  /** Shares are of the cases that last until then: 0 without delayed entry, unless too few were at risk. */
  readonly conditionalFrom: number;
  /** Events before that, which the curve leaves out. */
  readonly eventsBefore: number;
  /** The last exit: beyond it nothing is known, unless the curve has come down to 0. */
  readonly until: number;
  readonly confidence: number;
  readonly scale: IntervalScale;
}

/**
 * Kaplan–Meier estimate of how long cases last, with Greenwood's variance, for cases of which some still go on. Where cases
 * were watched only from some time on, they are at risk from then (delayed entry).
 *
 * @param followUp - cases; event 0 or 1
 * @throws CasedrawError `FOLLOW_UP_INVALID`, `AT_RISK_TOO_FEW` if so many are never at risk, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Assumes that cases still going on are like those that ended, given how long they last, and that cases are
 *   independent. Cases that end at the same time are tied; those censored at that time were still at risk. A curve with no
 *   event has no steps. O(n log n).
 * @see Kaplan & Meier (1958) JASA 53:457–481; Greenwood (1926); Klein & Moeschberger (2003), §4.2, §4.3 and §4.6
 * @example kaplanMeier({ exit: [9, 13, 13, 18], event: [1, 1, 0, 1] }).survival // → [0.75, 0.5, 0]
 */
export function kaplanMeier(followUp: FollowUp, options: SurvivalOptions = {}): SurvivalCurve {
  const { confidence = 0.95, scale = "log-log", minimumAtRisk = 1 } = options;
  const z = normalMultiplier(confidence);
  const checked = checkFollowUp(followUp, 1);
  const table = riskTable(checked);
  const conditionalFrom = firstWithAtRisk(checked, minimumAtRisk);
  let first = 0;
  if (checked.entry !== undefined) while ((table.times[first] as number) <= conditionalFrom) first++;
  const times = table.times.subarray(first);
  const atRisk = (table.atRisk[0] as Int32Array).subarray(first);
  const allEvents = (table.events[0] as readonly Int32Array[])[0] as Int32Array;
  const events = allEvents.subarray(first);
  const steps = times.length;
  const survival = new Float64Array(steps);
  const [standardErrors, lower, upper] = [
    new Float64Array(steps),
    new Float64Array(steps),
    new Float64Array(steps),
  ];
  let [share, sum, measured] = [1, 0, 0];
  for (let k = 0; k < steps; k++) {
    const [n, d] = [atRisk[k] as number, events[k] as number];
    share = (share * (n - d)) / n;
    survival[k] = share;
    if (share === 0) continue;
    sum += d / (n * (n - d));
    const standardError = share * Math.sqrt(sum);
    // After an event the share is below 1, and here above 0: there is an interval on every scale.
    const interval = probabilityInterval({ p: share, standardError }, scale, z) as Interval;
    standardErrors[k] = standardError;
    lower[k] = interval.lower;
    upper[k] = interval.upper;
    measured = k + 1;
  }
  return {
    times,
    atRisk,
    events,
    survival,
    standardErrors: standardErrors.subarray(0, measured),
    lower: lower.subarray(0, measured),
    upper: upper.subarray(0, measured),
    cases: checked.cases,
    conditionalFrom,
    eventsBefore: allEvents.subarray(0, first).reduce((total, count) => total + count, 0),
    until: latest(checked.exit),
    confidence,
    scale,
  };
}

function latest(exits: Float64Array): number {
  let last = 0;
  for (const exit of exits) if (exit > last) last = exit;
  return last;
}
