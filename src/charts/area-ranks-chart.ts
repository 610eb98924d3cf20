import type { IndicatorComparison } from "../analysis/regional/comparison.js";
import { compareBytes } from "../frame/text.js";
import { counted } from "../frame/words.js";
import { areaRowsChart } from "./area-rows.js";
import type { Chart } from "./chart.js";
import { headline } from "./headline.js";
import { decimalText } from "./number-text.js";
import { outerRows } from "./outer-rows.js";
import { figureText } from "./result-table.js";

/**
 * Ranks of directly standardised figures with the range that the bootstrap gives them, so that nobody reads a league table.
 *
 * @param heading - what the areas are, for people: `Service area`
 * @returns undefined where fewer than two areas have a rank
 */
export function areaRanksChart(comparison: IndicatorComparison, heading: string): Chart | undefined {
  const { indicator, areas, standardisedFor } = comparison;
  const { measure } = indicator;
  const ranked = areas
    .flatMap((area) => (area.rank === undefined ? [] : [{ ...area, rank: area.rank }]))
    .sort((a, b) => a.rank.value - b.rank.value || compareBytes(a.area, b.area));
  if (ranked.length < 2) return undefined;
  const last = Math.max(ranked.length, ...ranked.map(({ rank }) => rank.upper));
  const unranked = areas.filter(({ rank, unknown }) => rank === undefined && unknown !== true).length;
  const width = (share: number): number =>
    ranked.filter(({ rank }) => rank.upper - rank.lower >= share * (ranked.length - 1)).length;
  const wide = width(0.5);
  const rangeText = ({ lower, upper }: { readonly lower: number; readonly upper: number }): string =>
    lower === upper ? whole(lower) : `${whole(lower)} to ${whole(upper)}`;
  const { drawn, notes } = outerRows(ranked);
  return {
    ...areaRowsChart({
      heading,
      rows: drawn.map(({ area, rank }) => ({ area, cell: rank, look: "similar", text: rangeText(rank) })),
      scale: {
        domain: [0.5, last + 0.5],
        title: "Rank (1 is the highest), with the range that holds it 95% of the time",
        leastStep: 1,
        format: "d",
        reference: (ranked.length + 1) / 2,
      },
      reference: "Middle",
    }),
    title: headline(
      wide === 0
        ? "Where areas rank, and how sure that is"
        : `${counted(wide, "rank")} could be half the list away`,
      "Where areas rank, and how sure that is",
    ),
    subtitle: `${indicator.name}, rank of the directly standardised figure with a 95% bootstrap interval, ${indicator.period}`,
    description: `Ranks with intervals for ${counted(ranked.length, "area")}. ${ranked
      .slice(0, 3)
      .map(({ area, rank }) => `${area}: rank ${whole(rank.value)}, ${rangeText(rank)}.`)
      .join(" ")} ${wide} of them span half of all ranks or more.`,
    table: {
      header: [heading, `Standardised: ${measure.label}`, "95% interval", "Rank", "95% interval of rank"],
      rows: ranked.map(({ area, rank, standardised }) => [
        area,
        standardised === undefined ? "" : figureText(standardised, measure),
        standardised === undefined
          ? ""
          : `${figureText(standardised.lower, measure)} to ${figureText(standardised.upper, measure)}`,
        whole(rank.value),
        rangeText(rank),
      ]),
    },
    notes: [
      ...notes,
      "Areas whose ranges overlap cannot be put in order. A rank says nothing of how far areas are apart.",
      ...(standardisedFor === undefined
        ? []
        : [`Standardised for ${standardisedFor.fields.join(", ").toLowerCase()}.`]),
      ...(unranked === 0
        ? []
        : [
            `${counted(unranked, "area")} not ranked: some kind of case does not occur there, or a small count is hidden.`,
          ]),
    ],
  };
}

function whole(rank: number): string {
  return decimalText(rank, Number.isInteger(rank) ? 0 : 1);
}
