import type { Chart, Spec } from "./chart.js";
import { pictureFrame } from "./picture-frame.js";
import type { Layer } from "./row-spec.js";
import { textWidth, wrapText } from "./text-width.js";
import { guideInk, lineHeight, pictureWidth, textSize } from "./theme.js";

/** A line through one of many small plots: `x` and `y` in the units of the scales. */
export interface SmallLine {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly colour: string;
  readonly width: number;
  readonly dash?: readonly number[];
  readonly step?: boolean;
}

/** One plot of many. */
export interface SmallPlot {
  readonly name: string;
  /** From the one behind to the one in front. */
  readonly lines: readonly SmallLine[];
  /** Points that stand out. */
  readonly signs?: readonly { readonly x: number; readonly y: number }[];
  /** A band behind the lines. */
  readonly band?: readonly { readonly x: number; readonly lower: number; readonly upper: number }[];
  /** In place of lines, where there is nothing to draw. */
  readonly text?: string;
}

export interface SmallMultiples {
  readonly plots: readonly SmallPlot[];
  readonly x: SmallScale;
  readonly y: SmallScale;
}

/** One scale for all plots. */
interface SmallScale {
  readonly domain: readonly [number, number];
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

const columns = 3;
const plotHeight = 84;
const gapBetween = 22;
const headGap = 6;
const tickRoom = 24;
const edge = 6;
/** What fits on a sheet of A4 under a chart's heading, in pixels. */
const sheetHeight = 800;
const signColour = "#F46A25";

/**
 * Many small plots on the same scales, three to a line, names above, numbers at the left and under every line; in pieces, where
 * they are more than a sheet of paper holds.
 */
export function smallMultiples(chart: SmallMultiples): Pick<Chart, "spec" | "parts"> {
  const rows = rowsOf(chart);
  const pieces: PlotRow[][] = [[]];
  let height = 0;
  for (const row of rows) {
    if (height + row.height > sheetHeight && height > 0) {
      pieces.push([]);
      height = 0;
    }
    pieces.at(-1)?.push(row);
    height += row.height;
  }
  const spec = draw(rows, chart);
  return pieces.length < 2 ? { spec } : { spec, parts: pieces.map((piece) => draw(piece, chart)) };
}

interface PlotRow {
  readonly plots: readonly SmallPlot[];
  readonly names: readonly (readonly string[])[];
  readonly height: number;
}

function numbersWidth({ y }: SmallMultiples): number {
  return Math.ceil(Math.max(...y.ticks.map(({ text }) => textWidth(text, { size: textSize })))) + 8;
}

function plotWidthOf(chart: SmallMultiples): number {
  return Math.floor((pictureWidth - numbersWidth(chart) - (columns - 1) * gapBetween - 24) / columns);
}

function rowsOf(chart: SmallMultiples): PlotRow[] {
  const width = plotWidthOf(chart);
  const { plots } = chart;
  return Array.from({ length: Math.ceil(plots.length / columns) }, (_, at) => {
    const own = plots.slice(at * columns, (at + 1) * columns);
    const names = own.map(({ name }) => nameLines(name, width));
    const lines = Math.max(...names.map((each) => each.length));
    return { plots: own, names, height: lines * lineHeight + headGap + plotHeight + tickRoom + edge };
  });
}

/** Two lines at most; the table has long names whole. */
function nameLines(name: string, width: number): string[] {
  const lines = wrapText(name, { width, size: textSize, weight: 600 });
  if (lines.length <= 2) return lines;
  const [first = "", second = ""] = lines;
  let end = second;
  while (end !== "" && textWidth(`${end}…`, { size: textSize, weight: 600 }) > width) end = end.slice(0, -1);
  return [first, `${end.trimEnd()}…`];
}

function draw(rows: readonly PlotRow[], chart: SmallMultiples): Spec {
  const left = numbersWidth(chart);
  const width = plotWidthOf(chart);
  const height = rows.reduce((sum, row) => sum + row.height, 0);
  const full = pictureWidth - left - 12;
  const canvas = (field: string, length: number, reverse: boolean) => ({
    field,
    type: "quantitative" as const,
    axis: null,
    scale: { domain: [0, length], nice: false, zero: false, ...(reverse ? { reverse } : {}) },
  });
  const x = (field: string) => canvas(field, full, false);
  const y = (field: string) => canvas(field, height, true);
  const across = (value: number): number => part(chart.x, value) * width;
  const guides: { x: number; x2: number; y: number; y2: number }[] = [];
  const texts: {
    text: string;
    x: number;
    y: number;
    align: "left" | "center" | "right";
    weight: 400 | 600;
  }[] = [];
  const lines: {
    line: SmallLine;
    plot: string;
    at: number;
    values: { px: number; py: number; x: number; y: number }[];
  }[] = [];
  const signs: { plot: string; px: number; py: number; x: number; y: number }[] = [];
  const bands: { plot: string; values: { px: number; low: number; high: number }[] }[] = [];
  let top = 0;
  for (const { plots, names, height: rowHeight } of rows) {
    const nameCount = Math.max(...names.map((each) => each.length));
    const plotTop = top + nameCount * lineHeight + headGap;
    const down = (value: number): number => plotTop + (1 - part(chart.y, value)) * plotHeight;
    for (const { at, text } of chart.y.ticks)
      texts.push({ text, x: -6, y: down(at), align: "right", weight: 400 });
    for (const [column, plot] of plots.entries()) {
      const from = column * (width + gapBetween);
      for (const [line, text] of (names[column] as readonly string[]).entries())
        texts.push({
          text,
          x: from,
          y: top + (nameCount - (names[column] as readonly string[]).length + line + 0.5) * lineHeight,
          align: "left",
          weight: 600,
        });
      for (const { at } of chart.y.ticks)
        guides.push({ x: from, x2: from + width, y: down(at), y2: down(at) });
      for (const [tick, { at, text }] of chart.x.ticks.entries()) {
        // The outer ones stay over their own plot.
        const isLast = tick > 0 && tick === chart.x.ticks.length - 1;
        const align = tick === 0 ? "left" : isLast ? "right" : "center";
        const px = tick === 0 ? from : isLast ? from + width : from + across(at);
        texts.push({ text, x: px, y: plotTop + plotHeight + 13, align, weight: 400 });
      }
      if (plot.text !== undefined)
        texts.push({
          text: plot.text,
          x: from + width / 2,
          y: plotTop + plotHeight / 2,
          align: "center",
          weight: 400,
        });
      if (plot.band !== undefined)
        bands.push({
          plot: plot.name,
          values: plot.band.map((point) => ({
            px: from + across(point.x),
            low: down(point.lower),
            high: down(point.upper),
          })),
        });
      for (const [at, line] of plot.lines.entries())
        lines.push({
          line,
          plot: plot.name,
          at,
          values: line.points.map((point) => ({ px: from + across(point.x), py: down(point.y), ...point })),
        });
      for (const sign of plot.signs ?? [])
        signs.push({ plot: plot.name, px: from + across(sign.x), py: down(sign.y), ...sign });
    }
    top += rowHeight;
  }
  return {
    ...pictureFrame({ left, right: 12, top: edge, bottom: edge, height }),
    layer: [
      {
        data: { values: guides },
        mark: { type: "rule", color: guideInk },
        encoding: { x: x("x"), x2: { field: "x2" }, y: y("y"), y2: { field: "y2" } },
      },
      ...bandLayers(bands, { x, y }),
      ...lineLayers(lines, { x, y }),
      {
        data: { values: signs },
        mark: { type: "point", shape: "diamond", fill: signColour, stroke: signColour, size: 70 },
        encoding: { x: x("px"), y: y("py") },
      },
      ...(["left", "center", "right"] as const).flatMap((align) =>
        ([400, 600] as const).flatMap((fontWeight): Layer[] => {
          const values = texts.filter((text) => text.align === align && text.weight === fontWeight);
          if (values.length === 0) return [];
          return [
            {
              data: { values: values.map(({ text, x: px, y: py }) => ({ text, px, py })) },
              mark: { type: "text", align, fontWeight },
              encoding: { x: x("px"), y: y("py"), text: { field: "text", type: "nominal" } },
            },
          ];
        }),
      ),
    ],
  };
}

type Position = (field: string) => object;

/** The bands of all plots in one layer, parted by plot. */
function bandLayers(
  bands: readonly { readonly plot: string; readonly values: readonly object[] }[],
  { x, y }: { readonly x: Position; readonly y: Position },
): Layer[] {
  if (bands.length === 0) return [];
  return [
    {
      data: { values: bands.flatMap(({ plot, values }) => values.map((value) => ({ plot, ...value }))) },
      mark: { type: "area", color: "#12436D", opacity: 0.2, interpolate: "step-after" },
      encoding: {
        x: x("px"),
        y: y("low"),
        y2: { field: "high" },
        detail: { field: "plot", type: "nominal" },
      },
    },
  ];
}

/** Lines that look alike in one layer, parted by plot and place: a layer each would make a heavy picture. */
function lineLayers(
  lines: readonly {
    readonly line: SmallLine;
    readonly plot: string;
    readonly at: number;
    readonly values: readonly object[];
  }[],
  { x, y }: { readonly x: Position; readonly y: Position },
): Layer[] {
  const lookOf = ({ colour, width, dash = [], step }: SmallLine): string =>
    [colour, width, dash.join(" "), step === true].join("|");
  const looks = new Map<string, typeof lines>();
  for (const one of lines) {
    const look = lookOf(one.line);
    looks.set(look, [...(looks.get(look) ?? []), one]);
  }
  // In the order in which lines lie over each other, not in that of the plots.
  const ordered = [...looks.values()].sort(
    (a, b) => Math.min(...a.map(({ at }) => at)) - Math.min(...b.map(({ at }) => at)),
  );
  return ordered.map((alike): Layer => {
    const { colour, width, dash, step } = (alike[0] as (typeof lines)[number]).line;
    return {
      data: {
        values: alike.flatMap(({ plot, at, values }) =>
          values.map((value) => ({ plot, line: `${plot} ${at}`, ...value })),
        ),
      },
      mark: {
        type: "line",
        color: colour,
        strokeWidth: width,
        ...(dash === undefined ? {} : { strokeDash: [...dash] }),
        ...(step === true ? { interpolate: "step-after" as const } : {}),
      },
      encoding: { x: x("px"), y: y("py"), detail: { field: "line", type: "nominal" } },
    };
  });
}

function part({ domain: [from, to] }: SmallScale, value: number): number {
  return (Math.min(Math.max(value, from), to) - from) / (to - from);
}
