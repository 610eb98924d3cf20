import { matchKey } from "../../frame/text.js";
import { thousands } from "../../frame/words.js";
import type { ResultTable } from "../result.js";
import { isMarked } from "../tally.js";
import { isNational, type PublishedSeries, workingOf } from "./published-series.js";
import { periodName } from "./series-period.js";
import type { SeriesRow } from "./series-row.js";

/** The figures of an indicator that are not of the whole country, in the order of the file; areas are as they are first written. */
export function areaRows(rows: readonly SeriesRow[]): readonly SeriesRow[] {
  return rows.filter((row) => !isNational(row));
}

/**
 * The latest figure of each area, as published, the country's own first; nothing is said of how they compare.
 *
 * @param rows - of one indicator, areas and country
 * @returns undefined where no figure is of an area
 */
export function areasTable(id: string, rows: readonly SeriesRow[]): ResultTable | undefined {
  const areas = areaRows(rows);
  const [first] = areas;
  if (first === undefined) return undefined;
  const { measure, cell } = workingOf(rows);
  const latest = new Map<string, SeriesRow>();
  for (const row of [...rows.filter(isNational), ...areas]) {
    const key = matchKey(row.area);
    const before = latest.get(key);
    if (before === undefined || before.period.at < row.period.at) latest.set(key, row);
  }
  return {
    id: `${id.replaceAll("-", "_")}_by_area`,
    caption: `${first.indicator} by area, the latest figure of each`,
    dimensions: ["Area", "Period"],
    measures: [measure],
    rows: [...latest.values()].map((row) => ({
      names: [row.area, periodName(row.period)],
      cells: [cell(row)],
    })),
  };
}

/** Areas named one by one; of more, the first of them. */
const mostNamed = 12;

/**
 * How many figures are of which areas, so that a name that is misspelt is seen.
 *
 * @param series - the country's, where there is one
 * @returns a sentence; undefined where all figures are of the country
 */
export function areasNote(
  rows: readonly SeriesRow[],
  series: Pick<PublishedSeries, "area"> | undefined,
): string | undefined {
  const areas = areaRows(rows);
  if (areas.length === 0) return undefined;
  const counts = new Map<string, { readonly name: string; count: number }>();
  for (const { area } of areas) {
    const held = counts.get(matchKey(area));
    if (held === undefined) counts.set(matchKey(area), { name: area, count: 1 });
    else held.count += 1;
  }
  const named = [...counts.values()].slice(0, mostNamed).map(({ name, count }) => `${name} (${count})`);
  const more = counts.size - named.length;
  const figures = areas.length === 1 ? "1 figure is" : `${thousands(areas.length)} figures are`;
  const country = series === undefined ? "of no whole country" : `not of ${series.area}`;
  const place = areas.length === 1 ? "It stands" : "They stand";
  return `${figures} ${country}: ${named.join(", ")}${more === 0 ? "" : ` and ${more} more`}. ${place} in the table by area and not in the series.`;
}

/** The periods between the first and the last figure of a series that have none. */
export function lackingNote({ points }: Pick<PublishedSeries, "points">): string | undefined {
  const gaps = points.flatMap(({ period }, at) => {
    const before = points[at - 1];
    const lacking = before === undefined ? 0 : period.at - before.period.at - 1;
    return before === undefined || lacking === 0
      ? []
      : [`${lacking} between ${periodName(before.period)} and ${periodName(period)}`];
  });
  if (gaps.length === 0) return undefined;
  return `The file has no figure of the country for some periods: ${gaps.join("; ")}.`;
}

/** Whether a publisher shows any of these figures. */
export function isAnyShown(rows: readonly SeriesRow[]): boolean {
  const { cell } = workingOf(rows);
  return rows.some((row) => !isMarked(cell(row)));
}
