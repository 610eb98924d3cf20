import type { Plan } from "../plan/types.js";
import { rateRatio } from "../statistics/rate-ratio.js";
import { windowRefusal } from "./delay/observation.js";
import { type Month, monthSpan, wholeMonths } from "./demand/months.js";
import type { Refusal, Subject } from "./item.js";
import { type Cell, type Interval95, isInterval } from "./result.js";
import { type Count, isMarked } from "./tally.js";
import { ofChildren } from "./units.js";
import { periodText } from "./words.js";

const published = "Read the published series, or name some in the plan (pia: series).";

/** Why nothing can be told month by month, where the export is no window of so many whole months. */
export function trendRefusal(subject: Subject, least: number, what: string): Refusal | undefined {
  const { observed } = subject.plan;
  if (observed === undefined)
    return {
      reason:
        `${what} by month needs a span for which every case that began and every case that ended is in the export, and the plan names none (observed). ` +
        "In an export of open cases, earlier months lack those that have ended since.",
      instead: `Set observed if the export has such a span. ${published}`,
    };
  const window = windowRefusal(subject);
  if (window !== undefined) return window;
  const months = wholeMonths(observed).length;
  if (months >= least) return undefined;
  return {
    reason: `${what} by month needs ${least} whole months; the observation window of ${periodText(subject.plan)} has ${months}.`,
    instead: `Ask for an export that reaches further back. ${published}`,
  };
}

/** The first count over the second with the exact interval of two Poisson counts; marked where one is not shown. */
export function ratioOf(first: Count, second: Count): Exclude<Cell, string | number> {
  if (isMarked(first)) return first;
  if (isMarked(second)) return second;
  if (second === 0) return { mark: "x" };
  const { ratio, lower, upper } = rateRatio({
    first: { count: first, denominator: 1 },
    second: { count: second, denominator: 1 },
  });
  return { value: ratio, lower, upper };
}

/** Whether an interval of a ratio keeps clear of 1, and on which side. */
export function sideOfOne(ratio: Cell | undefined): "above" | "below" | undefined {
  if (!isInterval(ratio)) return undefined;
  if (ratio.lower > 1) return "above";
  return ratio.upper < 1 ? "below" : undefined;
}

/** "1.12 (95% interval 1.05 to 1.19)". */
export function ratioWords({ value, lower, upper }: Interval95): string {
  return `${value.toFixed(2)} (95% interval ${lower.toFixed(2)} to ${upper.toFixed(2)})`;
}

/** The sum of counts; marked where one of them is. */
export function sumOf(counts: readonly Count[]): Count {
  return counts.find(isMarked) ?? (counts as readonly number[]).reduce((sum, count) => sum + count, 0);
}

/** Counts as numbers, or undefined where one is not shown: limits and lines need all of them. */
export function allShown(counts: readonly Count[]): readonly number[] | undefined {
  return counts.some(isMarked) ? undefined : (counts as readonly number[]);
}

/** What trends in counts of months rest on. */
export function countUncertainty(plan: Pick<Plan, "unit">): string {
  return `95% intervals of ratios are exact for two Poisson counts, of cases${ofChildren(plan, ", since children of one case come together")}. The export is a count of all, not a sample: intervals and limits describe the process behind it.`;
}

/** ", May 2025 to October 2026" as captions end. */
export function captionSpan(months: readonly Month[]): string {
  return `, ${monthSpan(months)}`;
}
