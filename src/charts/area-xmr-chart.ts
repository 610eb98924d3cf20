import { type ControlledSeries, leastForLimits } from "../analysis/control-limits.js";
import type { AreaFigure, IndicatorComparison } from "../analysis/regional/comparison.js";
import { controlledHistory, followsOn } from "../analysis/regional/history.js";
import { isMarked } from "../analysis/tally.js";
import { counted } from "../frame/words.js";
import { scaleOf } from "./area-texts.js";
import type { Chart } from "./chart.js";
import { headline } from "./headline.js";
import { figureText } from "./result-table.js";
import { type SmallLine, type SmallPlot, smallMultiples } from "./small-multiples.js";
import { palette } from "./theme.js";

/** An area's series, with limits where it is long enough and whole. */
interface Series {
  readonly area: string;
  readonly points: NonNullable<AreaFigure["history"]>;
  readonly controlled?: ControlledSeries;
}

/** With fewer points there is no line to see. */
const leastPoints = 3;
const referenceInk = "#3D3D3D";

/**
 * Each area's figures over time in a plot of its own, all on one scale, with XmR limits where there are 12 points and more.
 *
 * @param heading - what the areas are, for people: `Service area`
 * @returns undefined where no area has three points
 */
export function areaXmrChart(comparison: IndicatorComparison, heading: string): Chart | undefined {
  const { indicator, areas } = comparison;
  const { measure } = indicator;
  const series = areas.flatMap((area) => seriesOf(area) ?? []);
  if (series.length === 0) return undefined;
  const periods = new Map(series.flatMap(({ points }) => points.map(({ at, period }) => [at, period])));
  const [from, to] = [Math.min(...periods.keys()), Math.max(...periods.keys())];
  const [first = "", last = ""] = [periods.get(from), periods.get(to)];
  const values = series.flatMap(({ points }) =>
    points.flatMap(({ value }) => (isMarked(value) ? [] : [{ lower: value, upper: value }])),
  );
  if (values.length === 0) return undefined;
  const { domain, ticks } = roundScale(scaleOf(values, measure).domain);
  const signed = series.filter(({ controlled }) => (controlled?.signs.at(-1)?.length ?? 0) > 0);
  const withLimits = series.filter(({ controlled }) => controlled !== undefined);
  return {
    ...smallMultiples({
      plots: series.map(plotOf),
      x: {
        domain: [from - 0.3, to + 0.3],
        ticks: [
          { at: from, text: shortPeriod(first) },
          { at: to, text: shortPeriod(last) },
        ],
      },
      y: {
        domain,
        ticks: ticks.map((at) => ({
          at,
          text: figureText(at, { ...measure, decimals: digits(ticks, measure.kind === "share" ? 100 : 1) }),
        })),
      },
    }),
    title:
      withLimits.length === 0
        ? headline(`${indicator.name} over time, by area`, "Figures over time, by area")
        : signed.length === 0
          ? "No area’s latest figure shows a sign of change"
          : headline(
              `${signed.length} of ${counted(withLimits.length, "area")} show a sign of change`,
              "Some areas show a sign of change",
            ),
    subtitle: `${indicator.name} over time, a plot for each ${heading.toLowerCase()}, all on one scale`,
    description: [
      `A small line for each of ${counted(series.length, "area")}, ${first} to ${last}.`,
      ...(signed.length === 0
        ? []
        : [
            `Signs of something other than chance at the last point: ${signed
              .slice(0, 8)
              .map(({ area, controlled }) => `${area} (${controlled?.signs.at(-1)?.join(", ")})`)
              .join("; ")}.`,
          ]),
    ].join(" "),
    table: {
      header: [heading, "Period", measure.label, "Sign"],
      rows: series.flatMap(({ area, points, controlled }) =>
        points.map(({ period, value }, at) => [
          area,
          period,
          figureText(value, measure),
          controlled?.signs[at]?.join(", ") ?? "",
        ]),
      ),
    },
    notes: [
      withLimits.length === 0
        ? `No limits: they need ${leastForLimits} figures in a row.`
        : "Dashed lines: an area’s own mean and the limits within which chance keeps nearly every point. Orange diamonds: signs of something else.",
    ],
  };
}

function seriesOf({ area, history, unknown }: AreaFigure): Series | undefined {
  if (unknown || history === undefined || history.length < leastPoints) return undefined;
  const controlled = controlledHistory(history);
  return { area, points: history, ...(controlled === undefined ? {} : { controlled }) };
}

function plotOf({ area, points, controlled }: Series): SmallPlot {
  const placed = points.map(({ at, value }) => ({ x: at, value }));
  const runs: { x: number; y: number }[][] = [];
  let isOpen = false;
  for (const [at, { x, value }] of placed.entries()) {
    if (!followsOn(points, at)) isOpen = false;
    if (isMarked(value)) {
      isOpen = false;
      continue;
    }
    if (!isOpen) runs.push([]);
    runs.at(-1)?.push({ x, y: value });
    isOpen = true;
  }
  const [first, last] = [placed[0]?.x ?? 0, placed.at(-1)?.x ?? 0];
  const level = (y: number, dash: readonly number[]): SmallLine => ({
    points: [
      { x: first, y },
      { x: last, y },
    ],
    colour: referenceInk,
    width: 1,
    dash,
  });
  const shown = placed.filter(({ value }) => !isMarked(value));
  return {
    name: area,
    lines: [
      ...(controlled === undefined
        ? []
        : [
            level(controlled.chart.limits.upper, [2, 3]),
            level(controlled.chart.mean, [6, 3]),
            level(controlled.chart.limits.lower, [2, 3]),
          ]),
      ...runs.map((run): SmallLine => ({ points: run, colour: palette[0], width: 2 })),
    ],
    signs: shown.flatMap(({ x, value }, at) =>
      (controlled?.signs[at]?.length ?? 0) > 0 ? [{ x, y: value as number }] : [],
    ),
    ...(shown.length === 0 ? { text: "[c]" } : {}),
  };
}

/** A scale from round number to round number, with the ends and the middle. */
function roundScale([from, to]: readonly [number, number]): {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
} {
  const rough = (to - from) / 2;
  const power = Number(`1e${Math.floor(Math.log10(rough))}`);
  const step =
    [1, 2, 2.5, 5, 10]
      .map((factor) => factor * power)
      .find((size) => {
        const low = Math.floor(from / size + 1e-9) * size;
        return low + 2 * size >= to - 1e-9;
      }) ?? 20 * power;
  const low = Math.floor(from / step + 1e-9) * step;
  const ticks = [low, low + step, low + 2 * step];
  return { domain: [low, low + 2 * step], ticks };
}

/** As many decimals as tell round numbers apart. */
function digits(ticks: readonly number[], by: number): number {
  return (
    [0, 1, 2, 3].find((places) =>
      ticks.every((tick) => Math.abs(Number((tick * by).toFixed(places)) - tick * by) < 1e-9),
    ) ?? 3
  );
}

/** What stands under a plot: the period where it is short, or its year. */
function shortPeriod(period: string): string {
  if (period.length <= 8) return period;
  const years = period.match(/\d{4}/g);
  return years?.at(-1) ?? period.slice(0, 8);
}
