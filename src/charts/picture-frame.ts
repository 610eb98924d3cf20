import type { Spec } from "./chart.js";
import { pictureWidth, theme } from "./theme.js";

/** What a picture has around its plot, and how high the plot is, in pixels. */
interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly height: number;
}

/** The frame of a picture that is laid out in pixels: as wide as a page, in the one look, with nothing moved to make room. */
export function pictureFrame({ left, right, top, bottom, height }: Margins) {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    config: theme,
    autosize: { type: "none" },
    padding: { left, right, top, bottom },
    width: pictureWidth - left - right,
    height,
  } as const satisfies Partial<Spec>;
}
