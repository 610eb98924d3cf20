import type { Cell, Measure, ResultTable } from "../../analysis/result.js";
import { isMarked } from "../../analysis/tally.js";
import { slug } from "../../frame/text.js";
import { type CsvCell, computed } from "../../report/csv.js";
import type { OutputTable } from "../output-table.js";

/** A result's table as tidy CSV: shares as fractions, bounds in columns of their own, marks in brackets. */
export function resultTableCsv({ dimensions, measures, rows }: ResultTable): OutputTable {
  return {
    header: [...dimensions.map(slug), ...measures.flatMap(headersOf)],
    rows: rows.map(({ names, cells }) => [
      ...names,
      ...measures.flatMap((measure, at) => csvCells(cells[at] as Cell, measure)),
    ]),
  };
}

function headersOf({ key, interval }: Measure): string[] {
  return interval === true ? [key, `${key}_lower`, `${key}_upper`] : [key];
}

function csvCells(cell: Cell, { interval }: Measure): CsvCell[] {
  const value = csvCell(cell);
  if (interval !== true) return [value];
  if (isMarked(cell)) return [value, value, value];
  return typeof cell === "object" ? [value, computed(cell.lower), computed(cell.upper)] : [value, "", ""];
}

function csvCell(cell: Cell): CsvCell {
  if (typeof cell === "string") return cell;
  if (isMarked(cell)) return `[${cell.mark}]`;
  return computed(typeof cell === "number" ? cell : cell.value);
}
