import type { Frequencies } from "./count-distribution.js";
import { requireThat } from "./refusals.js";

/**
 * Variance of a count of events where one person may have several: Σ e²·(persons with e events). Persons are taken as
 * independent and their events as not.
 *
 * @param count - events in all
 * @param persons - entry e is the number of persons with e events; without it each event is another person's
 * @throws CasedrawError `VALUE_OUT_OF_RANGE` where the persons' events do not add up to the count
 * @see Stukel, Glynn, Fisher et al. (1994) Stat Med 13:1781–1791
 */
export function varianceOfEvents(count: number, persons: Frequencies | undefined): number {
  if (persons === undefined) return count;
  const events = persons.reduce((sum, times, each) => sum + times * each, 0);
  requireThat(events === count, {
    what: "Events by person",
    rule: `they add up to the count, which is ${count}`,
    value: events,
    next: "Count both in the same list.",
  });
  return persons.reduce((sum, times, each) => sum + times * each * each, 0);
}
