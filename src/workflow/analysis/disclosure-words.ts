import { mustReach } from "../../disclosure/suppress.js";
import { type Disclosure, type Plan, usualDisclosure } from "../../plan/types.js";

/** What a publishable edition does to small counts and to others, by what the plan says: the end of a sentence. */
export function disclosureWords({ disclosure = usualDisclosure }: Pick<Plan, "disclosure">): string {
  const { threshold, round_to: roundTo } = disclosure;
  if (threshold > 0) return roundTo > 1 ? "are suppressed and others rounded" : "are suppressed";
  return roundTo > 1 ? "are not suppressed, and all are rounded" : "are neither suppressed nor rounded";
}

/** What is hidden and what is rounded, for the part of a page that says what is not shown. */
export function suppressionText(
  { threshold, roundTo }: { readonly threshold: Disclosure["threshold"]; readonly roundTo: number },
  others: string,
): string {
  const rounding = (which: string): string =>
    roundTo === 1
      ? ""
      : ` ${which} are rounded to a multiple of ${roundTo}: parts may not add up to their whole, and a share of the whole may lie outside those of its parts.`;
  if (threshold === 0) return `Small counts are not suppressed, as the plan says.${rounding("Counts")}`;
  const small = threshold === 1 ? "Counts of 1" : `Counts of 1 to ${threshold}`;
  return `${small} are not shown: [c]. Nor are others from which they could be worked out, in the same table or another.${rounding("All others")} ${others} are worked out of what is shown, or made as coarse.`;
}

/** What the audit found, where it had hidden counts to work out. */
export function auditText(threshold: number): string {
  return `An audit tried to work the hidden small counts out from all tables together: each could still be anything from 1 to ${mustReach({ threshold })}, at the least.`;
}
