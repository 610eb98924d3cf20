import { byarInterval } from "./byar.js";
import type { Frequencies } from "./count-distribution.js";
import { countInterval } from "./count-interval.js";
import { requirePositive, requireThat, requireWhole } from "./refusals.js";
import { varianceOfEvents } from "./repeated-events.js";
import type { Interval } from "./wilson.js";

/** A group, such as an age band, of an area, and the rate of the reference. */
export interface ReferenceGroup {
  /** Population of the area; 0 or more. */
  readonly population: number;
  /** Events over population in the reference, a fraction of 0 or more. */
  readonly referenceRate: number;
}

/**
 * How many events an area would have at the reference's rates: Σ population·rate.
 *
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`
 * @see Breslow & Day (1987) Statistical Methods in Cancer Research II, §2.3
 * @example expectedCount([{ population: 100, referenceRate: 0.1 }, { population: 50, referenceRate: 0.2 }]) // → 20
 */
export function expectedCount(groups: readonly ReferenceGroup[]): number {
  return groups.reduce((sum, { population, referenceRate }) => {
    for (const [what, value] of [
      ["Population of a group", population],
      ["Rate of the reference", referenceRate],
    ] as const) {
      requireThat(Number.isFinite(value) && value >= 0, {
        what,
        rule: "it is a number of 0 or more",
        value,
        next: "Check what was given.",
      });
    }
    return sum + population * referenceRate;
  }, 0);
}

/**
 * Indirectly standardised ratio: the events of an area over those expected, with the interval of a Poisson count. For events
 * that are not independent, Byar's interval is stretched by the standard deviation of the count of persons' events.
 *
 * @param ratio.observed - events; whole number of 0 or more
 * @param ratio.expected - events at the reference's rates, above 0; see {@link expectedCount}
 * @param ratio.persons - where one person may have several events: entry e is the number of persons with e of them
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Exact below 10 events, Byar's method from there on. The expected count is taken as known. Ratios of several areas
 *   are each comparable with the reference, not with one another.
 * @see Breslow & Day (1987) Statistical Methods in Cancer Research II, §2.3; Stukel, Glynn, Fisher et al. (1994) Stat Med
 *   13:1781–1791, for events that are not independent
 * @example indirectlyStandardisedRatio({ observed: 895, expected: 835.88 }) // → { ratio: 1.0707, lower: 1.0017, upper: 1.1432 } to 4 places
 */
export function indirectlyStandardisedRatio(
  ratio: { readonly observed: number; readonly expected: number; readonly persons?: Frequencies },
  options: { readonly confidence?: number } = {},
): Interval & { readonly ratio: number } {
  const { observed, expected, persons } = ratio;
  requireWhole("Observed events", observed, 0);
  requirePositive("Expected events", expected);
  if (persons === undefined || observed === 0) {
    const { lower, upper } = countInterval(observed, options);
    return { ratio: observed / expected, lower: lower / expected, upper: upper / expected };
  }
  const { lower, upper } = byarInterval(observed, options);
  const stretch = Math.sqrt(varianceOfEvents(observed, persons) / observed);
  return {
    ratio: observed / expected,
    lower: Math.max(0, observed + stretch * (lower - observed)) / expected,
    upper: (observed + stretch * (upper - observed)) / expected,
  };
}
