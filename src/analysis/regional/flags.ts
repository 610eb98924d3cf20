import { thousands } from "../../frame/words.js";
import type { IndicatorComparison } from "./comparison.js";
import { isFlag } from "./verdict.js";

/** How many figures were tested, how many stand out, and how many would by chance if no area differed. */
export interface FlagCount {
  readonly tested: number;
  readonly flagged: number;
  readonly byChance: number;
}

/** Counts the words of some comparisons. */
export function countFlags(
  comparisons: readonly Pick<IndicatorComparison, "areas" | "rule" | "tested">[],
): FlagCount {
  let [tested, flagged, byChance] = [0, 0, 0];
  for (const { areas, rule, tested: chance } of comparisons) {
    const own = areas.filter(
      ({ unknown, verdict }) => unknown !== true && verdict !== "few" && verdict !== "untested",
    );
    tested += own.length;
    flagged += own.filter(({ verdict }) => isFlag(verdict)).length;
    byChance += chance?.byChance ?? own.length * (1 - rule.confidence);
  }
  return { tested, flagged, byChance };
}

/** How much stands out, and how much would by chance: the sentence that leads. */
export function flagText({ tested, flagged, byChance }: FlagCount): string {
  if (tested === 0)
    return "No figure could be tested: the areas’ figures are shown and nothing is said of differences.";
  const stands = flagged === 1 ? "stands" : "stand";
  return `${flagged === 0 ? "None" : thousands(flagged)} of ${thousands(tested)} figures tested ${stands} out; ${chanceText({ byChance })}, if no area differed.`;
}

/** "by chance alone about 7 would" */
export function chanceText({ byChance }: Pick<FlagCount, "byChance">): string {
  return byChance < 0.5
    ? "by chance alone fewer than 1 would"
    : `by chance alone about ${thousands(Math.round(byChance))} would`;
}
