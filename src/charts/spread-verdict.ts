import { counted, thousands } from "../frame/words.js";
import { demand, demandDraws, demandGroups, groupName } from "./check-numbers.js";
import { type ByDesign, designs } from "./designs.js";
import { meanCountText } from "./number-text.js";
import type { Group } from "./rows.js";

/** Where the middle nine tenths of the draws lie. */
export interface CountSpread {
  /** Σ π of the group's units under this design. */
  readonly expected: number;
  /** 5th percentile over the draws of sample count − expected. */
  readonly lower: number;
  /** 95th percentile. */
  readonly upper: number;
}

export interface GroupSpread extends Group {
  readonly spreads: ByDesign<CountSpread>;
}

export interface SpreadData {
  /** K, the simulated draws of each design; whole number ≥ 1. */
  readonly draws: number;
  /** In the order of the picture; those of one characteristic next to each other. */
  readonly groups: readonly GroupSpread[];
}

/** How the plan's counts vary beside simple random sampling. */
export interface SpreadComparison {
  readonly steadier: readonly GroupSpread[];
  readonly lessSteady: readonly GroupSpread[];
  readonly alike: readonly GroupSpread[];
}

function width({ lower, upper }: CountSpread): number {
  return upper - lower;
}

/**
 * Whether two ranges of 5th to 95th percentile differ by more than K draws leave open. Counts are whole, so a range that
 * differs by less than 1 does not; beyond that the large-sample error of a normal variable's range is taken: variances
 * 4.468 σ²/K of each percentile and covariance 0.235 σ²/K make a standard error of 2.91 σ/√K for a range of 3.29 σ, that is
 * 0.884/√K of the range.
 *
 * @see Stuart & Ord (1994) Kendall's Advanced Theory of Statistics I, 6th ed., §10.10 (variances of quantiles)
 */
export function rangesDiffer(one: number, other: number, draws: number): boolean {
  const error = 0.884 * Math.sqrt((one * one + other * other) / draws);
  return Math.abs(one - other) >= 1 && Math.abs(one - other) > 1.96 * error;
}

/**
 * Sorts the groups by whether the plan's counts vary less or more than those of a simple random sample.
 *
 * @throws CasedrawError `CHART_DATA_INVALID`
 */
export function compareSpreads({ draws, groups }: SpreadData): SpreadComparison {
  demandDraws(draws);
  demandGroups(groups);
  for (const group of groups) {
    for (const { name } of designs) {
      const { expected, lower, upper } = group.spreads[name];
      demand(expected >= 0 && Number.isFinite(expected), "an expected count is 0 or more", expected, group);
      demand(
        Number.isFinite(lower) && Number.isFinite(upper),
        "percentiles are finite numbers",
        `${lower} and ${upper}`,
        group,
      );
      demand(lower <= upper, "the 5th percentile is at or below the 95th", `${lower} and ${upper}`, group);
    }
  }
  const change = ({ spreads }: GroupSpread): number => {
    const [plan, plain] = [width(spreads.plan), width(spreads.simple_random)];
    return rangesDiffer(plan, plain, draws) ? plan - plain : 0;
  };
  return {
    steadier: groups.filter((group) => change(group) < 0),
    lessSteady: groups.filter((group) => change(group) > 0),
    alike: groups.filter((group) => change(group) === 0),
  };
}

/** The headline: the plan's design against simple random sampling. */
export function spreadHeadline({ steadier, lessSteady, alike }: SpreadComparison): string {
  const all = steadier.length + lessSteady.length + alike.length;
  const [more, less] = [thousands(steadier.length), thousands(lessSteady.length)];
  if (steadier.length === 0 && lessSteady.length === 0)
    return "Counts vary as much as under simple random sampling";
  if (steadier.length === all) return "Counts vary less than under simple random sampling";
  if (lessSteady.length === all) return "Counts vary more than under simple random sampling";
  if (lessSteady.length === 0)
    return `Counts vary less than simple random: ${more} of ${counted(all, "group")}`;
  if (steadier.length === 0)
    return `Counts vary more than simple random: ${less} of ${counted(all, "group")}`;
  return `Counts vary less in ${counted(steadier.length, "group")}, more in ${less}`;
}

/** The text alternative: how many groups vary less or more, and the widest range of each design. */
export function describeSpread(data: SpreadData, comparison: SpreadComparison): string {
  const { groups } = data;
  const { steadier, lessSteady, alike } = comparison;
  const widest = designs.map(({ name, label }) => {
    const group = groups.reduce((a, b) => (width(b.spreads[name]) > width(a.spreads[name]) ? b : a));
    const { lower, upper } = group.spreads[name];
    return `${label.toLowerCase()} ${meanCountText(width({ lower, upper, expected: 0 }))} cases (${groupName(group)})`;
  });
  return [
    `Range plot of ${counted(groups.length, "group")}, each with a range for three designs.`,
    `Under the plan the count varies less than under simple random sampling in ${counted(steadier.length, "group")}, ` +
      `more in ${thousands(lessSteady.length)}, with no clear difference in ${thousands(alike.length)}.`,
    `Widest range from the 5th to the 95th percentile: ${widest.join(", ")}.`,
  ].join(" ");
}
