import { byarInterval } from "./byar.js";
import { exactPoissonInterval } from "./exact-poisson.js";
import type { Interval } from "./wilson.js";

/** Bounds of a count or rate, and how they were found. */
export interface CountInterval extends Interval {
  readonly method: "byar" | "exact-poisson";
}

/** From this count on Byar's approximation is used. */
const enoughForByar = 10;

/**
 * Interval of a Poisson count by the convention of public health statistics: exact below 10 events, Byar's from there on.
 *
 * @param count - whole number of 0 or more
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @see Association of Public Health Observatories (2008) Technical Briefing 3, Commonly used public health statistics
 * @example countInterval(5) // → { lower: 1.6235, upper: 11.6683, method: "exact-poisson" } to 4 places
 */
export function countInterval(count: number, options: { readonly confidence?: number } = {}): CountInterval {
  return count < enoughForByar
    ? { ...exactPoissonInterval(count, options), method: "exact-poisson" }
    : { ...byarInterval(count, options), method: "byar" };
}
