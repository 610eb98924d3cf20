import type { Cell, Interval95 } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import { thousands } from "../frame/words.js";
import type { Chart, Spec } from "./chart.js";
import { demand, demandGroups } from "./check-numbers.js";
import { percentText } from "./number-text.js";
import { partsOf } from "./parts.js";
import { pictureFrame } from "./picture-frame.js";
import { type Layer, nameLayers } from "./row-spec.js";
import { type Group, layOutRows, type RowLayout } from "./rows.js";
import { textWidth, wrapText } from "./text-width.js";
import { lineHeight, palette, pictureWidth, referenceInk, textSize } from "./theme.js";

/** A level with its bar in each panel. */
export interface BarRow extends Group {
  /** One a panel: a number, one with its interval, or why it is not shown. */
  readonly cells: readonly Exclude<Cell, string>[];
  /** Drawn in grey, as what is not known. */
  readonly unknown?: boolean;
}

/** Bars by level, in up to three panels beside each other on one scale. */
export interface LevelBars {
  /** A heading each; blank where there is one panel and nothing to tell apart. */
  readonly panels: readonly string[];
  /** Shares are fractions and shown in percent. */
  readonly kind: "share" | "count";
  /** In the order of the picture; those of one characteristic next to each other. */
  readonly rows: readonly BarRow[];
}

const mostPanels = 3;
const markHeight = 22;
const barHeight = 20;
const panelGap = 24;
const labelGap = 7;
const edge = 10;
const unknownFill = "#BFBFBF";

/**
 * Horizontal bars from zero by level, each with its value beside it, and its interval as a line where it has one. The
 * picture has no axis, since every value stands in it.
 *
 * @throws CasedrawError `CHART_DATA_INVALID` if there is no row, there are more than three panels, a row has another number
 *   of cells, or a value is not a number of 0 or more
 */
export function levelBars(bars: LevelBars): Pick<Chart, "spec" | "parts"> {
  refuseBad(bars);
  const specOf = (rows: readonly BarRow[]): Spec => barSpec({ ...bars, rows }, bars.rows);
  return { spec: specOf(bars.rows), ...partsOf(bars.rows, { markHeight, specOf }) };
}

function refuseBad({ panels, rows }: LevelBars): void {
  demandGroups(rows);
  demand(
    panels.length > 0 && panels.length <= mostPanels,
    `a chart of bars has 1 to ${mostPanels} panels`,
    panels.length,
  );
  for (const row of rows) {
    demand(row.cells.length === panels.length, "a row has a cell for each panel", row.cells.length, row);
    for (const bar of row.cells.flatMap(barOf)) {
      demand(bar.value >= 0 && Number.isFinite(bar.value), "a bar is a number of 0 or more", bar.value, row);
      demand(Number.isFinite(bar.upper), "the ends of an interval are finite numbers", bar.upper, row);
    }
  }
}

/** The bar of a cell; none where its figure is not shown. */
function barOf(cell: BarRow["cells"][number]): Interval95[] {
  if (isMarked(cell)) return [];
  return typeof cell === "number" ? [{ value: cell, lower: cell, upper: cell }] : [cell];
}

function textOf(cell: BarRow["cells"][number], kind: LevelBars["kind"]): string {
  if (isMarked(cell)) return `[${cell.mark}]`;
  const value = typeof cell === "number" ? cell : cell.value;
  return kind === "count" ? thousands(value) : percentText(value, 1);
}

/** @param all - what the scale and the labels leave room for */
function barSpec({ panels, kind, rows }: LevelBars, all: readonly BarRow[]): Spec {
  const layout = layOutRows(rows, { markHeight, rightMargin: edge, alignWith: all });
  const width = Math.floor((layout.plotWidth - panelGap * (panels.length - 1)) / panels.length);
  const headings = panels.map((panel) => wrapText(panel, { width, size: textSize, weight: 600 }));
  const headingHeight =
    panels.join("") === "" ? 0 : Math.max(...headings.map(({ length }) => length)) * lineHeight;
  const reach = reachOf(all, { kind, width });
  return {
    ...pictureFrame({
      left: layout.labelWidth,
      right: pictureWidth - layout.labelWidth - layout.plotWidth,
      top: edge + headingHeight,
      bottom: edge,
      height: layout.height,
    }),
    // Each panel has its stretch of the picture, on a scale of its own that reaches as far as the others'.
    resolve: { scale: { x: "independent" } },
    layer: [
      { layer: nameLayers(layout, channelsOf(layout.height, { reach, start: 0, width })) },
      ...panels.map((panel, at) => {
        const channels = channelsOf(layout.height, { reach, start: at * (width + panelGap), width });
        return {
          layer: [
            ...panelLayers({ layout, rows, kind, at, panel }, channels),
            ...headingLayer(headings[at] as string[], at * (width + panelGap)),
          ],
        };
      }),
    ],
  };
}

