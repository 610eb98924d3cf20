import type { Counted } from "../analysis/item.js";
import { type Cell, isInterval, type Result, type ResultTable } from "../analysis/result.js";
import { type Count, isMarked, type Tally } from "../analysis/tally.js";
import { sideOfOne } from "../analysis/trend-words.js";
import type { Chart } from "./chart.js";
import { lineChart } from "./line-chart.js";
import type { LinePanel } from "./lines.js";
import { decimalText, signedText } from "./number-text.js";
import { figureText, tableOf } from "./result-table.js";
import { palette } from "./theme.js";
import { monthTicks, runsOf } from "./trend-lines.js";

/**
 * What begins and what ends each month as two lines, and below them the difference as bars.
 *
 * @param result - of the item `flow`
 * @returns undefined where no month may be shown
 */
export function flowChart(result: Result, { tallies }: Counted): Chart | undefined {
  const [table, clearance] = result.tables as [ResultTable, ResultTable?];
  const all = table.rows.filter(({ names }) => names[0] === table.rows[0]?.names[0]);
  const column = (at: number): Count[] => all.map(({ cells }) => cells[at] as Count);
  const [begun, ended, net] = [column(0), column(1), column(2)];
  if ([...begun, ...ended].every(isMarked)) return undefined;
  const months = (tallies[1] as Tally).rows.levels.map(({ key }) => key);
  const ticks = monthTicks(months);
  const along = ticks.map(({ x }) => x);
  const [into, out] = [runsOf(along, begun), runsOf(along, ended)];
  const noun = result.base.unit;
  const panels: LinePanel[] = [
    {
      heading: `New and ended ${noun} a month`,
      lines: [
        { label: `New ${lastText(begun)}`, colour: palette[0], runs: into.runs },
        { label: `Ended ${lastText(ended)}`, colour: palette[3], runs: out.runs },
      ],
      missing: [...into.missing, ...out.missing],
      format: ",d",
      fromZero: true,
      leastStep: 1,
    },
    {
      heading: "New less ended: the backlog grew (above zero) or shrank (below)",
      lines: [],
      bars: net.flatMap((value, at) => (isMarked(value) ? [] : [{ x: along[at] as number, value }])),
      missing: net.flatMap((value, at) =>
        isMarked(value) ? [{ x: along[at] as number, text: `[${value.mark}]` }] : [],
      ),
      format: ",d",
      fromZero: true,
      leastStep: 1,
    },
  ];
  const ratio = clearance?.rows[0]?.cells[2];
  return {
    ...lineChart({ ticks, scale: "utc", panels }),
    title: titleOf(ratio),
    subtitle: `New and ended ${noun} a month, and the difference, ${result.base.period}`,
    description:
      `${describe("New", begun)} ${describe("Ended", ended)} ${netText(net, noun)} ${clearanceText(ratio)}`.trim(),
    table: tableOf(table),
    notes: ["Both scales include zero; bars start at it."],
  };
}

function lastText(counts: readonly Count[]): string {
  const last = counts.at(-1);
  return typeof last === "number" ? decimalText(last, 0) : "";
}

function titleOf(ratio: Cell | undefined): string {
  const side = sideOfOne(ratio);
  if (side === "above") return "More cases ended than began";
  if (side === "below") return "Fewer cases ended than began";
  return isInterval(ratio)
    ? "No clear difference between cases ended and begun"
    : "What began and what ended by month";
}

function describe(name: string, counts: readonly Count[]): string {
  const shown = counts.flatMap((count) => (isMarked(count) ? [] : [count]));
  if (shown.length === 0) return `${name}: not shown.`;
  return `${name}: from ${decimalText(Math.min(...shown), 0)} to ${decimalText(Math.max(...shown), 0)} a month, the latest ${lastText(counts) || "not shown"}.`;
}

function netText(net: readonly Count[], noun: string): string {
  const shown = net.flatMap((count) => (isMarked(count) ? [] : [count]));
  if (shown.length < net.length) return "The difference is not shown for every month.";
  const sum = shown.reduce((total, count) => total + count, 0);
  return `The difference over all months is ${signedText(sum, 0)} ${noun}.`;
}

function clearanceText(ratio: Cell | undefined): string {
  if (!isInterval(ratio)) return "";
  const measure = { key: "", label: "", kind: "ratio" as const };
  return `${figureText(ratio, measure)} cases ended for each new one, 95% interval ${figureText(ratio.lower, measure)} to ${figureText(ratio.upper, measure)}.`;
}
