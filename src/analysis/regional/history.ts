import { type ControlledSeries, controlledSeries } from "../control-limits.js";
import { isMarked } from "../tally.js";
import type { AreaFigure } from "./comparison.js";

type History = NonNullable<AreaFigure["history"]>;

/** Limits and signs of an area's figures; undefined where they are too few, or one is lacking: it would make neighbours of others. */
export function controlledHistory(history: History): ControlledSeries | undefined {
  const values = history.flatMap(({ value }) => (isMarked(value) ? [] : [value]));
  const isWhole = values.length === history.length && history.every((_, at) => followsOn(history, at));
  return isWhole ? controlledSeries(values) : undefined;
}

/** Whether a figure is of the period after that of the one before it, or the first. */
export function followsOn(history: History, at: number): boolean {
  const before = history[at - 1];
  return before === undefined || history[at]?.at === before.at + 1;
}
