import { matchKey } from "../../frame/text.js";
import { isNational, workingOf } from "../published/published-series.js";
import { type Period, periodName } from "../published/series-period.js";
import type { SeriesRow } from "../published/series-row.js";
import { unitOf } from "../published/series-unit.js";
import type { Measure } from "../result.js";
import { type Count, isMarked } from "../tally.js";
import { longDate } from "../words.js";
import { type CountedArea, compareCounts, inOrder } from "./compare-counts.js";
import type { AreaFigure, Indicator, IndicatorComparison, RefusedIndicator } from "./comparison.js";
import { areaNotes } from "./comparison-words.js";
import { idOf } from "./indicator-id.js";
import { someNames, wholeNames } from "./names.js";
import { oneSidedCounts } from "./one-sided.js";
import { leastUnits, ruleFor } from "./verdict.js";

/** What publishers write where the area is not known, or is none that has a name. */
const unknownAreas =
  /^(?:not known|unknown|not recorded|not stated|not specified|unspecified|missing|other|other areas?|unallocated|no fixed (?:area|abode))$/;

/** An indicator is compared where so many areas have figures. */
const leastAreas = 2;

/**
 * Compares areas by published figures, of one file or several: each indicator in its latest period, with those before it as history.
 *
 * @param rows - checked by `checkSeries`, areas beside the country
 * @param options.whole - what all areas together are; default the country that the figures name
 */
export function publishedComparisons(
  rows: readonly SeriesRow[],
  options: { readonly whole?: string } = {},
): { readonly comparisons: readonly IndicatorComparison[]; readonly refused: readonly RefusedIndicator[] } {
  const byIndicator = new Map<string, SeriesRow[]>();
  for (const row of rows) {
    const key = matchKey(row.indicator);
    byIndicator.set(key, [...(byIndicator.get(key) ?? []), row]);
  }
  const ids = new Set<string>();
  const comparisons: IndicatorComparison[] = [];
  const refused: RefusedIndicator[] = [];
  for (const own of byIndicator.values()) {
    const series = seriesOf(own);
    if (series === undefined)
      refused.push({
        name: (own[0] as SeriesRow).indicator,
        reason: `Fewer than ${leastAreas} areas have figures of one period: they are of the country, or of single areas.`,
        instead: "Name a file with the figures of areas beside each other.",
      });
    else {
      const made = comparisonOf(series, ids, options);
      if ("reason" in made) refused.push(made);
      else comparisons.push(made);
    }
  }
  return { comparisons, refused };
}

/** An indicator's figures by area, in the period that is compared. */
interface AreaSeries {
  readonly rows: readonly SeriesRow[];
  readonly period: Period;
  readonly national: readonly SeriesRow[];
  /** Oldest first each, up to the period; by the area's key. */
  readonly areas: ReadonlyMap<string, readonly SeriesRow[]>;
}

/** The latest period of which two areas have figures. */
function seriesOf(rows: readonly SeriesRow[]): AreaSeries | undefined {
  const areas = new Map<string, SeriesRow[]>();
  const sorted = [...rows].sort((a, b) => a.period.at - b.period.at);
  for (const row of sorted) {
    if (isNational(row)) continue;
    const key = matchKey(row.area);
    areas.set(key, [...(areas.get(key) ?? []), row]);
  }
  const held = new Map<number, number>();
  for (const own of areas.values())
    for (const { period } of own) held.set(period.at, (held.get(period.at) ?? 0) + 1);
  const at = [...held]
    .filter(([, count]) => count >= leastAreas)
    .reduce((latest, [place]) => Math.max(latest, place), -1);
  const period = sorted.find((row) => row.period.at === at)?.period;
  if (period === undefined) return undefined;
  const upTo = (list: readonly SeriesRow[]) => list.filter((row) => row.period.at <= at);
  return {
    rows,
    period,
    national: upTo(sorted.filter(isNational)),
    areas: new Map([...areas].map(([key, own]) => [key, upTo(own)])),
  };
}

function comparisonOf(
  series: AreaSeries,
  ids: Set<string>,
  options: { readonly whole?: string },
): IndicatorComparison | RefusedIndicator {
  const { rows, period } = series;
  const first = rows[0] as SeriesRow;
  const working = workingOf(rows);
  const { multiplier } = unitOf(first.unit ?? "");
  const isShare = working.measure.kind === "share" && working.measure.interval === true;
  const isRate = !isShare && working.measure.interval === true;
  const kind = isShare ? "share" : isRate ? "rate" : "measurement";
  const latest = rows.find((row) => row.period.at === period.at) as SeriesRow;
  const status = rows.find((row) => row.period.at === period.at && row.status !== undefined)?.status;
  const indicator: Indicator = {
    id: idOf(first.indicator, ids),
    name: first.indicator,
    kind,
    measure: measureOf(working.measure),
    of: kind === "rate" ? "units of the denominator" : "those counted",
    period: periodName(period),
    ...(first.polarity === undefined ? {} : { polarity: first.polarity }),
    published: {
      ...(first.source === undefined ? {} : { source: first.source }),
      ...(latest.releaseDate === undefined ? {} : { releaseDate: longDate(latest.releaseDate) }),
      ...(status === undefined ? {} : { status }),
    },
  };
  const names = wholeNames(options.whole ?? series.national.at(-1)?.area ?? first.geography);
  const notes = seriesNotes(series);
  if (kind === "measurement") return measured({ series, indicator, notes, whole: names.whole });
  const counted = [...series.areas.values()].flatMap((own): CountedArea[] => countedArea(own, period));
  const whole = wholeOf(series, counted);
  const alike = oneSidedCounts(kind, [...counted, whole]);
  if (alike !== undefined) return { name: indicator.name, ...alike };
  const comparison = compareCounts({
    indicator: { ...indicator, kind },
    multiplier,
    designEffect: 1,
    names,
    whole,
    areas: counted,
    notes: [
      ...notes,
      ...(whole.isSum ? ["No figure of the country is in the file: the whole is the sum of the areas."] : []),
    ],
    method:
      `${kind === "share" ? "Share" : "Rate"} as published. An area is set against the whole, or, where it is more than 5% of that, against ${names.rest}, ` +
      `by the mid-P test (${kind === "share" ? "binomial" : "Poisson"}). Nothing is standardised or ranked: published totals say nothing of the mix of cases.`,
    uncertainty: `95% intervals: ${kind === "share" ? "Wilson's" : "exact below 10 events, Byar's from there on"}. They take what is counted for independent; where children of one family are counted, intervals are too narrow and tests flag too much.`,
  });
  return {
    ...comparison,
    notes: [
      ...comparison.notes,
      ...areaNotes(comparison.areas, {
        least: leastUnits,
        unit: kind === "rate" ? "events expected" : "counted",
      }),
    ],
  };
}

