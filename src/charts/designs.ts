import type { Channels, Layer } from "./row-spec.js";
import type { RowLayout } from "./rows.js";
import { textWidth } from "./text-width.js";
import { diamond, palette, textSize } from "./theme.js";

/** The plan's design and the two plain ones that it is set beside, each at the plan's sample size. */
export type DesignName = "plan" | "simple_random" | "proportional";

/** One value for each design. */
export type ByDesign<T> = Readonly<Record<DesignName, T>>;

/**
 * In the order in which they stand under each other. Colour never tells them apart alone: shape and place do too.
 */
export const designs = [
  { name: "plan", label: "This plan", colour: palette[0], shape: "circle" },
  { name: "simple_random", label: "Simple random", colour: palette[1], shape: diamond },
  { name: "proportional", label: "Proportional strata", colour: palette[2], shape: "square" },
] as const satisfies readonly { readonly name: DesignName; readonly [look: string]: string }[];

/** From one design's mark to the next, in pixels. */
const pitch = 14;

/** What the designs' marks of one row need, in pixels. */
export const designsHeight = designs.length * pitch;

/** Where a design's mark stands in a row, in pixels from the plot's top. */
export function designAt(rowAt: number, index: number): number {
  return rowAt + (index - (designs.length - 1) / 2) * pitch;
}

function byDesign(look: "colour" | "shape") {
  return {
    field: "design",
    type: "nominal" as const,
    scale: { domain: designs.map(({ label }) => label), range: designs.map((design) => design[look]) },
    legend: null,
  };
}

/** Colour of a line by its field `design`, which holds a label. */
export const designColour = byDesign("colour");

/** Colour and shape of a point by its field `design`. */
export const designLook = { color: designColour, shape: byDesign("shape") };

/** A key is repeated where the last one is this far above, in pixels: about a screen. */
const keyEvery = 700;
const keyGap = 22;
const symbolWidth = 16;

/** The designs' symbols with their names over the plot, beside the name of a characteristic. */
export function keyLayers({ blocks }: RowLayout, { down }: Channels): Layer[] {
  let last = Number.NEGATIVE_INFINITY;
  const keyed = blocks.filter(({ nameAt }) => {
    if (nameAt - last < keyEvery) return false;
    last = nameAt;
    return true;
  });
  let x = 6;
  const places = designs.map(({ label }) => {
    const place = { label, x };
    x += symbolWidth + textWidth(label, { size: textSize }) + keyGap;
    return place;
  });
  return places.flatMap(({ label, x }): Layer[] => {
    const data = { values: keyed.map(({ nameAt }) => ({ design: label, y: nameAt })) };
    return [
      {
        data,
        mark: { type: "point" },
        encoding: { x: { value: x }, y: down("y"), ...designLook },
      },
      {
        data,
        mark: { type: "text", align: "left" },
        encoding: {
          x: { value: x + symbolWidth - 4 },
          y: down("y"),
          text: { field: "design", type: "nominal" },
        },
      },
    ];
  });
}
