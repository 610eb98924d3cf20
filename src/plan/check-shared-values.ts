import { type Check, checkField, isBroken, refuse } from "./check-names.js";
import { fieldKind, idFields, isListField } from "./fields.js";
import type { PlanPath } from "./problems.js";
import type { SamplePlan } from "./types.js";

/** Checks the field of which a sample takes one unit a value, across the plan. */
export function checkOnePer(check: Check, { one_per: name }: SamplePlan): void {
  if (name === undefined) return;
  const at = ["sample", "one_per"];
  const without = "take one_per out; each unit is then drawn for itself";
  if (!checkField(check, at, name, { without, derived: false })) return;
  if (!checkShared(check, at, name, "one_per")) return;
  if (fieldKind(check.plan, name) === "text" && !idFields.includes(name)) {
    refuse(
      check,
      at,
      `names ${name}, which holds free text; a field whose values are families is case_id, or type: category under fields.`,
    );
  }
}

/** Checks the fields of which a sample takes so many units a value, across the plan. */
export function checkCaps(check: Check, { caps = {} }: SamplePlan): void {
  for (const name of Object.keys(caps)) {
    const at = ["sample", "caps", name];
    const without = "take this cap out; the sample may then hold more of one value";
    if (checkField(check, at, name, { without })) checkShared(check, at, name, "caps");
  }
}

/** Whether the field can be one that units share: one value a unit, and not what names the unit. */
function checkShared(check: Check, at: PlanPath, name: string, key: "one_per" | "caps"): boolean {
  const { plan } = check;
  if (isBroken(check, ["fields", name])) return false;
  const kind = fieldKind(plan, name);
  const instead = key === "one_per" ? "name case_id or a category" : "cap an id, a category or a text";
  const isUnit =
    (plan.unit === "case" && name === "case_id") || (plan.unit_id.length === 1 && plan.unit_id[0] === name);
  if (isUnit) {
    refuse(
      check,
      at,
      `names ${name}, which names the unit itself, so that no two units share a value; take it out.`,
    );
  } else if (kind === "date" || kind === "number") {
    refuse(check, at, `names ${name}, a ${kind}, which does not tell what belongs together; ${instead}.`);
  } else if (isListField(plan, name)) {
    refuse(check, at, `names ${name}, of which a unit can have several; name a field with one value.`);
  } else {
    return true;
  }
  return false;
}