function measureOf(measure: Measure): Measure {
  return measure.interval === true ? measure : { ...measure, key: "value" };
}

function countedArea(own: readonly SeriesRow[], period: Period): CountedArea[] {
  const now = own.find((row) => row.period.at === period.at);
  if (now === undefined) return [];
  return [
    {
      area: now.area,
      ...(isUnknownArea(now.area) ? { unknown: true as const } : {}),
      ...countsOf(now),
      at: now.period.at,
      before: own
        .filter((row) => row.period.at < period.at)
        .map((row) => ({
          period: periodName(row.period),
          at: row.period.at,
          ...countsOf(row),
          designEffect: 1,
        })),
    },
  ];
}

function isUnknownArea(area: string): boolean {
  return unknownAreas.test(matchKey(area));
}

function countsOf({ numerator, denominator = { mark: "x" } }: SeriesRow): {
  readonly numerator: Count;
  readonly denominator: Count;
} {
  return { numerator, denominator };
}

/** The country's own figure, or the sum of the areas where the file has none; hidden where one of these is. */
function wholeOf(
  { national, period }: AreaSeries,
  areas: readonly CountedArea[],
): { readonly numerator: Count; readonly denominator: Count; readonly isSum: boolean } {
  const own = national.find((row) => row.period.at === period.at);
  if (own !== undefined) return { ...countsOf(own), isSum: false };
  const sum = (counts: readonly Count[]): Count =>
    counts.find(isMarked) ?? (counts as readonly number[]).reduce((total, count) => total + count, 0);
  return {
    numerator: sum(areas.map(({ numerator }) => numerator)),
    denominator: sum(areas.map(({ denominator }) => denominator)),
    isSum: true,
  };
}

/** Figures without counts are listed, and nothing is tested of them. */
function measured(given: {
  readonly series: AreaSeries;
  readonly indicator: Indicator;
  readonly notes: readonly string[];
  readonly whole: string;
}): IndicatorComparison {
  const { series, indicator, notes, whole } = given;
  const { cell } = workingOf(series.rows);
  const value = (row: SeriesRow) => {
    const found = cell(row);
    return isMarked(found) || typeof found === "number" ? found : found.value;
  };
  const areas = [...series.areas.values()].flatMap((own): AreaFigure[] => {
    const now = own.find((row) => row.period.at === series.period.at);
    if (now === undefined) return [];
    const before = own.filter((row) => row.period.at < series.period.at);
    const figure = value(now);
    return [
      {
        area: now.area,
        ...(isUnknownArea(now.area) ? { unknown: true as const } : {}),
        figure,
        verdict: "untested",
        otherwise: {},
        ...(before.length === 0
          ? {}
          : {
              history: [...before, now].map((row) => ({
                period: periodName(row.period),
                at: row.period.at,
                value: value(row),
              })),
            }),
      },
    ];
  });
  const sorted = inOrder(areas);
  const country = series.national.find((row) => row.period.at === series.period.at);
  return {
    indicator,
    whole,
    overall: country === undefined ? { mark: "x" } : value(country),
    areas: sorted,
    rule: ruleFor(0),
    designEffect: 1,
    depends: [],
    notes: [...notes, ...areaNotes(sorted, { least: leastUnits, unit: "counted" })],
    method:
      "Figures as published. They come without the counts behind them, so that nothing is tested, and nothing is ranked.",
    uncertainty: "None can be given: the counts behind the figures are not published with them.",
    messages: [],
  };
}

/** Areas that come or go between periods: a new name may be an old area. */
function seriesNotes({ areas, period }: AreaSeries): string[] {
  const rowsOf = [...areas.values()].filter((own) => own.length > 0);
  const lacking = rowsOf.filter((own) => own.at(-1)?.period.at !== period.at);
  const gone = lacking.map(
    (own) => `${own.at(-1)?.area} (last ${periodName((own.at(-1) as SeriesRow).period)})`,
  );
  const firstAt = Math.min(...rowsOf.map((own) => own[0]?.period.at ?? period.at));
  const come = rowsOf
    .filter((own) => (own[0] as SeriesRow).period.at > firstAt && own.at(-1)?.period.at === period.at)
    .map((own) => `${own[0]?.area} (from ${periodName((own[0] as SeriesRow).period)})`);
  return [
    ...(gone.length === 0
      ? []
      : [`No figure for ${periodName(period)}, so not compared: ${someNames(gone)}.`]),
    ...(come.length === 0 ? [] : [`Not in the file from the beginning: ${someNames(come)}.`]),
    ...(gone.length > 0 && come.length > 0
      ? ["Where an area was renamed, write one name in all rows of the file, so that it keeps its history."]
      : []),
  ];
}
