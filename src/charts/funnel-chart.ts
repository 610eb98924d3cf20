import type { AreaFigure, Funnel, IndicatorComparison, Verdict } from "../analysis/regional/comparison.js";
import { someNames } from "../analysis/regional/names.js";
import { wordOf } from "../analysis/regional/verdict.js";
import { isMarked } from "../analysis/tally.js";
import { inSentence } from "../analysis/words.js";
import { capital } from "../frame/labels.js";
import { counted, thousands } from "../frame/words.js";
import { intervalOf, isFlagged, markLayers } from "./area-marks.js";
import { areaFigureText, axisTitle, describeAreas, flaggedHeadline, sortedAreas } from "./area-texts.js";
import type { Chart, Spec } from "./chart.js";
import { type FunnelLine, funnelLines, rawLimits } from "./funnel-lines.js";
import { decimalText, percentText } from "./number-text.js";
import { pictureFrame } from "./picture-frame.js";
import { type PlacedLabel, placeLabels } from "./place-labels.js";
import { figureText } from "./result-table.js";
import type { Layer } from "./row-spec.js";
import { textWidth } from "./text-width.js";
import { lineHeight, palette, pictureWidth, referenceInk, textSize } from "./theme.js";

const plotHeight = 400;
const left = 56;
const right = 118;
const top = 14;
const bottom = 58;
const plotWidth = pictureWidth - left - right;
/** Names that the picture has room for; the others stand in the table. */
const mostLabels = 14;
const rawColour = "#3D3D3D";
const adjustedColour = palette[3];

/** A point of the funnel. */
interface Point {
  readonly area: AreaFigure;
  readonly size: number;
  readonly value: number;
  readonly look: Verdict;
}

/**
 * Every area's figure by its size, within the limits that chance gives about the whole's: raw ones, and ones widened for
 * differences that all areas have.
 *
 * @param heading - what the areas are, for people: `Service area`
 * @returns undefined where there is no funnel, or fewer than two areas to draw
 */
export function funnelChart(comparison: IndicatorComparison, heading: string): Chart | undefined {
  const { funnel, indicator, areas, variation, designEffect } = comparison;
  if (funnel === undefined) return undefined;
  const points = areas.flatMap((area) => pointOf(area, funnel.kind) ?? []);
  if (points.length < 2) return undefined;
  const most = Math.max(...points.map(({ size }) => size)) * 1.04;
  const lines = funnelLines(comparison, most);
  const drawn = drawFunnel(comparison, { points, lines, most });
  const flagged = points.filter(({ area }) => isFlagged(area));
  const unnamed = flagged.length - drawn.named;
  const hidden = areas.filter(({ unknown, figure }) => unknown !== true && isMarked(figure)).length;
  return {
    spec: drawn.spec,
    title: flaggedHeadline(comparison),
    subtitle: `${indicator.name} by ${funnel.kind === "proportion" ? `number of ${indicator.of}` : "expected number"}, ${indicator.period}, a point for each ${inSentence(heading)}`,
    description: `Points by size between funnel-shaped limits. ${describeAreas(comparison)}`,
    table: {
      header: [
        heading,
        funnel.kind === "proportion" ? capital(indicator.of) : "Expected",
        funnel.kind === "proportion" ? indicator.measure.label : "Observed over expected",
        "Word",
        "Word with widened limits",
      ],
      rows: sortedAreas(areas)
        .filter(({ unknown }) => unknown !== true)
        .map((area) => {
          const { verdict, otherwise } = area;
          const { overdispersed } = otherwise;
          return [
            area.area,
            sizeText(area, funnel.kind),
            funnel.kind === "proportion" ? areaFigureText(area, indicator.measure) : ratioCell(area),
            wordOf(verdict, indicator.polarity),
            overdispersed === undefined ? "" : wordOf(overdispersed, indicator.polarity),
          ];
        }),
    },
    notes: [
      "Solid lines: where chance keeps 95% and 99.8% of areas that are like the whole. The words come from an exact test, which can differ from the lines where numbers are small.",
      ...insideNotes(points, { ...comparison, funnel }),
      ...(designEffect === 1
        ? []
        : [
            `The lines allow for children of one case, who are not independent: a design effect of ${decimalText(designEffect, 2)}.`,
          ]),
      ...(variation === undefined
        ? []
        : [
            `φ, which sets how areas vary against what chance gives, is ${decimalText(variation.phi, 2)}; ${variation.scale === "log" ? "without the furthest areas" : "the furthest areas are held in"}, so that it is below 1 where no area differs. The variance between areas, τ², is ${significant(variation.tauSquared)} on the ${variation.scale} scale.${
              variation.tauSquared > 0
                ? " Dashed lines: the limits widened by it, for differences that all areas have and nobody named."
                : " The lines are not widened: but for the furthest areas, they vary no more than chance gives."
            }`,
          ]),
      ...(unnamed > 0
        ? [`${counted(unnamed, "area")} that stand out have no room for a name: see the table.`]
        : []),
      ...(hidden > 0 ? [`${counted(hidden, "area")} not drawn, because a small count is hidden.`] : []),
    ],
  };
}

