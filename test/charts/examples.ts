import type { Chance, GroupChance } from "../../src/charts/chance-verdict.js";
import type { Spec } from "../../src/charts/chart.js";
import type { ByDesign } from "../../src/charts/designs.js";
import type { GroupInclusion } from "../../src/charts/inclusion-verdict.js";
import type { Group } from "../../src/charts/rows.js";
import type { CountSpread, GroupSpread } from "../../src/charts/spread-verdict.js";

/** Groups "Group: 1" to "Group: n" of one characteristic. */
export function groupsOf(count: number): Group[] {
  return Array.from({ length: count }, (_, i) => ({ characteristic: "Group", level: String(i + 1) }));
}

/** A group selected `realised` of the time, ± `half` at 95 %, where the design says `nominal`. */
export function inclusion(
  nominal: number,
  realised: number,
  half: number,
): Omit<GroupInclusion, keyof Group> {
  return { nominal, realised, lower: Math.max(0, realised - half), upper: realised + half };
}

export function named<T>(values: readonly T[]): (Group & T)[] {
  return groupsOf(values.length).map((group, i) => ({ ...group, ...(values[i] as T) }));
}

/** Ranges of these widths around 0. */
export function spreads(plan: number, simple: number, proportional = simple): Pick<GroupSpread, "spreads"> {
  const range = (width: number): CountSpread => ({ expected: 20, lower: -width / 2, upper: width / 2 });
  return { spreads: byDesign(range(plan), range(simple), range(proportional)) };
}

/** Chances ± 0.01. */
export function chances(plan: number, simple: number, proportional = simple): Pick<GroupChance, "chances"> {
  const chance = (share: number): Chance => ({
    share,
    lower: Math.max(0, share - 0.01),
    upper: Math.min(1, share + 0.01),
  });
  return { chances: byDesign(chance(plan), chance(simple), chance(proportional)) };
}

function byDesign<T>(plan: T, simple: T, proportional: T): ByDesign<T> {
  return { plan, simple_random: simple, proportional };
}

/** Months on a scale in universal time, with a clip and a gradient, which Vega numbers over all charts of a process. */
export const monthly: Spec = {
  $schema: "https://vega.github.io/schema/vega-lite/v6.json",
  data: {
    values: [
      { month: "2026-01-01", children: 1 / 3 },
      { month: "2026-07-01", children: 2 },
    ],
  },
  mark: {
    type: "area",
    clip: true,
    color: {
      gradient: "linear",
      stops: [
        { offset: 0, color: "#12436D" },
        { offset: 1, color: "white" },
      ],
    },
  },
  encoding: {
    x: { field: "month", type: "temporal", scale: { type: "utc" }, axis: { format: "%d %b %H:%M" } },
    y: { field: "children", type: "quantitative" },
  },
};
