import { fieldLabel, levelLabel } from "../frame/labels.js";
import { thousands } from "../frame/words.js";
import type { Condition, Plan } from "../plan/types.js";
import { unitNoun } from "./units.js";
import { inSentence, listText, longDate } from "./words.js";

/** A frame's exclusion reason as a sentence part that says what the excluded units have in common. */
export function reasonText(reason: string, plan: Plan): string {
  const { cohort, reference_date: reference } = plan;
  if (reason === "exclude_ids")
    return `Named one by one in the exclusion list (${cohort.exclude_ids ?? "exclude_ids"})`;
  if (reason === "closed_within_days")
    return `Not closed in the ${thousands(cohort.closed_within_days ?? 0)} days up to ${longDate(reference)}`;
  if (reason === "active_within_months")
    return `No activity in the ${thousands(cohort.active_within_months ?? 0)} months up to ${longDate(reference)}`;
  const [, kind, name = ""] = /^(include|exclude): (.*)$/s.exec(reason) ?? [];
  const condition = kind === "include" ? cohort.include[name] : cohort.exclude[name];
  if (condition === undefined) return reason;
  return `${fieldLabel(name)} ${conditionText(name, condition, plan, kind === "include")}`;
}

/** A target's group: "children whose disability is Yes and whose law type is Public". */
export function groupText(where: Readonly<Record<string, Condition>>, plan: Plan): string {
  const parts = Object.entries(where).map(
    ([name, condition]) =>
      `whose ${inSentence(fieldLabel(name))} ${conditionText(name, condition, plan, false)}`,
  );
  return `${unitNoun(plan)} ${listText(parts)}`;
}

/** What a condition, or its opposite, says of a field: "is Public or Private", "is not over 52". */
function conditionText(name: string, condition: Condition, plan: Plan, opposite: boolean): string {
  const is = opposite ? "is not" : "is";
  if (Array.isArray(condition)) {
    const levels = (condition as readonly string[]).map((level) => levelLabel(name, level, plan));
    const verb = name === "factors" ? (opposite ? "do not include" : "include") : is;
    return `${verb} ${listText(levels, "or")}`;
  }
  if ("blank" in condition) return condition.blank === opposite ? "is recorded" : "is not recorded";
  if ("from" in condition || "to" in condition) {
    const { from, to } = condition as { readonly from?: string | number; readonly to?: string | number };
    if (from !== undefined && to !== undefined) return `${is} from ${boundText(from)} to ${boundText(to)}`;
    if (from !== undefined)
      return `${is} ${boundText(from)} or ${typeof from === "number" ? "more" : "later"}`;
    if (to !== undefined) return `${is} ${boundText(to)} or ${typeof to === "number" ? "less" : "earlier"}`;
  }
  const { over, up_to: upTo } = condition as { readonly over?: number; readonly up_to?: number };
  const bounds = [
    ...(over === undefined ? [] : [`over ${boundText(over)}`]),
    ...(upTo === undefined ? [] : [`up to ${boundText(upTo)}`]),
  ];
  return `${is} ${listText(bounds)}`;
}

function boundText(bound: string | number): string {
  return typeof bound === "number" ? String(bound) : longDate(bound);
}
