import type { AreaFigure, IndicatorComparison } from "../analysis/regional/comparison.js";
import type { Measure } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import { inSentence, listText } from "../analysis/words.js";
import { capital } from "../frame/labels.js";
import { compareBytes } from "../frame/text.js";
import { counted } from "../frame/words.js";
import { intervalOf, isFlagged } from "./area-marks.js";
import { headline } from "./headline.js";
import { figureText } from "./result-table.js";
import type { RowScale } from "./row-spec.js";

/** A figure as it is written, with nothing after it. */
export function areaFigureText({ figure }: Pick<AreaFigure, "figure">, measure: Measure): string {
  return figureText(figure, measure);
}

/** Areas that are known and have a figure, from the highest; those without one next, by name; unknown ones last. */
export function sortedAreas(areas: readonly AreaFigure[]): readonly AreaFigure[] {
  const place = ({ unknown, figure }: AreaFigure): number => (unknown ? 2 : isMarked(figure) ? 1 : 0);
  const value = ({ figure }: AreaFigure): number => intervalOf(figure)?.value ?? 0;
  // By name where equal: rounding for publication may make areas alike that are not.
  return [...areas].sort(
    (a, b) => place(a) - place(b) || value(b) - value(a) || compareBytes(a.area, b.area),
  );
}

/** What areas are compared with in general: the whole's name, or the others. */
function wholeText(whole: string): string {
  return whole === "all areas" ? "the others" : whole;
}

function isTested({ verdict }: AreaFigure): boolean {
  return verdict !== "untested" && verdict !== "few";
}

/** How many areas stand out, in ten words or fewer. */
export function flaggedHeadline({ areas, whole, indicator, messages }: IndicatorComparison): string {
  const told = messages.find((message) => message.headline !== undefined)?.headline;
  if (told !== undefined) return told;
  const known = areas.filter(({ unknown }) => unknown !== true);
  const tested = known.filter(isTested);
  if (tested.length === 0)
    return `${indicator.name}, by area`.split(" ").length <= 10
      ? `${indicator.name}, by area`
      : "Figures by area";
  const flagged = tested.filter(isFlagged);
  if (flagged.length === 0)
    return headline(`No area stands out from ${wholeText(whole)}`, "No area stands out");
  const [only] = flagged;
  if (flagged.length === 1 && only !== undefined) {
    return headline(
      `${only.area} stands out as ${only.verdict} than ${wholeText(whole)}`,
      `1 of ${counted(tested.length, "area")} stands out from ${wholeText(whole)}`,
      "1 area stands out from the whole",
    );
  }
  return headline(
    `${flagged.length} of ${counted(tested.length, "area")} stand out from ${wholeText(whole)}`,
    `${counted(flagged.length, "area")} stand out from the whole`,
  );
}

/** How many areas are named in a text alternative before it leaves the rest to the table. */
const mostNamed = 8;

/** The numbers that matter: the whole's, the ends, and the areas that stand out. */
export function describeAreas(comparison: IndicatorComparison): string {
  const { indicator, areas, whole, overall } = comparison;
  const { measure } = indicator;
  const shown = sortedAreas(areas).filter(({ unknown, figure }) => unknown !== true && !isMarked(figure));
  const hidden = areas.filter(({ figure }) => isMarked(figure)).length;
  const [first, last] = [shown[0], shown.at(-1)];
  const named = (area: AreaFigure): string => `${area.area} ${areaFigureText(area, measure)}`;
  const flagged = shown.filter(isFlagged);
  const sentences = [
    `${capital(whole)}: ${figureText(overall, measure)}.`,
    first === undefined || last === undefined
      ? ""
      : shown.length === 1
        ? `${named(first)}.`
        : `From ${named(last)} to ${named(first)}.`,
    ...(["higher", "lower"] as const).map((verdict) => {
      const areasOf = flagged.filter((area) => area.verdict === verdict);
      if (areasOf.length === 0) return "";
      const some = areasOf.slice(0, mostNamed).map(named);
      const more = areasOf.length - some.length;
      return `${capital(verdict)}: ${listText(more === 0 ? some : [...some, `${more} more`])}.`;
    }),
    flagged.length > 0 ? "" : shown.some(isTested) ? "No area stands out." : "No area is tested.",
    hidden === 0 ? "" : `${counted(hidden, "area")} not shown.`,
  ];
  return sentences.filter((text) => text !== "").join(" ");
}

/** The scale for figures of a measure: from zero, unless all lie far above it. */
export function scaleOf(
  figures: readonly { readonly lower: number; readonly upper: number }[],
  { kind }: Measure,
): Pick<RowScale, "domain" | "format" | "leastStep"> {
  const high = Math.max(...figures.map(({ upper }) => upper));
  const low = Math.min(...figures.map(({ lower }) => lower));
  // Figures that are all one, which have no spread to show, stand from zero too.
  const from = low > 0.6 * high && low > 0 && high > low ? low - 0.05 * (high - low) : Math.min(0, low);
  const to = high > from ? high : from + 1;
  return {
    domain: [from, to],
    ...(kind === "share" ? { format: ".0%", leastStep: 0.01 } : {}),
    ...(kind === "count" || kind === "days" ? { leastStep: 1 } : {}),
  };
}

/** The indicator's name and unit, as an axis has it. */
export function axisTitle({ name, measure, of }: IndicatorComparison["indicator"]): string {
  return measure.kind === "share" ? `${name} (% of ${of})` : `${name}${unitOf(measure)}`;
}

function unitOf({ kind, label }: Measure): string {
  if (kind === "weeks" || kind === "days") return ` (${kind})`;
  return kind === "ratio" || kind === "count" || kind === "text" ? "" : ` (${inSentence(label)})`;
}
