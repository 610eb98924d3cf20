import type { IndicatorComparison, Polarity, Verdict } from "./comparison.js";

type Rule = IndicatorComparison["rule"];

/** Up to so many areas the usual 95 % is tested; with more, 99.8 %, for 1 in 20 of many would be flagged by chance alone. */
const mostForUsual = 20;

/** Areas below this many units are never flagged. */
export const leastUnits = 10;

/** An area with more than this share of the whole would be compared with itself: it is set against the rest. */
const shareOfItself = 0.05;

/**
 * What rules the words of a comparison. The limits do, and not the adjusted p-values: a limit is the same whatever the other
 * areas are, so that an area's word stands for itself and agrees with the funnel that is drawn.
 *
 * @param areas - how many are tested
 */
export function ruleFor(areas: number): Rule {
  return { confidence: areas > mostForUsual ? 0.998 : 0.95, adjusted: false, least: leastUnits };
}

/** Whether an area is set against the rest, not against the whole that it is a large part of. */
export function againstRest(area: number, whole: number): boolean {
  return area > shareOfItself * whole;
}

/** What a test says at a level. */
export function verdictAt(
  test: { readonly pValue: number; readonly isHigher: boolean },
  confidence: number,
): "higher" | "lower" | "similar" {
  if (test.pValue >= 1 - confidence) return "similar";
  return test.isHigher ? "higher" : "lower";
}

/** The false discovery rate that adjusted p-values are held against. */
export const falseDiscoveries = 0.05;

const words: Readonly<Record<Verdict, string>> = {
  higher: "higher",
  lower: "lower",
  similar: "similar",
  few: "too few to say",
  untested: "not tested",
};

/** A verdict as every output writes it: higher or lower, and better or worse beside it where it is known which direction is good. */
export function wordOf(verdict: Verdict, polarity: Polarity | undefined): string {
  if (!isFlag(verdict) || polarity === undefined) return words[verdict];
  return `${words[verdict]}, ${(verdict === "higher") === (polarity === "higher_is_better") ? "better" : "worse"}`;
}

export function isFlag(verdict: Verdict | undefined): verdict is "higher" | "lower" {
  return verdict === "higher" || verdict === "lower";
}
