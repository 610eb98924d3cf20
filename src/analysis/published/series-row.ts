import type { Count } from "../tally.js";
import type { Period, YearKind } from "./series-period.js";

/** The columns of a file of published figures; the first five are needed, `denominator`'s cells may be blank. */
export const seriesColumns = [
  "area",
  "period",
  "indicator",
  "numerator",
  "denominator",
  "polarity",
  "source",
  "release_date",
  "status",
  "geography",
  "year_kind",
  "unit",
] as const;

export type SeriesColumn = (typeof seriesColumns)[number];

export const polarities = ["higher_is_better", "lower_is_better"] as const;
export const statuses = ["provisional", "revised", "final"] as const;

export type Polarity = (typeof polarities)[number];
export type Status = (typeof statuses)[number];

/** One published figure: of one indicator, area and period. What the file leaves blank is absent. */
export interface SeriesRow {
  readonly area: string;
  readonly period: Period;
  readonly indicator: string;
  /** May have decimals, where it is no count. */
  readonly numerator: Count;
  readonly denominator?: Count;
  readonly polarity?: Polarity;
  readonly source?: string;
  /** ISO date. */
  readonly releaseDate?: string;
  readonly status?: Status;
  /** What the whole series covers: `England`, `England and Wales`. */
  readonly geography?: string;
  /** As the file states it; months and plain years may leave it blank. */
  readonly yearKind?: YearKind;
  /** With a denominator `percent` (also `%`), `per 10,000` and the like, or what a mean is in (`weeks`); without one what is counted. */
  readonly unit?: string;
  readonly place: { readonly file: string; readonly row: number };
}
