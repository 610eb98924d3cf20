import { CasedrawError } from "../../errors.js";
import { capital } from "../../frame/labels.js";
import { matchKey } from "../../frame/text.js";
import { countInterval } from "../../statistics/count-interval.js";
import { rateInterval } from "../../statistics/rate-interval.js";
import { wilsonInterval } from "../../statistics/wilson.js";
import type { Cell, Measure } from "../result.js";
import { isMarked } from "../tally.js";
import type { Period } from "./series-period.js";
import type { SeriesRow } from "./series-row.js";
import { unitOf } from "./series-unit.js";

/** One figure of an indicator, with what it was worked out of. */
export interface SeriesPoint {
  readonly period: Period;
  readonly cell: Exclude<Cell, string>;
  readonly row: SeriesRow;
}

/** An indicator of a whole country over time. */
export interface PublishedSeries {
  readonly indicator: string;
  readonly area: string;
  /** Oldest first; a period may be lacking. */
  readonly points: readonly SeriesPoint[];
  readonly measure: Measure;
  /** Whether figures are counts of events, which chance moves as Poisson's law has it. */
  readonly isCount: boolean;
}

const countries = [
  "england",
  "england and wales",
  "great britain",
  "united kingdom",
  "uk",
  "wales",
  "national",
];

/**
 * The rows of one indicator that are about a whole country: their area is the series' geography, or a country's name.
 *
 * @returns undefined where there is none
 * @throws CasedrawError `SERIES_MIXED` where they are about several
 */
export function nationalSeries(rows: readonly SeriesRow[]): PublishedSeries | undefined {
  const national = rows.filter(isNational).sort((a, b) => a.period.at - b.period.at);
  const [first] = national;
  if (first === undefined) return undefined;
  const other = national.find(({ area }) => matchKey(area) !== matchKey(first.area));
  if (other !== undefined)
    throw new CasedrawError(
      "SERIES_MIXED",
      `Published series: an indicator is about one country, got ${other.area} beside ${first.area} for "${first.indicator}" ` +
        `(${other.place.file}, row ${other.place.row}, area). State the geography, or give each country an indicator of its own.`,
      { file: other.place.file, row: other.place.row, column: "area", other: first.place },
    );
  const way = workingOf(national);
  return {
    indicator: first.indicator,
    area: first.area,
    points: national.map((row) => ({ period: row.period, cell: way.cell(row), row })),
    measure: way.measure,
    isCount: way.isCount,
  };
}

/** Whether a figure is about the whole country that its series covers. */
export function isNational({ area, geography }: SeriesRow): boolean {
  return geography === undefined
    ? countries.includes(matchKey(area))
    : matchKey(area) === matchKey(geography);
}

/** How figures are worked out of numerator and denominator. */
interface Working {
  readonly measure: Measure;
  readonly isCount: boolean;
  readonly cell: (row: SeriesRow) => SeriesPoint["cell"];
}

/** Units of time: a number of them is no count of events. */
const measured = /^(?:mean |median |average )?(?:hours|days|weeks|months|years)$/;

/**
 * How the figures of an indicator are worked out.
 *
 * @param rows - at least one
 */
export function workingOf(rows: readonly SeriesRow[]): Working {
  const [first] = rows as [SeriesRow];
  const isGiven = rows.some(({ denominator }) => denominator !== undefined);
  const { unit = isGiven ? "percent" : "number" } = first;
  const isWhole = rows.every(({ numerator, denominator = 0 }) =>
    [numerator, denominator].every((one) => isMarked(one) || Number.isSafeInteger(one)),
  );
  const { kind: worked, multiplier } = unitOf(unit);
  if (!isGiven) {
    const isCount = isWhole && worked === "other" && !measured.test(unit.toLowerCase());
    return {
      isCount,
      measure: { key: "value", label: capital(unit), kind: isCount ? "count" : "number" },
      cell: ({ numerator }) => numerator,
    };
  }
  const cell = (row: SeriesRow): SeriesPoint["cell"] => {
    const { numerator, denominator = { mark: "x" as const } } = row;
    if (isMarked(numerator)) return numerator;
    if (isMarked(denominator)) return denominator;
    const value = (numerator / denominator) * multiplier;
    if (!isWhole) return value;
    if (worked === "percent") return { value, ...wilsonInterval(numerator, denominator) };
    if (worked !== "rate") return value;
    const { lower, upper } = rateInterval(numerator, { denominator, multiplier });
    return { value, lower, upper };
  };
  const interval = isWhole && (worked === "percent" || worked === "rate");
  const kind = worked === "percent" ? "share" : "number";
  const label = worked === "percent" ? "%" : capital(unit);
  return { isCount: false, measure: { key: "value", label, kind, ...(interval ? { interval } : {}) }, cell };
}

/** A figure without its interval; undefined where it is not shown. */
export function figureOf(cell: SeriesPoint["cell"]): number | undefined {
  if (isMarked(cell)) return undefined;
  return typeof cell === "number" ? cell : cell.value;
}

/** The latest points that follow each other without a gap: limits and trends are of these. */
export function latestRun({ points }: Pick<PublishedSeries, "points">): readonly SeriesPoint[] {
  let first = points.length;
  while (first > 0) {
    const [here, next] = [points[first - 1] as SeriesPoint, points[first]];
    if (figureOf(here.cell) === undefined || (next !== undefined && next.period.at !== here.period.at + 1))
      break;
    first--;
  }
  return points.slice(first);
}

/** Standard errors from 95% intervals, of a count from Byar's; undefined where a figure has none. */
export function standardError(
  { isCount }: Pick<PublishedSeries, "isCount">,
  cell: SeriesPoint["cell"],
): number | undefined {
  if (isMarked(cell)) return undefined;
  if (typeof cell !== "number") return (cell.upper - cell.lower) / 3.92;
  if (!isCount) return undefined;
  const { lower, upper } = countInterval(cell);
  return (upper - lower) / 3.92;
}
