import { differenceOfEstimates } from "../../statistics/difference-of-estimates.js";
import type { Change } from "./comparison.js";
import { type FigureOptions, figureOf } from "./figures.js";
import type { AreaCount } from "./judge-counts.js";
import { leastUnits } from "./verdict.js";

/** A count with the design effect of its time. */
export interface DatedCount extends AreaCount {
  readonly designEffect: number;
}

/**
 * Whether an area's figure rose or fell since an earlier one: Newcombe's interval from the intervals of both, at the confidence that
 * rules the comparison.
 *
 * @param options.since - for people
 * @param options.slack - by how much rounding may have moved each count; default 0
 * @returns undefined where either has fewer than 10 units
 * @see Newcombe (1998) Stat Med 17:873–890, method 10; Zou & Donner (2008) Stat Med 27:1693–1702
 */
export function changeOf(
  now: DatedCount,
  before: DatedCount,
  options: Pick<FigureOptions, "kind" | "multiplier"> & {
    readonly since: string;
    readonly confidence: number;
    readonly slack?: number;
  },
): Change | undefined {
  const { since, confidence, kind, multiplier, slack = 0 } = options;
  if (now.n - slack < leastUnits || before.n - slack < leastUnits) return undefined;
  const at = (level: number) => {
    const figure = (of: DatedCount) =>
      figureOf(of, { kind, multiplier, designEffect: of.designEffect, confidence: level });
    return differenceOfEstimates(figure(now), figure(before));
  };
  const ruling = at(confidence);
  // By how much rounding may have moved the difference.
  const off = ({ count, n }: DatedCount): number => (slack * (1 + count / n)) / n;
  const rounding = (off(now) + off(before)) * (kind === "rate" ? multiplier : 1);
  return {
    since,
    difference: at(0.95),
    verdict: ruling.lower > rounding ? "rose" : ruling.upper < -rounding ? "fell" : "no clear change",
  };
}