/** Areas that the test flags and the lines do not, with the reason. */
function insideNotes(
  points: readonly Point[],
  { funnel, rule, designEffect, whole }: IndicatorComparison & { readonly funnel: Funnel },
): string[] {
  const inside = points.filter(({ area, size, value }) => {
    if (!isFlagged(area) || funnel.target <= 0 || (funnel.kind === "proportion" && funnel.target >= 1))
      return false;
    const { lower, upper } = rawLimits(size / designEffect, { funnel, confidence: rule.confidence });
    return lower <= value && value <= upper;
  });
  const isRest = ({ area }: Point): boolean => area.comparator !== undefined && area.comparator.of !== whole;
  const level = percentText(rule.confidence, rule.confidence === 0.95 ? 0 : 1);
  return [
    {
      held: inside.filter(isRest),
      why: "tested against the other areas, while the lines are about a whole of which they are more than 5%",
    },
    {
      held: inside.filter((point) => !isRest(point)),
      why: "the lines are an approximation, and the test is exact",
    },
  ]
    .filter(({ held }) => held.length > 0)
    .map(
      ({ held, why }) =>
        `Flagged, though within the ${level} lines: ${someNames(held.map(({ area }) => area.area))} (${why}).`,
    );
}

function pointOf(area: AreaFigure, kind: "proportion" | "ratio"): Point | undefined {
  const size = kind === "proportion" ? area.denominator : area.expected;
  const figure = kind === "proportion" ? intervalOf(area.figure) : area.ratio;
  if (area.unknown || typeof size !== "number" || size <= 0 || figure === undefined) return undefined;
  return { area, size, value: figure.value, look: area.verdict };
}

function sizeText({ denominator, expected }: AreaFigure, kind: "proportion" | "ratio"): string {
  if (kind === "ratio") return expected === undefined ? "" : decimalText(expected, 1);
  if (denominator === undefined) return "";
  return isMarked(denominator) ? `[${denominator.mark}]` : thousands(denominator);
}

function ratioCell({ ratio }: AreaFigure): string {
  return ratio === undefined ? "" : decimalText(ratio.value, 2);
}

/** Three digits that count. */
function significant(value: number): string {
  return value === 0 ? "0" : String(Number(value.toPrecision(3)));
}

interface Drawing {
  readonly points: readonly Point[];
  readonly lines: readonly FunnelLine[];
  readonly most: number;
}

function drawFunnel(
  { funnel, indicator, whole, overall }: IndicatorComparison,
  { points, lines, most }: Drawing,
): { readonly spec: Spec; readonly named: number } {
  const isProportion = funnel?.kind === "proportion";
  const values = points.map(({ value }) => value);
  // Limits of the smallest sizes run off: the picture holds the points, and the lines from where they matter.
  const near = lines.flatMap((line) =>
    line.points.filter(({ size }) => size >= most / 12).map(({ value }) => value),
  );
  const low = Math.max(0, Math.min(funnel?.target ?? 1, ...values, ...near));
  const high = Math.min(
    isProportion ? 1 : Number.POSITIVE_INFINITY,
    Math.max(funnel?.target ?? 1, ...values, ...near),
  );
  const pad = 0.06 * (high - low || 0.1);
  const domain = [Math.max(0, low - pad), isProportion ? Math.min(1, high + pad) : high + pad] as const;
  const across = (size: number): number => (size / most) * plotWidth;
  const up = (value: number): number =>
    plotHeight - ((value - domain[0]) / (domain[1] - domain[0])) * plotHeight;
  const x = {
    field: "size",
    type: "quantitative" as const,
    scale: { domain: [0, most], nice: false },
    axis: {
      title: isProportion ? capital(indicator.of) : "Expected number",
      tickCount: 5,
      format: ",d",
      tickMinStep: 1,
    },
  };
  const y = {
    field: "value",
    type: "quantitative" as const,
    scale: { domain: [...domain], nice: false, zero: false },
    axis: { title: null, tickCount: 5, ...(isProportion ? { format: ".0%" } : {}) },
  };
  const target = funnel?.target ?? 1;
  const labels = labelsOf(points, { across, up });
  const marks = points.map(({ area, size, value, look }) => ({ area: area.area, size, value, look }));
  const quiet = marks.filter(({ look }) => look !== "higher" && look !== "lower");
  const loud = marks.filter(({ look }) => look === "higher" || look === "lower");
  const visible = lines.map((line) => ({
    ...line,
    points: line.points.filter(({ value }) => value >= domain[0] && value <= domain[1]),
  }));
  const wholeFigure = isProportion ? figureText(overall, indicator.measure) : "1";
  return {
    spec: {
      ...pictureFrame({ left, right, top: top + lineHeight + 8, bottom, height: plotHeight }),
      layer: [
        {
          data: { values: [{ size: 0, end: most, value: target }] },
          mark: { type: "rule", color: referenceInk, strokeWidth: 1.5 },
          encoding: { x, x2: { field: "end" }, y },
        },
        ...visible.map((line) => limitLayer(line, { x, y })),
        ...markLayers(quiet, { x, y }, 80),
        ...markLayers(loud, { x, y }, 110),
        ...leaderLayers(labels),
        ...nameLayers(labels),
        ...endLayers(visible, { target, up, wholeText: `${capital(whole)} ${wholeFigure}` }),
        {
          data: { values: [{ text: axisTitle(indicator) }] },
          mark: { type: "text", align: "left" },
          encoding: {
            x: { value: -left + 4 },
            y: { value: -top - 4 },
            text: { field: "text", type: "nominal" },
          },
        },
      ],
    },
    named: labels.length,
  };
}

