import { type XmrChart, xmrChart } from "../statistics/xmr.js";
import { type XmrRule, xmrSignals } from "../statistics/xmr-signals.js";

/** With fewer points limits are too rough to be drawn. */
export const leastForLimits = 12;

/** A series with the limits in which chance keeps it, and the signs that something else moved it. */
export interface ControlledSeries {
  readonly chart: XmrChart;
  /** For each point the signs that hold there, in the words of pictures and tables; none: as chance has it. */
  readonly signs: readonly (readonly string[])[];
}

/** Limits and signs of a series in order of time; undefined where it has fewer than 12 points. */
export function controlledSeries(values: readonly number[]): ControlledSeries | undefined {
  if (values.length < leastForLimits) return undefined;
  const chart = xmrChart(values);
  const rules = xmrSignals(chart);
  return { chart, signs: rules.map((held, at) => held.map((rule) => signOf(rule, chart, at))) };
}

function signOf(rule: XmrRule, { values, mean }: XmrChart, at: number): string {
  const isHigh = (values[at] as number) > mean;
  if (rule === "outside-limits") return isHigh ? "above upper limit" : "below lower limit";
  if (rule === "two-of-three-near-limit") return isHigh ? "near upper limit" : "near lower limit";
  if (rule === "one-side") return isHigh ? "run above mean" : "run below mean";
  return isRising(values, at) ? "rising run" : "falling run";
}

/** Of a point in a trend: whether the stretch around it that rises is one of seven. */
function isRising(values: readonly number[], at: number): boolean {
  let first = at;
  while (first > 0 && (values[first - 1] as number) < (values[first] as number)) first--;
  let last = at;
  while (last + 1 < values.length && (values[last + 1] as number) > (values[last] as number)) last++;
  return last - first >= 6;
}

/** What the signs at the last point of a series say; undefined where none holds there. */
export type LatestSign =
  | "high"
  | "low"
  | "rising"
  | "falling"
  | "above mean"
  | "below mean"
  | "near upper limit"
  | "near lower limit";

/** The most telling sign at the last point: outside the limits, then a trend, a run on one side, and two of three near a limit. */
export function latestSign({ signs }: ControlledSeries): LatestSign | undefined {
  const held = signs.at(-1) ?? [];
  const told: readonly (readonly [string, LatestSign])[] = [
    ["above upper limit", "high"],
    ["below lower limit", "low"],
    ["rising run", "rising"],
    ["falling run", "falling"],
    ["run above mean", "above mean"],
    ["run below mean", "below mean"],
    ["near upper limit", "near upper limit"],
    ["near lower limit", "near lower limit"],
  ];
  return told.find(([sign]) => held.includes(sign))?.[1];
}

/** How limits were worked out, as notes and methods have it. */
export const limitsMethod =
  "XmR chart: mean and limits at the mean ± 2.66 average moving ranges, ranges above 3.267 times the average left out once. " +
  "Signs that something other than chance is at work: a point outside the limits; seven in a row that rise or fall; two of three near one limit; seven in a row on one side of the mean.";
