import { requireThat } from "./refusals.js";
import type { Interval } from "./wilson.js";

/** Three standard deviations of single values, in mean moving ranges: 3/1.128. */
const limitFactor = 2.66;
/** Upper limit of moving ranges, in mean moving ranges. */
const rangeFactor = 3.267;

/** A process behaviour chart: values, their mean and their natural limits. */
export interface XmrChart {
  readonly values: readonly number[];
  readonly mean: number;
  /** |x_i − x_{i−1}|; one less than values. */
  readonly movingRanges: readonly number[];
  /** Of the moving ranges that were kept. */
  readonly averageMovingRange: number;
  /** Places of the moving ranges, from 0, that were dropped as outliers. */
  readonly dropped: readonly number[];
  readonly limits: Interval;
  /** Two thirds of the way from the mean to the limits. */
  readonly nearLimits: Interval;
  /** Upper limit of the moving ranges. */
  readonly rangeLimit: number;
}

/**
 * XmR chart (individuals and moving range): how far a figure that is measured month by month moves about its mean by chance.
 *
 * @param values - in order of time, with none missing; at least 2
 * @returns limits at mean ± 2.66 times the average moving range, moving ranges above 3.267 times the average having been
 *   dropped once
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`
 * @remarks Assumes values that do not depend on each other and no season; a trend widens nothing and shows as a signal of
 *   `xmrSignals`. With fewer than about 12 values the limits are rough. O(n).
 * @see Wheeler (2000) Understanding Variation, 2nd ed.; NHS England, Making Data Count, for the dropped ranges
 * @example xmrChart([10, 12, 11, 13]).limits // → { lower: 7.0667, upper: 15.9333 } to 4 places
 */
export function xmrChart(values: readonly number[]): XmrChart {
  requireThat(values.length >= 2, {
    what: "Values of an XmR chart",
    rule: "there are at least 2",
    value: values.length,
    next: "Take a longer series.",
  });
  for (const [at, value] of values.entries()) {
    requireThat(Number.isFinite(value), {
      what: "Value of an XmR chart",
      rule: "it is a number",
      value,
      next: `A missing one ends the series; it is the one at place ${at}.`,
    });
  }
  const mean = average(values);
  const movingRanges = values.slice(1).map((value, at) => Math.abs(value - (values[at] as number)));
  const bound = rangeFactor * average(movingRanges);
  const dropped = [...movingRanges.keys()].filter((at) => (movingRanges[at] as number) > bound);
  const averageMovingRange = average(movingRanges.filter((range) => range <= bound));
  const reach = limitFactor * averageMovingRange;
  return {
    values,
    mean,
    movingRanges,
    averageMovingRange,
    dropped,
    limits: { lower: mean - reach, upper: mean + reach },
    nearLimits: { lower: mean - (2 * reach) / 3, upper: mean + (2 * reach) / 3 },
    rangeLimit: rangeFactor * averageMovingRange,
  };
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
