import { counted, thousands } from "../frame/words.js";
import { demandDraws, demandGroups, demandProbability, groupName } from "./check-numbers.js";
import { type ByDesign, designs } from "./designs.js";
import { percentText } from "./number-text.js";
import type { Group } from "./rows.js";

/** Share of the draws in which it happened, with the 95 % interval of the chance behind it; all fractions. */
export interface Chance {
  readonly share: number;
  /** Wilson's interval, say: with no draw at all it still ends above 0. */
  readonly lower: number;
  readonly upper: number;
}

export interface GroupChance extends Group {
  readonly chances: ByDesign<Chance>;
}

export interface ChanceData {
  /** K, the simulated draws of each design; whole number ≥ 1. */
  readonly draws: number;
  /** In the order of the picture; those of one characteristic next to each other. */
  readonly groups: readonly GroupChance[];
}

/** Counts of groups by how the plan's chance lies beside another design's. */
export interface ChanceComparison {
  readonly lower: number;
  readonly higher: number;
  /** The intervals overlap. */
  readonly unclear: number;
}

/** @throws CasedrawError `CHART_DATA_INVALID` */
export function checkChances({ draws, groups }: ChanceData): void {
  demandDraws(draws);
  demandGroups(groups);
  for (const group of groups) {
    for (const { name } of designs) demandProbability(group.chances[name].share, group.chances[name], group);
  }
}

/** A chance is lower or higher only where the two intervals do not overlap. */
export function compareChances(
  groups: readonly GroupChance[],
  other: "simple_random" | "proportional",
): ChanceComparison {
  const lower = groups.filter(({ chances }) => chances.plan.upper < chances[other].lower).length;
  const higher = groups.filter(({ chances }) => chances.plan.lower > chances[other].upper).length;
  return { lower, higher, unclear: groups.length - lower - higher };
}

/** What the two charts of chances say differently. */
export interface ChanceWords {
  /** What a row is: "group" or "target". */
  readonly noun: string;
  /** What happens to it: "Missed", "Fell short". */
  readonly happened: string;
}

/** The text alternative: where it happens under the plan, and how that compares. */
export function describeChances({ draws, groups }: ChanceData, { noun, happened }: ChanceWords): string {
  const seen = groups.filter(({ chances }) => chances.plan.share > 0);
  const most = seen.toSorted((a, b) => b.chances.plan.share - a.chances.plan.share);
  const named = most.slice(0, 3).map((group) => {
    const { share, lower, upper } = group.chances.plan;
    return `${groupName(group)} (${percentText(share, 1)}, ${percentText(lower, 1)} to ${percentText(upper, 1)})`;
  });

  const which = seen.length === 0 ? "" : `, most often ${named.join(", ")}`;
  const under =
    `${happened} under the plan in any of ${counted(draws, "draw")}: ` +
    `${seen.length === 0 ? "none" : thousands(seen.length)} of ${counted(groups.length, noun)}${which}.`;
  const beside = (["simple_random", "proportional"] as const).map((other) => {
    const { lower, higher, unclear } = compareChances(groups, other);
    const label = designs.find(({ name }) => name === other)?.label.toLowerCase();
    return `Beside ${label} the chance is lower for ${thousands(lower)}, higher for ${thousands(higher)}, not clearly different for ${thousands(unclear)}.`;
  });
  return [
    `Dot plot of ${counted(groups.length, noun)}, each with a dot for three designs.`,
    under,
    ...beside,
  ].join(" ");
}