function limitLayer(
  { points, confidence, adjusted }: FunnelLine,
  { x, y }: { readonly x: object; readonly y: object },
): Layer {
  return {
    data: { values: points.map(({ size, value }) => ({ size, value })) },
    mark: {
      type: "line",
      color: adjusted ? adjustedColour : rawColour,
      strokeWidth: confidence === 0.998 ? 2 : 1,
      ...(adjusted ? { strokeDash: [6, 4] } : {}),
    },
    encoding: { x, y },
  };
}

/** The areas that stand out, those furthest from the line first. */
function labelsOf(
  points: readonly Point[],
  { across, up }: { readonly across: (size: number) => number; readonly up: (value: number) => number },
): readonly PlacedLabel[] {
  const flagged = points
    .filter(({ area }) => isFlagged(area))
    .sort((a, b) => (a.area.pValue ?? 1) - (b.area.pValue ?? 1) || b.size - a.size)
    .slice(0, mostLabels);
  return placeLabels(
    flagged.map(({ area, size, value }) => {
      const text = shortened(area.area);
      return {
        x: across(size),
        y: up(value),
        text,
        width: Math.ceil(textWidth(text, { size: textSize, weight: 600 })),
      };
    }),
    {
      width: plotWidth,
      height: plotHeight,
      avoid: points.map(({ size, value }) => ({ x: across(size), y: up(value) })),
    },
  );
}

const longestName = 34;

/** Long names end in three points: the table has them whole. */
function shortened(name: string): string {
  return name.length <= longestName ? name : `${name.slice(0, longestName - 1).trimEnd()}…`;
}

function leaderLayers(labels: readonly PlacedLabel[]): Layer[] {
  return labels
    .filter(({ leader }) => leader)
    .map(({ x, y, left: from, width, middle }): Layer => {
      const nearest = Math.min(Math.max(x, from), from + width);
      const end = middle > y ? middle - 9 : middle < y ? middle + 9 : middle;
      return {
        data: { values: [{}] },
        mark: { type: "rule", color: rawColour, strokeWidth: 1 },
        encoding: { x: { value: x }, y: { value: y }, x2: { value: nearest }, y2: { value: end } },
      };
    });
}

function nameLayers(labels: readonly PlacedLabel[]): Layer[] {
  return labels.flatMap(({ text, left: at, middle }): Layer[] => {
    const encoding = {
      x: { value: at },
      y: { value: middle },
      text: { field: "text", type: "nominal" as const },
    };
    const mark = { type: "text" as const, align: "left" as const, fontWeight: 600 as const };
    const data = { values: [{ text }] };
    return [
      { data, mark: { ...mark, stroke: "white", strokeWidth: 4 }, encoding },
      { data, mark, encoding },
    ];
  });
}

/** What each line is, at its right end, none over another; ends that are too near are told together. */
function endLayers(
  lines: readonly FunnelLine[],
  {
    target,
    up,
    wholeText,
  }: { readonly target: number; readonly up: (value: number) => number; readonly wholeText: string },
): Layer[] {
  const wanted = [
    { text: wholeText, y: up(target), colour: "#0B0C0C" },
    ...lines.flatMap(({ points, confidence, adjusted }) => {
      const last = points.at(-1);
      const percent = percentText(confidence, confidence === 0.95 ? 0 : 1);
      return last === undefined
        ? []
        : [{ text: adjusted ? `${percent} widened` : percent, y: up(last.value), colour: "#0B0C0C" }];
    }),
  ].sort((a, b) => a.y - b.y);
  const spread = spreadOut(wanted.map(({ y }) => y));
  return wanted.map(
    ({ text, colour }, at): Layer => ({
      data: { values: [{ text }] },
      mark: { type: "text", align: "left", color: colour },
      encoding: {
        x: { value: plotWidth + 6 },
        y: { value: spread[at] as number },
        text: { field: "text", type: "nominal" },
      },
    }),
  );
}

/** Places in order, moved as little as keeps a line of text between them. */
function spreadOut(places: readonly number[]): readonly number[] {
  let moved = [...places];
  for (let round = 0; round < 60; round += 1) {
    const next = [...moved];
    for (let at = 1; at < next.length; at += 1) {
      const lack = lineHeight - ((next[at] as number) - (next[at - 1] as number));
      if (lack > 0) {
        next[at - 1] = (next[at - 1] as number) - lack / 2;
        next[at] = (next[at] as number) + lack / 2;
      }
    }
    moved = next;
  }
  return moved;
}
