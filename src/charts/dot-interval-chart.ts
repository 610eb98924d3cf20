import type { Cell, Interval95 } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import type { Chart, Spec } from "./chart.js";
import { demand, demandGroups } from "./check-numbers.js";
import { partsOf } from "./parts.js";
import { type RowScale, rowSpec } from "./row-spec.js";
import { type Group, layOutRows } from "./rows.js";
import { textWidth } from "./text-width.js";
import { palette, textSize } from "./theme.js";

/** A figure with its interval, a figure alone, or why there is none. */
export interface DotRow extends Group {
  readonly cell: Exclude<Cell, string>;
}

export interface DotIntervals {
  /** In the order of the picture; those of one characteristic next to each other. */
  readonly rows: readonly DotRow[];
  readonly scale: Omit<RowScale, "guides">;
  /** A figure as it stands beside its dot. */
  readonly text: (value: number) => string;
}

const markHeight = 18;
const labelGap = 8;

/**
 * Dots with their intervals, a row each, and each dot's figure right of it.
 *
 * @throws CasedrawError `CHART_DATA_INVALID` if there is no row, or an interval does not hold its figure or is not finite
 */
export function dotIntervals(dots: DotIntervals): Pick<Chart, "spec" | "parts"> {
  refuseBad(dots.rows);
  const specOf = (part: readonly DotRow[]): Spec => dotSpec(part, dots);
  return { spec: specOf(dots.rows), ...partsOf(dots.rows, { markHeight, specOf }) };
}

function refuseBad(rows: readonly DotRow[]): void {
  demandGroups(rows);
  for (const row of rows) {
    for (const { value, lower, upper } of figureOf(row.cell)) {
      demand(lower <= value, "an interval starts at or below its figure", lower, row);
      demand(upper >= value, "an interval ends at or above its figure", upper, row);
      demand(Number.isFinite(upper - lower), "the ends of an interval are finite numbers", upper, row);
    }
  }
}

function figureOf(cell: DotRow["cell"]): Interval95[] {
  if (isMarked(cell)) return [];
  return typeof cell === "number" ? [{ value: cell, lower: cell, upper: cell }] : [cell];
}

function dotSpec(part: readonly DotRow[], { rows: all, scale, text }: DotIntervals): Spec {
  const labels = all.flatMap(({ cell }) => figureOf(cell).map(({ value }) => text(value)));
  const widest = Math.max(0, ...labels.map((label) => textWidth(label, { size: textSize })));
  const layout = layOutRows(part, {
    markHeight,
    rightMargin: Math.ceil(widest) + labelGap + 4,
    alignWith: all,
  });
  const values = part.flatMap(({ characteristic, level, cell }, at) =>
    figureOf(cell).map((figure) => ({
      characteristic,
      level,
      ...figure,
      y: layout.rows[at]?.at as number,
    })),
  );
  const texts = part.map(({ cell }, at) => {
    const [figure] = figureOf(cell);
    return {
      end: figure?.upper ?? scale.domain[0],
      text: figure === undefined ? `[${isMarked(cell) ? cell.mark : ""}]` : text(figure.value),
      y: layout.rows[at]?.at as number,
    };
  });
  return rowSpec(layout, { ...scale, guides: "through" }, ({ across, down }) => [
    {
      data: { values },
      mark: { type: "rule", strokeWidth: 2, color: palette[0] },
      encoding: { x: across("lower"), x2: { field: "upper" }, y: down("y") },
    },
    {
      data: { values },
      mark: { type: "point", color: palette[0] },
      encoding: { x: across("value"), y: down("y") },
    },
    {
      data: { values: texts },
      mark: { type: "text", align: "left", dx: labelGap, stroke: "white", strokeWidth: 4 },
      encoding: { x: across("end"), y: down("y"), text: { field: "text", type: "nominal" } },
    },
    {
      data: { values: texts },
      mark: { type: "text", align: "left", dx: labelGap },
      encoding: { x: across("end"), y: down("y"), text: { field: "text", type: "nominal" } },
    },
  ]);
}
