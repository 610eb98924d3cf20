import { type Cell, isInterval, type Result, type ResultTable } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import type { Chart, Spec } from "./chart.js";
import { percentText } from "./number-text.js";
import { pictureFrame } from "./picture-frame.js";
import { tableOf } from "./result-table.js";
import { palette, pictureWidth } from "./theme.js";

interface Cohort {
  readonly label: string;
  readonly cell: Cell | undefined;
  readonly mature: boolean;
}

const left = 60;
const right = 30;
const plotHeight = 260;

/**
 * The share still open after 26 weeks by the quarter in which cases began: a line through mature quarters with intervals,
 * hollow points for those not followed long enough.
 *
 * @param result - of the item `start-cohorts`
 * @returns undefined where fewer than two quarters have a share
 */
export function cohortsChart(result: Result): Chart | undefined {
  const table = result.tables[0] as ResultTable;
  const cohorts = table.rows.map(
    ({ names: [label = ""], cells }): Cohort => ({ label, cell: cells[0], mature: cells[2] !== "immature" }),
  );
  const shown = cohorts.flatMap(({ cell, ...cohort }) => (isInterval(cell) ? [{ ...cohort, ...cell }] : []));
  if (shown.length < 2) return undefined;
  const digits = table.measures[0]?.decimals ?? 1;
  const percent = (share: number): string => percentText(share, digits);
  return {
    spec: specOf(cohorts),
    title: titleOf(result),
    subtitle: `${table.caption}, with 95% intervals`,
    description: [
      "Line of the share still open after 26 weeks, by the quarter in which cases began.",
      ...shown.map(
        ({ label, mature, value, lower, upper }) =>
          `${label}: ${percent(value)}, from ${percent(lower)} to ${percent(upper)}${mature ? "" : ", not yet followed for 26 weeks"}.`,
      ),
    ].join(" "),
    table: tableOf(table),
    notes: ["Hollow points are immature: not all cases of the quarter have been followed for 26 weeks yet."],
  };
}

/** Only what was tested: fewer mature quarters tell of no change, and of none that is lacking. */
function titleOf({ messages: [told] }: Result): string {
  if (told === undefined) return "Share still open after 26 weeks, by start quarter";
  return told.headline ?? "No clear change in share still open after 26 weeks";
}

/** "January to March 2026" in two lines. */
function tickOf(label: string): string[] {
  const parts = /^(\w{3})\w* to (\w{3})\w* (\d{4})$/.exec(label);
  return parts === null ? [label] : [`${parts[1]} to ${parts[2]}`, parts[3] as string];
}

function specOf(cohorts: readonly Cohort[]): Spec {
  const width = pictureWidth - left - right;
  const placed = cohorts.map((cohort, at) => ({ ...cohort, x: ((at + 0.5) * width) / cohorts.length }));
  const points = placed.flatMap(({ cell, label, mature, x }) =>
    isInterval(cell) ? [{ label, mature, x, ...cell }] : [],
  );
  const reach = Math.min(1, Math.max(...points.map(({ upper }) => upper)) * 1.15);
  const x = {
    field: "x",
    type: "quantitative" as const,
    scale: { domain: [0, width], nice: false, zero: false },
    axis: null,
  };
  const across = { field: "x", type: "quantitative" as const };
  const y = {
    field: "value",
    type: "quantitative" as const,
    scale: { domain: [0, reach], nice: false },
    axis: { title: null, format: ".0%", tickCount: 5 },
  };
  const down = (field: string) => ({ field, type: "quantitative" as const });
  const crowded = cohorts.length > 7;
  const ticks = placed.flatMap(({ label, x: at }, place) =>
    crowded && place % Math.ceil(cohorts.length / 7) !== 0
      ? []
      : tickOf(label).map((text, line) => ({ text, x: at, y: plotHeight + 18 + line * 19 })),
  );
  const marks = placed.flatMap(({ cell, x: at }) =>
    isMarked(cell) ? [{ x: at, value: 0, text: `[${cell.mark}]` }] : [],
  );
  return {
    ...pictureFrame({ left, right, top: 20, bottom: 56, height: plotHeight }),
    layer: [
      {
        data: { values: points.filter(({ mature }) => mature) },
        mark: { type: "line", color: palette[0], strokeWidth: 3 },
        encoding: { x, y },
      },
      {
        data: { values: points },
        mark: { type: "rule", color: palette[0], strokeWidth: 2 },
        encoding: { x: across, y: down("lower"), y2: { field: "upper" } },
      },
      {
        data: { values: points.filter(({ mature }) => mature) },
        mark: { type: "point", color: palette[0], size: 90 },
        encoding: { x: across, y: down("value") },
      },
      {
        data: { values: points.filter(({ mature }) => !mature) },
        mark: { type: "point", filled: true, fill: "white", stroke: palette[0], strokeWidth: 2, size: 90 },
        encoding: { x: across, y: down("value") },
      },
      {
        data: {
          values: (crowded ? points.filter((_, at) => at === 0 || at === points.length - 1) : points).map(
            ({ x: at, upper, value, mature }) => ({
              x: at,
              upper,
              text: `${percentText(value)}${mature ? "" : " so far"}`,
            }),
          ),
        },
        mark: { type: "text", dy: -12 },
        encoding: { x: across, y: down("upper"), text: { field: "text", type: "nominal" } },
      },
      {
        data: { values: marks },
        mark: { type: "text", dy: -12 },
        encoding: { x: across, y: down("value"), text: { field: "text", type: "nominal" } },
      },
      ...ticks.map(({ text, x: at, y: below }) => ({
        data: { values: [{ text, x: at }] },
        mark: { type: "text" as const },
        encoding: { x: across, y: { value: below }, text: { field: "text", type: "nominal" as const } },
      })),
    ],
  };
}
