import { isMarked, type Marked, type Statistic } from "../analysis/tally.js";

/** Figures that are not counts, by name. */
export type Statistics = Readonly<Record<string, Statistic | Marked>>;

/** A figure that rests on fewer is not shown. */
export function leastShown(threshold: number): number {
  return threshold === 0 ? 0 : Math.max(10, threshold + 1);
}

/**
 * Statistics as they may be published: none that rests on few units, and the others rounded to the step that each names,
 * halves up, their bounds outwards: the interval still covers what it covered. A median or a mean of few units can be the value of one of them.
 *
 * @param options.threshold - a base of no more than this, or of fewer than 10, hides a figure; 0 hides none
 * @param options.roundTo - bases are rounded as counts are; default 1, which leaves them
 */
export function protectStatistics(
  statistics: Statistics,
  { threshold, roundTo = 1 }: { readonly threshold: number; readonly roundTo?: number },
): Record<string, Statistic | Marked> {
  const least = leastShown(threshold);
  return Object.fromEntries(
    Object.entries(statistics).map(([name, statistic]) => {
      if (isMarked(statistic)) return [name, statistic];
      if (statistic.base < least) return [name, { mark: "c" }];
      const { value, lower, upper, base, step } = statistic;
      const shown: Statistic = {
        value: toStep(value, step),
        ...(lower === undefined ? {} : { lower: toStep(lower, step, Math.floor) }),
        ...(upper === undefined ? {} : { upper: toStep(upper, step, Math.ceil) }),
        base: toStep(base, roundTo),
        step,
        coarse: true,
      };
      return [name, shown];
    }),
  );
}

/** A multiple, with what binary fractions leave at the twelfth digit put right: 17.65 of 0.1 is 17.7. */
function toStep(value: number, step: number, whole: (steps: number) => number = halfUp): number {
  const steps = Number((value / step).toPrecision(12));
  return Number((whole(steps) * step).toPrecision(12));
}

function halfUp(steps: number): number {
  return Math.floor(steps + 0.5);
}
