import type { CheckedFollowUp } from "./follow-up.js";
import { requireSameLength, requireThat } from "./refusals.js";

/** Groups of cases: the group of each, as a code from 0. */
export interface Grouping {
  readonly codes: ArrayLike<number>;
  readonly count: number;
}

/** The cases of one stratum, with their groups. */
export interface StratumPart {
  readonly followUp: CheckedFollowUp;
  readonly groups: Grouping;
}

/**
 * @param cases - how many there are
 * @param what - the groups, as the message names them
 * @throws CasedrawError `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE` for the first code that is wrong
 */
export function checkGrouping({ codes, count }: Grouping, cases: number, what: string): void {
  requireSameLength(what, codes.length, cases);
  for (let at = 0; at < cases; at++) {
    const code = codes[at] as number;
    if (Number.isInteger(code) && code >= 0 && code < count) continue;
    requireThat(false, {
      what,
      rule: `a code is a whole number from 0 to ${count - 1}`,
      value: code,
      next: `Number the levels from 0; it is the code at place ${at}.`,
    });
  }
}

/** The cases apart by stratum, empty strata left out; all in one part without strata. */
export function byStratum(
  followUp: CheckedFollowUp,
  groups: Grouping,
  strata: Grouping | undefined,
): readonly StratumPart[] {
  if (strata === undefined) return [{ followUp, groups }];
  const { cases, exit, event, entry } = followUp;
  checkGrouping(strata, cases, "Strata");
  const places = Array.from({ length: strata.count }, (): number[] => []);
  for (let at = 0; at < cases; at++) (places[strata.codes[at] as number] as number[]).push(at);
  return places
    .filter((held) => held.length > 0)
    .map((held) => ({
      followUp: {
        cases: held.length,
        exit: Float64Array.from(held, (at) => exit[at] as number),
        event: Uint8Array.from(held, (at) => event[at] as number),
        entry: entry && Float64Array.from(held, (at) => entry[at] as number),
      },
      groups: { codes: Int32Array.from(held, (at) => groups.codes[at] as number), count: groups.count },
    }));
}
