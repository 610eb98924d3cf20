import type { AreaFigure, Verdict } from "../analysis/regional/comparison.js";
import type { Interval95 } from "../analysis/result.js";
import { isMarked, type Marked } from "../analysis/tally.js";
import type { Layer } from "./row-spec.js";
import { palette } from "./theme.js";

/** How an area's mark looks: its shape tells the word, its colour no more than that there is one. */
export interface MarkLook {
  readonly shape: "triangle-up" | "triangle-down" | "circle";
  readonly fill: string;
  readonly stroke: string;
}

const focus = palette[0];
/** Grey marks with an outline keep their place beside the ones that stand out. */
const outline = "#3D3D3D";

const marksByVerdict: Readonly<Record<Verdict, MarkLook>> = {
  higher: { shape: "triangle-up", fill: focus, stroke: focus },
  lower: { shape: "triangle-down", fill: focus, stroke: focus },
  similar: { shape: "circle", fill: "#BFBFBF", stroke: outline },
  few: { shape: "circle", fill: "#FFFFFF", stroke: outline },
  untested: { shape: "circle", fill: "#FFFFFF", stroke: outline },
};

/** Whether the evidence says that an area differs. */
export function isFlagged({ verdict }: Pick<AreaFigure, "verdict">): boolean {
  return verdict === "higher" || verdict === "lower";
}

/** An area's figure with its interval, with bounds at itself where it has none; undefined where it is not shown. */
export function intervalOf(figure: Interval95 | number | Marked): Interval95 | undefined {
  if (isMarked(figure)) return undefined;
  return typeof figure === "number" ? { value: figure, lower: figure, upper: figure } : figure;
}

/** A layer for each look of some marks, whose data have the look's name in `look`: points of one shape and colour each. */
export function markLayers(
  values: readonly (object & { readonly look: Verdict })[],
  encoding: Extract<Layer, { mark: unknown }>["encoding"],
  size = 90,
): Layer[] {
  const used = [...new Set(values.map(({ look }) => look))];
  return used.map((look): Layer => {
    const { shape, fill, stroke } = marksByVerdict[look];
    return {
      data: { values: values.filter((value) => value.look === look) },
      mark: { type: "point", shape, fill, stroke, strokeWidth: 1.5, size },
      encoding: encoding ?? {},
    };
  });
}
