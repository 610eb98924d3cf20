import { CasedrawError } from "../errors.js";
import type { SurvivalCurve } from "./kaplan-meier.js";
import type { Interval } from "./wilson.js";

/** The share that lasts beyond a time. */
export interface SurvivalShare {
  readonly survival: number;
  /** Of the share; absent where it is 0, which has neither error nor interval. */
  readonly standardError?: number;
  readonly interval?: Interval;
}

/**
 * Reads a survival curve at a time: for example the share still open after 26 weeks.
 *
 * @param curve - from `kaplanMeier`
 * @param time - in its unit, at `curve.conditionalFrom` or later and not beyond `curve.until`, unless the share is 0 by then
 * @throws CasedrawError `TIME_OUT_OF_RANGE`
 * @remarks Before the first event the share is 1, with a standard error of 0 and no width.
 * @example survivalAt(kaplanMeier({ exit: [9, 13, 13, 18], event: [1, 1, 0, 1] }), 10).survival // → 0.75
 */
export function survivalAt(curve: SurvivalCurve, time: number): SurvivalShare {
  const { times, survival, standardErrors, lower, upper } = curve;
  const done = survival.length > 0 && survival[survival.length - 1] === 0;
  if (!(time >= curve.conditionalFrom && (done || time <= curve.until))) {
    throw new CasedrawError(
      "TIME_OUT_OF_RANGE",
      `Time: it lies between ${curve.conditionalFrom} and ${curve.until}, for which the follow-up says something, ` +
        `got ${time}. Ask for an earlier or later time.`,
      { time, from: curve.conditionalFrom, until: curve.until },
    );
  }
  const step = times.findLastIndex((at) => at <= time);
  if (step === -1) return { survival: 1, standardError: 0, interval: { lower: 1, upper: 1 } };
  if (step >= lower.length) return { survival: 0 };
  return {
    survival: survival[step] as number,
    standardError: standardErrors[step] as number,
    interval: { lower: lower[step] as number, upper: upper[step] as number },
  };
}
