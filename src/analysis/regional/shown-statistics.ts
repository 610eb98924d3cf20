import type { Interval95 } from "../result.js";
import { isMarked, type Marked, type Statistic } from "../tally.js";

/** Figures by name, as they are shown. */
export type Figures = Readonly<Record<string, Statistic | Marked>>;

/** A figure; undefined where there is none, or where it is not shown. */
export function shownValue(statistic: Statistic | Marked | undefined): number | undefined {
  return statistic === undefined || isMarked(statistic) ? undefined : statistic.value;
}

/** A figure with its bounds; without any, it is its own. */
export function interval(statistic: Statistic | Marked | undefined): Interval95 | undefined {
  if (statistic === undefined || isMarked(statistic)) return undefined;
  const { value, lower = value, upper = value } = statistic;
  return { value, lower, upper };
}
