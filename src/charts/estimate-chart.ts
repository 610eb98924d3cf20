import { counted } from "../frame/words.js";
import type { Chart } from "./chart.js";
import { demandGroups, demandProbability } from "./check-numbers.js";
import { headline } from "./headline.js";
import { percentText } from "./number-text.js";
import { partsOf } from "./parts.js";
import { rowSpec } from "./row-spec.js";
import { type Group, layOutRows } from "./rows.js";
import { palette } from "./theme.js";

/** A share as it was estimated. */
export interface EstimatedGroup extends Group {
  /** A fraction, 0 to 1. */
  readonly estimate: number;
  /** Bounds as fractions; both the estimate where the whole population was reviewed. */
  readonly lower: number;
  readonly upper: number;
  /** Cases reviewed. */
  readonly n: number;
}

export interface EstimateData {
  /** What shares are of, as the end of a sentence: "all eligible children, 16 November 2026". */
  readonly population: string;
  /** In the order of the picture; those of one characteristic next to each other. */
  readonly groups: readonly EstimatedGroup[];
}

/**
 * Estimated shares as dots with 95 % intervals, on a scale from 0 to 100 percent.
 *
 * @throws CasedrawError `CHART_DATA_INVALID` if there is no group, a share is outside 0…1, or an interval does not hold it
 */
export function estimateChart({ population, groups }: EstimateData): Chart {
  demandGroups(groups);
  for (const group of groups) demandProbability(group.estimate, group, group);
  return {
    spec: specOf(groups, groups),
    ...partsOf(groups, { markHeight, specOf: (part) => specOf(part, groups) }),
    title: titleOf(groups),
    subtitle: `Estimated percentage of ${population}, with 95% intervals`,
    description: describe(groups),
    table: {
      header: ["Finding", "Group", "Estimate", "95% interval", "Cases reviewed"],
      rows: groups.map(({ characteristic, level, estimate, lower, upper, n }) => [
        characteristic,
        level,
        percentText(estimate, 1),
        lower === upper ? "all reviewed" : `${percentText(lower, 1)} to ${percentText(upper, 1)}`,
        String(n),
      ]),
    },
    notes: [
      "A line is the range in which the share of the whole population lies with 95% confidence. Where two lines overlap, the figures may well be alike.",
    ],
  };
}

/** One finding: where it lies. Several: the least and the most with their intervals; where that takes many words, of all together. */
function titleOf(groups: readonly EstimatedGroup[]): string {
  const text = (pick: (...of: number[]) => number, key: "estimate" | "lower" | "upper"): string =>
    percentText(pick(...groups.map((group) => group[key])));
  const [lower, upper] = [text(Math.min, "lower"), text(Math.max, "upper")];
  if (groups.length === 1) return `Between ${lower} and ${upper}, as far as sampled`;
  const [least, most] = [text(Math.min, "estimate"), text(Math.max, "estimate")];
  if (least === most) {
    const shares = `All ${groups.length} shares are ${least}`;
    return groups.every((group) => group.lower === group.upper)
      ? shares
      : headline(`${shares}; intervals from ${lower} to ${upper}`, shares);
  }
  const all = `${groups.length} shares, ${least} to ${most}; intervals from ${lower} to ${upper}`;
  const [first, second] = [least, most].map((share) =>
    groups.filter(({ estimate }) => percentText(estimate) === share),
  ) as [EstimatedGroup[], EstimatedGroup[]];
  if (first.length > 1 || second.length > 1) return all;
  const told = (group: EstimatedGroup): string => {
    const range =
      group.lower === group.upper
        ? ""
        : `, ${percentText(group.lower).replace(/%$/, "")}–${percentText(group.upper)}`;
    return `${percentText(group.estimate)} (${nameIn(groups, group)}${range})`;
  };
  return headline(`From ${told(first[0] as EstimatedGroup)} to ${told(second[0] as EstimatedGroup)}`, all);
}

/** What tells a group from the others: its finding, its level, or both; that a finding is there goes without saying. */
function nameIn(groups: readonly EstimatedGroup[], { characteristic, level }: EstimatedGroup): string {
  if (groups.every((group) => group.characteristic === characteristic)) return level;
  const isAlone = groups.every((group) => group.characteristic !== characteristic || group.level === level);
  return level === "Yes" && isAlone ? characteristic : `${characteristic} ${level}`;
}

/** Alternative texts list no more groups than this one by one. */
const mostTold = 12;

function describe(groups: readonly EstimatedGroup[]): string {
  const told = groups
    .slice(0, mostTold)
    .map(
      ({ characteristic, level, estimate, lower, upper }) =>
        `${characteristic}, ${level}: ${percentText(estimate, 1)}, from ${percentText(lower, 1)} to ${percentText(upper, 1)}.`,
    );
  const rest = groups.length - told.length;
  return [
    `Dots with 95% intervals for ${counted(groups.length, "estimated share")}.`,
    ...told,
    ...(rest > 0 ? [`${rest} more in the table.`] : []),
  ].join(" ");
}

const markHeight = 18;

function specOf(groups: readonly EstimatedGroup[], all: readonly EstimatedGroup[]): Chart["spec"] {
  const layout = layOutRows(groups, { markHeight, rightMargin: 28, alignWith: all });
  const values = groups.map(({ characteristic, level, estimate, lower, upper }, at) => ({
    characteristic,
    level,
    estimate,
    lower,
    upper,
    y: layout.rows[at]?.at as number,
  }));
  const scale = {
    domain: [0, 1] as const,
    title: "Estimated share of the population",
    format: ".0%",
    reference: 0,
    guides: "through" as const,
  };
  const data = { values };
  return rowSpec(layout, scale, ({ across, down }) => [
    {
      data,
      mark: { type: "rule", strokeWidth: 2, color: palette[0] },
      encoding: { x: across("lower"), x2: { field: "upper" }, y: down("y") },
    },
    {
      data,
      mark: { type: "point", color: palette[0] },
      encoding: { x: across("estimate"), y: down("y") },
    },
  ]);
}
