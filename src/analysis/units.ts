import type { Plan } from "../plan/types.js";

/** What the units are called in sentences and universes. */
export function unitNoun({ unit }: Pick<Plan, "unit">): "children" | "cases" {
  return unit === "case" ? "cases" : "children";
}

/** Whether a child with two cases is two units, because the id tells children apart only together with their case. */
export function countsChildTwice({ unit, unit_id }: Pick<Plan, "unit" | "unit_id">): boolean {
  return unit === "child" && (unit_id.includes("case_id") || unit_id.includes("child_ordinal"));
}
