import { normalMultiplier } from "./confidence.js";
import { requireThat } from "./refusals.js";
import type { Interval } from "./wilson.js";

/**
 * Byar's interval for a Poisson count.
 *
 * @param count - 0 or more
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Close to the exact interval from about 10 events on; below, take `exactPoissonInterval`.
 * @see Breslow & Day (1987) Statistical Methods in Cancer Research II, eqs 2.14 and 2.15
 * @example byarInterval(65) // → { lower: 50.16, upper: 82.85 } to 2 places
 */
export function byarInterval(count: number, options: { readonly confidence?: number } = {}): Interval {
  const z = normalMultiplier(options.confidence);
  requireThat(Number.isFinite(count) && count >= 0, {
    what: "Count of events",
    rule: "it is a number of 0 or more",
    value: count,
    next: "Check what was counted.",
  });
  return { lower: count === 0 ? 0 : bound(count, -z), upper: bound(count + 1, z) };
}

function bound(count: number, z: number): number {
  // The formula's lower bound of a count near 1 is below 0, where no count can be.
  const root = Math.max(0, 1 - 1 / (9 * count) + z / (3 * Math.sqrt(count)));
  return count * root * root * root;
}
