import { type BacklogPoint, backlogPoints } from "../analysis/demand/backlog-item.js";
import type { Counted } from "../analysis/item.js";
import type { Result, ResultTable } from "../analysis/result.js";
import { type Count, isMarked } from "../analysis/tally.js";
import { countText, longDate } from "../analysis/words.js";
import type { Chart } from "./chart.js";
import { headline } from "./headline.js";
import { lineChart } from "./line-chart.js";
import type { LinePanel } from "./lines.js";
import { tableOf } from "./result-table.js";
import { mostBands, stackedSpec } from "./stacked-bands-chart.js";
import { palette } from "./theme.js";
import { monthTicks, runsOf } from "./trend-lines.js";

/**
 * Those open at each month's end by weeks since their case began: areas on top of each other, or a plot for each band where
 * there are more than four or a figure is not shown.
 *
 * @param result - of the item `backlog`
 * @returns undefined where no month's end may be shown, or there is one
 */
export function backlogChart(result: Result, counted: Counted): Chart | undefined {
  const points = backlogPoints(counted);
  if (points.length < 2 || points.every(({ bands }) => bands.every(({ count }) => isMarked(count))))
    return undefined;
  const noun = result.base.unit;
  return {
    ...pictureOf(points, noun),
    title: titleOf(points, result, noun),
    subtitle: `Open ${noun} at each month’s end by weeks since their case began, ${result.base.period}`,
    description: describe(points),
    table: tableOf(result.tables[0] as ResultTable),
    notes: ["The vertical scale starts at zero."],
  };
}

function pictureOf(points: readonly BacklogPoint[], noun: string): Pick<Chart, "spec" | "parts"> {
  const ticks = monthTicks(points.map(({ month }) => month));
  const labels = (points[0] as BacklogPoint).bands.map(({ label }) => label);
  const column = (band: number): Count[] => points.map(({ bands }) => bands[band]?.count as Count);
  const values = labels.map((_, band) => column(band));
  const isWhole = (counts: readonly Count[]): counts is readonly number[] => !counts.some(isMarked);
  if (labels.length <= mostBands && values.every(isWhole)) {
    const bands = labels.map((label, band) => ({ label, values: values[band] as readonly number[] }));
    return { spec: stackedSpec({ heading: `Open ${noun} at month’s end`, ticks, bands }) };
  }
  const along = ticks.map(({ x }) => x);
  const panels = labels.map((label, band): LinePanel => {
    const last = values[band]?.at(-1);
    return {
      heading: label,
      lines: [
        {
          label: typeof last === "number" ? countText(last) : "",
          colour: palette[0],
          runs: runsOf(along, values[band] as Count[]).runs,
        },
      ],
      missing: runsOf(along, values[band] as Count[]).missing,
      format: ",d",
      fromZero: true,
      leastStep: 1,
    };
  });
  return lineChart({ ticks, scale: "utc", panels });
}

/** That it ages only where the share over the threshold grew by more than chance; otherwise the plain sizes. */
function titleOf(points: readonly BacklogPoint[], { messages }: Result, noun: string): string {
  const change = messages.find((message) => message.headline !== undefined)?.headline;
  if (change !== undefined) return change;
  const last = points.at(-1)?.total;
  return typeof last === "number"
    ? headline(`${countText(last)} open ${noun} at the last month’s end`)
    : `Open ${noun} by weeks so far`;
}

function describe(points: readonly BacklogPoint[]): string {
  const told = [points[0], points.at(-1)].flatMap((point) => (point === undefined ? [] : [point]));
  return told
    .map(
      ({ month, total, bands }) =>
        `End of ${monthName(month)}: ${countText(total)} open, ${bands.map(({ label, count }) => `${label.toLowerCase()} ${countText(count)}`).join(", ")}.`,
    )
    .join(" ");
}

/** `2026-05` as "May 2026". */
function monthName(key: string): string {
  return longDate(`${key}-01`).slice(2);
}
