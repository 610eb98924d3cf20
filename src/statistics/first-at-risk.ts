import { CasedrawError } from "../errors.js";
import { ascending } from "./ascending.js";
import type { CheckedFollowUp } from "./follow-up.js";

/**
 * The time just after which so many cases are first at risk.
 *
 * @throws CasedrawError `AT_RISK_TOO_FEW`
 */
export function firstWithAtRisk(followUp: CheckedFollowUp, minimum: number): number {
  const { cases } = followUp;
  if (fromStart(followUp) >= minimum) return 0;
  if (followUp.entry !== undefined) {
    const nothing = new Int32Array(cases);
    const entries = ascending(followUp.entry, nothing).values;
    const exits = ascending(followUp.exit, nothing).values;
    let left = 0;
    for (let come = 0; come < cases; come++) {
      const time = entries[come] as number;
      while ((exits[left] as number) <= time) left++;
      if (come + 1 - left >= minimum) return time;
    }
  }
  throw new CasedrawError(
    "AT_RISK_TOO_FEW",
    `Cases at risk: at least ${minimum} have to be at risk at one time, got fewer at every time (${cases} cases). ` +
      "Join groups, or show the cases without a curve.",
    { minimum, cases },
  );
}

function fromStart({ cases, entry }: CheckedFollowUp): number {
  if (entry === undefined) return cases;
  let count = 0;
  for (const time of entry) if (time === 0) count++;
  return count;
}
