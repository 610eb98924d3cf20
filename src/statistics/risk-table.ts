import { CasedrawError } from "../errors.js";
import { ascending } from "./ascending.js";
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

/** Sees one time of an event: cases at risk just before it by group, and events by group, then kind (group·causes + kind − 1). */
export type AtEventTime = (time: number, atRisk: Int32Array, events: Int32Array) => void;

/** What is told apart: kinds of event (default 1), and groups (default one of all cases). */
interface Apart {
  readonly causes?: number;
  readonly grouping?: Grouping;
}

/**
 * Goes along the distinct times of events of any kind.
 *
 * @param followUp - checked
 * @param visit - what it is given is valid until it returns
 * @remarks One sort of the exits, one of the entries, and one pass along them: O(n), whatever the number of groups.
 */
export function eachEventTime(followUp: CheckedFollowUp, apart: Apart, visit: AtEventTime): void {
  const { cases, event } = followUp;
  const { causes = 1, grouping } = apart;
  const groupOf = grouping === undefined ? new Int32Array(cases) : new Int32Array(grouping.codes);
  const kinds = causes + 1; // 0 of them nothing
  const exit = ascending(
    followUp.exit,
    groupOf.map((group, at) => group * kinds + (event[at] as number)),
  );
  const entry = followUp.entry && ascending(followUp.entry, groupOf);
  const atRisk = new Int32Array(grouping?.count ?? 1);
  const events = new Int32Array(atRisk.length * causes);
  if (entry === undefined) for (const group of groupOf) atRisk[group]!++;
  let come = 0;
  for (let gone = 0, end = 0; gone < cases; ) {
    const time = exit.values[gone] as number;
    if (entry !== undefined) {
      while ((entry.values[come] as number) < time) atRisk[entry.carried[come++] as number]!++;
    }
    let happened = false;
    for (; exit.values[end] === time; end++) {
      const code = exit.carried[end] as number;
      const kind = code % kinds;
      if (kind === 0) continue;
      events[((code - kind) / kinds) * causes + kind - 1]!++;
      happened = true;
    }
    if (happened) {
      visit(time, atRisk, events);
      events.fill(0);
    }
    for (; gone < end; gone++) atRisk[Math.floor((exit.carried[gone] as number) / kinds)]!--;
  }
}

/** @param followUp - checked */
export function riskTable(followUp: CheckedFollowUp, apart: Apart = {}): RiskTable {
  const { cases } = followUp;
  const { causes = 1, grouping } = apart;
  const columns = (count: number) => Array.from({ length: count }, () => new Int32Array(cases));
  const times = new Float64Array(cases);
  const atRisk = columns(grouping?.count ?? 1);
  const events = atRisk.map(() => columns(causes));
  let steps = 0;
  eachEventTime(followUp, apart, (time, held, happened) => {
    times[steps] = time;
    for (let group = 0; group < held.length; group++) {
      (atRisk[group] as Int32Array)[steps] = held[group] as number;
      const kinds = events[group] as Int32Array[];
      for (let kind = 0; kind < causes; kind++)
        (kinds[kind] as Int32Array)[steps] = happened[group * causes + kind] as number;
    }
    steps++;
  });
  return {
    times: times.subarray(0, steps),
    atRisk: atRisk.map((counts) => counts.subarray(0, steps)),
    events: events.map((kinds) => kinds.map((counts) => counts.subarray(0, steps))),
  };
}

/**
 * How many cases are at risk just before given times: the numbers under a survival curve.
 *
 * @param followUp - cases; any kinds of event
 * @param times - in the unit of the follow-up
 * @returns cases with entry < time ≤ exit, in the order of `times`
 * @throws CasedrawError `FOLLOW_UP_INVALID`, `TIME_OUT_OF_RANGE` for a time that is not a number
 * @example numbersAtRisk({ exit: [3, 5, 5], event: [1, 0, 1] }, [3, 4, 6]) // → [3, 2, 0]
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
