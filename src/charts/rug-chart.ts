import type { AreaFigure, IndicatorComparison, Verdict } from "../analysis/regional/comparison.js";
import { chanceText, countFlags } from "../analysis/regional/flags.js";
import { wordOf } from "../analysis/regional/verdict.js";
import { isMarked } from "../analysis/tally.js";
import { counted } from "../frame/words.js";
import { markLayers } from "./area-marks.js";
import { areaFigureText } from "./area-texts.js";
import type { Chart, Spec } from "./chart.js";
import { headline } from "./headline.js";
import { decimalText } from "./number-text.js";
import { sheetHeight } from "./parts.js";
import { pictureFrame } from "./picture-frame.js";
import type { Layer } from "./row-spec.js";
import { textWidth, wrapText } from "./text-width.js";
import { guideInk, lineHeight, pictureWidth, textSize } from "./theme.js";

const widestLabel = 220;
const labelGap = 12;
const edge = 6;
const rowHeight = 30;
const headHeight = 30;
/** A figure and its mark stand beside each other in a cell no narrower than this. */
const narrowestCell = 54;
const widestCell = 110;

/** An area's line through the indicators. */
interface RugRow {
  readonly area: string;
  readonly label: readonly string[];
  readonly height: number;
  /** Undefined where an indicator has nothing of the area. */
  readonly figures: readonly (AreaFigure | undefined)[];
}

/**
 * Areas by indicators: each cell has the figure and a mark whose shape tells the word of the evidence. Indicators are numbered
 * at the head and named below; more of them than a page is wide go into another piece.
 *
 * @param comparisons - at least one, over the same areas or some of them
 * @param areas - in the order of the picture
 * @param heading - what the areas are, for people: `Service area`
 */
export function rugChart(
  comparisons: readonly IndicatorComparison[],
  { areas, heading }: { readonly areas: readonly string[]; readonly heading: string },
): Chart {
  const byArea = comparisons.map((one) => new Map(one.areas.map((area) => [area.area, area])));
  const rows = areas.map((area): RugRow => {
    const label = wrapText(area, { width: widestLabel, size: textSize });
    return {
      area,
      label,
      height: Math.max(rowHeight, label.length * lineHeight + 8),
      figures: byArea.map((figures) => figures.get(area)),
    };
  });
  const labelWidth =
    Math.ceil(
      Math.max(
        textWidth(heading, { size: textSize, weight: 600 }),
        ...rows.flatMap(({ label }) => label.map((line) => textWidth(line, { size: textSize }))),
      ),
    ) + labelGap;
  const perPiece = Math.max(1, Math.floor((pictureWidth - labelWidth - edge) / narrowestCell));
  const places = comparisons.map((_, at) => at);
  const across = evenly(places, Math.ceil(places.length / perPiece));
  const pieces = across.flatMap((columns) =>
    sheetsOf(rows, keyHeightOf(comparisons, columns)).map((part) => ({ part, columns })),
  );
  const draw = (part: readonly RugRow[], columns: readonly number[]): Spec =>
    rugSpec(part, { columns, comparisons, labelWidth, heading });
  const [whole = places] = across;
  const known = comparisons.flatMap(({ areas: all }) => all.filter(({ unknown }) => unknown !== true));
  const flagged = known.filter(({ verdict }) => verdict === "higher" || verdict === "lower");
  const tested = known.filter(({ verdict }) => verdict !== "few" && verdict !== "untested");
  return {
    // A specification holds the columns that a page is wide enough for.
    spec: draw(rows, whole),
    ...(pieces.length < 2 ? {} : { parts: pieces.map(({ part, columns }) => draw(part, columns)) }),
    title:
      flagged.length === 0
        ? headline("No area stands out on any indicator")
        : headline(
            `${flagged.length} of ${counted(tested.length, "comparison")} ${flagged.length === 1 ? "stands" : "stand"} out`,
            "Some areas stand out",
          ),
    subtitle: `${counted(areas.length, "area")} by ${counted(comparisons.length, "indicator")}, each area beside the whole or the rest of it${tested.length === 0 ? "" : `; ${chanceText(countFlags(comparisons))} stand out, if no area differed`}`,
    description: describe(comparisons),
    table: {
      header: [heading, ...comparisons.map(({ indicator }) => indicator.name)],
      rows: rows.map(({ area, figures }) => [
        area,
        ...figures.map((figure, at) => {
          const one = comparisons[at] as IndicatorComparison;
          if (figure === undefined) return "";
          const text = areaFigureText(figure, one.indicator.measure);
          return figure.unknown || isMarked(figure.figure)
            ? text
            : `${text} ${wordOf(figure.verdict, one.indicator.polarity)}`;
        }),
      ]),
    },
    notes: [
      "The word is of the evidence, not of the size: a small area needs a larger difference to stand out.",
    ],
  };
}

