import { fieldLabel, levelLabel } from "../../frame/labels.js";
import type { Plan } from "../../plan/types.js";
import { stratumLabel } from "../summary/strata.js";
import type { SizeGroup } from "./question.js";

/** A group for people: "All", "Private law / Not recorded", "Gender: Not recorded". Without a plan there is only the whole. */
export function groupName(
  { characteristic, level }: Pick<SizeGroup, "characteristic" | "level">,
  plan: Plan | undefined,
): string {
  if (characteristic === "all" || plan === undefined) return "All";
  return characteristic === "stratum"
    ? stratumLabel(level, plan.sample?.strata ?? [], plan)
    : `${fieldLabel(characteristic)}: ${levelLabel(characteristic, level, plan)}`;
}
