import type { AreaFigure, IndicatorComparison, Verdict } from "../../analysis/regional/comparison.js";
import { wordOf } from "../../analysis/regional/verdict.js";
import { type Count, isMarked } from "../../analysis/tally.js";
import { intervalOf } from "../../charts/area-marks.js";
import { type CsvCell, computed, computedOrBlank } from "../../report/csv.js";
import type { OutputTable } from "../output-table.js";
import type { Comparison } from "./compared.js";

const header = [
  "area",
  "indicator",
  "period",
  "numerator",
  "denominator",
  "value",
  "lower",
  "upper",
  "comparator",
  "comparator_value",
  "p_value",
  "adjusted_p",
  "word",
  "word_overdispersed",
  "word_standardised",
  "expected",
  "ratio",
  "ratio_lower",
  "ratio_upper",
  "expected_for_mix",
  "ratio_for_mix",
  "ratio_for_mix_lower",
  "ratio_for_mix_upper",
  "standardised",
  "standardised_lower",
  "standardised_upper",
  "rank",
  "rank_lower",
  "rank_upper",
  "change",
  "change_lower",
  "change_upper",
  "change_since",
  "change_word",
  "unit",
  "polarity",
  "area_unknown",
  "source",
  "status",
] as const;

/** `compare.csv`: a row for each area under each indicator; shares are fractions, a hidden figure is its shorthand. */
export function tidyTable({ groups }: Comparison): OutputTable {
  return {
    header: [...header],
    rows: groups.flatMap(({ compared }) =>
      compared.flatMap(({ comparison }) => comparison.areas.map((area) => rowOf(area, comparison))),
    ),
  };
}

function rowOf(area: AreaFigure, { indicator }: IndicatorComparison): CsvCell[] {
  const { comparator, otherwise, change } = area;
  const word = (verdict: Verdict | undefined): string =>
    verdict === undefined ? "" : wordOf(verdict, indicator.polarity);
  return [
    area.area,
    indicator.name,
    indicator.period,
    count(area.numerator),
    count(area.denominator),
    ...figureCells(area),
    comparator?.of ?? "",
    computedOrBlank(comparator?.value),
    computedOrBlank(area.pValue),
    computedOrBlank(area.adjustedP),
    area.unknown ? "" : word(area.verdict),
    word(otherwise.overdispersed),
    word(otherwise.standardised),
    computedOrBlank(area.expected),
    ...interval(area.ratio),
    computedOrBlank(area.expectedForMix),
    ...interval(area.ratioForMix),
    ...interval(area.standardised),
    ...interval(area.rank),
    ...interval(change?.difference),
    change?.since ?? "",
    change?.verdict ?? "",
    indicator.measure.kind === "share" ? "fraction" : indicator.measure.kind,
    indicator.polarity ?? "",
    area.unknown ? "yes" : "no",
    indicator.published?.source ?? "",
    indicator.published?.status ?? "",
  ];
}

function figureCells({ figure }: AreaFigure): CsvCell[] {
  if (isMarked(figure)) return Array.from({ length: 3 }, () => `[${figure.mark}]`);
  if (typeof figure === "number") return [computed(figure), "", ""];
  return interval(intervalOf(figure));
}

function count(value: Count | undefined): CsvCell {
  if (value === undefined) return "";
  return isMarked(value) ? `[${value.mark}]` : computed(value);
}

function interval(
  figure: { readonly value: number; readonly lower: number; readonly upper: number } | undefined,
): CsvCell[] {
  return figure === undefined
    ? ["", "", ""]
    : [figure.value, figure.lower, figure.upper].map((value) => computed(value));
}
