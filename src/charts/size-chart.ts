import { thousands } from "../frame/words.js";
import type { Chart, Spec } from "./chart.js";
import { demand } from "./check-numbers.js";
import { pointsText, trimmedPercent, trimmedText } from "./number-text.js";
import { pictureFrame } from "./picture-frame.js";
import { palette, referenceInk } from "./theme.js";

/** A sample size and the margin of error that it gives. */
export interface SizePoint {
  /** Whole number of 1 or more. */
  readonly sampleSize: number;
  /** Half the width of the interval, a fraction. */
  readonly margin: number;
}

export interface SizeChartData {
  /** The curve, by rising size; two at the least. */
  readonly points: readonly SizePoint[];
  /** The one that the question is about. */
  readonly marked: SizePoint;
  /** What the sample is expected to show, a fraction. */
  readonly proportion: number;
  /** Of the interval, a fraction. */
  readonly confidence: number;
  readonly designEffect: number;
  /** What is counted: "children" or "cases". */
  readonly units: string;
  /** N; without it the population is very large. */
  readonly populationSize?: number;
}

const plotHeight = 300;
const left = 64;
const right = 40;

/**
 * How the margin of error falls as the sample grows, with the size asked about marked.
 *
 * @throws CasedrawError `CHART_DATA_INVALID` if a size or margin is not a number that can be drawn, or sizes do not rise
 */
export function sizeChart(data: SizeChartData): Chart {
  refuseBad(data);
  const { points, marked, proportion, confidence, populationSize, units, designEffect } = data;
  const of = populationSize === undefined ? "" : ` of ${thousands(populationSize)} ${units}`;
  const effect = designEffect === 1 ? "" : `, design effect ${trimmedText(designEffect)}`;
  return {
    spec: specOf(data),
    title: `${thousands(marked.sampleSize)} ${units}: plus or minus ${pointsText(marked.margin)} percentage points`,
    subtitle: `Margin of error by number reviewed${of}, for an expected ${trimmedPercent(proportion)}, at ${trimmedPercent(confidence)} confidence${effect}`,
    description:
      `Line that falls, steeply at first, from ${marginText(points[0] as SizePoint, units)} to ${marginText(points.at(-1) as SizePoint, units)}. ` +
      `Marked: ${marginText(marked, units)}.`,
    table: {
      header: ["Number reviewed", "Margin of error"],
      rows: tabled(points, marked).map(({ sampleSize, margin }) => [
        thousands(sampleSize),
        `±${pointsText(margin)} percentage points`,
      ]),
    },
    notes: ["To halve a margin takes about four times as many, until much of the population is reviewed."],
  };
}

function refuseBad({ points, marked }: SizeChartData): void {
  demand(points.length > 1, "a curve has 2 points or more", points.length);
  for (const { sampleSize, margin } of [...points, marked]) {
    demand(
      Number.isSafeInteger(sampleSize) && sampleSize > 0,
      "a size is a whole number of 1 or more",
      sampleSize,
    );
    demand(margin >= 0 && Number.isFinite(margin), "a margin is a fraction of 0 or more", margin);
  }
  const rises = points.every(
    (point, at) => at === 0 || point.sampleSize > (points[at - 1] as SizePoint).sampleSize,
  );
  demand(rises, "sizes rise along the curve", "sizes that do not");
}

function specOf({ points, marked, units }: SizeChartData): Spec {
  const reach = Math.max(...points.map(({ margin }) => margin)) * 100;
  const most = (points.at(-1) as SizePoint).sampleSize;
  const inPoints = (list: readonly SizePoint[]) =>
    list.map(({ sampleSize, margin }) => ({ sampleSize, margin: margin * 100 }));
  const x = {
    field: "sampleSize",
    type: "quantitative" as const,
    scale: { domain: [0, most], nice: false },
    axis: { title: `Number of ${units} reviewed`, grid: false, tickCount: 6, format: ",d" },
  };
  const y = {
    field: "margin",
    type: "quantitative" as const,
    scale: { domain: [0, reach], nice: false },
    axis: {
      title: "Margin of error (percentage points)",
      titleAngle: 0,
      titleAnchor: "start" as const,
      titleAlign: "left" as const,
      titleY: -18,
      titleX: -left + 10,
      tickCount: 5,
    },
  };
  const drop = { data: { values: inPoints([marked]) } };
  const nearEnd = marked.sampleSize > 0.6 * most;
  return {
    ...pictureFrame({ left, right, top: 40, bottom: 62, height: plotHeight }),
    layer: [
      {
        data: { values: inPoints(points) },
        mark: { type: "line", color: palette[0], strokeWidth: 3, interpolate: "linear" },
        encoding: { x, y },
      },
      {
        ...drop,
        mark: { type: "rule", color: referenceInk, strokeWidth: 1.5, strokeDash: [4, 3] },
        encoding: { x: { field: "sampleSize", type: "quantitative" }, y, y2: { datum: 0 } },
      },
      {
        ...drop,
        mark: { type: "point", color: palette[2], size: 110 },
        encoding: { x: { field: "sampleSize", type: "quantitative" }, y },
      },
      {
        data: {
          values: [
            {
              ...inPoints([marked])[0],
              label: `${thousands(marked.sampleSize)}: ±${pointsText(marked.margin)}`,
            },
          ],
        },
        mark: { type: "text", align: nearEnd ? "right" : "left", dx: 8, dy: -16, fontWeight: 600 },
        encoding: {
          x: { field: "sampleSize", type: "quantitative" },
          y,
          text: { field: "label", type: "nominal" },
        },
      },
    ],
  };
}

/** About a dozen points of the curve, the one marked among them. */
function tabled(points: readonly SizePoint[], marked: SizePoint): SizePoint[] {
  const every = Math.ceil(points.length / 12);
  return points.filter(
    ({ sampleSize }, at) => at % every === 0 || at === points.length - 1 || sampleSize === marked.sampleSize,
  );
}

function marginText({ sampleSize, margin }: SizePoint, units: string): string {
  return `${thousands(sampleSize)} ${units} ±${pointsText(margin)} percentage points`;
}
