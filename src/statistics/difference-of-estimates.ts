import type { Interval } from "./wilson.js";

/** A figure and the bounds of its interval. */
interface EstimateWithBounds extends Interval {
  readonly value: number;
}

/**
 * Interval for the difference of two independent estimates, from the interval of each ("square and add"): Newcombe's method 10
 * where the estimates are proportions with Wilson's intervals.
 *
 * @returns the first less the second, and bounds, at the confidence of the intervals given
 * @see Newcombe (1998) Stat Med 17:873–890, method 10; Zou & Donner (2008) Stat Med 27:1693–1702
 */
export function differenceOfEstimates(
  first: EstimateWithBounds,
  second: EstimateWithBounds,
): EstimateWithBounds {
  const value = first.value - second.value;
  return {
    value,
    lower: value - hypotenuse(first.value - first.lower, second.upper - second.value),
    upper: value + hypotenuse(first.upper - first.value, second.value - second.lower),
  };
}

function hypotenuse(a: number, b: number): number {
  return Math.sqrt(a * a + b * b);
}
