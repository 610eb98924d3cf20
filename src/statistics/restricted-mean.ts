import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import { CasedrawError } from "../errors.js";
import { normalMultiplier } from "./confidence.js";
import type { FollowUp } from "./follow-up.js";
import { kaplanMeier } from "./kaplan-meier.js";
import { numbersAtRisk } from "./risk-table.js";
import type { Interval } from "./wilson.js";

/** The horizon, and how many have to be under observation there. */
export interface RestrictedMeanOptions {
  /** The horizon τ, in the unit of the follow-up; the same for all groups that are compared. */
  readonly until: number;
  /** Refused where fewer are at risk at the horizon; default 10. The curve starts where so many are first at risk. */
  readonly minimumAtRisk?: number;
  /** Coverage, a fraction in (0, 1); default 0.95. */
  readonly confidence?: number;
}

/** A mean time up to a horizon. */
export interface RestrictedMean {
  /** In the unit of the follow-up. */
  readonly mean: number;
  readonly standardError: number;
  readonly interval: Interval;
  readonly atRisk: number;
  /** As of the curve: above 0 the mean is of the cases that last until then. */
  readonly conditionalFrom: number;
}

/** The first group's mean less the second's. */
export interface RestrictedMeanDifference {
  readonly difference: number;
  readonly standardError: number;
  readonly interval: Interval;
  readonly pValue: number;
}

/**
 * Restricted mean survival time: how long a case lasts on average, counted up to a horizon τ. It is the area under the
 * Kaplan–Meier curve up to τ.
 *
 * @param followUp - cases; event 0 or 1
 * @throws CasedrawError `FOLLOW_UP_TOO_SHORT` if too few are at risk at the horizon, `FOLLOW_UP_INVALID`,
 *   `AT_RISK_TOO_FEW`, `TIME_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Assumptions as of `kaplanMeier`. The variance is Σ A_k²·d_k/(n_k(n_k − d_k)), A_k the area from step k to τ.
 *   O(n log n).
 * @see Klein & Moeschberger (2003), §4.5; Royston & Parmar (2013) BMC Med Res Methodol 13:152
 * @example restrictedMean({ exit: [1, 2, 3, 4], event: [1, 0, 1, 0] }, { until: 4, minimumAtRisk: 1 }).mean // → 2.875
 */
export function restrictedMean(followUp: FollowUp, options: RestrictedMeanOptions): RestrictedMean {
  const { until, minimumAtRisk = 10, confidence = 0.95 } = options;
  const z = normalMultiplier(confidence);
  const curve = kaplanMeier(followUp, { minimumAtRisk });
  const { times, survival, conditionalFrom } = curve;
  const [atRisk = 0] = until < Infinity ? numbersAtRisk(followUp, [until]) : [];
  requireHorizon(until, { conditionalFrom, atRisk, minimumAtRisk });
  let [area, variance, end] = [0, 0, until];
  for (let k = times.length - 1; k >= 0; k--) {
    const time = times[k] as number;
    if (time >= until) continue;
    area += (survival[k] as number) * (end - time);
    end = time;
    const [n, d] = [curve.atRisk[k] as number, curve.events[k] as number];
    // Where all had their event nothing of the area comes after.
    if (n > d) variance += (area * area * d) / (n * (n - d));
  }
  const mean = end + area;
  const standardError = Math.sqrt(variance);
  return { mean, standardError, interval: around(mean, z * standardError), atRisk, conditionalFrom };
}

/**
 * Difference of two restricted means at the same horizon.
 *
 * @param groups - the two, independent of each other
 * @returns first less second, with a normal interval and two-sided p-value
 * @throws CasedrawError as `restrictedMean`, and `STATISTIC_UNDEFINED` if no group has an event before the horizon
 * @see Royston & Parmar (2013) BMC Med Res Methodol 13:152
 */
export function restrictedMeanDifference(
  groups: readonly [FollowUp, FollowUp],
  options: RestrictedMeanOptions,
): RestrictedMeanDifference {
  const z = normalMultiplier(options.confidence ?? 0.95);
  const [first, second] = [restrictedMean(groups[0], options), restrictedMean(groups[1], options)];
  const difference = first.mean - second.mean;
  const standardError = Math.sqrt(
    first.standardError * first.standardError + second.standardError * second.standardError,
  );
  if (standardError === 0) {
    throw new CasedrawError(
      "STATISTIC_UNDEFINED",
      `Difference of restricted means: there is an event before the horizon, got none by ${options.until}. ` +
        "Choose a later horizon.",
      { until: options.until },
    );
  }
  return {
    difference,
    standardError,
    interval: around(difference, z * standardError),
    pValue: 2 * normalCdf(-Math.abs(difference) / standardError, 0, 1),
  };
}

/** @throws CasedrawError `TIME_OUT_OF_RANGE`, `FOLLOW_UP_TOO_SHORT` */
export function requireHorizon(
  until: number,
  curve: {
    readonly conditionalFrom: number;
    readonly atRisk: number;
    readonly minimumAtRisk: number;
  },
): void {
  const { conditionalFrom, atRisk, minimumAtRisk } = curve;
  if (!(until > conditionalFrom && until < Infinity)) {
    throw new CasedrawError(
      "TIME_OUT_OF_RANGE",
      `Horizon: it lies after ${conditionalFrom}, where the curve begins, got ${until}. Choose a later one.`,
      { until, from: conditionalFrom },
    );
  }
  if (atRisk < minimumAtRisk) {
    throw new CasedrawError(
      "FOLLOW_UP_TOO_SHORT",
      `Horizon: at least ${minimumAtRisk} cases are still at risk at it, got ${atRisk} at ${until}. ` +
        "Choose an earlier one, the same for every group.",
      { until, atRisk, minimum: minimumAtRisk },
    );
  }
}

function around(middle: number, half: number): Interval {
  return { lower: middle - half, upper: middle + half };
}
