import type { LineChart, LinePanel } from "./lines.js";
import { decimalText } from "./number-text.js";
import { textWidth } from "./text-width.js";
import { lineHeight, pictureWidth, textSize } from "./theme.js";

/** A stretch's words and line, in pixels. */
interface PlacedStretch {
  readonly text: string;
  /** The words' middle. */
  readonly textAt: number;
  readonly left: number;
  readonly right: number;
  /** The words' line. */
  readonly at: number;
}

interface PlacedLabel {
  readonly text: string;
  readonly at: number;
  /** Of the line that it names, where there are several. */
  readonly colour?: string;
}

interface PlacedPanel {
  readonly panel: LinePanel;
  readonly domain: readonly [number, number];
  /** Numbers at the axis. */
  readonly ticks: readonly number[];
  readonly headingAt: number;
  readonly top: number;
  readonly bottom: number;
  readonly stretches: readonly PlacedStretch[];
  /** Names right of the plot, none over another. */
  readonly labels: readonly PlacedLabel[];
}

/** Where everything of a line chart stands, in pixels. */
export interface PanelLayout {
  readonly panels: readonly PlacedPanel[];
  readonly labelWidth: number;
  readonly plotWidth: number;
  readonly height: number;
  /** Under the last plot. */
  readonly below: number;
  readonly xDomain: readonly [number, number];
  /** Of bars: most of the least distance of two places along the axis. */
  readonly barWidth: number;
  /** The places that are named. */
  readonly written: LineChart["ticks"];
}

/** From the plot's right edge to the names: with room for a piece of line in its colour where there are several. */
export function labelOffset(panels: readonly LinePanel[]): number {
  return panels.some(({ lines }) => lines.length > 1) ? 32 : 10;
}

const headingHeight = 30;
const stretchHeight = lineHeight + 8;
const panelGap = 20;
const tallPanel = 200;
const panelHeight = 150;
const edge = 8;

export function layOutPanels({ panels, ticks }: LineChart): PanelLayout {
  const scaled = panels.map((panel) => ({ panel, ...scaleOf(panel) }));
  const widest = (texts: readonly string[]): number =>
    Math.ceil(Math.max(0, ...texts.map((text) => textWidth(text, { size: textSize }))));
  const numbers = scaled.flatMap((one) => one.ticks.map((tick) => axisText(tick, one.panel.format)));
  const labelWidth = Math.max(14 + widest(numbers), Math.ceil(widest([ticks[0]?.label ?? ""]) / 2) + 2);
  const ends = panels.flatMap(endLabels).map(({ text }) => text);
  const lastTick = widest([ticks.at(-1)?.label ?? ""]) / 2;
  const plotWidth =
    pictureWidth - labelWidth - Math.max(lastTick + 4, widest(ends) + labelOffset(panels) + 8);
  const along = ticks.map(({ x }) => x);
  const [low, high] = [Math.min(...along), Math.max(...along)];
  const step = Math.min(high - low || 1, ...along.slice(1).map((x, at) => x - (along[at] as number)));
  const pad = panels.some(({ bars }) => bars !== undefined) ? step / 2 : 0;
  const xDomain = [low - pad, high === low ? high + step : high + pad] as const;
  const across = (x: number): number => ((x - xDomain[0]) / (xDomain[1] - xDomain[0])) * plotWidth;
  const each = panels.length === 1 ? tallPanel : panelHeight;
  let y = 0;
  const placed = scaled.map(({ panel, domain, ticks: marks }): PlacedPanel => {
    const headingAt = y + lineHeight / 2;
    const { rows, stretches } = placeStretches(panel, { across, plotWidth, from: y + headingHeight });
    const top = y + headingHeight + rows * stretchHeight;
    const bottom = top + each;
    y = bottom + panelGap;
    const height = (value: number): number =>
      bottom - ((value - domain[0]) / (domain[1] - domain[0])) * (bottom - top);
    return {
      panel,
      domain,
      ticks: marks,
      headingAt,
      top,
      bottom,
      stretches,
      labels: spread(endLabels(panel), { height, top, bottom }),
    };
  });
  return {
    panels: placed,
    labelWidth,
    plotWidth,
    height: y - panelGap,
    below: 16 + lineHeight,
    xDomain,
    barWidth: Math.min(40, Math.floor(0.7 * across(xDomain[0] + step))),
    written: fitting(ticks, across),
  };
}

