import type { ChanceData, GroupChance } from "./chance-verdict.js";
import type { Chart, ChartTable, Spec } from "./chart.js";
import { designAt, designColour, designLook, designs, designsHeight, keyLayers } from "./designs.js";
import { percentText } from "./number-text.js";
import { partsOf } from "./parts.js";
import { rowSpec } from "./row-spec.js";
import { layOutRows } from "./rows.js";

/** The axis reaches this far at the least, so that a chance of nearly nothing looks like one. */
const leastReach = 0.05;

/** A dot with its interval for each design of each row, on a scale of percent from 0. */
export function chancePictures(groups: readonly GroupChance[], title: string): Pick<Chart, "spec" | "parts"> {
  const specOf = (part: readonly GroupChance[]): Spec => chanceSpec(part, groups, title);
  return { spec: specOf(groups), ...partsOf(groups, { markHeight: designsHeight, specOf }) };
}

/** @param all - what the scale and the labels leave room for */
function chanceSpec(groups: readonly GroupChance[], all: readonly GroupChance[], title: string): Spec {
  const layout = layOutRows(groups, { markHeight: designsHeight, rightMargin: 28, alignWith: all });
  const values = groups.flatMap(({ characteristic, level, chances }, i) =>
    designs.map(({ name, label }, place) => ({
      characteristic,
      level,
      design: label,
      ...chances[name],
      y: designAt(layout.rows[i]?.at as number, place),
    })),
  );
  const uppers = all.flatMap(({ chances }) => designs.map(({ name }) => chances[name].upper * 1.05));
  const reach = Math.min(1, Math.max(leastReach, ...uppers));
  const scale = {
    domain: [0, reach] as const,
    title,
    format: ".0%",
    leastStep: 0.01,
    reference: 0,
    guides: "between" as const,
  };
  const data = { values };
  return rowSpec(layout, scale, (channels) => {
    const { across, down } = channels;
    return [
      {
        data,
        mark: { type: "rule", strokeWidth: 2 },
        encoding: { x: across("lower"), x2: { field: "upper" }, y: down("y"), color: designColour },
      },
      {
        data,
        mark: { type: "point" },
        encoding: { x: across("share"), y: down("y"), ...designLook },
      },
      ...keyLayers(layout, channels),
    ];
  });
}

export function chanceTable({ groups }: ChanceData): ChartTable {
  return {
    header: [
      "Characteristic",
      "Level",
      ...designs.flatMap(({ label }) => [`${label}: share of draws`, `${label}: 95% interval`]),
    ],
    rows: groups.map(({ characteristic, level, chances }) => [
      characteristic,
      level,
      ...designs.flatMap(({ name }) => {
        const { share, lower, upper } = chances[name];
        return [percentText(share, 1), `${percentText(lower, 1)} to ${percentText(upper, 1)}`];
      }),
    ]),
  };
}
