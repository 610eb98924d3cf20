import type { SurvivalCurve } from "./kaplan-meier.js";
import { requireInnerFraction } from "./refusals.js";

/** A time by which a fraction of the cases have had their event. Undefined: the curve, or its bound, does not come so far down. */
export interface SurvivalQuantile {
  readonly time: number | undefined;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

/** Shares that differ by less are taken to be equal: they are products of many fractions. */
const tolerance = 1.5e-8;

/**
 * Quantile of how long cases last: the median by default, with the interval that the curve's pointwise bounds give.
 *
 * @param curve - from `kaplanMeier`
 * @param fraction - of the cases that have had their event by then, in (0, 1); default 0.5
 * @returns the first time at which the curve is at or below 1 − fraction; where it stays there exactly until a later step,
 *   the middle of that stretch. The lower and upper limits are the same of the curve's lower and upper bounds.
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`
 * @see Brookmeyer & Crowley (1982) Biometrics 38:29–41; Klein & Moeschberger (2003), §4.5; survfit of R's package survival
 * @example survivalQuantile(kaplanMeier({ exit: [9, 13, 13, 18], event: [1, 1, 0, 1] })).time // → 15.5
 */
export function survivalQuantile(curve: SurvivalCurve, fraction = 0.5): SurvivalQuantile {
  requireInnerFraction("Fraction", fraction);
  const left = 1 - fraction;
  return {
    time: crossing(curve.times, curve.survival, left),
    lower: crossing(curve.times, curve.lower, left),
    upper: crossing(curve.times, curve.upper, left),
  };
}

function crossing(times: Float64Array, shares: Float64Array, left: number): number | undefined {
  const first = shares.findIndex((share) => share < left + tolerance);
  if (first === -1) return undefined;
  const reached = shares[first] as number;
  const time = times[first] as number;
  if (Math.abs(reached - left) >= tolerance) return time;
  const further = shares.findIndex((share) => share < reached);
  return further === -1 ? time : (time + (times[further] as number)) / 2;
}
