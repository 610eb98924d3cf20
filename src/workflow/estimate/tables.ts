import { isEffectiveAbove, mayBeTooNarrow } from "../../analysis/estimates/narrow.js";
import { varianceMethod } from "../../analysis/estimates/response.js";
import type { ShownRow } from "../../analysis/estimates/suppression.js";
import { type CsvCell, computed, computedOrBlank } from "../../report/csv.js";
import type { Interval } from "../../statistics/wilson.js";
import type { OutputTable } from "../output-table.js";
import { unitWords } from "../summary/words.js";
import type { EstimateContext } from "./context.js";
import { populationText, refusalText } from "./words.js";

/** Shorthand of the Government Analysis Function: confidential, and not available. */
const confidential = "[c]";
const notAvailable = "[x]";

/** Names of the figures that tell to how many a question does not apply. */
const tellsOfAsked = /^(?:not_|number|bound_)/;

/** The figures of an estimate, as columns. */
export const figureNames = [
  "interval_method",
  "estimate",
  "standard_error",
  "lower",
  "upper",
  "n",
  "count",
  "not_answered",
  "not_applicable",
  "effective_n",
  "effective_above_n",
  "design_effect",
  "degrees_of_freedom",
  "number",
  "number_standard_error",
  "number_lower",
  "number_upper",
  "bound_lower",
  "bound_upper",
] as const;

/** Every estimate with all that belongs to it. A cell is blank where a figure does not apply. */
export function estimatesTable(context: EstimateContext): OutputTable {
  const population = populationText(context);
  return {
    header: [
      "column",
      "kind",
      "level",
      "by",
      "group",
      "estimand",
      "variance_method",
      ...figureNames,
      "remark",
    ],
    rows: context.shown.rows.map((row): CsvCell[] => [
      row.column,
      row.kind,
      row.level ?? "",
      row.field ?? "",
      row.group ?? "",
      `${row.kind === "number" ? "mean over" : "share of"} ${row.field === undefined ? "" : "the group among "}${population}`,
      varianceMethod(context.responses),
      ...figureCells(row),
      remark(row, context),
    ]),
  };
}

export function figureCells(row: ShownRow): CsvCell[] {
  if (row.suppressed !== undefined) return figureNames.map(() => confidential);
  const cells = allFigureCells(row);
  return row.askedHidden
    ? cells.map((cell, at) => (tellsOfAsked.test(figureNames[at] as string) ? confidential : cell))
    : cells;
}

function allFigureCells(row: ShownRow): CsvCell[] {
  const { n, count, notAnswered, notApplicable, figures } = row;
  if (figures === undefined) {
    const known: Partial<Record<(typeof figureNames)[number], CsvCell>> = {
      n,
      count: count ?? "",
      not_answered: notAnswered,
      not_applicable: notApplicable,
    };
    return figureNames.map((name) => known[name] ?? notAvailable);
  }
  const { estimate, standardError, interval, intervalMethod, number, bounds } = figures;
  return [
    intervalMethod,
    computed(estimate),
    computed(standardError),
    ...boundCells(interval),
    n,
    count ?? "",
    notAnswered,
    notApplicable,
    computedOrBlank(figures.effectiveSize),
    figures.effectiveSize === undefined ? "" : isEffectiveAbove(row) ? "yes" : "no",
    computedOrBlank(figures.designEffect),
    figures.degreesOfFreedom,
    computedOrBlank(number?.estimate),
    computedOrBlank(number?.standardError),
    ...boundCells(number?.interval),
    ...boundCells(bounds),
  ];
}

/** The bounds of an interval; blank where there is none. */
export function boundCells(interval: Interval | undefined): [CsvCell, CsvCell] {
  return [computedOrBlank(interval?.lower), computedOrBlank(interval?.upper)];
}

/** Why a figure is not there, or is to be read with care. */
export function remark(row: ShownRow, { plan, threshold }: EstimateContext): string {
  const { suppressed, askedHidden, figures, refused } = row;
  if (suppressed === "small")
    return askedHidden
      ? `1 to ${threshold} cases reviewed, having it or lacking it, or the figures tell to how many it does not apply`
      : `1 to ${threshold} cases reviewed, having it or lacking it`;
  if (suppressed === "linked") return "a figure that is not shown could be worked out from it";
  return [
    ...(figures === undefined ? [refusalText(refused, unitWords(plan))] : []),
    ...(mayBeTooNarrow(row)
      ? [
          "effective size above the number reviewed, with uneven weights or few that have it or lack it: the interval may be too narrow",
        ]
      : []),
    ...(askedHidden
      ? [
          `it does not apply to 1 to ${threshold} cases, of all or of a group: no figure that tells to how many`,
        ]
      : []),
  ].join("; ");
}

/** Each group beside the others. */
export function comparisonsTable({ shown, responses }: EstimateContext): OutputTable {
  return {
    header: [
      "column",
      "kind",
      "level",
      "by",
      "group",
      "compared_with",
      "variance_method",
      "difference",
      "standard_error",
      "lower",
      "upper",
    ],
    rows: shown.comparisons.map((found): CsvCell[] => [
      found.column,
      found.kind,
      found.level ?? "",
      found.field,
      found.group,
      "all others",
      varianceMethod(responses),
      computed(found.difference),
      computed(found.standardError),
      ...boundCells(found.interval),
    ]),
  };
}

/** What became of the sample, stratum by stratum; where strata were collapsed, with which. */
export function responsesTable({ responses }: EstimateContext): OutputTable {
  const { collapsed } = responses;
  const merged = (at: number): string => collapsed.find(({ strata }) => strata.includes(at))?.key ?? "";
  return {
    header: [
      "stratum",
      "population",
      "in_sample",
      "out_of_scope",
      "lost",
      "not_reviewed",
      "reviewed",
      "response_rate",
      ...(collapsed.length === 0 ? [] : ["collapsed_into"]),
    ],
    rows: responses.strata.map(
      ({ key, population, members, outOfScope, lost, notReviewed, reviewed }, at): CsvCell[] => [
        key,
        population,
        members,
        outOfScope,
        lost,
        notReviewed,
        reviewed,
        computed((reviewed + outOfScope) / members),
        ...(collapsed.length === 0 ? [] : [merged(at)]),
      ],
    ),
  };
}
