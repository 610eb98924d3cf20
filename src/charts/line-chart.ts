import type { Chart, Spec } from "./chart.js";
import { demand } from "./check-numbers.js";
import { labelOffset, layOutPanels, type PanelLayout } from "./line-layout.js";
import type { Line, LineChart, LinePanel, LinePoint } from "./lines.js";
import { sheetHeight } from "./parts.js";
import { pictureFrame } from "./picture-frame.js";
import type { Layer } from "./row-spec.js";
import { diamond, guideInk, lineHeight, palette, pictureWidth, referenceInk, textSize } from "./theme.js";

/**
 * Lines over time with their names at their ends, in plots under each other on one horizontal scale; in pieces, where they are
 * more than a sheet of paper holds.
 *
 * @throws CasedrawError `CHART_DATA_INVALID` if there is no panel or tick, or a value is not finite
 */
export function lineChart(chart: LineChart): Pick<Chart, "spec" | "parts"> {
  refuseBad(chart);
  const parts: LinePanel[][] = [[]];
  for (const panel of chart.panels) {
    const longer = [...(parts.at(-1) as LinePanel[]), panel];
    const fits = layOutPanels({ ...chart, panels: longer }).height <= sheetHeight;
    if (fits || longer.length === 1) parts[parts.length - 1] = longer;
    else parts.push([panel]);
  }
  const spec = lineSpec(chart);
  return parts.length < 2 ? { spec } : { spec, parts: parts.map((panels) => lineSpec({ ...chart, panels })) };
}

function lineSpec(chart: LineChart): Spec {
  const layout = layOutPanels(chart);
  const { labelWidth, plotWidth, height, below } = layout;
  return {
    ...pictureFrame({
      left: labelWidth,
      right: pictureWidth - labelWidth - plotWidth,
      top: 6,
      bottom: below,
      height,
    }),
    resolve: { scale: { y: "independent" }, axis: { y: "independent" } },
    layer: [
      ...layout.panels.flatMap((panel) => panelLayers(panel, layout, chart)),
      ...tickLayers(layout, chart),
    ],
  };
}

function refuseBad({ panels, ticks }: LineChart): void {
  demand(panels.length > 0, "a line chart has at least 1 panel", panels.length);
  demand(ticks.length > 0, "a line chart has at least 1 place along its axis", ticks.length);
  for (const { lines, bars = [], levels = [] } of panels) {
    const points = lines.flatMap(({ runs }) => runs.flat());
    const bounds = points.flatMap(({ value, lower = value, upper = value }) => [lower, upper]);
    for (const value of [...[...points, ...bars, ...levels].map((one) => one.value), ...bounds])
      demand(Number.isFinite(value), "a point has a finite value", value);
  }
}

type Across = (field: string) => object;

interface PanelChannels {
  readonly across: Across;
  /** On the panel's own scale. */
  readonly up: (field: string, axis?: object | null) => object;
  /** In pixels from the picture's top. */
  readonly down: (field: string) => object;
}

function channelsOf(
  { domain, top, bottom }: Pick<PanelLayout["panels"][number], "domain" | "top" | "bottom">,
  { height, xDomain }: PanelLayout,
  { scale }: LineChart,
): PanelChannels {
  const exact = { nice: false, zero: false } as const;
  const quantitative = { type: "quantitative" as const };
  return {
    across: (field) => ({
      field,
      axis: null,
      ...(scale === "utc"
        ? { type: "temporal", scale: { type: "utc", domain: [...xDomain], nice: false } }
        : { ...quantitative, scale: { domain: [...xDomain], ...exact } }),
    }),
    up: (field, axis = null) => ({
      field,
      ...quantitative,
      axis,
      scale: { domain: [...domain], range: [bottom, top], ...exact },
    }),
    down: (field) => ({
      field,
      ...quantitative,
      axis: null,
      scale: { domain: [0, height], range: [0, height], ...exact },
    }),
  };
}

const nominal = (field: string) => ({ field, type: "nominal" as const });

