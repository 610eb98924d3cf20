import type { AreaFigure, IndicatorComparison } from "../analysis/regional/comparison.js";
import { someNames } from "../analysis/regional/names.js";
import { wordOf } from "../analysis/regional/verdict.js";
import { inSentence } from "../analysis/words.js";
import { capital } from "../frame/labels.js";
import { intervalOf, isFlagged } from "./area-marks.js";
import { areaRowsChart } from "./area-rows.js";
import {
  areaFigureText,
  axisTitle,
  describeAreas,
  flaggedHeadline,
  scaleOf,
  sortedAreas,
} from "./area-texts.js";
import type { Chart } from "./chart.js";
import { percentText } from "./number-text.js";
import { figureText } from "./result-table.js";

/**
 * Areas from the highest figure to the lowest, with their intervals and the line of all areas together.
 *
 * @param heading - what the areas are, for people: `Service area`
 * @returns undefined where no area's figure is shown
 */
export function areaDotsChart(comparison: IndicatorComparison, heading: string): Chart | undefined {
  const { indicator, areas, whole, overall } = comparison;
  const { measure, polarity } = indicator;
  const shown = areas.flatMap(({ figure }) => intervalOf(figure) ?? []);
  const line = intervalOf(overall);
  if (shown.length === 0) return undefined;
  const scale = scaleOf([...shown, ...(line === undefined ? [] : [line])], measure);
  const rows = sortedAreas(areas).map((area) => ({
    area: area.area,
    cell: area.figure,
    look: area.verdict,
    text: besideText(area, comparison),
    ...(area.unknown ? { unknown: true as const } : {}),
  }));
  return {
    ...areaRowsChart({
      rows,
      heading,
      scale: { ...scale, title: axisTitle(indicator), reference: line?.value ?? scale.domain[0] },
      ...(line === undefined ? {} : { reference: `${capital(whole)} ${figureText(line, measure)}` }),
    }),
    title: flaggedHeadline(comparison),
    subtitle: `${indicator.name}, ${indicator.of} by ${inSentence(heading)}, ${indicator.period}, with 95% intervals`,
    description: `Areas from the highest to the lowest. ${describeAreas(comparison)}`,
    table: {
      header: [heading, measure.label, "95% interval", "Word"],
      rows: sortedAreas(areas).map((area) => [
        area.area,
        areaFigureText(area, measure),
        intervalText(area, comparison),
        area.unknown ? "" : wordOf(area.verdict, polarity),
      ]),
    },
    notes: [markNote(comparison), ...heldNote(areas)],
  };
}

function besideText(area: AreaFigure, { indicator }: IndicatorComparison): string {
  const figure = areaFigureText(area, indicator.measure);
  if (isFlagged(area)) return `${figure} ${wordOf(area.verdict, indicator.polarity)}`;
  return area.verdict === "few" && !area.unknown ? `${figure} (too few to say)` : figure;
}

function intervalText({ figure }: AreaFigure, { indicator }: IndicatorComparison): string {
  const { measure } = indicator;
  if (typeof figure === "number") return "";
  const shown = intervalOf(figure);
  if (shown === undefined) return figureText(figure, measure);
  return `${figureText(shown.lower, measure)} to ${figureText(shown.upper, measure)}`;
}

/** Intervals are not those of the test: near its level the one may hold what the other tells apart. */
function heldNote(areas: readonly AreaFigure[]): string[] {
  const held = areas.filter((area) => {
    const own = intervalOf(area.figure);
    const value = area.comparator?.value;
    return isFlagged(area) && own && value !== undefined && own.lower <= value && value <= own.upper;
  });
  if (held.length === 0) return [];
  return [
    `${someNames(held.map(({ area }) => area))}: flagged by the test, though the interval holds what it is compared with. The two are worked out differently, and near the level of the test they can disagree.`,
  ];
}

/** What the marks say. */
function markNote({ rule, whole }: Pick<IndicatorComparison, "rule" | "whole">): string {
  const with_ = whole === "all areas" ? "the other areas together" : `${whole}, or the rest of it`;
  const level = percentText(rule.confidence, rule.confidence === 0.95 ? 0 : 1);
  return `Triangles: further from ${with_} than chance commonly gives (${level} test). Grey circles: no clear difference, which is not the same as none. Hollow circles: not tested, or fewer than ${rule.least}.`;
}
