import { byarInterval } from "./byar.js";
import type { Frequencies } from "./count-distribution.js";
import { requirePositive, requireThat, requireWhole } from "./refusals.js";
import { varianceOfEvents } from "./repeated-events.js";
import type { Interval } from "./wilson.js";

/** A group, such as an age band, of an area. */
export interface StandardisedGroup {
  /** Events in the area; whole number of 0 or more. */
  readonly count: number;
  /** Population of the area; above 0. */
  readonly population: number;
  /** Population of the standard; 0 or more. */
  readonly standard: number;
  /** Where one person may have several events: entry e is the number of persons with e of them. */
  readonly persons?: Frequencies;
}

/**
 * Directly standardised rate: what the area's rate would be if its groups had the sizes of the standard. Its interval is
 * Dobson's, on Byar's for the events in all; for events that are not independent the variance is that of persons.
 *
 * @param groups - at least one; all of them with `persons` where the events are not independent
 * @param options.multiplier - the rate is for so many; default 1
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @throws CasedrawError `CONFIDENCE_OUT_OF_RANGE`; `VALUE_OUT_OF_RANGE`, also without any event, where the method has no
 *   interval
 * @remarks Rates of several areas by one standard can be compared. Below 10 events it is customary to give none.
 * @see Dobson, Kuulasmaa, Eberle & Scherer (1991) Stat Med 10:457–462; Stukel, Glynn, Fisher et al. (1994) Stat Med
 *   13:1781–1791, for events that are not independent
 * @example
 * directlyStandardisedRate([{ count: 10, population: 100, standard: 1 }, { count: 30, population: 100, standard: 3 }])
 * // → { rate: 0.25 }; 10/100·¼ + 30/100·¾
 */
export function directlyStandardisedRate(
  groups: readonly StandardisedGroup[],
  options: { readonly multiplier?: number; readonly confidence?: number } = {},
): Interval & { readonly rate: number; readonly count: number } {
  const { multiplier = 1, ...rest } = options;
  requirePositive("Multiplier", multiplier);
  const independent = groups.every(({ persons }) => persons === undefined);
  let [count, standard, weighted, variance] = [0, 0, 0, 0];
  for (const group of groups) {
    requireWhole("Count of events", group.count, 0);
    requirePositive("Population of a group", group.population);
    requireThat(Number.isFinite(group.standard) && group.standard >= 0, {
      what: "Standard population of a group",
      rule: "it is a number of 0 or more",
      value: group.standard,
      next: "Check the standard.",
    });
    const share = group.standard / group.population;
    count += group.count;
    standard += group.standard;
    weighted += share * group.count;
    // A group without persons, beside others that have them, is taken to have no event.
    const persons = independent ? undefined : (group.persons ?? []);
    variance += share * share * varianceOfEvents(group.count, persons);
  }
  requirePositive("Standard population", standard);
  requirePositive("Count of events in all groups", count);
  const rate = weighted / standard;
  const ofCount = byarInterval(count, rest);
  const scale = Math.sqrt(variance / count) / standard;
  return {
    rate: rate * multiplier,
    lower: Math.max(0, rate + scale * (ofCount.lower - count)) * multiplier,
    upper: (rate + scale * (ofCount.upper - count)) * multiplier,
    count,
  };
}