function describe(comparisons: readonly IndicatorComparison[]): string {
  return comparisons
    .map(({ indicator, areas }) => {
      const many = (verdict: Verdict): number =>
        areas.filter((area) => area.verdict === verdict && area.unknown !== true).length;
      return `${indicator.name}: ${many("higher")} higher, ${many("lower")} lower, ${many("similar")} similar.`;
    })
    .join(" ");
}

/** Pieces of about the same length. */
function evenly<T>(items: readonly T[], pieces: number): T[][] {
  const each = Math.ceil(items.length / pieces);
  return Array.from({ length: pieces }, (_, at) => items.slice(at * each, (at + 1) * each)).filter(
    (piece) => piece.length > 0,
  );
}

function sheetsOf(rows: readonly RugRow[], keyHeight: number): RugRow[][] {
  const sheets: RugRow[][] = [[]];
  let height = 0;
  for (const row of rows) {
    if (height + row.height > sheetHeight - keyHeight && height > 0) {
      sheets.push([]);
      height = 0;
    }
    sheets.at(-1)?.push(row);
    height += row.height;
  }
  return sheets;
}

/** Whole percent, weeks to one decimal: what a narrow cell holds. Units stand in the key. */
function cellText({ figure }: AreaFigure, { indicator }: IndicatorComparison): string {
  if (isMarked(figure)) return `[${figure.mark}]`;
  const value = typeof figure === "number" ? figure : figure.value;
  const { kind } = indicator.measure;
  if (kind !== "share") return decimalText(value, kind === "ratio" ? 2 : value >= 100 ? 0 : 1);
  const percent = value * 100;
  if (percent > 0 && percent < 1) return "<1";
  return percent < 100 && percent > 99 ? ">99" : decimalText(percent, 0);
}

function keyText({ indicator }: IndicatorComparison, at: number): string {
  const { kind } = indicator.measure;
  const unit = kind === "share" ? ", %" : kind === "weeks" || kind === "days" ? `, ${kind}` : "";
  return `${at + 1}  ${indicator.name}${unit}`;
}

const marksKey: readonly { readonly look: Verdict; readonly text: string }[] = [
  { look: "higher", text: "Higher" },
  { look: "lower", text: "Lower" },
  { look: "similar", text: "No clear difference" },
  { look: "untested", text: "Too few to say, or not tested" },
];

function keyLines(comparisons: readonly IndicatorComparison[], columns: readonly number[]): string[] {
  return columns.flatMap((at) =>
    wrapText(keyText(comparisons[at] as IndicatorComparison, at), {
      width: pictureWidth - 2 * edge,
      size: textSize,
    }),
  );
}

function keyHeightOf(comparisons: readonly IndicatorComparison[], columns: readonly number[]): number {
  return (keyLines(comparisons, columns).length + 1) * lineHeight + 2 * edge + 14;
}

