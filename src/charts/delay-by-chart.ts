import { isInterval, type Result, type ResultTable } from "../analysis/result.js";
import { counted } from "../frame/words.js";
import type { Chart } from "./chart.js";
import { dotIntervals } from "./dot-interval-chart.js";
import { headline } from "./headline.js";
import { signedText } from "./number-text.js";
import { tableOf } from "./result-table.js";

/**
 * How many weeks longer or shorter each group's cases last than the others', as dots with 95 % intervals.
 *
 * @param result - of the item `delay-by`
 * @returns undefined where no difference is shown
 */
export function delayByChart(result: Result): Chart | undefined {
  const table = result.tables[0] as ResultTable;
  const rows = table.rows.flatMap(
    ({ names: [characteristic = "", level = ""], cells: [cell, , , adjusted] }) =>
      cell === undefined || typeof cell === "string" ? [] : [{ characteristic, level, cell, adjusted }],
  );
  const shown = rows.flatMap(({ cell, ...group }) => (isInterval(cell) ? [{ ...group, ...cell }] : []));
  if (shown.length === 0) return undefined;
  const lower = Math.min(0, ...shown.map((row) => row.lower));
  const upper = Math.max(0, ...shown.map((row) => row.upper));
  const room = (upper - lower) * 0.05;
  const weeks = (value: number): string => signedText(value, table.measures[0]?.decimals);
  // Some intervals leave out 0 by chance: only what stays after adjustment is clear.
  const clear = shown.filter(
    ({ lower: from, upper: to, adjusted }) =>
      (from > 0 || to < 0) && typeof adjusted === "number" && adjusted < 0.05,
  );
  return {
    ...dotIntervals({
      rows,
      scale: {
        domain: [lower - room, upper + room],
        title: "Weeks longer (right of the line) or shorter than all others",
        signed: true,
        reference: 0,
      },
      text: weeks,
    }),
    title: headlineOf(clear.length, shown.length),
    subtitle: `${table.caption}, with 95% intervals`,
    description: [
      `Dots with 95% intervals for ${counted(shown.length, "group")}, on a scale of weeks with a line at 0.`,
      clear.length === 0
        ? "No difference is clear, allowing for the number of groups."
        : "Clear differences:",
      ...clear.map(
        (row) =>
          `${row.characteristic}, ${row.level}: ${weeks(row.value)}, from ${weeks(row.lower)} to ${weeks(row.upper)}.`,
      ),
    ].join(" "),
    table: tableOf(table),
    notes: [
      "Each group is set against all others of which the characteristic is known. [x]: too few to compare; [c]: confidential.",
    ],
  };
}

function headlineOf(clear: number, shown: number): string {
  return clear === 0
    ? "No group clearly waits longer than others"
    : headline(`Waits differ clearly for ${clear} of ${counted(shown, "group")}`);
}
