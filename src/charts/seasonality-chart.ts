import { type YearOfMonths, yearsOf, yearToDate } from "../analysis/demand/seasonality-item.js";
import type { Counted } from "../analysis/item.js";
import type { Result, ResultTable } from "../analysis/result.js";
import { isMarked, type Tally } from "../analysis/tally.js";
import { sideOfOne } from "../analysis/trend-words.js";
import { counted } from "../frame/words.js";
import type { Chart } from "./chart.js";
import { headline } from "./headline.js";
import { lineChart } from "./line-chart.js";
import { decimalText } from "./number-text.js";
import { tableOf } from "./result-table.js";
import { palette } from "./theme.js";
import { monthAbbreviation, runsOf } from "./trend-lines.js";

const earlierInk = "#8A8F94";
const places = Array.from({ length: 12 }, (_, month) => month + 1);

/**
 * Each year's months as a line from January to December, the latest year in front.
 *
 * @param result - of the item `seasonality`
 * @returns undefined where no month may be shown
 */
export function seasonalityChart(result: Result, { tallies }: Counted): Chart | undefined {
  const [, units, cases] = tallies as readonly [Tally, Tally, Tally?];
  const table = result.tables[0] as ResultTable;
  const years = yearsOf(units);
  if (units.rowTotals.every(isMarked)) return undefined;
  const drawn = years.map(({ year, counts }, at) => {
    const isLatest = at === years.length - 1;
    return {
      ...runsOf(places, counts),
      label: String(year),
      colour: isLatest ? palette[0] : earlierInk,
      plain: !isLatest,
    };
  });
  const noun = result.base.unit;
  return {
    ...lineChart({
      scale: "linear",
      ticks: places.map((x) => ({ x, label: monthAbbreviation(x) })),
      panels: [
        {
          heading: `New ${noun} a month`,
          lines: drawn,
          missing: drawn.flatMap(({ missing }) => missing),
          format: ",d",
          fromZero: true,
          leastStep: 1,
        },
      ],
    }),
    title: titleOf(cases ?? units, result),
    subtitle: `New ${noun} by month and calendar year, ${result.base.period}`,
    description: `Lines by month, one a year. ${years.map(describe).join(" ")}`,
    table: tableOf(table),
    notes: [
      "The dark line with dots is the latest year, grey lines earlier ones. The vertical scale starts at zero.",
    ],
  };
}

function describe({ year, counts }: YearOfMonths): string {
  const shown = counts.flatMap((count) => (typeof count === "number" ? [count] : []));
  if (shown.length === 0) return `${year}: not shown.`;
  return `${year}: ${counted(shown.length, "month")}, from ${decimalText(Math.min(...shown), 0)} to ${decimalText(Math.max(...shown), 0)}.`;
}

function titleOf(tally: Tally, { messages }: Result): string {
  const found = yearToDate(tally);
  if (messages.length === 0 || found === undefined || isMarked(found.ratio))
    return "New work by month and year";
  const side = sideOfOne(found.ratio);
  if (side === "above") return headline(`More cases began in ${found.year} than a year before`);
  if (side === "below") return headline(`Fewer cases began in ${found.year} than a year before`);
  return "No clear difference from the year before in new cases";
}
