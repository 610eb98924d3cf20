import type { Result, ResultTable } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import { thousands } from "../frame/words.js";
import type { Chart } from "./chart.js";
import { type BarRow, levelBars } from "./level-bars-chart.js";
import { tableOf } from "./result-table.js";

/** Rows read, units, and how many of these may be sampled or not, and why: bars of counts. */
export function cohortFlowChart({ tables, base }: Result): Chart {
  const [table] = tables as [ResultTable];
  const rows = table.rows.map(
    ({ names: [characteristic, level], cells }): BarRow => ({
      characteristic: characteristic as string,
      level: level as string,
      cells: [cells[0] as BarRow["cells"][number]],
    }),
  );
  const told = rows.map(({ level, cells: [cell] }) => `${level} ${shownCount(cell)}`);
  return {
    ...levelBars({ panels: [""], kind: "count", rows }),
    title: titleOf(table, base),
    subtitle: `Number of ${hasRows(table) ? "rows and " : ""}${base.unit} in the export, ${base.period}`,
    description: `Bars of counts. ${told.join(", ")}.`,
    table: tableOf(table),
    notes: [
      "Bars start at zero. Everyone who may not be sampled is counted once, under the first reason that applies.",
    ],
  };
}

/** A publishable edition counts no rows. */
function hasRows({ rows }: ResultTable): boolean {
  return rows.some(({ names }) => names[1] === "Rows read");
}

function shownCount(cell: BarRow["cells"][number] | undefined): string {
  if (cell === undefined || isMarked(cell)) return "not shown";
  return thousands(typeof cell === "number" ? cell : cell.value);
}

function titleOf({ rows }: ResultTable, { units, unit: baseUnit }: Result["base"]): string {
  const unit = baseUnit;
  const may = rows.find(({ names }) => names[1] === "May be sampled")?.cells[0];
  if (typeof may !== "number" || isMarked(units)) return `Not all ${unit} may be sampled`;
  if (may === units) return `All ${thousands(units)} ${unit} may be sampled`;
  return `${thousands(may)} of ${thousands(units)} ${unit} may be sampled`;
}
