import type { Verdict } from "../analysis/regional/comparison.js";
import type { Interval95 } from "../analysis/result.js";
import { isMarked, type Marked } from "../analysis/tally.js";
import { intervalOf, markLayers } from "./area-marks.js";
import type { Chart, Spec } from "./chart.js";
import { demand } from "./check-numbers.js";
import { partsOf } from "./parts.js";
import { type Channels, type Layer, type RowScale, rowSpec } from "./row-spec.js";
import { layOutRows, type RowLayout } from "./rows.js";
import { textWidth } from "./text-width.js";
import { lineHeight, textSize } from "./theme.js";

/** An area's row: its figure, how its mark looks, and what is written beside it. */
export interface AreaRow {
  readonly area: string;
  readonly cell: Interval95 | number | Marked;
  readonly look: Verdict;
  /** Beside the mark; a figure that is not shown has its shorthand in place of it. */
  readonly text: string;
  /** Of an area that is not known: rows under a heading of their own, at the end. */
  readonly unknown?: true;
}

export interface AreaRows {
  /** In the order of the picture. */
  readonly rows: readonly AreaRow[];
  /** What the rows are of, over their names: `Service area`. */
  readonly heading: string;
  readonly scale: Omit<RowScale, "guides">;
  /** What the line to compare with is: over it. */
  readonly reference?: string;
}

const markHeight = 18;
const labelGap = 10;
const unknownHeading = "Area not known";

/**
 * Areas in rows: a mark whose shape tells the word of the evidence, its interval, and its figure in words.
 *
 * @throws CasedrawError `CHART_DATA_INVALID` if an interval's ends are not in order or not finite
 */
export function areaRowsChart(chart: AreaRows): Pick<Chart, "spec" | "parts"> {
  const rows = chart.rows.map((row) => ({
    ...row,
    characteristic: row.unknown ? unknownHeading : chart.heading,
    level: row.area,
  }));
  for (const { cell, characteristic, level } of rows) {
    const figure = intervalOf(cell);
    if (figure === undefined) continue;
    const { value, lower, upper } = figure;
    // The bootstrap's interval of a rank may leave the rank out, as few others do: what is drawn is what was found.
    const holds = lower <= upper && Number.isFinite(upper - lower) && Number.isFinite(value);
    demand(holds, "an interval has its ends in order and finite", `${lower} to ${upper}`, {
      characteristic,
      level,
    });
  }
  const specOf = (part: readonly Row[]): Spec => rowsSpec(part, rows, chart);
  return { spec: specOf(rows), ...partsOf(rows, { markHeight, specOf }) };
}

type Row = AreaRow & { readonly characteristic: string; readonly level: string };

function rowsSpec(part: readonly Row[], all: readonly Row[], { scale, reference }: AreaRows): Spec {
  const widest = Math.max(...all.map((row) => textWidth(textOf(row), { size: textSize })));
  const layout = layOutRows(part, {
    markHeight,
    rightMargin: Math.ceil(widest) + labelGap + 4,
    alignWith: all,
  });
  const placed = part.map((row, at) => ({ ...row, y: layout.rows[at]?.at as number }));
  const values = placed.flatMap(({ area, cell, look, y }) => {
    const figure = intervalOf(cell);
    return figure === undefined ? [] : [{ area, look, ...figure, y }];
  });
  const texts = placed.map((row) => ({
    end: endOf(row) ?? scale.domain[0],
    text: textOf(row),
    weight: row.look === "higher" || row.look === "lower" ? 600 : 400,
    y: row.y,
  }));
  return rowSpec(layout, { ...scale, guides: "through" }, (channels) => {
    const { across, down } = channels;
    return [
      {
        data: { values },
        mark: { type: "rule", strokeWidth: 2, color: "#3D3D3D" },
        encoding: { x: across("lower"), x2: { field: "upper" }, y: down("y") },
      },
      ...markLayers(values, { x: across("value"), y: down("y") }),
      ...textLayers(texts, channels),
      ...(reference === undefined ? [] : referenceLayers(layout, { scale, text: reference, channels })),
    ];
  });
}

function endOf({ cell }: AreaRow): number | undefined {
  const figure = intervalOf(cell);
  return figure === undefined ? undefined : Math.max(figure.value, figure.upper);
}

function textOf({ cell, text }: AreaRow): string {
  return isMarked(cell) ? `[${cell.mark}]` : text;
}

/** What a row says in words, over a white edge that keeps it clear of lines. */
function textLayers(
  texts: readonly {
    readonly end: number;
    readonly text: string;
    readonly weight: number;
    readonly y: number;
  }[],
  { across, down }: Channels,
): Layer[] {
  return [400, 600].flatMap((weight) => {
    const values = texts.filter((text) => text.weight === weight);
    if (values.length === 0) return [];
    const encoding = { x: across("end"), y: down("y"), text: { field: "text", type: "nominal" as const } };
    const mark = {
      type: "text" as const,
      align: "left" as const,
      dx: labelGap,
      fontWeight: weight as 400 | 600,
    };
    return [
      { data: { values }, mark: { ...mark, stroke: "white", strokeWidth: 4 }, encoding },
      { data: { values }, mark, encoding },
    ];
  });
}

/** The name of the line, over its upper end, and not beyond the picture's edges. */
function referenceLayers(
  { blocks, labelWidth, plotWidth }: RowLayout,
  {
    scale,
    text,
    channels,
  }: {
    readonly scale: AreaRows["scale"];
    readonly text: string;
    readonly channels: Channels;
  },
): Layer[] {
  const [first] = blocks;
  if (first === undefined) return [];
  const half = textWidth(text, { size: textSize, weight: 600 }) / 2;
  const [from, to] = scale.domain;
  const along = ((scale.reference - from) / (to - from)) * plotWidth;
  const name = textWidth(first.characteristic, { size: textSize, weight: 600 });
  const x = Math.min(Math.max(along, half, name - labelWidth + half + labelGap), plotWidth - half);
  return [
    {
      data: { values: [{ text, y: first.top - lineHeight / 2 - 2 }] },
      mark: { type: "text", align: "center", fontWeight: 600 },
      encoding: { x: { value: x }, y: channels.down("y"), text: { field: "text", type: "nominal" } },
    },
  ];
}
