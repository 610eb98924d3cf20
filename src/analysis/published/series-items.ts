import { thousands } from "../../frame/note.js";
import { matchKey, slug } from "../../frame/text.js";
import { type FivePointTrend, fivePointTrend } from "../../statistics/five-point-trend.js";
import { controlledSeries, latestSign, leastForLimits, limitsMethod } from "../control-limits.js";
import type { Refusal, Section } from "../item.js";
import type { Cell, KeyMessage, Measure, Result } from "../result.js";
import { isMarked } from "../tally.js";
import { ratioOf } from "../trend-words.js";
import { longDate, shareText } from "../words.js";
import { checkSeries } from "./check-series.js";
import {
  figureOf,
  latestRun,
  nationalSeries,
  type PublishedSeries,
  type SeriesPoint,
  standardError,
} from "./published-series.js";
import { periodName, periodSpan } from "./series-period.js";
import type { SeriesRow } from "./series-row.js";

/** One published indicator over time: a question that needs no export. The figures are public, so both editions show them alike. */
export interface SeriesItem {
  /** `published-` and the indicator's slug. */
  readonly id: string;
  readonly section: Section;
  readonly question: string;
  readonly needs: string;
  /** Why it cannot be shown; then there is no series. */
  readonly refusal: Refusal | undefined;
  readonly series: PublishedSeries | undefined;
  /** @throws Error where it is refused */
  result(): Result;
}

/**
 * An item for each indicator of published series, in the order in which they first appear.
 *
 * @param rows - of all files
 * @throws CasedrawError `SERIES_MIXED`, `SERIES_DUPLICATE`: also where files contradict each other
 */
