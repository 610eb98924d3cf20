import { leastForLimits } from "../analysis/control-limits.js";
import type { Counted } from "../analysis/item.js";
import { type Cell, isInterval, type Result, type ResultRow, type ResultTable } from "../analysis/result.js";
import { isMarked, type Tally } from "../analysis/tally.js";
import { capital } from "../frame/labels.js";
import { counted } from "../frame/words.js";
import type { Chart } from "./chart.js";
import { headline } from "./headline.js";
import { lineChart } from "./line-chart.js";
import type { LinePanel } from "./lines.js";
import { decimalText } from "./number-text.js";
import { figureText, tableOf } from "./result-table.js";
import { palette } from "./theme.js";
import { monthTicks, runsOf, signNotes, stretchesOf } from "./trend-lines.js";

/** What is drawn of all, public and private law each. */
interface Drawn {
  readonly name: string;
  readonly counts: readonly Exclude<Cell, string>[];
  readonly signs: readonly (readonly string[])[];
  /** Mean, lower and upper limit. */
  readonly limits: readonly Cell[];
}

/**
 * New children or cases a month with mean and limits, a plot for all and for each of the first two law types.
 *
 * @param result - of the item `demand`
 * @returns undefined where no month may be shown
 */
export function demandChart(result: Result, { tallies }: Counted): Chart | undefined {
  const [table, limits] = result.tables as [ResultTable, ResultTable];
  const months = (tallies[1] as Tally).rows.levels.map(({ key }) => key);
  const groups = limits.rows.slice(0, 3).map((row) => drawnOf(table, row));
  if (groups.every(({ counts }) => counts.every(isMarked))) return undefined;
  const ticks = monthTicks(months);
  const noun = table.measures[0]?.label.toLowerCase() as string;
  const limited = groups.some(({ limits: [mean] }) => typeof mean === "number");
  return {
    ...lineChart({ ticks, scale: "utc", panels: groups.map((group) => panelOf(group, ticks)) }),
    title: titleOf(groups[0] as Drawn, table, months),
    subtitle: `${capital(noun)} a month${limited ? " with mean and limits" : ""}, by law type, ${result.base.period}`,
    description: groups.map((group) => describe(group, noun)).join(" "),
    table: tableOf(table),
    notes: limited
      ? signNotes
      : [
          months.length < leastForLimits
            ? "Too few months for limits."
            : "No limits: they need every month, and some are not shown.",
          signNotes[1] as string,
        ],
  };
}

function drawnOf(table: ResultTable, { names, cells: limits }: ResultRow): Drawn {
  const rows = table.rows.filter((row) => row.names[0] === names[0]);
  return {
    name: names[0] as string,
    counts: rows.map(({ cells }) => cells[0] as Exclude<Cell, string>),
    signs: rows.map(({ cells }) => {
      const text = cells.at(-1);
      return typeof text === "string" && text !== "none" ? text.split("; ") : [];
    }),
    limits,
  };
}

function panelOf(
  { name, counts, signs, limits }: Drawn,
  ticks: readonly { readonly x: number }[],
): LinePanel {
  const along = ticks.map(({ x }) => x);
  const { runs, missing } = runsOf(
    along,
    counts,
    signs.map((held) => (held.length > 0 ? ("sign" as const) : undefined)),
  );
  const last = counts.at(-1);
  const labels = ["Mean", "Lower limit", "Upper limit"];
  return {
    heading: name,
    lines: [{ label: typeof last === "number" ? decimalText(last, 0) : "", colour: palette[0], runs }],
    levels: limits.flatMap((value, at) =>
      typeof value === "number" ? [{ value, label: `${labels[at]} ${decimalText(value, 0)}` }] : [],
    ),
    stretches: stretchesOf(along, signs),
    missing,
    format: ",d",
    fromZero: false,
    leastStep: 1,
  };
}

/** Only what a rule, or the interval of a ratio, bears out. */
function titleOf({ signs, limits }: Drawn, table: ResultTable, months: readonly string[]): string {
  const noun = table.measures[0]?.label as string;
  const held = signs.at(-1) ?? [];
  const told: readonly (readonly [string, string])[] = [
    ["above upper limit", `${noun}: the latest month is above the upper limit`],
    ["below lower limit", `${noun}: the latest month is below the lower limit`],
    ["rising run", `${noun} have risen seven months in a row`],
    ["falling run", `${noun} have fallen seven months in a row`],
    ["run above mean", `${noun}: seven months or more above the mean`],
    ["run below mean", `${noun}: seven months or more below the mean`],
    ["near upper limit", `${noun}: two of three months near the upper limit`],
    ["near lower limit", `${noun}: two of three months near the lower limit`],
  ];
  const sign = told.find(([words]) => held.includes(words))?.[1];
  if (sign !== undefined) return headline(sign);
  const all = table.rows.filter(({ names }) => names[0] === table.rows[0]?.names[0]);
  const ratio = all.at(-1)?.cells[table.measures.findIndex(({ key }) => key === "ratio_to_year_before")];
  if (isInterval(ratio) && ratio.lower > 1) return "More new cases in the latest month than last year";
  if (isInterval(ratio) && ratio.upper < 1) return "Fewer new cases in the latest month than last year";
  if (months.length < leastForLimits)
    return headline(`${noun} a month: ${counted(months.length, "month")}, too few for limits`);
  if (typeof limits[0] !== "number") return headline(`${noun} a month: no limits, as some are hidden`);
  return headline(`${noun} a month: no clear change of late`);
}

function describe({ name, counts, signs, limits: [mean, lower, upper] }: Drawn, noun: string): string {
  const measure = { key: "", label: "", kind: "count" as const };
  const shown = counts.flatMap((count) => (typeof count === "number" ? [count] : []));
  if (shown.length === 0) return `${name}: not shown.`;
  const range = `from ${decimalText(Math.min(...shown), 0)} to ${decimalText(Math.max(...shown), 0)} ${noun} a month, the latest ${figureText(counts.at(-1) as Cell, measure)}`;
  const held = [...new Set(signs.flat())];
  const limited =
    typeof mean === "number" && typeof upper === "number"
      ? `; mean ${decimalText(mean, 0)}, limits ${typeof lower === "number" ? `${decimalText(lower, 0)} to ${decimalText(upper, 0)}` : `up to ${decimalText(upper, 0)}`}; signs: ${held.length === 0 ? "none" : held.join(", ")}`
      : "";
  return `${name}: ${range}${limited}.`;
}
