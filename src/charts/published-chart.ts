import { controlledSeries } from "../analysis/control-limits.js";
import { figureOf, latestRun, type PublishedSeries } from "../analysis/published/published-series.js";
import { periodName, shortPeriodName } from "../analysis/published/series-period.js";
import { seriesVerdict, verdictWords } from "../analysis/published/series-verdict.js";
import type { Result, ResultTable } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import { capital } from "../frame/labels.js";
import type { Chart } from "./chart.js";
import { headline } from "./headline.js";
import { lineChart } from "./line-chart.js";
import type { LinePoint } from "./lines.js";
import { figureText, tableOf } from "./result-table.js";
import { palette } from "./theme.js";
import { runsOf, signNotes, stretchesOf, timeOf } from "./trend-lines.js";

/** One published indicator over time, with limits where it has figures enough. */
export function publishedChart(result: Result, series: PublishedSeries): Chart {
  const { indicator, area, points, measure } = series;
  const isCount = measure.kind === "count";
  const along = points.map(({ period }) => timeOf(period.from));
  const run = latestRun(series);
  const controlled = controlledSeries(run.map(({ cell }) => figureOf(cell) as number));
  const skipped = points.length - run.length;
  const signs = points.map((_, at) => (at < skipped ? [] : (controlled?.signs[at - skipped] ?? [])));
  const looks = points.map(({ row }, at): LinePoint["look"] => {
    const isSign = (signs[at] ?? []).length > 0;
    if (row.status === "provisional") return isSign ? "hollow-sign" : "hollow";
    return isSign ? "sign" : undefined;
  });
  // A mean of counts is no whole number.
  const text = (value: number): string => figureText(isCount ? Math.round(value) : value, measure);
  const { runs, missing } = runsOf(
    along,
    points.map(({ cell }) => cell),
    looks,
  );
  const last = points.findLast(({ cell }) => !isMarked(cell));
  return {
    ...lineChart({
      scale: "utc",
      ticks: points.map(({ period }, at) => ({ x: along[at] as number, label: shortPeriodName(period) })),
      panels: [
        {
          heading: measure.label === "%" ? "Percentage" : measure.label,
          lines: [
            {
              label: last === undefined ? "" : text(figureOf(last.cell) as number),
              colour: palette[0],
              runs: partedAtGaps(runs, series),
            },
          ],
          levels: controlled === undefined ? [] : levelsOf(controlled.chart, text),
          stretches: stretchesOf(along, signs),
          missing,
          format: measure.kind === "share" ? "~%" : isCount ? ",d" : ",~f",
          fromZero: false,
          ...(isCount ? { leastStep: 1 } : {}),
        },
      ],
    }),
    title: titleOf(series),
    subtitle: `${indicator}, ${area}, ${result.base.period}`,
    description: describe(series, controlled?.chart.mean, text),
    table: tableOf(result.tables[0] as ResultTable),
    notes: [
      ...(controlled === undefined ? [signNotes[1] as string] : signNotes),
      ...(measure.interval === true ? ["Vertical lines are 95% intervals."] : []),
      ...(looks.some((look) => look?.startsWith("hollow")) ? ["A hollow mark is a provisional figure."] : []),
    ],
  };
}

/** A line does not run over a period that the file lacks. */
function partedAtGaps(
  runs: ReturnType<typeof runsOf>["runs"],
  { points }: PublishedSeries,
): ReturnType<typeof runsOf>["runs"] {
  const starts = new Set(
    points.flatMap(({ period }, at) =>
      at > 0 && period.at !== (points[at - 1]?.period.at as number) + 1 ? [timeOf(period.from)] : [],
    ),
  );
  return runs.flatMap((run) => {
    const parts: (typeof run)[number][][] = [];
    for (const point of run) {
      if (parts.length === 0 || starts.has(point.x)) parts.push([point]);
      else parts.at(-1)?.push(point);
    }
    return parts;
  });
}

function levelsOf(
  { mean, limits }: NonNullable<ReturnType<typeof controlledSeries>>["chart"],
  text: (value: number) => string,
): { readonly value: number; readonly label: string }[] {
  return [
    { value: limits.upper, label: `Upper limit ${text(limits.upper)}` },
    { value: mean, label: `Mean ${text(mean)}` },
    ...(limits.lower < 0 ? [] : [{ value: limits.lower, label: `Lower limit ${text(limits.lower)}` }]),
  ];
}

function titleOf(series: PublishedSeries): string {
  const verdict = seriesVerdict(series);
  const words = verdictWords(verdict);
  const last = series.points.findLast(({ cell }) => !isMarked(cell));
  if (words === "" && last !== undefined) {
    const figure = `${figureText(figureOf(last.cell) as number, series.measure)} in ${periodName(last.period)}`;
    return headline(`${series.indicator}: ${figure}`, `Latest: ${figure}`);
  }
  return headline(`${series.indicator}: ${words}`, capital(words));
}

function describe(
  { points, indicator }: PublishedSeries,
  mean: number | undefined,
  text: (value: number) => string,
): string {
  const shown = points.flatMap(({ cell, period }) => {
    const value = figureOf(cell);
    return value === undefined ? [] : [{ value, period }];
  });
  const [first, last] = [shown[0], shown.at(-1)];
  if (first === undefined || last === undefined) return `${indicator}: not shown.`;
  const values = shown.map(({ value }) => value);
  const range = `lowest ${text(Math.min(...values))}, highest ${text(Math.max(...values))}`;
  return (
    `Line of ${indicator} with ${shown.length} figures: ${text(first.value)} in ${periodName(first.period)}, ` +
    `${text(last.value)} in ${periodName(last.period)}; ${range}${mean === undefined ? "" : `; mean ${text(mean)}`}.`
  );
}