function rugSpec(
  rows: readonly RugRow[],
  {
    columns,
    comparisons,
    labelWidth,
    heading,
  }: {
    readonly columns: readonly number[];
    readonly comparisons: readonly IndicatorComparison[];
    readonly labelWidth: number;
    readonly heading: string;
  },
): Spec {
  const cellWidth = Math.min(widestCell, Math.floor((pictureWidth - labelWidth - edge) / columns.length));
  const width = cellWidth * columns.length;
  const tops: number[] = [];
  let height = 0;
  for (const row of rows) {
    tops.push(height);
    height += row.height;
  }
  const middle = (row: number): number => (tops[row] as number) + (rows[row] as RugRow).height / 2;
  const cells = rows.flatMap(({ area, figures }, row) =>
    columns.flatMap((column, place) => {
      const figure = figures[column];
      const one = comparisons[column] as IndicatorComparison;
      if (figure === undefined) return [];
      const hasMark = figure.unknown !== true && !isMarked(figure.figure);
      return [
        {
          area,
          indicator: one.indicator.name,
          word: figure.verdict,
          look: figure.verdict,
          hasMark,
          text: cellText(figure, one),
          left: place * cellWidth,
          right: (place + 1) * cellWidth,
          top: tops[row] as number,
          bottom: (tops[row] as number) + (rows[row] as RugRow).height,
          x: place * cellWidth + cellWidth / 2,
          markX: place * cellWidth + cellWidth / 2 - 16,
          textX: place * cellWidth + cellWidth / 2 + 23,
          y: middle(row),
        },
      ];
    }),
  );
  const flagged = cells.filter(({ word }) => word === "higher" || word === "lower");
  const x = (field: string) => ({
    field,
    type: "quantitative" as const,
    axis: null,
    scale: { domain: [0, width], nice: false, zero: false },
  });
  const y = (field: string) => ({
    field,
    type: "quantitative" as const,
    axis: null,
    scale: { domain: [0, height], reverse: true, nice: false, zero: false },
  });
  const text = (field: string) => ({ text: { field, type: "nominal" as const } });
  const lines = rows.flatMap(({ label }, row) =>
    label.map((line, at) => ({ line, y: middle(row) + (at - (label.length - 1) / 2) * lineHeight })),
  );
  const marks = cells.filter(({ hasMark }) => hasMark);
  const words = keyLines(comparisons, columns);
  const below = height + edge + 14;
  return {
    ...pictureFrame({
      left: labelWidth,
      right: pictureWidth - labelWidth - width,
      top: edge + headHeight,
      bottom: keyHeightOf(comparisons, columns),
      height,
    }),
    layer: [
      {
        data: { values: flagged },
        mark: { type: "rect", color: "#E3E9F2" },
        encoding: { x: x("left"), x2: { field: "right" }, y: y("top"), y2: { field: "bottom" } },
      },
      {
        data: { values: [0, ...tops.slice(1), height].map((at) => ({ at })) },
        mark: { type: "rule", color: guideInk },
        encoding: { x: { value: -labelWidth }, x2: { value: width }, y: y("at") },
      },
      ...markLayers(marks, { x: x("markX"), y: y("y") }, 75),
      ...[400, 600].map(
        (weight): Layer => ({
          data: {
            values: cells.filter(({ word }) => (word === "higher" || word === "lower") === (weight === 600)),
          },
          mark: { type: "text", align: "right", fontWeight: weight as 400 | 600 },
          encoding: { x: x("textX"), y: y("y"), ...text("text") },
        }),
      ),
      {
        data: { values: lines },
        mark: { type: "text", align: "left" },
        encoding: { x: { value: -labelWidth }, y: y("y"), ...text("line") },
      },
      {
        data: { values: [{ heading }] },
        mark: { type: "text", align: "left", fontWeight: 600 },
        encoding: { x: { value: -labelWidth }, y: { value: -headHeight / 2 }, ...text("heading") },
      },
      {
        data: {
          values: columns.map((column, place) => ({ head: `${column + 1}`, x: (place + 0.5) * cellWidth })),
        },
        mark: { type: "text", align: "center", fontWeight: 600 },
        encoding: { x: x("x"), y: { value: -headHeight / 2 }, ...text("head") },
      },
      ...marksKeyLayers(-labelWidth, below),
      ...words.map(
        (line, at): Layer => ({
          data: { values: [{ words: line }] },
          mark: { type: "text", align: "left" },
          encoding: {
            x: { value: -labelWidth },
            y: { value: below + (at + 1.4) * lineHeight },
            ...text("words"),
          },
        }),
      ),
    ],
  };
}

/** What the marks mean, in one line. */
function marksKeyLayers(from: number, at: number): Layer[] {
  let left = from;
  return marksKey.flatMap(({ look, text }): Layer[] => {
    const x = left + 7;
    left += 20 + textWidth(text, { size: textSize }) + 22;
    return [
      ...markLayers([{ look }], { x: { value: x }, y: { value: at } }, 75),
      {
        data: { values: [{ text }] },
        mark: { type: "text", align: "left" },
        encoding: { x: { value: x + 12 }, y: { value: at }, text: { field: "text", type: "nominal" } },
      },
    ];
  });
}