export function seriesItems(rows: readonly SeriesRow[]): readonly SeriesItem[] {
  checkSeries(rows);
  const groups = new Map<string, SeriesRow[]>();
  for (const row of rows) {
    const key = matchKey(row.indicator);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const ids = new Set<string>();
  return [...groups.values()].map((group) => {
    const { indicator } = group[0] as SeriesRow;
    const base = `published-${slug(indicator).replaceAll("_", "-")}`;
    let id = base;
    for (let again = 2; ids.has(id); again++) id = `${base}-${again}`;
    ids.add(id);
    return itemOf(id, group);
  });
}

function itemOf(id: string, rows: readonly SeriesRow[]): SeriesItem {
  const { indicator } = rows[0] as SeriesRow;
  const series = nationalSeries(rows);
  const refusal = refusalOf(indicator, series);
  return {
    id,
    section: "published",
    question: indicator,
    needs: "published series with figures of a whole country",
    refusal,
    series: refusal === undefined ? series : undefined,
    result: () => {
      if (series === undefined || refusal !== undefined) throw new Error(`${indicator} is refused`);
      return resultOf(id, series);
    },
  };
}

function refusalOf(indicator: string, series: PublishedSeries | undefined): Refusal | undefined {
  if (series === undefined)
    return {
      reason: `No row of “${indicator}” is about a whole country.`,
      instead:
        "Add the country’s own rows, with the geography as their area; areas are compared by regional comparisons.",
    };
  if (series.points.some(({ cell }) => !isMarked(cell))) return undefined;
  return {
    reason: `No figure of “${indicator}” is shown by its publisher.`,
    instead: "Leave it out, or take a longer period.",
  };
}

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

const periodsInYear = { year: 1, quarter: 4, month: 12 } as const;

function resultOf(id: string, series: PublishedSeries): Result {
  const { indicator, area, points, measure, isCount } = series;
  const [first, last] = [points[0], points.at(-1)] as [SeriesPoint, SeriesPoint];
  const span = periodSpan(first.period, last.period);
  const controlled = controlledSeries(latestRun(series).map(({ cell }) => figureOf(cell) as number));
  const skipped = points.length - latestRun(series).length;
  const withRatio = isCount && points.length > 1;
  const withStatus = points.some(({ row }) => row.status !== undefined);
  const before = ({ period }: SeriesPoint): SeriesPoint | undefined =>
    points.find((other) => other.period.at === period.at - periodsInYear[period.length]);
  return {
    base: {
      units: points.length,
      unit: "published figures",
      period: span,
      missing: points.filter(({ cell }) => isMarked(cell)).length,
    },
    method:
      controlled === undefined
        ? "Published figures as they stand."
        : `Published figures as they stand. ${limitsMethod}`,
    uncertainty: uncertaintyOf(series),
    tables: [
      {
        id: id.replaceAll("-", "_"),
        caption: `${indicator}, ${area}, ${span}`,
        dimensions: ["Period"],
        measures: [
          measure,
          ...(withRatio
            ? [
                {
                  key: "ratio_to_year_before",
                  label: "Ratio to the year before",
                  kind: "ratio",
                  interval: true,
                } satisfies Measure,
              ]
            : []),
          ...(controlled === undefined
            ? []
            : [{ key: "signs", label: "Signs", kind: "text" } satisfies Measure]),
          ...(withStatus ? [{ key: "status", label: "Status", kind: "text" } satisfies Measure] : []),
        ],
        rows: points.map((point, at) => ({
          names: [periodName(point.period)],
          cells: [
            point.cell,
            ...(withRatio ? [ratioCell(point, before(point))] : []),
            ...(controlled === undefined
              ? []
              : [
                  at < skipped
                    ? { mark: "x" as const }
                    : controlled.signs[at - skipped]?.join("; ") || "none",
                ]),
            ...(withStatus ? [point.row.status ?? ""] : []),
          ],
        })),
      },
    ],
    notes: notesOf(series, { skipped, isLimited: controlled !== undefined }),
    messages: [messageOf(series)],
    enquiries: [],
  };
}

function ratioCell({ cell }: SeriesPoint, before: SeriesPoint | undefined): Cell {
  if (before === undefined) return { mark: "x" };
  if (typeof cell !== "number") return isMarked(cell) ? cell : { mark: "x" };
  return typeof before.cell === "number" ? ratioOf(cell, before.cell) : { mark: "x" };
}

function uncertaintyOf({ measure: { kind, interval }, isCount }: PublishedSeries): string {
  if (interval === true)
    return kind === "share"
      ? "95% Wilson intervals."
      : "95% intervals, exact below 10 events and Byar’s from there on.";
  return isCount
    ? "Intervals of ratios are exact for two Poisson counts; events that come together, as children of one case, make them too narrow."
    : "None: the published figures say nothing of what they rest on.";
}

/** Where figures come from, and what a reader must know of them. */
function notesOf(
  series: PublishedSeries,
  { skipped, isLimited }: { readonly skipped: number; readonly isLimited: boolean },
): string[] {
  const rows = series.points.map(({ row }) => row);
  const { source, geography, period } = rows.at(-1) as SeriesRow;
  const releases = [...new Set(rows.flatMap(({ releaseDate }) => releaseDate ?? []))].sort();
  const released =
    releases.length === 0
      ? ""
      : `, released ${[...new Set([releases[0], releases.at(-1)])].map((date) => longDate(date as string)).join(" to ")}`;
  const provisional = rows.filter(({ status }) => status === "provisional").length;
  const years =
    period.length === "month"
      ? []
      : [`Kind of year: ${period.yearKind}${period.yearKind === "financial" ? ", from April" : ""}.`];
  return [
    source === undefined ? "The file names no source." : `Source: ${source}${released}.`,
    geography === undefined
      ? `Covers ${series.area}; the file does not state the geography.`
      : `Covers ${geography}.`,
    ...years,
    ...(provisional > 0
      ? [`${provisional} ${provisional === 1 ? "figure is" : "figures are"} provisional and may change.`]
      : []),
    ...(skipped > 0 && isLimited
      ? ["Limits are of the latest figures that follow each other without a gap."]
      : []),
    ...(!isLimited && latestRun(series).length < leastForLimits
      ? [`Fewer than ${leastForLimits} figures in a row: too few for limits.`]
      : []),
  ];
}

function messageOf(series: PublishedSeries): KeyMessage {
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

function directionOf(verdict: SeriesVerdict): "up" | "down" | undefined {
  if (verdict.rule === "five points")
    return verdict.direction === "none" ? undefined : verdict.direction === "increasing" ? "up" : "down";
  if (verdict.rule === "none" || verdict.sign === undefined) return undefined;
  return verdict.sign === "high" || verdict.sign === "rising" || verdict.sign === "above mean"
    ? "up"
    : "down";
}

const signWords = {
  high: "the latest is above the upper limit",
  low: "the latest is below the lower limit",
  rising: "rising for seven periods or more",
  falling: "falling for seven periods or more",
  "above mean": "above the mean for seven periods or more",
  "below mean": "below the mean for seven periods or more",
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