/** Round numbers that hold every value, the zero where it is wanted, and the ends of intervals. */
function scaleOf({ lines, bars, levels = [], fromZero, leastStep = 0 }: LinePanel): {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
} {
  const values = [
    ...lines.flatMap(({ runs }) =>
      runs.flat().flatMap(({ value, lower = value, upper = value }) => [lower, value, upper]),
    ),
    ...(bars ?? []).map(({ value }) => value),
    ...levels.map(({ value }) => value),
    ...(fromZero || bars !== undefined ? [0] : []),
  ];
  const [low, high] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
  const step = Math.max(leastStep, roundStep((high - low || Math.abs(high) || 1) / 4));
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, at) =>
    Number(((first + at) * step).toPrecision(12)),
  );
  return { domain: [ticks[0] as number, ticks.at(-1) as number], ticks };
}

/** 1, 2 or 5 times a power of ten, at least as large. */
function roundStep(least: number): number {
  let scale = 1;
  while (scale > least) scale /= 10;
  while (scale * 10 <= least) scale *= 10;
  return [1, 2, 5, 10].map((times) => times * scale).find((step) => step >= least * 0.999) as number;
}

/** About as the axis writes it; only its width matters. */
function axisText(value: number, format: string): string {
  if (format.endsWith("%")) return `${(value * 100).toFixed(1)}%`;
  return Number.isInteger(value) ? decimalText(value, 0) : String(value);
}

interface EndLabel {
  readonly text: string;
  readonly value: number;
  readonly colour?: string;
}

function endLabels({ lines, levels = [] }: LinePanel): EndLabel[] {
  return [
    ...lines.flatMap(({ label, runs, colour }) => {
      const last = runs.at(-1)?.at(-1);
      if (last === undefined || label === "") return [];
      return [{ text: label, value: last.value, ...(lines.length > 1 ? { colour } : {}) }];
    }),
    ...levels.map(({ value, label }) => ({ text: label, value })),
  ];
}

/** Names at the height of what they belong to, moved apart where they would stand over each other. */
function spread(
  labels: readonly EndLabel[],
  {
    height,
    top,
    bottom,
  }: { readonly height: (value: number) => number; readonly top: number; readonly bottom: number },
): PlacedLabel[] {
  const placed = labels
    .map(({ value, ...label }) => ({ ...label, at: Math.min(bottom, Math.max(top, height(value))) }))
    .sort((a, b) => a.at - b.at);
  for (let at = 1; at < placed.length; at++) {
    const [above, here] = [placed[at - 1], placed[at]] as [{ at: number }, { at: number }];
    here.at = Math.max(here.at, above.at + lineHeight);
  }
  for (let at = placed.length - 1, most = bottom + edge; at >= 0; at--, most -= lineHeight) {
    const here = placed[at] as { at: number };
    here.at = Math.min(here.at, most);
  }
  return placed;
}

/** Words in as many lines as keep them apart. */
function placeStretches(
  { stretches = [] }: LinePanel,
  {
    across,
    plotWidth,
    from,
  }: { readonly across: (x: number) => number; readonly plotWidth: number; readonly from: number },
): { readonly rows: number; readonly stretches: readonly PlacedStretch[] } {
  const ends: number[] = [];
  const placed = [...stretches]
    .sort((a, b) => a.from - b.from)
    .map(({ from: first, to, text }) => {
      const half = textWidth(text, { size: textSize }) / 2;
      const [left, right] = [Math.max(0, across(first) - 4), Math.min(plotWidth, across(to) + 4)];
      const textAt = Math.min(plotWidth - half, Math.max(half, (left + right) / 2));
      const start = Math.min(left, textAt - half);
      const free = ends.findIndex((end) => end + 10 <= start);
      const row = free === -1 ? ends.length : free;
      ends[row] = Math.max(right, textAt + half);
      return { text, textAt, left, right, at: from + row * stretchHeight + lineHeight / 2 };
    });
  return { rows: ends.length, stretches: placed };
}

/** The names that fit, evenly many places apart from the latest on; the first always, if need be for the second. */
function fitting(ticks: LineChart["ticks"], across: (x: number) => number): LineChart["ticks"] {
  const half = (text: string): number => textWidth(text, { size: textSize }) / 2;
  const areApart = (chosen: LineChart["ticks"]): boolean =>
    chosen.slice(1).every(({ x, label }, at) => {
      const before = chosen[at] as (typeof ticks)[number];
      return across(x) - across(before.x) >= half(label) + half(before.label) + 12;
    });
  for (const apart of [1, 2, 3, 4, 6, 12, 24, 60]) {
    const chosen = ticks.filter((_, at) => (ticks.length - 1 - at) % apart === 0);
    if (!areApart(chosen)) continue;
    const withFirst = [ticks[0] as (typeof ticks)[number], ...chosen];
    if (chosen[0] === ticks[0] || chosen.length === 1) return chosen;
    return areApart(withFirst) ? withFirst : withFirst.toSpliced(1, 1);
  }
  return ticks.slice(-1);
}
