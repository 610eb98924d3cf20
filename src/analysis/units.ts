import { matchKey } from "../frame/text.js";
import type { Plan } from "../plan/types.js";

/** What the units are called in sentences and universes. */
export function unitNoun({ unit }: Pick<Plan, "unit">): "children" | "cases" {
  return unit === "case" ? "cases" : "children";
}

/** Words on children of one case, where children are counted; none where the cases are. */
export function ofChildren({ unit }: Pick<Plan, "unit">, words: string): string {
  return unit === "child" ? words : "";
}

/** Whether a child with two cases is two units, because the id tells children apart only together with their case. */
export function countsChildTwice({ unit, unit_id }: Pick<Plan, "unit" | "unit_id">): boolean {
  return unit === "child" && (unit_id.includes("case_id") || unit_id.includes("child_ordinal"));
}

/** Whether cases that have ended may be counted: not where only units are that may be sampled, and these have no end. */
export function mayHaveEnded({ pia, cohort, delay }: Pick<Plan, "pia" | "cohort" | "delay">): boolean {
  if (pia?.cohort !== true) return true;
  const asks = (conditions: Plan["cohort"]["include"], field: string, blank: boolean): boolean => {
    const condition = conditions[field];
    return condition !== undefined && "blank" in condition && condition.blank === blank;
  };
  const answers = ({ delay_is_open: open }: Plan["cohort"]["include"]): string[] | undefined =>
    Array.isArray(open) ? open.map(matchKey) : undefined;
  if (answers(cohort.include)?.every((answer) => answer === "yes")) return false;
  if (answers(cohort.exclude)?.includes("no")) return false;
  return !["closed_date", delay.to].some(
    (field) => asks(cohort.include, field, true) || asks(cohort.exclude, field, false),
  );
}