/** Where the scale ends, in its own unit, so that the longest bar leaves room for its value. */
function reachOf(
  rows: readonly BarRow[],
  { kind, width }: { readonly kind: LevelBars["kind"]; readonly width: number },
): number {
  const needs = rows.flatMap(({ cells }) =>
    cells.flatMap((cell) =>
      barOf(cell).map(({ value, upper }) => {
        const room = textWidth(textOf(cell, kind), { size: textSize }) + labelGap + 2;
        return (Math.max(value, upper) * width) / Math.max(width - room, width / 4);
      }),
    ),
  );
  return Math.max(...needs, kind === "share" ? 0.05 : 1);
}

interface Panel {
  readonly layout: RowLayout;
  readonly rows: readonly BarRow[];
  readonly kind: LevelBars["kind"];
  /** Place of its cells in the rows. */
  readonly at: number;
  readonly panel: string;
}

function panelLayers(
  { layout, rows, kind, at, panel }: Panel,
  { across, down }: ReturnType<typeof channelsOf>,
): Layer[] {
  const placed = rows.map((row, r) => {
    const cell = row.cells[at] as BarRow["cells"][number];
    const [bar] = barOf(cell);
    const y = layout.rows[r]?.at as number;
    return { row, bar, y, text: textOf(cell, kind), interval: bar !== undefined && bar.lower < bar.upper };
  });
  const barValues = placed.flatMap(({ row, bar, y }) =>
    bar === undefined
      ? []
      : [
          {
            ...(panel === "" ? {} : { panel }),
            characteristic: row.characteristic,
            level: row.level,
            known: row.unknown !== true,
            ...bar,
            from: 0,
            top: y - barHeight / 2,
            bottom: y + barHeight / 2,
            y,
          },
        ],
  );
  const intervals = { values: barValues.filter((_, i) => placed.filter(({ bar }) => bar)[i]?.interval) };
  const whisker = (color: string, strokeWidth: number): Layer => ({
    data: intervals,
    mark: { type: "rule", color, strokeWidth },
    encoding: { x: across("lower"), x2: { field: "upper" }, y: down("y") },
  });
  const bars = (known: boolean): Layer => ({
    data: { values: barValues.filter((value) => value.known === known) },
    mark: known
      ? { type: "rect", color: palette[0] }
      : { type: "rect", color: unknownFill, stroke: referenceInk, strokeWidth: 1 },
    encoding: { x: across("from"), x2: { field: "value" }, y: down("top"), y2: { field: "bottom" } },
  });
  return [
    bars(true),
    ...(barValues.every(({ known }) => known) ? [] : [bars(false)]),
    ...(intervals.values.length === 0 ? [] : [whisker("white", 5), whisker(referenceInk, 2)]),
    {
      data: { values: layout.blocks.map(({ top, bottom }) => ({ zero: 0, top, bottom })) },
      mark: { type: "rule", color: referenceInk, strokeWidth: 1.5 },
      encoding: { x: across("zero"), y: down("top"), y2: { field: "bottom" } },
    },
    {
      data: { values: placed.map(({ bar, y, text }) => ({ end: bar?.upper ?? 0, y, text })) },
      mark: { type: "text", align: "left", dx: labelGap },
      encoding: { x: across("end"), y: down("y"), text: { field: "text", type: "nominal" } },
    },
  ];
}

/** @param panel - where the scale ends, and where the panel stands, in pixels */
function channelsOf(
  height: number,
  panel: { readonly reach: number; readonly start: number; readonly width: number },
) {
  const { reach, start, width } = panel;
  const exact = { nice: false, zero: false } as const;
  const position = (field: string, scale: object) => ({
    field,
    type: "quantitative" as const,
    axis: null,
    scale: { ...scale, ...exact },
  });
  return {
    across: (field: string) => position(field, { domain: [0, reach], range: [start, start + width] }),
    down: (field: string) => position(field, { domain: [0, height], reverse: true }),
  };
}

function headingLayer(lines: readonly string[], start: number): Layer[] {
  if (lines.join("") === "") return [];
  return [
    {
      data: { values: [{ heading: lines.join(" ") }] },
      mark: {
        type: "text",
        align: "left",
        baseline: "bottom",
        fontWeight: 600,
        text: [...lines],
        lineHeight,
      },
      encoding: { x: { value: start }, y: { value: 0 } },
    },
  ];
}
