import { type Cell, isInterval, type Result, type ResultTable } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import { counted } from "../frame/words.js";
import type { Chart } from "./chart.js";
import { decimalText } from "./number-text.js";
import { tableOf } from "./result-table.js";
import { rowSpec } from "./row-spec.js";
import { type Group, layOutRows } from "./rows.js";
import { palette } from "./theme.js";

interface Profile extends Group {
  readonly cell: Cell;
  /** Whether it is a difference of means, which an interval can tell from 0. */
  readonly isNumber: boolean;
}

const markHeight = 18;

/** Cramér’s V cannot reach 0: below this nothing is made of it. */
const unlike = 0.1;

/**
 * How unlike public and private law are, as dots with 95 % intervals; numbers and categories apart, on one scale.
 *
 * @param result - of the item `law-profile`
 * @returns undefined where no difference is shown
 */
export function lawProfileChart(result: Result): Chart | undefined {
  const table = result.tables[0] as ResultTable;
  const profiles = table.rows.map(
    ({ names: [characteristic = "", level = ""], cells }): Profile => ({
      characteristic,
      level,
      cell: cells[0] as Cell,
      isNumber: !isMarked(cells[1]) || cells[1].mark !== "z",
    }),
  );
  const shown = profiles.flatMap(({ cell, isNumber, ...group }) =>
    isInterval(cell) ? [{ ...group, isNumber, ...cell }] : [],
  );
  if (shown.length === 0) return undefined;
  const clear = shown.filter(({ isNumber, lower, upper }) =>
    isNumber ? lower > 0 || upper < 0 : lower > unlike,
  ).length;
  return {
    spec: specOf(profiles),
    title:
      clear === 0
        ? "No difference of public and private law is clear"
        : `Public and private law differ in ${clear} of ${counted(shown.length, "characteristic")}`,
    subtitle: `${table.caption}, with 95% intervals`,
    description: [
      `Dots with 95% intervals for ${counted(shown.length, "characteristic")}, on a scale with a line at 0.`,
      ...shown.map(
        ({ characteristic, level, value, lower, upper }) =>
          `${level} (${characteristic}): ${decimalText(value, 2)}, from ${decimalText(lower, 2)} to ${decimalText(upper, 2)}.`,
      ),
    ].join(" "),
    table: tableOf(table),
    notes: [
      "Right of the line a number is higher in public law, left of it in private law. Cramér’s V has no direction.",
      ...result.notes,
    ],
  };
}

function specOf(profiles: readonly Profile[]): Chart["spec"] {
  const layout = layOutRows(profiles, { markHeight, rightMargin: 28 });
  const placed = profiles.map((profile, at) => ({ ...profile, y: layout.rows[at]?.at as number }));
  const dots = placed.flatMap(({ level, cell, y }) => (isInterval(cell) ? [{ level, ...cell, y }] : []));
  const most = Math.max(0.2, ...dots.flatMap(({ lower, upper }) => [-lower, upper]));
  const least = Math.min(-0.2, ...dots.map(({ lower }) => lower));
  const hidden = placed.flatMap(({ cell, y }) =>
    isMarked(cell) ? [{ at: 0, y, text: `[${cell.mark}]` }] : [],
  );
  const scale = {
    domain: [least < -0.2 ? -most : -0.2, most] as const,
    title: "Difference: public less private law in standard deviations, or Cramér’s V",
    signed: true,
    reference: 0,
    guides: "through" as const,
  };
  return rowSpec(layout, scale, ({ across, down }) => [
    {
      data: { values: dots },
      mark: { type: "rule", strokeWidth: 2, color: palette[0] },
      encoding: { x: across("lower"), x2: { field: "upper" }, y: down("y") },
    },
    {
      data: { values: dots },
      mark: { type: "point", color: palette[0] },
      encoding: { x: across("value"), y: down("y") },
    },
    {
      data: { values: hidden },
      mark: { type: "text", align: "left", dx: 6 },
      encoding: { x: across("at"), y: down("y"), text: { field: "text", type: "nominal" } },
    },
  ]);
}
