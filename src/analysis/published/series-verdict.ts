import { thousands } from "../../frame/words.js";
import { type FivePointTrend, fivePointTrend } from "../../statistics/five-point-trend.js";
import { controlledSeries, type LatestSign, latestSign } from "../control-limits.js";
import type { KeyMessage } from "../result.js";
import { isMarked } from "../tally.js";
import { shareText } from "../words.js";
import {
  figureOf,
  latestRun,
  type PublishedSeries,
  type SeriesPoint,
  standardError,
} from "./published-series.js";
import { periodName } from "./series-period.js";

/** What a series' last points say, by the rule that fits how many there are. */
export type SeriesVerdict =
  | { readonly rule: "limits"; readonly sign: ReturnType<typeof latestSign> }
  | { readonly rule: "five points"; readonly direction: FivePointTrend["direction"] }
  | { readonly rule: "none" };

/** Limits where the latest points without a gap are 12 or more; else the trend of the last five, where each has an interval. */
export function seriesVerdict(series: PublishedSeries): SeriesVerdict {
  const run = latestRun(series);
  const controlled = controlledSeries(run.map(({ cell }) => figureOf(cell) as number));
  if (controlled !== undefined) return { rule: "limits", sign: latestSign(controlled) };
  const last = run
    .slice(-5)
    .map(({ cell }) => ({ value: figureOf(cell) as number, standardError: standardError(series, cell) }));
  const five = last.flatMap(({ value, standardError: error }) =>
    error !== undefined && error > 0 ? [{ value, standardError: error }] : [],
  );
  return five.length === 5
    ? { rule: "five points", direction: fivePointTrend(five).direction }
    : { rule: "none" };
}

/** The latest figure, and what may be said of the last points. */
export function messageOf(series: PublishedSeries): KeyMessage {
  const { indicator, points, measure } = series;
  const verdict = seriesVerdict(series);
  const last = points.findLast(({ cell }) => !isMarked(cell)) as SeriesPoint;
  const value = figureOf(last.cell) as number;
  const figure =
    measure.kind === "share"
      ? shareText(value)
      : measure.kind === "count"
        ? thousands(value)
        : String(Number(value.toFixed(1)));
  const told = verdictWords(verdict);
  const side = directionOf(verdict);
  const polarity = last.row.polarity;
  const judged =
    side === undefined || polarity === undefined
      ? ""
      : `, which is for the ${(side === "up") === (polarity === "higher_is_better") ? "better" : "worse"}`;
  return {
    text: `${indicator} (${series.area}): ${figure}${measure.kind === "number" ? ` ${measure.label.toLowerCase()}` : ""} in ${periodName(last.period)}${told === "" ? "" : `; ${told}`}${judged}.`,
    weight: side === undefined ? 0.3 : 0.6,
  };
}

const upward: readonly LatestSign[] = ["high", "rising", "above mean", "near upper limit"];

function directionOf(verdict: SeriesVerdict): "up" | "down" | undefined {
  if (verdict.rule === "five points")
    return verdict.direction === "none" ? undefined : verdict.direction === "increasing" ? "up" : "down";
  if (verdict.rule === "none" || verdict.sign === undefined) return undefined;
  return upward.includes(verdict.sign) ? "up" : "down";
}

const signWords = {
  high: "the latest is above the upper limit",
  low: "the latest is below the lower limit",
  rising: "rising for seven periods or more",
  falling: "falling for seven periods or more",
  "above mean": "above the mean for seven periods or more",
  "below mean": "below the mean for seven periods or more",
  "near upper limit": "two of the last three are near the upper limit",
  "near lower limit": "two of the last three are near the lower limit",
} as const;

/** What may be said of the last points; "" where nothing tells. */
export function verdictWords(verdict: SeriesVerdict): string {
  if (verdict.rule === "none") return "";
  if (verdict.rule === "limits")
    return verdict.sign === undefined ? "no clear change of late" : signWords[verdict.sign];
  return {
    increasing: "rising over the last five periods",
    decreasing: "falling over the last five periods",
    none: "no clear trend over the last five periods",
  }[verdict.direction];
}
