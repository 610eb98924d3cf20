import type { Result, ResultTable } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import type { Chart } from "./chart.js";
import { barsNote, cellText, levelRows } from "./law-type-bars.js";
import { type BarRow, levelBars } from "./level-bars-chart.js";
import { tableOf } from "./result-table.js";

/**
 * The share with an earlier application, among all and by law type: a bar each.
 *
 * @returns undefined where no figure may be shown
 */
export function repeatChart({ tables, base }: Result): Chart | undefined {
  const [table] = tables as [ResultTable];
  const rows = levelRows(table)
    .filter(({ level }) => level === "Yes")
    .map(({ law, share }): BarRow => ({ characteristic: "Law type", level: law, cells: [share] }));
  const all = rows[0]?.cells[0];
  if (all === undefined || rows.every(({ cells: [cell] }) => isMarked(cell))) return undefined;
  return {
    ...levelBars({ panels: [""], kind: "share", rows }),
    title: isMarked(all)
      ? "Earlier applications by law type"
      : `${cellText(all)} of ${base.unit} had an earlier application, where known`,
    subtitle: `Percentage of ${base.unit} with an earlier application, of those for whom it is known, ${base.period}, with 95% intervals`,
    description: `Bars by law type. ${rows.map(({ level, cells: [cell] }) => `${level} ${cellText(cell)}`).join(", ")}.`,
    table: tableOf(table),
    notes: [barsNote],
  };
}
