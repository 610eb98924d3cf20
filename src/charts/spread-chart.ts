import { counted } from "../frame/words.js";
import type { Chart, ChartTable } from "./chart.js";
import { designAt, designColour, designLook, designs, designsHeight, keyLayers } from "./designs.js";
import { meanCountText, signedText } from "./number-text.js";
import { partsOf } from "./parts.js";
import { rowSpec } from "./row-spec.js";
import { layOutRows } from "./rows.js";
import {
  compareSpreads,
  describeSpread,
  type GroupSpread,
  type SpreadData,
  spreadHeadline,
} from "./spread-verdict.js";

/**
 * How far the sample count of each group strays from what is expected: 5th to 95th percentile over the draws, for the
 * plan's design beside simple random and proportional stratified sampling.
 *
 * @throws CasedrawError `CHART_DATA_INVALID` if there is no group, a number is not finite, or percentiles are out of order
 */
export function spreadChart(data: SpreadData): Chart {
  const comparison = compareSpreads(data);
  return {
    spec: specOf(data.groups, data.groups),
    ...partsOf(data.groups, { markHeight: designsHeight, specOf: (part) => specOf(part, data.groups) }),
    title: spreadHeadline(comparison),
    subtitle: `Sample count less expected count by group, 5th to 95th percentile of ${counted(data.draws, "simulated draw")} of each design`,
    description: describeSpread(data, comparison),
    table: tableOf(data.groups),
    notes: [
      "Nine in ten draws lie within the range shown. Each design is set against its own expected count.",
      "Ranges are called different only where they differ by 1 case or more and by more than the number of draws leaves open.",
    ],
  };
}

/** @param all - what the scale and the labels leave room for */
function specOf(groups: readonly GroupSpread[], all: readonly GroupSpread[]): Chart["spec"] {
  const layout = layOutRows(groups, { markHeight: designsHeight, rightMargin: 28, alignWith: all });
  const values = groups.flatMap(({ characteristic, level, spreads }, i) =>
    designs.map(({ name, label }, place) => ({
      characteristic,
      level,
      design: label,
      lower: spreads[name].lower,
      upper: spreads[name].upper,
      y: designAt(layout.rows[i]?.at as number, place),
    })),
  );
  const ends = all.flatMap(({ spreads }) => designs.map(({ name }) => spreads[name]));
  const reach = Math.max(1, ...ends.map(({ lower, upper }) => Math.max(-lower, upper))) * 1.05;
  const scale = {
    domain: [-reach, reach] as const,
    title: "Sample count less expected count (cases)",

    signed: true,
    leastStep: 1,
    reference: 0,
    guides: "between" as const,
  };
  const data = { values };
  return rowSpec(layout, scale, (channels) => {
    const { across, down } = channels;
    const tips = ["lower", "upper"].map((end) => ({
      data,
      mark: { type: "point" as const },
      encoding: { x: across(end), y: down("y"), ...designLook },
    }));
    return [
      {
        data,
        mark: { type: "rule", strokeWidth: 2 },
        encoding: { x: across("lower"), x2: { field: "upper" }, y: down("y"), color: designColour },
      },
      ...tips,
      ...keyLayers(layout, channels),
    ];
  });
}

function tableOf(groups: readonly GroupSpread[]): ChartTable {
  return {
    header: [
      "Characteristic",
      "Level",
      ...designs.flatMap(({ label }) => [`${label}: expected cases`, `${label}: 5th to 95th percentile`]),
    ],
    rows: groups.map(({ characteristic, level, spreads }) => [
      characteristic,
      level,
      ...designs.flatMap(({ name }) => {
        const { expected, lower, upper } = spreads[name];
        return [meanCountText(expected), `${signedText(lower)} to ${signedText(upper)}`];
      }),
    ]),
  };
}
