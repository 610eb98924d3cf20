import type { AreaFigure, IndicatorComparison } from "../analysis/regional/comparison.js";
import { wordOf } from "../analysis/regional/verdict.js";
import { isMarked } from "../analysis/tally.js";
import { counted } from "../frame/words.js";
import { markLayers } from "./area-marks.js";
import { areaFigureText, describeAreas, flaggedHeadline, sortedAreas } from "./area-texts.js";
import type { Chart } from "./chart.js";
import { decimalText, percentText } from "./number-text.js";
import { pictureFrame } from "./picture-frame.js";
import { textWidth, wrapText } from "./text-width.js";
import { pictureWidth, textSize } from "./theme.js";

/** Where an area's tile stands: whole numbers, from the left and from the top. */
export interface Tile {
  readonly area: string;
  readonly x: number;
  readonly y: number;
}

const edge = 8;
const widestTile = 132;

/**
 * Areas as tiles of one size, laid out as the plan says: a name, the figure and the mark of its word in each. Not a map of
 * distances; the table has the same.
 *
 * @param tiles - of areas; those of areas without a figure are drawn empty
 * @returns undefined where no tile has an area that is compared
 */
export function tileMapChart(
  comparison: IndicatorComparison,
  tiles: readonly Tile[],
  heading: string,
): Chart | undefined {
  const { indicator, areas } = comparison;
  const figures = new Map(areas.map((area) => [area.area, area]));
  if (!tiles.some(({ area }) => figures.has(area))) return undefined;
  const [minX, maxX] = [Math.min(...tiles.map(({ x }) => x)), Math.max(...tiles.map(({ x }) => x))];
  const [minY, maxY] = [Math.min(...tiles.map(({ y }) => y)), Math.max(...tiles.map(({ y }) => y))];
  const columns = maxX - minX + 1;
  const tileWidth = Math.min(widestTile, Math.floor((pictureWidth - 2 * edge) / columns));
  const named = tileWidth >= 70;
  const tileHeight = named ? 62 : 40;
  const width = tileWidth * columns;
  const height = tileHeight * (maxY - minY + 1);
  const placed = tiles.map(({ area, x, y }) => {
    const figure = figures.get(area);
    const [left, top] = [(x - minX) * tileWidth, (y - minY) * tileHeight];
    return {
      area,
      name: fitted(area, tileWidth - 10),
      left: left + 2,
      right: left + tileWidth - 2,
      top: top + 2,
      bottom: top + tileHeight - 2,
      middle: left + tileWidth / 2,
      nameY: top + 18,
      figureY: top + (named ? 43 : tileHeight / 2),
      markX: left + tileWidth / 2 - 20,
      textX: left + tileWidth / 2 - 8,
      text: figure === undefined ? "[x]" : short(figure, comparison),
      look: figure?.verdict ?? ("untested" as const),
      marked: figure !== undefined && !isMarked(figure.figure),
    };
  });
  const scale = (field: string, length: number, reverse = false) => ({
    field,
    type: "quantitative" as const,
    axis: null,
    scale: { domain: [0, length], nice: false, zero: false, ...(reverse ? { reverse } : {}) },
  });
  const x = (field: string) => scale(field, width);
  const y = (field: string) => scale(field, height, true);
  const text = (field: string) => ({ text: { field, type: "nominal" as const } });
  const missing = areas.filter(
    ({ area, unknown }) => unknown !== true && !tiles.some((tile) => tile.area === area),
  );
  return {
    spec: {
      ...pictureFrame({ left: edge, right: pictureWidth - edge - width, top: edge, bottom: edge, height }),
      layer: [
        {
          data: { values: placed },
          mark: { type: "rect", color: "#F3F4F5", stroke: "#8A8A8A" },
          encoding: { x: x("left"), x2: { field: "right" }, y: y("top"), y2: { field: "bottom" } },
        },
        {
          data: { values: placed.filter(({ look }) => look === "higher" || look === "lower") },
          mark: { type: "rect", color: "#E3E9F2", stroke: "#12436D", strokeWidth: 2 },
          encoding: { x: x("left"), x2: { field: "right" }, y: y("top"), y2: { field: "bottom" } },
        },
        ...markLayers(
          placed.filter(({ marked }) => marked),
          { x: x("markX"), y: y("figureY") },
          75,
        ),
        ...(named
          ? [
              {
                data: { values: placed },
                mark: { type: "text" as const, align: "center" as const },
                encoding: { x: x("middle"), y: y("nameY"), ...text("name") },
              },
            ]
          : []),
        {
          data: { values: placed },
          mark: { type: "text", align: "left", fontWeight: 600 },
          encoding: { x: x("textX"), y: y("figureY"), ...text("text") },
        },
      ],
    },
    title: flaggedHeadline(comparison),
    subtitle: `${indicator.name}, ${indicator.of} by ${heading.toLowerCase()}, ${indicator.period}, in tiles of one size`,
    description: `Tiles laid out like a map. ${describeAreas(comparison)}`,
    table: {
      header: [heading, indicator.measure.label, "Word"],
      rows: sortedAreas(areas).map((area) => [
        area.area,
        areaFigureText(area, indicator.measure),
        area.unknown ? "" : wordOf(area.verdict, indicator.polarity),
      ]),
    },
    notes: [
      "A tile has no size of its own: tiles stand about where the areas lie.",
      ...(missing.length === 0 ? [] : [`${counted(missing.length, "area")} without a tile: see the table.`]),
    ],
  };
}

/** The figure as a tile holds it. */
function short({ figure }: AreaFigure, { indicator }: IndicatorComparison): string {
  if (isMarked(figure)) return `[${figure.mark}]`;
  const value = typeof figure === "number" ? figure : figure.value;
  if (indicator.measure.kind === "share") return shareText(value);
  return decimalText(value, value >= 100 ? 0 : 1);
}

/** In as few characters as say no more than is so: "<0.1%" and ">99%" are short of 0% and of 100%. */
function shareText(value: number): string {
  const decimals = value > 0 && value < 0.1 ? 1 : 0;
  return percentText(value, decimals).replace("under ", "<").replace("over ", ">");
}

/** As much of a name as a tile's line holds. */
function fitted(name: string, width: number): string {
  const size = textSize;
  if (textWidth(name, { size }) <= width) return name;
  const [first = name] = wrapText(name, { width, size });
  let end = textWidth(first, { size }) <= width - textWidth("…", { size }) ? first : name;
  while (end !== "" && textWidth(`${end}…`, { size }) > width) end = end.slice(0, -1);
  return `${end.trimEnd()}…`;
}
