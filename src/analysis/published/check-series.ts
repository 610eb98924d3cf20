import { CasedrawError } from "../../errors.js";
import { matchKey } from "../../frame/text.js";
import type { SeriesRow } from "./series-row.js";

/** What the rows of one indicator have to share, for they stand in one picture. */
interface Shared {
  readonly what: string;
  readonly column: string;
  readonly of: (row: SeriesRow) => string;
  readonly next: string;
}

const shared: readonly Shared[] = [
  {
    what: "geography",
    column: "geography",
    of: ({ geography = "" }) => matchKey(geography),
    next: "State what all rows cover, and give figures of another geography a name of their own.",
  },
  {
    what: "kind of year",
    column: "year_kind",
    of: ({ period }) => (period.length === "month" ? "" : period.yearKind),
    next: "Take one kind of year, or give the other an indicator of its own.",
  },
  {
    what: "length of period",
    column: "period",
    of: ({ period }) => period.length,
    next: "Give yearly, quarterly and monthly figures an indicator each.",
  },
  {
    what: "unit",
    column: "unit",
    of: ({ unit = "" }) => matchKey(unit),
    next: "Write the same unit in all rows.",
  },
  {
    what: "polarity",
    column: "polarity",
    of: ({ polarity = "" }) => polarity,
    next: "Write the same polarity in all rows.",
  },
  {
    what: "source",
    column: "source",
    of: ({ source = "" }) => matchKey(source),
    next: "Give the figures of another publication an indicator of their own.",
  },
  {
    what: "denominator, given or not",
    column: "denominator",
    of: ({ numerator, denominator }) =>
      typeof numerator !== "number" ? "any" : denominator === undefined ? "none" : "given",
    next: "Give every figure its denominator, or none.",
  },
  // Provisional and revised figures may stand together where every row says which it is: pictures then mark them.
  {
    what: "status, given or not",
    column: "status",
    of: ({ status }) => (status === undefined ? "blank" : "given"),
    next: "State provisional, revised or final in every row.",
  },
  {
    what: "date of release, given or not",
    column: "release_date",
    of: ({ releaseDate }) => (releaseDate === undefined ? "blank" : "given"),
    next: "State the date of release in every row.",
  },
];

/**
 * Refuses figures that would stand in one picture and are not of one kind, and figures that are given twice.
 *
 * @param rows - of one file or of several
 * @throws CasedrawError `SERIES_MIXED`, `SERIES_DUPLICATE`
 */
export function checkSeries(rows: readonly SeriesRow[]): void {
  const seen = new Map<string, SeriesRow>();
  const fixed = new Map<string, SeriesRow>();
  for (const row of rows) {
    const indicator = matchKey(row.indicator);
    const key = JSON.stringify([indicator, matchKey(row.area), row.period.from, row.period.length]);
    const before = seen.get(key);
    if (before !== undefined) throw duplicate(row, before);
    seen.set(key, row);
    for (const rule of shared) {
      const place = `${indicator}\n${rule.what}`;
      const held = fixed.get(place);
      // A figure that is not shown has a denominator or none.
      if (rule.of(row) === "any") continue;
      if (held === undefined) fixed.set(place, row);
      else if (rule.of(held) !== rule.of(row)) throw mixed(row, held, rule);
    }
  }
}

function placeOf({ place }: SeriesRow): string {
  return `${place.file}, row ${place.row}`;
}

function duplicate(row: SeriesRow, before: SeriesRow): CasedrawError {
  return new CasedrawError(
    "SERIES_DUPLICATE",
    `Published series: one figure for each indicator, area and period, got a second of "${row.indicator}", ${row.area}, ${row.period.text} ` +
      `(${placeOf(row)}, period; the first: ${placeOf(before)}). Keep the one of the latest release.`,
    { file: row.place.file, row: row.place.row, column: "period", first: before.place },
  );
}

function mixed(row: SeriesRow, held: SeriesRow, { what, column, of, next }: Shared): CasedrawError {
  const said = (text: string): string => (text === "" ? "nothing" : text);
  return new CasedrawError(
    "SERIES_MIXED",
    `Published series: the rows of an indicator agree in ${what}, got ${said(of(row))} beside ${said(of(held))} for "${row.indicator}" ` +
      `(${placeOf(row)}, ${column}; the other: ${placeOf(held)}). ${next}`,
    { file: row.place.file, row: row.place.row, column, other: held.place },
  );
}
