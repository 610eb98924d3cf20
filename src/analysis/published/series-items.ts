import { capital } from "../../frame/labels.js";
import { matchKey, slug } from "../../frame/text.js";
import { controlledSeries, leastForLimits, limitsMethod } from "../control-limits.js";
import type { Refusal, Section } from "../item.js";
import type { Cell, Measure, Result } from "../result.js";
import { isMarked } from "../tally.js";
import { ratioOf } from "../trend-words.js";
import { longDate } from "../words.js";
import { checkSeries } from "./check-series.js";
import {
  figureOf,
  latestRun,
  nationalSeries,
  type PublishedSeries,
  type SeriesPoint,
  workingOf,
} from "./published-series.js";
import { areaRows, areasNote, areasTable, isAnyShown, lackingNote } from "./series-areas.js";
import { periodName, periodSpan } from "./series-period.js";
import type { SeriesRow } from "./series-row.js";
import { messageOf } from "./series-verdict.js";

/** One published indicator over time: a question that needs no export. The figures are public, so both editions show them alike. */
export interface SeriesItem {
  /** `published-` and the indicator's slug. */
  readonly id: string;
  readonly section: Section;
  readonly question: string;
  readonly needs: string;
  /** Why it cannot be shown; then there is no series. */
  readonly refusal: Refusal | undefined;
  /** Of the country, where the file has one: a picture is of it. */
  readonly series: PublishedSeries | undefined;
  /** What whoever names the file should know at once. */
  readonly notes: readonly string[];
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
  const national = nationalSeries(rows);
  const series = national?.points.some(({ cell }) => !isMarked(cell)) === true ? national : undefined;
  const areas = areaRows(rows);
  const refusal =
    series === undefined && !(areas.length > 0 && isAnyShown(areas)) ? notShown(indicator) : undefined;
  const notes = [areasNote(rows, series), series === undefined ? undefined : lackingNote(series)].filter(
    (note) => note !== undefined,
  );
  return {
    id,
    section: "published",
    question: indicator,
    needs: "published figures of a country or of areas",
    refusal,
    series,
    notes,
    result: () => {
      if (refusal !== undefined) throw new Error(`${indicator} is refused`);
      const table = areasTable(id, rows);
      const result = series === undefined ? areasResult(rows) : resultOf(id, series);
      return {
        ...result,
        tables: [...result.tables, ...(table === undefined ? [] : [table])],
        notes: [
          ...result.notes,
          ...notes,
          ...(table === undefined
            ? []
            : ["Areas are listed and not compared: two may differ by chance alone."]),
        ],
      };
    },
  };
}

function notShown(indicator: string): Refusal {
  return {
    reason: `No figure of “${indicator}” is shown by its publisher.`,
    instead: "Leave it out, or take a longer period.",
  };
}

/** Figures of areas without the country's own: no series, and nothing to say of it. */
function areasResult(rows: readonly SeriesRow[]): Result {
  const { measure, isCount, cell } = workingOf(rows);
  const inTime = [...rows].sort((a, b) => a.period.at - b.period.at);
  const [first, last] = [inTime[0], inTime.at(-1)] as [SeriesRow, SeriesRow];
  return {
    base: {
      units: rows.length,
      unit: "published figures",
      period: periodSpan(first.period, last.period),
      missing: rows.filter((row) => isMarked(cell(row))).length,
    },
    method: "Published figures as they stand.",
    uncertainty: uncertaintyOf({ measure, isCount }, { ratios: false }),
    tables: [],
    notes: sourceNotes(inTime),
    messages: [],
    enquiries: [],
  };
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
    uncertainty: uncertaintyOf(series, { ratios: withRatio }),
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

function uncertaintyOf(
  { measure: { kind, interval }, isCount }: Pick<PublishedSeries, "measure" | "isCount">,
  { ratios }: { readonly ratios: boolean },
): string {
  if (interval === true)
    return kind === "share"
      ? "95% Wilson intervals."
      : "95% intervals, exact below 10 events and Byar’s from there on.";
  return isCount && ratios
    ? "Intervals of ratios are exact for two Poisson counts; events that come together, as children of one case, make them too narrow."
    : "None: the published figures say nothing of what they rest on.";
}

/** Where figures come from, and what a reader must know of them. */
function notesOf(
  series: PublishedSeries,
  { skipped, isLimited }: { readonly skipped: number; readonly isLimited: boolean },
): string[] {
  const rows = series.points.map(({ row }) => row);
  const provisional = rows.filter(({ status }) => status === "provisional").length;
  return [
    ...sourceNotes(rows, series.area),
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

/**
 * Who published figures, and what they cover.
 *
 * @param rows - oldest first
 * @param area - the one that all are of
 */
function sourceNotes(rows: readonly SeriesRow[], area?: string): string[] {
  const { source, geography, period } = rows.at(-1) as SeriesRow;
  const releases = [...new Set(rows.flatMap(({ releaseDate }) => releaseDate ?? []))].sort();
  const released =
    releases.length === 0
      ? ""
      : `, released ${[...new Set([releases[0], releases.at(-1)])].map((date) => longDate(date as string)).join(" to ")}`;
  const covers =
    geography === undefined
      ? `${area === undefined ? "" : `Covers ${area}; `}the file does not state the geography.`
      : `Covers ${geography}.`;
  return [
    source === undefined ? "The file names no source." : `Source: ${source}${released}.`,
    capital(covers),
    ...(period.length === "month"
      ? []
      : [`Kind of year: ${period.yearKind}${period.yearKind === "financial" ? ", from April" : ""}.`]),
  ];
}
