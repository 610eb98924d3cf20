import { CasedrawError } from "../errors.js";
import { type CheckedFollowUp, checkFollowUp, type FollowUp } from "./follow-up.js";
import type { Grouping } from "./grouping.js";

/** Who was at risk and what happened at each time of an event. */
export interface RiskTable {
  /** The distinct times of events of any kind, ascending. */
  readonly times: Float64Array;
  /** By group: cases at risk just before each time, entry < time ≤ exit. */
  readonly atRisk: readonly Int32Array[];
  /** By group, then by kind of event less 1: events at each time. */
  readonly events: readonly (readonly Int32Array[])[];
}

/**
 * @param followUp - checked
 * @param options.causes - kinds of event; default 1
 * @param options.grouping - default one group of all cases
 * @remarks One sort of the event times, then one pass over the cases: O(n log n), whatever the number of groups.
 */
export function riskTable(
  followUp: CheckedFollowUp,
  options: { readonly causes?: number; readonly grouping?: Grouping } = {},
): RiskTable {
  const { cases, exit, event, entry } = followUp;
  const { causes = 1, grouping } = options;
  const groups = grouping?.count ?? 1;
  const times = distinctTimes(exit, event);
  // Entry k of a group's column starts as the change of the risk set between times k − 1 and k, and is summed after.
  const atRisk = Array.from({ length: groups }, () => new Int32Array(times.length + 1));
  const events = Array.from({ length: groups }, () =>
    Array.from({ length: causes }, () => new Int32Array(times.length)),
  );
  const timesUpTo = counter(times);
  for (let at = 0; at < cases; at++) {
    const group = grouping === undefined ? 0 : (grouping.codes[at] as number);
    const changes = atRisk[group] as Int32Array;
    const end = timesUpTo(exit[at] as number);
    const start = entry === undefined ? 0 : timesUpTo(entry[at] as number);
    (changes[start] as number)++;
    (changes[end] as number)--;
    const kind = event[at] as number;
    if (kind > 0) ((events[group] as Int32Array[])[kind - 1] as Int32Array)[end - 1]!++;
  }
  for (const changes of atRisk)
    for (let k = 1; k < changes.length; k++) changes[k]! += changes[k - 1] as number;
  return { times, atRisk: atRisk.map((changes) => changes.subarray(0, times.length)), events };
}

/**
 * How many cases are at risk just before given times: the numbers under a survival curve.
 *
 * @param followUp - cases; any kinds of event
 * @param times - in the unit of the follow-up
 * @returns cases with entry < time ≤ exit, in the order of `times`
 * @throws CasedrawError `FOLLOW_UP_INVALID`, `TIME_OUT_OF_RANGE` for a time that is not a number
 * @example numbersAtRisk({ exit: [3, 5, 5], event: [1, 0, 1] }, [3, 4, 6]) // [3, 2, 0]
 */
export function numbersAtRisk(followUp: FollowUp, times: readonly number[]): readonly number[] {
  const { cases, exit, entry } = checkFollowUp(followUp, 255);
  return times.map((time) => {
    if (Number.isNaN(time)) {
      throw new CasedrawError(
        "TIME_OUT_OF_RANGE",
        "Time: it is a number, got NaN. Give it in the follow-up's unit.",
      );
    }
    let count = 0;
    for (let at = 0; at < cases; at++) {
      if ((exit[at] as number) >= time && (entry === undefined || (entry[at] as number) < time)) count++;
    }
    return count;
  });
}

function distinctTimes(exit: Float64Array, event: Uint8Array): Float64Array {
  const times = new Float64Array(exit.length);
  let count = 0;
  for (let at = 0; at < exit.length; at++) if (event[at] !== 0) times[count++] = exit[at] as number;
  const sorted = times.subarray(0, count).sort();
  let kept = 0;
  for (let at = 0; at < count; at++) {
    if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[kept++] = sorted[at] as number;
  }
  return sorted.subarray(0, kept);
}

/** Tells how many of some ascending times are at or before a given one. */
function counter(times: Float64Array): (time: number) => number {
  const steps = times.length;
  const first = times[0] ?? 0;
  // As many slots as times, and how many times lie in the slots before each: most searches then end at once.
  const scale = steps / ((times[steps - 1] ?? 0) - first || 1);
  const before = new Int32Array(steps + 2);
  for (const time of times) before[Math.floor((time - first) * scale) + 1]!++;
  for (let slot = 1; slot < before.length; slot++) before[slot]! += before[slot - 1] as number;
  return (time) => {
    if (time < first) return 0;
    const slot = Math.floor((time - first) * scale);
    if (slot > steps) return steps;
    let low = before[slot] as number;
    let high = before[slot + 1] as number;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((times[middle] as number) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
