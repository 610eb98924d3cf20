import { capital } from "../../frame/labels.js";
import type { Cell, Measure, ResultTable } from "../result.js";
import type { Count } from "../tally.js";
import { fileKey } from "./cells.js";
import type { AreaFigure, IndicatorComparison } from "./comparison.js";
import { wordOf } from "./verdict.js";

/** A part of a table: a column, and what it says of an area. */
interface Column extends Measure {
  readonly of: (area: AreaFigure) => Cell | undefined;
}

/** A cell that has nothing to say. */
const blank = "";

/**
 * What a page shows of an indicator: figures and words; and, where there are any, standardised figures, ranks and changes.
 *
 * @param heading - what the areas are, for people: `Service area`
 */
export function indicatorTables(comparison: IndicatorComparison, heading: string): ResultTable[] {
  const { indicator } = comparison;
  const id = fileKey(indicator.id);
  const words: ResultTable = tableOf(comparison, heading, {
    id: `${id}_figures`,
    caption: `${indicator.name} by area, ${indicator.of}, ${indicator.period}`,
    columns: figureColumns(comparison),
  });
  const mix = tableOf(comparison, heading, {
    id: `${id}_more`,
    caption: `${indicator.name} by area: other methods, ranks and change`,
    columns: otherColumns(comparison),
  });
  return mix.measures.length === 0 ? [words] : [words, mix];
}

function tableOf(
  { areas }: IndicatorComparison,
  heading: string,
  {
    id,
    caption,
    columns,
  }: { readonly id: string; readonly caption: string; readonly columns: readonly Column[] },
): ResultTable {
  const used = columns.filter(({ of }) => areas.some((area) => of(area) !== undefined));
  return {
    id,
    caption,
    dimensions: [heading],
    measures: used.map(({ of, ...measure }) => measure),
    rows: areas.map((area) => ({ names: [area.area], cells: used.map(({ of }) => of(area) ?? blank) })),
  };
}

function figureColumns({ indicator }: IndicatorComparison): Column[] {
  const { measure, polarity, of, kind } = indicator;
  const counted = (key: string, label: string, pick: (area: AreaFigure) => Count | undefined): Column => ({
    key,
    label,
    kind: "count",
    of: pick,
  });
  return [
    counted("numerator", kind === "rate" ? "Events" : "Number", ({ numerator }) => numerator),
    counted("denominator", capital(of), ({ denominator }) => denominator),
    { ...measure, key: "value", interval: true, of: ({ figure }) => figure },
    { key: "comparator", label: "Compared with", kind: "text", of: ({ comparator }) => comparator?.of },
    {
      ...measure,
      key: "comparator_value",
      label: "Its figure",
      interval: false,
      of: ({ comparator }) => comparator?.value,
    },
    {
      key: "word",
      label: "Word",
      kind: "text",
      of: ({ verdict, unknown }) => (unknown ? undefined : wordOf(verdict, polarity)),
    },
    { key: "p_value", label: "p-value", kind: "probability", of: ({ pValue }) => pValue },
    {
      key: "adjusted_p",
      label: "p-value allowing for many areas",
      kind: "probability",
      of: ({ adjustedP }) => adjustedP,
    },
  ];
}

function otherColumns({ indicator }: IndicatorComparison): Column[] {
  const { measure, polarity } = indicator;
  const ratio = (key: string, label: string, of: Column["of"]): Column => ({
    key,
    label,
    kind: "ratio",
    interval: true,
    of,
  });
  return [
    {
      key: "word_overdispersed",
      label: "Word with widened limits",
      kind: "text",
      of: ({ otherwise }) => otherwise.overdispersed && wordOf(otherwise.overdispersed, polarity),
    },
    {
      key: "word_standardised",
      label: "Word allowing for the mix of cases",
      kind: "text",
      of: ({ otherwise }) => otherwise.standardised && wordOf(otherwise.standardised, polarity),
    },
    { key: "expected", label: "Expected", kind: "number", of: ({ expected }) => expected },
    ratio("ratio", "Observed over expected", (area) => area.ratio),
    {
      key: "expected_for_mix",
      label: "Expected for the mix of cases",
      kind: "number",
      of: ({ expectedForMix }) => expectedForMix,
    },
    ratio("ratio_for_mix", "Observed over expected for the mix", (area) => area.ratioForMix),
    {
      ...measure,
      key: "standardised",
      label: "Directly standardised",
      interval: true,
      of: ({ standardised }) => standardised,
    },
    {
      key: "rank",
      label: "Rank of the standardised figure",
      kind: "number",
      decimals: 0,
      interval: true,
      of: ({ rank }) => rank,
    },
    {
      ...measure,
      key: "change",
      label: "Change",
      interval: true,
      of: ({ change }) => change?.difference,
    },
    { key: "since", label: "Since", kind: "text", of: ({ change }) => change?.since },
    { key: "change_word", label: "Word on the change", kind: "text", of: ({ change }) => change?.verdict },
    {
      key: "neighbours",
      label: "Statistical neighbours",
      kind: "text",
      of: ({ neighbours }) => neighbours?.names.join("; "),
    },
    {
      ...measure,
      key: "neighbours_mean",
      label: "Their mean, each counting the same",
      interval: false,
      of: ({ neighbours }) => neighbours?.mean,
    },
    {
      ...measure,
      key: "neighbours_pooled",
      label: "Their figure pooled",
      interval: false,
      of: ({ neighbours }) => neighbours?.pooled,
    },
  ];
}
