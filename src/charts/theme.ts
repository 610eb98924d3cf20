import type { Spec } from "./chart.js";

/**
 * The categorical palette of the Government Analysis Function, in its order; no chart takes more than these four by
 * colour, and none by colour alone.
 *
 * @see Government Analysis Function, Data visualisation: colours (2022)
 */
export const palette = ["#12436D", "#28A197", "#801650", "#F46A25"] as const;

/** Text: 4.5 to 1 and more against white. */
const ink = "#0B0C0C";

/** Marks that say "here is the line to compare with". */
export const referenceInk = "#3D3D3D";

/** Lines that only guide the eye. */
export const guideInk = "#D9D9D9";

/** In pixels, 12 points: the least that the guidance allows at page size. */
export const textSize = 16;

/** From one line of text to the next, in pixels. */
export const lineHeight = 19;

/** Of every picture, in pixels: what a printed A4 page holds at full size. */
export const pictureWidth = 680;

/** A point's shape that looks as large as a circle of the same size, which Vega's own does not. */
export const diamond = "M0,-1.35L1.35,0L0,1.35L-1.35,0Z";

/** Single quotes: the name stands in an attribute. A page that embeds the font gets the widths that were laid out. */
const fontFamily = "'Source Sans 3', 'Source Sans Pro', Arial, sans-serif";

/** The one look of every chart. `aria` is off because the whole picture is one image with one text alternative. */
export const theme: NonNullable<Spec["config"]> = {
  font: fontFamily,
  background: "white",
  aria: false,
  view: { stroke: null },
  text: { fontSize: textSize, color: ink, baseline: "middle" },
  point: { filled: true, opacity: 1, size: 70 },
  range: { category: [...palette] },
  axis: {
    domain: false,
    ticks: false,
    grid: true,
    gridColor: guideInk,
    labelColor: ink,
    labelFontSize: textSize,
    labelFlush: false,
    labelPadding: 6,
    titleAlign: "left",
    titleAnchor: "start",
    titleColor: ink,
    titleFontSize: textSize,
    titleFontWeight: "normal",
    titleLineHeight: lineHeight,
    titlePadding: 10,
  },
};
