import type { Cell, Interval95, Result, ResultTable } from "../analysis/result.js";
import { isMarked, type Marked } from "../analysis/tally.js";
import { counted } from "../frame/words.js";
import type { Chart } from "./chart.js";
import { decimalText } from "./number-text.js";
import { partsOf } from "./parts.js";
import { tableOf } from "./result-table.js";
import { rowSpec } from "./row-spec.js";
import { type Group, layOutRows } from "./rows.js";
import { palette } from "./theme.js";

/** A group and its relative rate, or why none is shown. */
interface RatedGroup extends Group {
  readonly ratio: Interval95 | Marked;
  readonly adjusted: Cell;
}

const markHeight = 18;

/** Below and above this a dot would leave the scale: the smallest and the largest that it reaches to. */
const furthest = 32;

/**
 * Relative rates as dots with 95 % intervals on a logarithmic scale, with a line at 1.
 *
 * @param result - of the item `disproportionality`
 * @returns undefined where no ratio is shown
 */
export function rateRatioChart(result: Result): Chart | undefined {
  const table = result.tables[0] as ResultTable;
  const groups = table.rows.map(({ names: [characteristic = "", level = ""], cells }): RatedGroup => {
    const [, , , ratio, adjusted] = cells;
    return {
      characteristic,
      level,
      ratio: ratio as Interval95 | Marked,
      adjusted: adjusted as Cell,
    };
  });
  const shown = groups.flatMap((group) => (isMarked(group.ratio) ? [] : [{ ...group, ...group.ratio }]));
  if (shown.length === 0) return undefined;
  return {
    spec: specOf(groups, groups),
    ...partsOf(groups, { markHeight, specOf: (part) => specOf(part, groups) }),
    title: headline(shown),
    subtitle: `${table.caption}; relative rate index with 95% intervals, logarithmic scale`,
    description: [
      `Dots with 95% intervals for ${counted(shown.length, "group")}, on a logarithmic scale with a line at 1.`,
      ...shown.map(
        ({ characteristic, level, value, lower, upper }) =>
          `${characteristic}, ${level}: ${decimalText(value, 2)}, from ${decimalText(lower, 2)} to ${decimalText(upper, 2)}.`,
      ),
    ].join(" "),
    table: tableOf(table),
    notes: [
      "Right of the line: more for each person of the population than all other groups together. Where the interval crosses the line, the rates may well be alike.",
      ...result.notes,
    ],
  };
}

type Shown = RatedGroup & Interval95;

/** As the adjusted p-values allow: the group whose interval is furthest from 1. */
function headline(shown: readonly Shown[]): string {
  const clear = shown.filter(
    ({ lower, upper, adjusted }) =>
      (lower > 1 || upper < 1) && typeof adjusted === "number" && adjusted < 0.05,
  );
  const distance = ({ lower, upper }: Interval95): number => (lower > 1 ? lower : 1 / upper);
  const [first] = [...clear].sort((a, b) => distance(b) - distance(a));
  if (first === undefined) return "No group’s rate differs clearly from the others’";
  const side = first.value > 1 ? "above" : "below";
  const told = [1, 2]
    .map((digits) => decimalText(first.value, first.value < 0.95 ? 2 : digits))
    .find((text) => Number(text) !== 1);
  return told === undefined
    ? `${first.level}: just ${side} the rate of other groups`
    : `${first.level}: ${told} times the rate of other groups`;
}

const allTicks = [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16, 32];

function specOf(groups: readonly RatedGroup[], all: readonly RatedGroup[]): Chart["spec"] {
  const layout = layOutRows(groups, { markHeight, rightMargin: 28, alignWith: all });
  const reach = reachOf(all);
  const domain = [1 / reach, reach] as const;
  const inside = (value: number): number => Math.min(reach, Math.max(1 / reach, value));
  const placed = groups.map((group, at) => ({ ...group, y: layout.rows[at]?.at as number }));
  const dots = placed.flatMap(({ characteristic, level, ratio, y }) =>
    isMarked(ratio) ? [] : [{ characteristic, level, ...ratio, y }],
  );
  const lines = dots.map(({ lower, upper, y }) => ({ from: inside(lower), to: inside(upper), y }));
  // Beyond the scale, such as 0: an arrow at its end, with the number.
  const beyond = dots.filter(({ value }) => inside(value) !== value);
  const texts = [
    ...placed.flatMap(({ ratio, y }) => (isMarked(ratio) ? [{ at: 1, y, text: `[${ratio.mark}]` }] : [])),
    ...beyond.map(({ value, y }) => ({ at: inside(value), y, text: decimalText(value, 2) })),
  ];
  const scale = {
    domain,
    title: "Relative rate index (1: the same rate as all other groups)",
    log: true,
    ticks: allTicks.filter((tick) => tick >= domain[0] && tick <= domain[1]),
    format: "~r",
    reference: 1,
    guides: "through" as const,
  };
  return rowSpec(layout, scale, ({ across, down }) => [
    {
      data: { values: lines },
      mark: { type: "rule", strokeWidth: 2, color: palette[0] },
      encoding: { x: across("from"), x2: { field: "to" }, y: down("y") },
    },
    {
      data: { values: dots.filter((dot) => !beyond.includes(dot)) },
      mark: { type: "point", color: palette[0] },
      encoding: { x: across("value"), y: down("y") },
    },
    {
      data: { values: texts },
      mark: { type: "text", align: "left", dx: 6 },
      encoding: { x: across("at"), y: down("y"), text: { field: "text", type: "nominal" } },
    },
  ]);
}

/** The smallest power of 2 that holds all intervals on both sides of 1, within limits. */
function reachOf(groups: readonly RatedGroup[]): number {
  let reach = 2;
  const outside = (): boolean =>
    groups.some(({ ratio }) => !isMarked(ratio) && (ratio.upper > reach || ratio.lower < 1 / reach));
  while (reach < furthest && outside()) reach *= 2;
  return reach;
}
