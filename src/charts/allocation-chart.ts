import type { Cell, Interval95, Result, ResultTable } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import { counted } from "../frame/words.js";
import type { Chart } from "./chart.js";
import { levelBars } from "./level-bars-chart.js";
import { percentText } from "./number-text.js";
import { tableOf } from "./result-table.js";

/**
 * Open units without a practitioner as bars, by law type and area: the share, whose table has the numbers.
 *
 * @param result - of the item `allocation`
 * @returns undefined where no share is shown
 */
export function allocationChart(result: Result): Chart | undefined {
  const table = result.tables[0] as ResultTable;
  const rows = table.rows.map(({ names: [characteristic = "", level = ""], cells }) => ({
    characteristic,
    level,
    cells: [cells[2] as Exclude<Cell, string>],
  }));
  const shown = rows.flatMap(({ level, cells: [cell] }) =>
    cell === undefined || isMarked(cell)
      ? []
      : [{ level, value: typeof cell === "number" ? cell : cell.value }],
  );
  const all = rows[0]?.cells[0];
  const noun = table.measures[1]?.key === "open_cases" ? "cases" : "children";
  if (shown.length === 0) return undefined;
  return {
    ...levelBars({ panels: [""], kind: "share", rows }),
    title:
      all === undefined || isMarked(all)
        ? `Open ${noun} without a practitioner`
        : `${percentText(shareOf(all), 1)} of open ${noun} have no practitioner yet`,
    subtitle: `${table.caption}, percent with 95% intervals`,
    description: [
      `Bars for ${counted(shown.length, "group")}: the percentage without a practitioner.`,
      ...shown.slice(0, 12).map(({ level, value }) => `${level}: ${percentText(value, 1)}.`),
      ...(shown.length > 12 ? [`${shown.length - 12} more in the table.`] : []),
    ].join(" "),
    table: tableOf(table),
    notes: result.notes,
  };
}

function shareOf(cell: number | Interval95): number {
  return typeof cell === "number" ? cell : cell.value;
}
