import { changeBetween, exportDates } from "../analysis/demand/over-time-item.js";
import type { Counted } from "../analysis/item.js";
import type { Cell, MeasureKind, Result } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import { longDate } from "../analysis/words.js";
import type { Chart } from "./chart.js";
import { headline } from "./headline.js";
import { lineChart } from "./line-chart.js";
import type { LinePanel } from "./lines.js";
import { figureText, tableOf } from "./result-table.js";
import { palette } from "./theme.js";
import { runsOf, timeOf } from "./trend-lines.js";

interface Drawn {
  readonly label: string;
  readonly kind: MeasureKind;
  readonly cells: readonly Exclude<Cell, string>[];
}

/**
 * Open caseload, shares that have waited and share without a practitioner at each export's date, a plot each.
 *
 * @param result - of the item `over-time`
 * @returns undefined where nothing may be shown
 */
export function overTimeChart(result: Result, counted: Counted): Chart | undefined {
  const dates = exportDates(counted);
  const drawn = result.tables.flatMap(({ rows, measures }): Drawn[] =>
    [...new Set(rows.map(({ names }) => names[0] as string))].map((label) => ({
      label,
      kind: measures[0]?.kind as MeasureKind,
      cells: rows
        .filter(({ names }) => names[0] === label)
        .map(({ cells }) => cells[0] as Drawn["cells"][number]),
    })),
  );
  const shown = drawn.filter(({ cells }) => cells.some((cell) => !isMarked(cell)));
  if (shown.length === 0) return undefined;
  const along = dates.map(timeOf);
  const [table] = result.tables;
  return {
    ...lineChart({
      ticks: dates.map((date, at) => ({ x: along[at] as number, label: shortDate(date) })),
      scale: "utc",
      panels: shown.map((one) => panelOf(one, along)),
    }),
    title: titleOf(drawn),
    subtitle: `Open caseload and what share of it has waited, by date of export, ${result.base.period}`,
    description: shown.map((one) => describe(one, dates)).join(" "),
    table: tableOf((result.tables[1] ?? table) as NonNullable<typeof table>),
    notes: ["Vertical lines are 95% intervals. Every scale starts at zero."],
  };
}

function panelOf({ label, kind, cells }: Drawn, along: readonly number[]): LinePanel {
  const { runs, missing } = runsOf(along, cells);
  const last = cells.at(-1) as Cell;
  const isShare = kind === "share";
  return {
    heading: isShare ? `${label}, % of open` : label,
    lines: [{ label: isMarked(last) ? "" : figure(last, kind), colour: palette[0], runs }],
    missing,
    format: isShare ? ".0%" : ",d",
    fromZero: true,
    leastStep: isShare ? 0.01 : 1,
  };
}

function figure(cell: Cell, kind: MeasureKind): string {
  return figureText(cell, { key: "", label: "", kind });
}

/** "16 Nov 2026". */
function shortDate(iso: string): string {
  const [day, month, year] = longDate(iso).split(" ") as [string, string, string];
  return `${day} ${month.slice(0, 3)} ${year}`;
}

/** Of the shares that changed by more than chance, the longest wait's. */
function titleOf(drawn: readonly Drawn[]): string {
  const changed = drawn
    .filter(({ label, kind }) => kind === "share" && label.startsWith("Over"))
    .map(({ label, cells }) => ({ label, change: changeBetween(cells[0], cells.at(-1)) }));
  const found = changed.findLast(({ change }) => change === "up" || change === "down");
  if (found === undefined)
    return changed.some(({ change }) => change === "none")
      ? "No clear change in how long open cases waited"
      : "Open cases by date of export";
  return headline(
    `A ${found.change === "up" ? "larger" : "smaller"} share has waited ${found.label.toLowerCase()}`,
  );
}

function describe({ label, kind, cells }: Drawn, dates: readonly string[]): string {
  return `${label}: ${cells.map((cell, at) => `${figure(cell, kind)} on ${longDate(dates[at] as string)}`).join(", ")}.`;
}