function panelLayers(place: PanelLayout["panels"][number], layout: PanelLayout, chart: LineChart): Layer[] {
  const { panel, domain, ticks, headingAt } = place;
  const { plotWidth, labelWidth } = layout;
  const { across, up, down } = channelsOf(place, layout, chart);
  const axis = { orient: "left", grid: true, title: null, values: ticks, format: panel.format };
  const whole = { x: { value: 0 }, x2: { value: plotWidth } };
  const levels = (panel.levels ?? []).filter(({ value }) => value >= domain[0] && value <= domain[1]);
  const drawn = [
    layerOf(
      [{ value: Math.max(domain[0], Math.min(0, domain[1])) }],
      { type: "rule", color: domain[0] > 0 ? guideInk : referenceInk },
      { ...whole, y: up("value", axis) },
    ),
    layerOf(
      [{ text: panel.heading, at: headingAt }],
      { type: "text", align: "left", fontWeight: 600 },
      {
        x: { value: -labelWidth + 2 },
        y: down("at"),
        text: nominal("text"),
      },
    ),
    layerOf(
      levels,
      { type: "rule", color: "#6F777B", strokeWidth: 1.5, strokeDash: [6, 3] },
      { ...whole, y: up("value") },
    ),
    barLayer(panel, layout, { across, up }),
    ...panel.lines.flatMap((line) => lineLayers(line, { across, up })),
    layerOf(
      (panel.missing ?? []).map(({ x, text }) => ({ x, text, at: place.bottom - lineHeight / 2 })),
      { type: "text", color: referenceInk },
      { x: across("x"), y: down("at"), text: nominal("text") },
    ),
    ...stretchLayers(place, down),
    ...place.labels.map(({ colour, at }) =>
      layerOf(
        colour === undefined ? [] : [{ at }],
        { type: "rule", color: colour, strokeWidth: 3 },
        {
          x: { value: plotWidth + 10 },
          x2: { value: plotWidth + 26 },
          y: down("at"),
        },
      ),
    ),
    layerOf(
      place.labels,
      { type: "text", align: "left", color: referenceInk },
      {
        x: { value: plotWidth + labelOffset(chart.panels) },
        y: down("at"),
        text: nominal("text"),
      },
    ),
  ];
  return drawn.flat();
}

/** Nothing where there is nothing to draw: Vega-Lite would warn of an empty scale. */
function layerOf(values: readonly object[], mark: object, encoding: object): Layer[] {
  return values.length === 0 ? [] : [{ data: { values: [...values] }, mark, encoding } as unknown as Layer];
}

function barLayer(
  { bars = [] }: LinePanel,
  { barWidth }: PanelLayout,
  { across, up }: Pick<PanelChannels, "across" | "up">,
): Layer[] {
  const values = bars.map(({ x, value }) => ({ x, value, zero: 0 }));
  return layerOf(
    values,
    { type: "bar", color: palette[0], size: barWidth },
    {
      x: across("x"),
      y: { ...up("value"), stack: null },
      y2: { field: "zero" },
    },
  );
}

function lineLayers(
  { runs, colour, plain }: Line,
  { across, up }: Pick<PanelChannels, "across" | "up">,
): Layer[] {
  const points = runs.flatMap((run, at) => run.map((point) => ({ ...point, run: at })));
  const place = { x: across("x"), y: up("value") };
  const ranges = points.filter(({ lower, upper }) => lower !== undefined && upper !== undefined);
  const withLook = (look: LinePoint["look"]) => points.filter((point) => point.look === look);
  return [
    ...layerOf(
      ranges,
      { type: "rule", color: colour, strokeWidth: 1.5, opacity: 0.6 },
      {
        x: across("x"),
        y: up("lower"),
        y2: { field: "upper" },
      },
    ),
    ...layerOf(
      points,
      { type: "line", color: colour, strokeWidth: plain === true ? 2 : 2.5 },
      {
        ...place,
        detail: { field: "run", type: "nominal" },
      },
    ),
    ...(plain === true
      ? []
      : layerOf(withLook(undefined), { type: "point", color: colour, size: 40 }, place)),
    ...layerOf(
      withLook("hollow"),
      { type: "point", filled: true, fill: "white", stroke: colour, strokeWidth: 2, size: 60 },
      place,
    ),
    ...layerOf(
      withLook("hollow-sign"),
      {
        type: "point",
        shape: diamond,
        filled: true,
        fill: "white",
        stroke: palette[3],
        strokeWidth: 2,
        size: 90,
      },
      place,
    ),
    ...layerOf(
      withLook("sign"),
      { type: "point", shape: diamond, color: palette[3], size: 90, stroke: "white", strokeWidth: 1 },
      place,
    ),
  ];
}

/** What each stretch is a sign of, over a line as long as the stretch. */
function stretchLayers({ stretches }: PanelLayout["panels"][number], down: PanelChannels["down"]): Layer[] {
  return stretches.flatMap(({ text, textAt, left, right, at }) => [
    ...layerOf(
      [{ at: at + lineHeight / 2 + 2 }],
      { type: "rule", color: palette[3], strokeWidth: 2 },
      {
        x: { value: left },
        x2: { value: right },
        y: down("at"),
      },
    ),
    ...layerOf(
      [{ text, at }],
      { type: "text", fontSize: textSize },
      {
        x: { value: textAt },
        y: down("at"),
        text: nominal("text"),
      },
    ),
  ]);
}

function tickLayers(layout: PanelLayout, chart: LineChart): Layer[] {
  const { height, written } = layout;
  const { across, down } = channelsOf({ domain: [0, 1], top: 0, bottom: height }, layout, chart);
  return layerOf(
    written.map(({ x, label }) => ({ x, label, at: height + 18 })),
    { type: "text" },
    { x: across("x"), y: down("at"), text: nominal("label") },
  );
}
