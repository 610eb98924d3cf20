import type { CurveGroup, CurveSet } from "../curves.js";
import type { Interval95 } from "../result.js";
import type { Marked } from "../tally.js";

/** What a curve says of a time. */
export interface CurveReading {
  readonly share: Interval95;
  readonly atRisk: number;
}

/**
 * Reads a curve: the share beyond a day, and how many were at risk then.
 *
 * @returns marked `c` where the curve is coarsened and does not show that day, `x` before it begins and beyond its end
 */
export function readCurve(set: CurveSet, group: CurveGroup, days: number): CurveReading | Marked {
  if (group.hidden) return { mark: "c" };
  const at = set.coarse
    ? group.times.indexOf(days)
    : days > (group.times.at(-1) ?? -1)
      ? -1
      : group.times.findLastIndex((time) => time <= days);
  if (at === -1) return { mark: set.coarse && days >= group.conditionalFrom ? "c" : "x" };
  const value = group.shares[at] as number;
  return {
    share: { value, lower: group.lower[at] as number, upper: group.upper[at] as number },
    atRisk: group.atRisk[at] as number,
  };
}
