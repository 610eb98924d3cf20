import { CasedrawError } from "../errors.js";
import { requireSameLength } from "./refusals.js";

/**
 * Cases followed over time, column by column: place i of each column is one case. Times are in one unit, such as days since
 * the application.
 */
export interface FollowUp {
  /** When a case was last seen: at its event, or where it was still going on. Above its entry; 0 or more without entries. */
  readonly exit: ArrayLike<number>;
  /** What happened at the exit: 0 nothing (censored), 1 the event; where several kinds compete, 1, 2, … say which. */
  readonly event: ArrayLike<number>;
  /** Since when a case was watched (delayed entry); without it, all of them from their beginning. */
  readonly entry?: ArrayLike<number>;
}

/** The same in typed arrays, checked. */
export interface CheckedFollowUp {
  readonly cases: number;
  readonly exit: Float64Array;
  readonly event: Uint8Array;
  readonly entry: Float64Array | undefined;
}

/**
 * @param causes - how many kinds of event there are; 1 to 255
 * @throws CasedrawError `ROWS_MISMATCHED`; `FOLLOW_UP_INVALID` with the place, from 0, of the first case that is wrong
 */
export function checkFollowUp(followUp: FollowUp, causes: number): CheckedFollowUp {
  const cases = followUp.exit.length;
  if (cases === 0) refuse("there is at least one case, got none", "Leave the empty group out.", {});
  requireSameLength("Events", followUp.event.length, cases);
  if (followUp.entry !== undefined) requireSameLength("Entries", followUp.entry.length, cases);
  const exit = new Float64Array(followUp.exit);
  const given = new Float64Array(followUp.event);
  const entry = followUp.entry === undefined ? undefined : new Float64Array(followUp.entry);
  for (let at = 0; at < cases; at++) {
    const left = exit[at] as number;
    const came = entry === undefined ? -1 : (entry[at] as number);
    const what = given[at] as number;
    if (!(left >= 0 && left < Infinity)) {
      refuse(`exit is a number from 0 up, got ${left} (case ${at})`, "Correct its dates.", { case: at });
    }
    if (entry !== undefined && !(came >= 0 && came < left)) {
      refuse(
        `entry is a number from 0 up and below exit, got ${came} and ${left} (case ${at})`,
        "Count a case that ends on the day it begins as half a day.",
        { case: at },
      );
    }
    if (!(Number.isInteger(what) && what >= 0 && what <= causes)) {
      refuse(
        `event is a whole number from 0 (none) to ${causes}, got ${what} (case ${at})`,
        "Code what happened at the exit so.",
        { case: at },
      );
    }
  }
  return { cases, exit, event: new Uint8Array(given), entry };
}

function refuse(rule: string, nextStep: string, details: Readonly<Record<string, unknown>>): never {
  throw new CasedrawError("FOLLOW_UP_INVALID", `Follow-up: ${rule}. ${nextStep}`, details);
}
