import {
  type Cell,
  isInterval,
  type Measure,
  type MeasureKind,
  type ResultTable,
} from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import { thousands } from "../frame/words.js";
import type { ChartTable } from "./chart.js";
import { decimalText, percentText } from "./number-text.js";

const decimalsOf: Readonly<Record<MeasureKind, number>> = {
  count: 0,
  share: 1,
  weeks: 1,
  days: 0,
  ratio: 2,
  number: 1,
  probability: 3,
  text: 0,
};

/** A table of figures as a reader is to see it: intervals in columns of their own, right of what they belong to. */
export function tableOf({ dimensions, measures, rows }: ResultTable): ChartTable {
  return {
    header: [...dimensions, ...measures.flatMap(headersOf)],
    rows: rows.map(({ names, cells }) => [
      ...names,
      ...measures.flatMap((measure, at) => cellTexts(cells[at] as Cell, measure)),
    ]),
  };
}

/** For each column of {@link tableOf} whether it holds numbers. */
export function numericColumns({ dimensions, measures }: ResultTable): boolean[] {
  return [
    ...dimensions.map(() => false),
    ...measures.flatMap((measure) => headersOf(measure).map(() => measure.kind !== "text")),
  ];
}

function headersOf({ label, interval }: Measure): string[] {
  return interval === true
    ? [label, `95% interval of ${label.slice(0, 1).toLowerCase()}${label.slice(1)}`]
    : [label];
}

function cellTexts(cell: Cell, measure: Measure): string[] {
  const text = figureText(cell, measure);
  if (measure.interval !== true) return [text];
  const interval = isInterval(cell)
    ? rangeText(numberText(cell.lower, measure), numberText(cell.upper, measure))
    : isMarked(cell)
      ? text
      : "";
  return [text, interval];
}

/** Bounds of which no more can be shown than that both are under or over something are said once. */
function rangeText(lower: string, upper: string): string {
  return lower === upper && /^(?:under|over) /.test(lower) ? lower : `${lower} to ${upper}`;
}

/** One figure as a reader is to see it: `[c]` where it is confidential. */
export function figureText(cell: Cell, measure: Measure): string {
  if (typeof cell === "string") return cell;
  if (isMarked(cell)) return `[${cell.mark}]`;
  return numberText(typeof cell === "number" ? cell : cell.value, measure);
}

function numberText(value: number, { kind, decimals = decimalsOf[kind] }: Measure): string {
  if (kind === "share") return percentText(value, decimals);
  if (kind === "count") return thousands(value);
  if (kind === "probability" && value < 0.001) return "under 0.001";
  return decimalText(value, decimals);
}
