import { counted } from "../frame/words.js";
import type { Chart, ChartTable } from "./chart.js";
import {
  describeInclusion,
  type InclusionData,
  inclusionHeadline,
  type JudgedGroup,
  judgeInclusion,
  outsideSentence,
} from "./inclusion-verdict.js";
import { percentText, ratioText } from "./number-text.js";
import { partsOf } from "./parts.js";
import { rowSpec } from "./row-spec.js";
import { layOutRows, type RowLayout } from "./rows.js";
import { textWidth } from "./text-width.js";
import { diamond, lineHeight, palette, referenceInk, textSize } from "./theme.js";

const marks = [
  { verdict: "no clear difference", colour: palette[0], shape: "circle" },
  { verdict: "more often", colour: palette[3], shape: diamond },
  { verdict: "less often", colour: palette[3], shape: diamond },
] as const;

const shutWords = "no chance of selection";
const shutWidth = Math.ceil(textWidth(shutWords, { size: textSize })) + 8;

/** To each side of 1, at the least: smaller differences than these are to look small. */
const leastSpread = 0.05;

const markHeight = 18;

/**
 * Realised over nominal inclusion probability of each group, as dots with 95 % Monte Carlo intervals around the line at 1.
 *
 * @throws CasedrawError `CHART_DATA_INVALID` if there is no group, a probability is outside 0…1, an interval does not hold
 *   its estimate, or a group without a chance was selected
 */
export function inclusionChart(data: InclusionData): Chart {
  const groups = judgeInclusion(data);
  const draws = counted(data.draws, "simulated draw");
  return {
    spec: specOf(groups, groups),
    ...partsOf(groups, { markHeight, specOf: (part) => specOf(part, groups) }),
    title: inclusionHeadline(groups),
    subtitle: `Realised over nominal inclusion probability by group, ${draws}, with 95% Monte Carlo intervals`,
    description: describeInclusion(groups),
    table: tableOf(groups),
    notes: [
      "A line is the range in which the ratio lies with 95% confidence, given the number of draws. " +
        "A diamond marks a group that differs from the design once the number of groups compared is allowed for.",
      ...(groups.some(({ ratio }) => ratio !== undefined) ? [outsideSentence(groups)] : []),
    ],
  };
}

/** @param all - what the scale and the labels leave room for */
function specOf(groups: readonly JudgedGroup[], all: readonly JudgedGroup[]): Chart["spec"] {
  const different = all.some(({ verdict }) => verdict === "more often" || verdict === "less often");
  const rightMargin = different ? 96 : 28;
  const layout = layOutRows(groups, { markHeight, rightMargin, alignWith: all });
  const scale = {
    domain: domainOf(all),
    title: "Realised ÷ nominal probability of selection",
    reference: 1,
    guides: "through" as const,
  };
  const { compared, shut } = valuesOf(groups, layout);
  const color = channel("colour");
  const data = { values: compared };
  return rowSpec(layout, scale, ({ across, down }) => [
    {
      data: {
        values: layout.blocks
          .slice(0, 1)
          .map(({ nameAt }) => ({ words: "as designed", ratio: 1, y: nameAt })),
      },
      mark: { type: "text", color: referenceInk },
      encoding: { x: across("ratio"), y: down("y"), text: { field: "words", type: "nominal" } },
    },
    {
      data,
      mark: { type: "rule", strokeWidth: 2 },
      encoding: { x: across("lower"), x2: { field: "upper" }, y: down("y"), color },
    },
    {
      data,
      mark: { type: "point" },
      encoding: { x: across("ratio"), y: down("y"), color, shape: channel("shape") },
    },
    {
      data: { values: compared.filter(({ verdict }) => verdict !== "no clear difference") },
      mark: { type: "text", align: "left", fontWeight: 600 },
      encoding: {
        x: { value: layout.plotWidth + 12 },
        y: down("y"),
        text: { field: "verdict", type: "nominal" },
      },
    },
    {
      data: { values: shut },
      mark: { type: "rect", color: "white" },
      encoding: { x: { value: 0 }, x2: { value: shutWidth }, y: down("top"), y2: { field: "bottom" } },
    },
    {
      data: { values: shut },
      mark: { type: "text", align: "left", color: referenceInk },
      encoding: { x: { value: 0 }, y: down("y"), text: { field: "words", type: "nominal" } },
    },
  ]);
}

/** Room for every interval, and to each side of 1 for the words above its line. */
function domainOf(groups: readonly JudgedGroup[]): readonly [number, number] {
  const below = Math.max(leastSpread, ...groups.map(({ ratio }) => 1.05 * (1 - (ratio?.lower ?? 1))));
  const above = Math.max(leastSpread, ...groups.map(({ ratio }) => 1.05 * ((ratio?.upper ?? 1) - 1)));
  return [Math.max(0, 1 - Math.max(below, above / 5)), 1 + Math.max(above, below / 5)];
}

function valuesOf(groups: readonly JudgedGroup[], { rows }: RowLayout) {
  const placed = groups.map((group, i) => ({ group, y: rows[i]?.at as number }));
  return {
    compared: placed.flatMap(({ group: { characteristic, level, ratio, verdict }, y }) =>
      ratio === undefined
        ? []
        : [{ characteristic, level, ratio: ratio.value, lower: ratio.lower, upper: ratio.upper, verdict, y }],
    ),
    shut: placed
      .filter(({ group }) => group.ratio === undefined)
      .map(({ y }) => ({ words: shutWords, y, top: y - lineHeight / 2, bottom: y + lineHeight / 2 })),
  };
}

function channel(look: "colour" | "shape") {
  return {
    field: "verdict",
    type: "nominal" as const,
    scale: { domain: marks.map(({ verdict }) => verdict), range: marks.map((mark) => mark[look]) },
    legend: null,
  };
}

function tableOf(groups: readonly JudgedGroup[]): ChartTable {
  return {
    header: [
      "Characteristic",
      "Level",
      "Nominal probability",
      "Realised probability",
      "Realised ÷ nominal",
      "95% interval of the ratio",
      "Selected",
    ],
    rows: groups.map(({ characteristic, level, nominal, realised, ratio, verdict }) => [
      characteristic,
      level,
      percentText(nominal, 2),
      percentText(realised, 2),
      ...(ratio === undefined
        ? ["not applicable", "not applicable"]
        : [ratioText(ratio.value), `${ratioText(ratio.lower)} to ${ratioText(ratio.upper)}`]),
      verdict,
    ]),
  };
}
