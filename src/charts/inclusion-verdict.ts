import { errorFunction } from "simple-statistics";
import { counted, thousands } from "../frame/words.js";
import { demand, demandDraws, demandGroups, demandProbability, groupName } from "./check-numbers.js";
import { meanCountText, ratioText } from "./number-text.js";
import type { Group } from "./rows.js";

/** How often a group's units were selected in the simulated draws, beside how often the design says. */
export interface GroupInclusion extends Group {
  /** Mean π of the group's units under the design, a fraction; 0 where the plan gives the group no chance. */
  readonly nominal: number;
  /** Mean over the draws of the share of the group's units that were selected, a fraction. */
  readonly realised: number;
  /**
   * 95 % Monte Carlo interval of `realised`: ± 1.96 standard errors over the draws. Where no draw selected the group it
   * has to reach as far up as so many draws leave possible. A point where the design fixes the group's count.
   */
  readonly lower: number;
  readonly upper: number;
}

export interface InclusionData {
  /** K, the simulated draws; whole number ≥ 1. */
  readonly draws: number;
  /** In the order of the picture; those of one characteristic next to each other. */
  readonly groups: readonly GroupInclusion[];
}

export type Verdict = "no clear difference" | "more often" | "less often" | "no chance";

/** Realised over nominal, with its interval. Of a group without a chance all three are absent. */
export interface JudgedGroup extends GroupInclusion {
  readonly verdict: Verdict;
  readonly ratio?: { readonly value: number; readonly lower: number; readonly upper: number };
}

/** A count that the design fixes agrees with it but for the rounding of sums. */
const exact = 1e-9;

/**
 * Sets each group's ratio beside 1.
 *
 * A group differs from the design only where it does at the 5 % level over all groups together (Bonferroni): of many
 * 95 % intervals some leave 1 out by chance.
 *
 * @throws CasedrawError `CHART_DATA_INVALID`
 */
export function judgeInclusion({ draws, groups }: InclusionData): JudgedGroup[] {
  demandDraws(draws);
  demandGroups(groups);
  for (const group of groups) {
    demandProbability(group.realised, group, group);
    demand(
      group.nominal >= 0 && group.nominal <= 1,
      "a probability is a number from 0 to 1",
      group.nominal,
      group,
    );
    demand(
      group.nominal > 0 || group.realised === 0,
      "a group without a chance of selection is never selected",
      group.realised,
      group,
    );
  }
  const compared = groups.filter(({ nominal }) => nominal > 0).length;
  return groups.map((group) => {
    const { nominal, realised, lower, upper } = group;
    if (nominal === 0) return { ...group, verdict: "no chance" };
    const ratio = { value: realised / nominal, lower: lower / nominal, upper: upper / nominal };
    return { ...group, ratio, verdict: verdictOf(ratio, compared) };
  });
}

/** The interval's half towards 1 is 1.96 standard errors. */
function verdictOf(ratio: NonNullable<JudgedGroup["ratio"]>, compared: number): Verdict {
  const apart = Math.abs(ratio.value - 1);
  const half = ratio.value > 1 ? ratio.value - ratio.lower : ratio.upper - ratio.value;
  if (apart <= Math.max(half, exact)) return "no clear difference";
  const tail = 1 - errorFunction((1.96 * apart) / half / Math.SQRT2);
  if (half > 0 && tail > 0.05 / compared) return "no clear difference";
  return ratio.value > 1 ? "more often" : "less often";
}

/** The headline: what the draws show, and no more. */
export function inclusionHeadline(groups: readonly JudgedGroup[]): string {
  const compared = groups.filter(({ ratio }) => ratio !== undefined).length;
  if (compared === 0) return "No group has a chance of selection";
  const more = groups.filter(({ verdict }) => verdict === "more often").length;
  const less = groups.filter(({ verdict }) => verdict === "less often").length;
  const which = more === 0 ? "less" : less === 0 ? "more" : "more or less";
  if (more + less > 0)
    return `${thousands(more + less)} of ${counted(compared, "group")} selected ${which} than designed`;
  return `${compared === 1 ? "1 group" : `All ${thousands(compared)} groups`} selected as designed, within simulation error`;
}

/** The text alternative: extremes, intervals that leave 1 out, groups that differ or have no chance. */
export function describeInclusion(groups: readonly JudgedGroup[]): string {
  const compared = groups.flatMap((group) =>
    group.ratio === undefined ? [] : [{ group, ratio: group.ratio }],
  );
  const sentences = [`Dot plot of ${counted(groups.length, "group")}.`];
  const sorted = compared.sort((a, b) => a.ratio.value - b.ratio.value);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least !== undefined && most !== undefined) {
    const named = (one: typeof least) => `${ratioText(one.ratio.value)} (${groupName(one.group)})`;
    sentences.push(
      `Realised over nominal probability of selection ${sorted.length === 1 ? `is ${named(least)}` : `runs from ${named(least)} to ${named(most)}`}.`,
    );
  }
  for (const verdict of ["more often", "less often"] as const) {
    const found = compared.filter(({ group }) => group.verdict === verdict);
    const far = found.sort((a, b) => Math.abs(b.ratio.value - 1) - Math.abs(a.ratio.value - 1)).slice(0, 3);
    if (found.length === 0) continue;
    const named = far.map(
      ({ group, ratio }) =>
        `${groupName(group)} (${ratioText(ratio.value)}, ${ratioText(ratio.lower)} to ${ratioText(ratio.upper)})`,
    );
    const rest = found.length > far.length ? ` and ${counted(found.length - far.length, "other group")}` : "";
    sentences.push(
      `Selected ${verdict} than designed ${found.length === 1 ? "is" : "are"} ${named.join(", ")}${rest}.`,
    );
  }
  if (compared.length > 0) sentences.push(outsideSentence(groups));
  const shut = groups.length - compared.length;
  if (shut > 0)
    sentences.push(
      `${counted(shut, "group")} ${shut === 1 ? "has" : "have"} no chance of selection under the plan.`,
    );
  return sentences.join(" ");
}

/** How many 95 % intervals leave 1 out, and how many chance alone lets do so. */
export function outsideSentence(groups: readonly JudgedGroup[]): string {
  const ratios = groups.flatMap(({ ratio }) => (ratio === undefined ? [] : [ratio]));
  const outside = ratios.filter(({ lower, upper }) => lower > 1 + exact || upper < 1 - exact).length;
  if (ratios.length === 1) return `The interval ${outside === 0 ? "holds" : "leaves out"} 1.`;
  return (
    `${outside === 0 ? "None" : thousands(outside)} of ${counted(ratios.length, "interval")} ` +
    `${outside > 1 ? "leave" : "leaves"} out 1; by chance alone about ${meanCountText(ratios.length * 0.05)} would.`
  );
}
