import type { Count } from "../analysis/tally.js";

/** How counts are shown. */
export interface Rounding {
  /** Counts from 1 to this are not shown; 0 shows all. */
  readonly threshold: number;
  /** Shown counts are rounded to a multiple of this; 1 leaves them. */
  readonly roundTo: number;
}

/** A count that may be shown, rounded half up; one that rounds to 0 and is not 0 is marked `low`. */
export function roundedCount(count: number, { roundTo }: Pick<Rounding, "roundTo">): Count {
  const rounded = Math.floor(count / roundTo + 0.5) * roundTo;
  return rounded === 0 && count > 0 ? { mark: "low" } : rounded;
}

/** Counts that would be shown in the same way. */
export interface Room {
  readonly lower: number;
  readonly upper: number;
}

/** The counts that are shown as this one is: a rounding interval, without those that would not be shown at all. */
export function roomOf(count: number, { threshold, roundTo }: Rounding): Room {
  if (count === 0) return { lower: 0, upper: 0 };
  const rounded = Math.floor(count / roundTo + 0.5) * roundTo;
  return {
    lower: Math.max(threshold + 1, Math.ceil(rounded - roundTo / 2)),
    upper: Math.ceil(rounded + roundTo / 2) - 1,
  };
}
