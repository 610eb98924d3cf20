import { quantileSorted } from "simple-statistics";
import { requireThat, requireWhole } from "./refusals.js";

/**
 * Quantile of single values, interpolated between the two nearest (type 7).
 *
 * @param values - finite; at least one, in any order
 * @param fraction - from 0 to 1; 0.5 for the median
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`
 * @see Hyndman & Fan (1996) The American Statistician 50:361–365, definition 7
 * @example quantile([1, 2, 4, 10], 0.25) // → 1.75
 */
export function quantile(values: ArrayLike<number>, fraction: number): number {
  requireWhole("Number of values", values.length, 1);
  requireThat(fraction >= 0 && fraction <= 1, {
    what: "Share of a quantile",
    rule: "it lies from 0 to 1",
    value: fraction,
    next: "Write the 25th percentile as 0.25.",
  });
  const sorted = Float64Array.from(values).sort();
  for (let at = 0; at < sorted.length; at++)
    requireThat(Number.isFinite(sorted[at]), {
      what: "Value",
      rule: "it is a finite number",
      value: sorted[at] as number,
      next: "Leave out what is not known.",
    });
  return quantileSorted(Array.from(sorted), fraction);
}
