import { type CountInterval, countInterval } from "./count-interval.js";
import { requirePositive } from "./refusals.js";

/**
 * Rate of events with its interval: a Poisson count over a denominator without error.
 *
 * @param count - events; whole number of 0 or more
 * @param options.denominator - population or time at risk; above 0
 * @param options.multiplier - the rate is for so many of the denominator; default 1
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Exact below 10 events, Byar's method from there on. Events of one case or family are not independent.
 * @see {@link countInterval}
 * @example rateInterval(65, { denominator: 20000, multiplier: 1000 }) // → { rate: 3.25, lower: 2.508, upper: 4.142 } to 3 places
 */
export function rateInterval(
  count: number,
  options: { readonly denominator: number; readonly multiplier?: number; readonly confidence?: number },
): CountInterval & { readonly rate: number } {
  const { denominator, multiplier = 1, ...rest } = options;
  requirePositive("Denominator", denominator);
  requirePositive("Multiplier", multiplier);
  const { lower, upper, method } = countInterval(count, rest);
  const scale = multiplier / denominator;
  return { rate: count * scale, lower: lower * scale, upper: upper * scale, method };
}
