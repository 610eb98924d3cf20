import type { Cell } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import type { Spec } from "./chart.js";
import { demand } from "./check-numbers.js";
import { pictureFrame } from "./picture-frame.js";
import { textWidth, wrapText } from "./text-width.js";
import { lineHeight, palette, pictureWidth, textSize } from "./theme.js";

/** A grid of shares, each with its number in it. */
export interface HeatMap {
  readonly rows: readonly string[];
  /** Short enough to stand over a narrow cell: numbers, where the names do not fit. */
  readonly columns: readonly string[];
  /** Row by column: a fraction, why it is not shown, or undefined where the grid has no cell. */
  readonly cells: readonly (readonly (Cell | undefined)[])[];
  /** What the columns are, where they are numbered: in two columns below the grid. */
  readonly key?: readonly string[];
  /** The fraction of the darkest cell. */
  readonly darkest: number;
}

const widestLabel = 230;
const labelGap = 12;
const rowHeight = 34;
const edge = 10;
const headHeight = 28;
const widestCell = 70;

/**
 * A grid of cells, darker for a larger share, with the percentage in whole numbers in each, so that nothing is told by
 * colour alone.
 *
 * @throws CasedrawError `CHART_DATA_INVALID` if there is no row or column, or a share is outside 0…1
 */
export function heatMapSpec({ rows, columns, cells, darkest, key = [] }: HeatMap): Spec {
  demand(
    rows.length > 0 && columns.length > 0,
    "a grid has rows and columns",
    `${rows.length} by ${columns.length}`,
  );
  const labels = rows.map((label) => wrapText(label, { width: widestLabel, size: textSize }));
  const labelWidth =
    Math.ceil(Math.max(...labels.flat().map((line) => textWidth(line, { size: textSize })))) + labelGap;
  const room = pictureWidth - labelWidth - edge;
  const cellWidth = Math.min(widestCell, Math.floor(room / columns.length));
  const tops: number[] = [];
  let height = 0;
  for (const lines of labels) {
    tops.push(height);
    height += Math.max(rowHeight, lines.length * lineHeight + 8);
  }
  const bottomOf = (row: number): number => tops[row + 1] ?? height;
  const middleOf = (row: number): number => ((tops[row] as number) + bottomOf(row)) / 2;
  const placed = cells.flatMap((line, row) =>
    line.flatMap((cell, column) => {
      if (cell === undefined) return [];
      const share = shareOf(cell);
      if (share !== undefined) demand(share >= 0 && share <= 1, "a share is a number from 0 to 1", share);
      return [
        {
          row: rows[row],
          column: columns[column],
          left: column * cellWidth,
          right: (column + 1) * cellWidth,
          top: tops[row] as number,
          bottom: bottomOf(row),
          x: (column + 0.5) * cellWidth,
          y: middleOf(row),
          fill: share === undefined ? "#FFFFFF" : shade(share / darkest),
          ink: share !== undefined && stepOf(share / darkest) > darkStep ? "#FFFFFF" : "#0B0C0C",
          text: isMarked(cell) ? `[${cell.mark}]` : share === undefined ? "" : wholePercent(share),
        },
      ];
    }),
  );
  const across = {
    type: "quantitative" as const,
    axis: null,
    scale: { domain: [0, cellWidth * columns.length], nice: false, zero: false },
  };
  const down = {
    type: "quantitative" as const,
    axis: null,
    scale: { domain: [0, height], reverse: true, nice: false, zero: false },
  };
  const keyLines = layOutKey(key);
  const keyHeight =
    key.length === 0 ? 0 : edge + Math.max(...keyLines.map(({ line }) => line + 1)) * lineHeight;
  const text = (field: string) => ({ text: { field, type: "nominal" as const } });
  return {
    ...pictureFrame({
      left: labelWidth,
      right: pictureWidth - labelWidth - cellWidth * columns.length,
      top: edge + headHeight,
      bottom: edge + keyHeight,
      height,
    }),
    layer: [
      {
        data: { values: placed },
        mark: { type: "rect", stroke: "#D9D9D9", strokeWidth: 1 },
        encoding: {
          x: { field: "left", ...across },
          x2: { field: "right" },
          y: { field: "top", ...down },
          y2: { field: "bottom" },
          color: { field: "fill", type: "nominal", scale: null },
        },
      },
      {
        data: { values: placed },
        mark: { type: "text", align: "center" },
        encoding: {
          x: { field: "x", ...across },
          y: { field: "y", ...down },
          color: { field: "ink", type: "nominal", scale: null },
          ...text("text"),
        },
      },
      {
        data: {
          values: labels.flatMap((lines, row) =>
            lines.map((line, i) => ({ line, y: middleOf(row) + (i - (lines.length - 1) / 2) * lineHeight })),
          ),
        },
        mark: { type: "text", align: "left" },
        encoding: { x: { value: -labelWidth }, y: { field: "y", ...down }, ...text("line") },
      },
      {
        data: { values: columns.map((column, at) => ({ column, x: (at + 0.5) * cellWidth })) },
        mark: { type: "text", align: "center", fontWeight: 600 },
        encoding: { x: { field: "x", ...across }, y: { value: -headHeight / 2 }, ...text("column") },
      },
      {
        data: {
          values: keyLines.map(({ words, half, line }) => ({
            words,
            x: (half * pictureWidth) / 2 - labelWidth,
            y: height + edge + (line + 0.5) * lineHeight,
          })),
        },
        mark: { type: "text", align: "left" },
        encoding: { x: { field: "x", ...across }, y: { field: "y", ...down }, ...text("words") },
      },
    ],
  };
}

/** Lines of the key, the first half of its entries left, the others right. */
function layOutKey(key: readonly string[]): { words: string; half: 0 | 1; line: number }[] {
  const next = [0, 0];
  return key.flatMap((entry, at) => {
    const half = at < Math.ceil(key.length / 2) ? 0 : 1;
    return wrapText(entry, { width: pictureWidth / 2 - 2 * edge, size: textSize }).map((words) => {
      const line = next[half] as number;
      next[half] = line + 1;
      return { words, half, line } as const;
    });
  });
}

function shareOf(cell: Cell): number | undefined {
  if (typeof cell === "number") return cell;
  return typeof cell === "string" || isMarked(cell) ? undefined : cell.value;
}

/** Black stands out on shades up to here, white on those above: 4.5 to 1 and more on each of the five. */
const darkStep = 0.7;

/** 0, or one of five shades. */
function stepOf(part: number): number {
  return Math.ceil(Math.min(1, Math.max(0, part)) * 5) / 5;
}

/** From white to the darkest of the palette. */
function shade(part: number): string {
  const dark = palette[0];
  const mixed = [1, 3, 5].map((at) => {
    const end = Number.parseInt(dark.slice(at, at + 2), 16);
    return Math.round(255 + (end - 255) * stepOf(part));
  });
  return `#${mixed.map((part) => part.toString(16).padStart(2, "0").toUpperCase()).join("")}`;
}

/** Without the sign, which the subtitle has; what is little, and not nothing, is "<1". */
function wholePercent(share: number): string {
  const text = (share * 100).toFixed(0);
  if (share > 0 && text === "0") return "<1";
  return share < 1 && text === "100" ? ">99" : text;
}
