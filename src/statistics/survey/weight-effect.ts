import type { Domain } from "./sample-design.js";

/**
 * Kish's factor by which unequal weights alone raise the variance of a mean, n·Σw²/(Σw)².
 *
 * @param weights - of each responding unit
 * @param domain - 1 for units that belong to it, one at least
 * @returns 1 where all weights are equal, else above it
 * @see Kish (1965) Survey Sampling, §11.7
 * @example weightEffect(Float64Array.of(1, 1, 4), [1, 1, 1]) // → 1.5; 3·18/36
 */
export function weightEffect(weights: Float64Array, domain: Domain): number {
  let [n, sum, squares] = [0, 0, 0];
  weights.forEach((weight, unit) => {
    if (domain[unit] === 0) return;
    n++;
    sum += weight;
    squares += weight * weight;
  });
  return (n * squares) / (sum * sum);
}
