import type { Cell, Measure, ResultTable } from "../result.js";
import { cellOf, fileKey, measureAs } from "./cells.js";
import type { AreaFigure, IndicatorComparison } from "./comparison.js";
import { wordOf } from "./verdict.js";

/**
 * Every area under every indicator: a figure and a word for each.
 *
 * @param options.heading - what the areas are, for people: `Service area`
 * @param options.areas - in their order
 */
export function rugTable(
  comparisons: readonly IndicatorComparison[],
  {
    id,
    heading,
    areas,
  }: { readonly id: string; readonly heading: string; readonly areas: readonly string[] },
): ResultTable {
  const figures = comparisons.map((one) => new Map(one.areas.map((area) => [area.area, area])));
  return {
    id,
    caption: "Every area under every indicator, and what the evidence says of it beside its comparator",
    dimensions: [heading],
    measures: comparisons.flatMap(({ indicator }): Measure[] => [
      measureAs(indicator, fileKey(indicator.id), indicator.name),
      { key: `${fileKey(indicator.id)}_word`, label: `${indicator.name}: word`, kind: "text" },
    ]),
    rows: areas.map((area) => ({
      names: [area],
      cells: comparisons.flatMap((comparison, at) => cellsOf(figures[at]?.get(area), comparison)),
    })),
  };
}

function cellsOf(figure: AreaFigure | undefined, { indicator }: IndicatorComparison): Cell[] {
  if (figure === undefined) return ["", ""];
  const cell = cellOf(figure.figure);
  const value = typeof cell === "object" && "value" in cell ? cell.value : cell;
  return [value, figure.unknown ? "" : wordOf(figure.verdict, indicator.polarity)];
}
