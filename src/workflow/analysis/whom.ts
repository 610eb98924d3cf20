import type { Edition } from "../../analysis/item.js";
import { unitNoun } from "../../analysis/units.js";
import { thousands } from "../../frame/words.js";
import type { Cohort, Plan } from "../../plan/types.js";
import type { BuiltFrame } from "../build-from-plan.js";

/**
 * Whom an analysis of an export counts, in a sentence: a title often names those who may be sampled, and not all are.
 * A publishable edition does not give the numbers, which are exact here.
 *
 * @returns undefined where there is no export
 */
export function whomText({
  plan,
  edition,
  built,
}: {
  readonly plan: Plan;
  readonly edition: Edition;
  readonly built?: BuiltFrame;
}): string | undefined {
  if (built === undefined) return undefined;
  const { ids, eligible } = built.frame;
  const units = unitNoun(plan);
  const isInternal = edition === "internal";
  const all = isInternal ? `all ${thousands(ids.length)} ${units}` : `all ${units}`;
  if (!limits(plan.cohort)) return `Counts ${all} of the export.`;
  if (plan.pia?.cohort !== true) return `Counts ${all} of the export, whether or not they may be sampled.`;
  const which = units === "children" ? "who" : "that";
  return isInternal
    ? `Counts the ${thousands(eligible.length)} ${units} ${which} may be sampled (of ${thousands(ids.length)}).`
    : `Counts only the ${units} ${which} may be sampled.`;
}

/** Whether a plan keeps anyone from being sampled. */
function limits({ include, exclude, ...others }: Cohort): boolean {
  return [include, exclude, others].some((part) => Object.keys(part).length > 0);
}
