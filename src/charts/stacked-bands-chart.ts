import type { Spec } from "./chart.js";
import { demand } from "./check-numbers.js";
import { layOutPanels, type PanelLayout } from "./line-layout.js";
import type { LineChart } from "./lines.js";
import { pictureFrame } from "./picture-frame.js";
import type { Layer } from "./row-spec.js";
import { palette, pictureWidth, referenceInk } from "./theme.js";

/** Bands that add up, lowest first, at the same places. */
export interface StackedBands {
  readonly heading: string;
  readonly ticks: LineChart["ticks"];
  readonly bands: readonly { readonly label: string; readonly values: readonly number[] }[];
}

/** As many as the palette tells apart. */
export const mostBands = palette.length;

/**
 * Areas on top of each other from zero, each named at its right end.
 *
 * @throws CasedrawError `CHART_DATA_INVALID` if there are no bands or more than four, or a value is below 0 or not finite
 */
export function stackedSpec({ heading, ticks, bands }: StackedBands): Spec {
  demand(bands.length > 0 && bands.length <= mostBands, `there are 1 to ${mostBands} bands`, bands.length);
  for (const { values } of bands)
    for (const value of values)
      demand(Number.isFinite(value) && value >= 0, "a band is a number of 0 or more", value);
  const edges = stacked(bands.map(({ values }) => values));
  const lines = bands.map(({ label }, at) => ({
    label,
    colour: palette[at] as string,
    runs: [ticks.map(({ x }, place) => ({ x, value: middle(edges, at, place) }))],
  }));
  // A line in the middle of each band gives its name its place; the top edge gives the scale its end.
  const top = ticks.map(({ x }, place) => ({ x, value: edges.at(-1)?.[place] as number }));
  const layout = layOutPanels({
    ticks,
    scale: "utc",
    panels: [
      {
        heading,
        lines: [...lines, { label: "", colour: "", runs: [top] }],
        format: ",d",
        fromZero: true,
        leastStep: 1,
      },
    ],
  });
  return specOf(layout, { heading, edges, ticks });
}

/** The lower edge of the first band, and the upper edge of each. */
function stacked(values: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const edges: number[][] = [(values[0] as readonly number[]).map(() => 0)];
  for (const band of values)
    edges.push(band.map((value, place) => value + ((edges.at(-1) as number[])[place] as number)));
  return edges;
}

function middle(edges: readonly (readonly number[])[], band: number, place: number): number {
  return ((edges[band]?.[place] as number) + (edges[band + 1]?.[place] as number)) / 2;
}

function specOf(
  layout: PanelLayout,
  {
    heading,
    edges,
    ticks,
  }: {
    readonly heading: string;
    readonly edges: readonly (readonly number[])[];
    readonly ticks: StackedBands["ticks"];
  },
): Spec {
  const { labelWidth, plotWidth, height, below, xDomain } = layout;
  const [panel] = layout.panels as readonly [PanelLayout["panels"][number]];
  const exact = { nice: false, zero: false } as const;
  const across = (field: string): object => ({
    field,
    type: "temporal",
    axis: null,
    scale: { type: "utc", domain: [...xDomain], nice: false },
  });
  const up = (field: string, axis: object | null = null): object => ({
    field,
    type: "quantitative",
    axis,
    stack: null,
    scale: { domain: [...panel.domain], range: [panel.bottom, panel.top], ...exact },
  });
  const down = (field: string): object => ({
    field,
    type: "quantitative",
    axis: null,
    scale: { domain: [0, height], range: [0, height], ...exact },
  });
  const text = { field: "text", type: "nominal" };
  const axis = { orient: "left", grid: true, title: null, values: panel.ticks, format: ",d" };
  const layer = [
    {
      data: { values: [{ value: 0 }] },
      mark: { type: "rule", color: referenceInk },
      encoding: { x: { value: 0 }, x2: { value: plotWidth }, y: up("value", axis) },
    },
    ...edges.slice(1).map((edge, at) => ({
      data: { values: ticks.map(({ x }, place) => ({ x, lower: edges[at]?.[place], upper: edge[place] })) },
      mark: { type: "area", color: palette[at], opacity: 1, line: { color: "white", strokeWidth: 1.5 } },
      encoding: { x: across("x"), y: up("lower"), y2: { field: "upper" } },
    })),
    {
      data: { values: [{ text: heading, at: panel.headingAt }] },
      mark: { type: "text", align: "left", fontWeight: 600 },
      encoding: { x: { value: -labelWidth + 2 }, y: down("at"), text },
    },
    {
      data: { values: panel.labels.map(({ text, at }) => ({ text, at })) },
      mark: { type: "text", align: "left" },
      encoding: { x: { value: plotWidth + 10 }, y: down("at"), text },
    },
    {
      data: { values: layout.written.map(({ x, label }) => ({ x, text: label, at: height + 18 })) },
      mark: { type: "text" },
      encoding: { x: across("x"), y: down("at"), text },
    },
  ] as unknown as Layer[];
  return {
    ...pictureFrame({
      left: labelWidth,
      right: pictureWidth - labelWidth - plotWidth,
      top: 6,
      bottom: below,
      height,
    }),
    resolve: { scale: { y: "independent" }, axis: { y: "independent" } },
    layer,
  };
}
