import type { Cell, Interval95, Measure } from "../result.js";
import { isMarked, type Marked } from "../tally.js";
import type { AreaFigure, Indicator } from "./comparison.js";

/** An area's figure as a plain number; undefined where it is not shown. */
export function numberIn(figure: AreaFigure["figure"]): number | undefined {
  if (typeof figure === "number") return figure;
  return isMarked(figure) ? undefined : figure.value;
}

/** A figure in a cell; where there is none, why. */
export function cellOf(figure: Interval95 | number | Marked | undefined): Exclude<Cell, string> {
  return figure ?? { mark: "x" };
}

/** A column of an indicator's own unit. */
export function measureAs({ measure }: Indicator, key: string, label: string, interval = false): Measure {
  const { interval: _, ...rest } = measure;
  return { ...rest, key, label, ...(interval ? { interval: true } : {}) };
}

/** A key that a file's column or name may have: an indicator's id with `_`. */
export function fileKey(id: string): string {
  return id.replaceAll("-", "_");
}
