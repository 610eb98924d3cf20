import type { Cell, Measure, Result, ResultTable } from "./result.js";
import { isMarked } from "./tally.js";

/**
 * A result whose tables have no digits after the point in columns where every figure is whole: what was rounded to whole weeks
 * is not written as if it were known to a tenth.
 */
export function withStepDecimals(result: Result): Result {
  return { ...result, tables: result.tables.map(withoutEmptyDigits) };
}

function withoutEmptyDigits(table: ResultTable): ResultTable {
  return {
    ...table,
    measures: table.measures.map((measure, at) => {
      const figures = table.rows.flatMap(({ cells }) => figuresOf(cells[at] as Cell));
      return figures.length > 0 && figures.every((figure) => isWhole(figure, measure))
        ? { ...measure, decimals: 0 }
        : measure;
    }),
  };
}

function figuresOf(cell: Cell): number[] {
  if (typeof cell === "string" || isMarked(cell)) return [];
  return typeof cell === "number" ? [cell] : [cell.value, cell.lower, cell.upper];
}

/** Shares are shown in percent; probabilities and ratios keep their digits, which are their step. */
function isWhole(figure: number, { kind }: Measure): boolean {
  if (kind === "probability" || kind === "ratio") return false;
  const shown = kind === "share" ? figure * 100 : figure;
  return Math.abs(shown - Math.round(shown)) < 1e-9;
}
