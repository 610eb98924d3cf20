import type { Spec } from "./chart.js";
import { pictureFrame } from "./picture-frame.js";
import type { RowLayout } from "./rows.js";
import { wrapText } from "./text-width.js";
import { guideInk, lineHeight, pictureWidth, referenceInk, textSize } from "./theme.js";

export type Layer = Extract<Spec, { layer: unknown }>["layer"][number];

/** The one scale of a chart of rows. */
export interface RowScale {
  readonly domain: readonly [number, number];
  /** Says what is measured and in which unit. */
  readonly title: string;
  /** d3-format of the numbers at the axis; without one as many decimals as the steps need. */
  readonly format?: string;
  /** True: numbers above 0 get a plus. */
  readonly signed?: boolean;
  /** The least step between two numbers at the axis. */
  readonly leastStep?: number;
  /** True: a logarithmic scale, of numbers above 0. */
  readonly log?: boolean;
  /** The numbers at the axis; without them about five. */
  readonly ticks?: readonly number[];
  /** A line to compare with. */
  readonly reference: number;
  /** Thin lines through each row's middle, to its dot, or between the rows, where several marks stand in each. */
  readonly guides: "through" | "between";
}

/** Position channels for a field of a layer's data. */
export interface Channels {
  /** In the unit of the scale. */
  readonly across: (field: string) => object;
  /** In pixels from the plot's top. */
  readonly down: (field: string) => object;
}

const edge = 10;
const axisHeight = 26;
const titleGap = 8;
/** A picture taller than this, in pixels, has its axis at the top too. */
const tall = 600;

/**
 * Puts a chart's marks over what every chart of rows has: the axis below (and above, where the picture is tall), names,
 * guide lines and the line to compare with.
 *
 * @param marks - from channels for its own data to the layers of the chart
 */
export function rowSpec(
  layout: RowLayout,
  scale: RowScale,
  marks: (channels: Channels) => readonly Layer[],
): Spec {
  const { labelWidth, plotWidth, height } = layout;
  const title = wrapText(scale.title, { width: plotWidth, size: textSize });
  const channels = channelsOf(scale, height);
  return {
    ...pictureFrame({
      left: labelWidth,
      right: pictureWidth - labelWidth - plotWidth,
      top: edge + (height > tall ? axisHeight : 0),
      bottom: edge + axisHeight + titleGap + title.length * lineHeight,
      height,
    }),
    resolve: { axis: { x: "independent" } },
    layer: [
      ...backdrop(layout, { scale, channels, title }),
      ...nameLayers(layout, channels),
      ...marks(channels),
    ],
  };
}

function channelsOf(scale: RowScale, height: number): Channels {
  const exact = { nice: false, zero: false } as const;
  const along = scale.log === true ? { type: "log" as const, nice: false } : exact;
  return {
    across: (field) => ({
      field,
      type: "quantitative",
      axis: null,
      scale: { domain: [...scale.domain], ...along },
    }),
    down: (field) => ({
      field,
      type: "quantitative",
      axis: null,
      scale: { domain: [0, height], reverse: true, ...exact },
    }),
  };
}

/** Grid and axes, white under the names of characteristics, guide lines, and the line to compare with. */
function backdrop(
  layout: RowLayout,
  frame: { readonly scale: RowScale; readonly channels: Channels; readonly title: readonly string[] },
): Layer[] {
  const { blocks, height } = layout;
  const { across, down } = frame.channels;
  const [from, to] = frame.scale.domain;
  const { format, leastStep, signed, reference, ticks } = frame.scale;
  const axis = {
    ...(ticks === undefined ? { tickCount: 5 } : { values: [...ticks] }),
    ...(format === undefined ? {} : { format }),
    ...(leastStep === undefined ? {} : { tickMinStep: leastStep }),
    ...(signed ? { labelExpr: "datum.value > 0 ? '+' + datum.label : datum.label" } : {}),
  };
  const above = height > tall ? { ...axis, orient: "top" as const, title: null } : null;
  return [
    {
      data: { values: blocks.map(({ top, nameTop }) => ({ from, to, nameTop, top })) },
      mark: { type: "rect", color: "white", stroke: "white", strokeWidth: 2 },
      encoding: {
        x: { ...across("from"), axis: { ...axis, title: [...frame.title], titlePadding: titleGap } },
        x2: { field: "to" },
        y: down("nameTop"),
        y2: { field: "top" },
      },
    },
    guideLayer(layout, { through: frame.scale.guides === "through", down }),
    {
      data: { values: blocks.map(({ top, bottom }) => ({ reference, top, bottom })) },
      mark: { type: "rule", color: referenceInk, strokeWidth: 1.5 },
      encoding: {
        x: { ...across("reference"), axis: above },
        y: down("top"),
        y2: { field: "bottom" },
      },
    },
  ];
}

function guideLayer(
  { rows, blocks, labelWidth, plotWidth }: RowLayout,
  { through, down }: { readonly through: boolean; readonly down: Channels["down"] },
): Layer {
  const ends = new Set(blocks.map(({ bottom }) => bottom));
  const between = rows.filter(({ bottom }) => !ends.has(bottom));
  return {
    data: {
      values: through ? rows.map(({ at }) => ({ at })) : between.map(({ bottom }) => ({ at: bottom })),
    },
    mark: { type: "rule", color: guideInk },
    encoding: { x: { value: through ? 0 : -labelWidth }, x2: { value: plotWidth }, y: down("at") },
  };
}

/** Names of characteristics and levels, left of the plot. */
export function nameLayers(
  { rows, blocks, labelWidth }: RowLayout,
  { down }: Pick<Channels, "down">,
): Layer[] {
  const left = { x: { value: -labelWidth } };
  const levels = rows.flatMap(({ label, at }) =>
    label.map((line, i) => ({ line, at: at + (i - (label.length - 1) / 2) * lineHeight })),
  );
  return [
    {
      data: { values: blocks.map(({ characteristic, nameAt }) => ({ characteristic, at: nameAt })) },
      mark: { type: "text", align: "left", fontWeight: 600 },
      encoding: { ...left, y: down("at"), text: { field: "characteristic", type: "nominal" } },
    },
    {
      data: { values: levels },
      mark: { type: "text", align: "left" },
      encoding: { ...left, y: down("at"), text: { field: "line", type: "nominal" } },
    },
  ];
}
