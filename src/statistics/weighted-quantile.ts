import { requireSameLength, requireThat, requireWhole } from "./refusals.js";

/** Cumulative weights equal to the share wanted but for rounding are equal. */
const rounding = 1e-12;

/**
 * Quantile of weighted values: the smallest value that at least the given share of the weight does not exceed, the inverse
 * of the weighted distribution function (type 1).
 *
 * @param values - finite; at least one
 * @param options.weights - 0 or more, and some above 0; one for each value
 * @param options.fraction - from 0 to 1; 0.5 for the median
 * @returns one of the values
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `ROWS_MISMATCHED`
 * @remarks Unweighted quantiles are of type 7, as in simple-statistics; that type has no single form with weights.
 *   n log n.
 * @see Hyndman & Fan (1996) The American Statistician 50:361–365, definition 1; R package survey, `qrule = "math"`
 * @example weightedQuantile([10, 20, 30], { weights: [1, 1, 2], fraction: 0.5 }) // → 20
 */
export function weightedQuantile(
  values: ArrayLike<number>,
  options: { readonly weights: ArrayLike<number>; readonly fraction: number },
): number {
  const { weights, fraction } = options;
  requireWhole("Number of values", values.length, 1);
  requireSameLength("Weights", weights.length, values.length);
  requireThat(fraction >= 0 && fraction <= 1, {
    what: "Share of a quantile",
    rule: "it lies from 0 to 1",
    value: fraction,
    next: "Write the 25th percentile as 0.25.",
  });
  const held: { readonly value: number; readonly weight: number }[] = [];
  let total = 0;
  for (let k = 0; k < values.length; k++) {
    const [value, weight] = [values[k] as number, weights[k] as number];
    requireThat(Number.isFinite(value), {
      what: "Value",
      rule: "it is a finite number",
      value,
      next: "Leave missing values out.",
    });
    requireThat(Number.isFinite(weight) && weight >= 0, {
      what: "Weight",
      rule: "it is a number of 0 or more",
      value: weight,
      next: "Check what was given.",
    });
    if (weight > 0) held.push({ value, weight });
    total += weight;
  }
  requireThat(total > 0, {
    what: "Sum of weights",
    rule: "it is above 0",
    value: total,
    next: "Check what was given.",
  });
  held.sort((a, b) => a.value - b.value);
  const wanted = total * (fraction - rounding);
  let passed = 0;
  const reaching = held.find(({ weight }) => {
    passed += weight;
    return passed >= wanted;
  });
  return (reaching ?? (held.at(-1) as { value: number })).value;
}
