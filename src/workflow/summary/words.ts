import { thousands } from "../../frame/words.js";
import { usualMarking } from "../../plan/marking.js";
import type { Plan } from "../../plan/types.js";

/** What a sample is of, in words. */
export interface UnitWords {
  readonly one: "child" | "case";
  readonly many: "children" | "cases";
}

export function unitWords(plan: Plan): UnitWords {
  return plan.unit === "case" ? { one: "case", many: "cases" } : { one: "child", many: "children" };
}

/** Of pages that show every number, however small. */
export const internalMarking = `${usualMarking}: internal. Small numbers are not suppressed: not for publication.`;

/** A figure as a page shows it: one decimal, commas between thousands, 0.0 without a sign. */
export function oneDecimal(value: number): string {
  const [whole = "", tenth = ""] = Math.abs(value).toFixed(1).split(".");
  const sign = value < 0 && `${whole}.${tenth}` !== "0.0" ? "\u2212" : "";
  return `${sign}${thousands(Number(whole))}.${tenth}`;
}

/** The figure that {@link oneDecimal} shows, so that words and tables never disagree. */
export function asShown(value: number): number {
  return Number(value.toFixed(1));
}

export function oneDecimalPercent(value: number): string {
  return `${oneDecimal(value)}%`;
}

/** A difference in percentage points with its sign: "+1.2", "−0.4", "0.0". */
export function pointsText(value: number): string {
  return asShown(value) > 0 ? `+${oneDecimal(value)}` : oneDecimal(value);
}

/** A probability as people say it: "1 in 91", "1 in 2.5", "64 in 100", "certain". */
export function chanceText(probability: number): string {
  if (probability <= 0) return "none";
  if (probability >= 1) return "certain";
  if (probability > 0.5) {
    const ofHundred = Math.round(probability * 100);
    return ofHundred === 100 ? "over 99 in 100" : `${ofHundred} in 100`;
  }
  const inverse = 1 / probability;
  const short = oneDecimal(inverse).replace(/\.0$/, "");
  return `1 in ${inverse >= 9.95 ? thousands(Math.round(inverse)) : short}`;
}

/** How a sample was chosen, for readers who know no statistics. */
export interface DesignWords {
  /** One sentence. */
  readonly short: string;
  /** What the design does and what follows from it, a paragraph each. */
  readonly paragraphs: readonly string[];
  /** How tickets make the selection, for whoever derives it again. */
  readonly fromTickets: string;
}
