import { type Check, checkField, isBroken, refuse } from "./check-names.js";
import { childLevelFields, fieldKind } from "./fields.js";
import { isRealDate } from "./iso-date.js";
import type { PlanPath } from "./problems.js";
import type { Condition, FieldType } from "./types.js";

/** Checks conditions that may be left out: that units have the fields, and that each fits what its field holds. */
export function checkConditions(
  check: Check,
  at: PlanPath,
  conditions: Readonly<Record<string, Condition>>,
): void {
  for (const [name, condition] of Object.entries(conditions)) {
    if (checkField(check, [...at, name], name, { without: "take this condition out" }))
      checkCondition(check, [...at, name], name, condition);
  }
}

/** Checks that a condition fits what its field holds. */
export function checkCondition(check: Check, at: PlanPath, name: string, condition: Condition): void {
  if (isBroken(check, ["fields", name])) return;
  const kind = fieldKind(check.plan, name);
  if (isValues(condition)) {
    const wrong = condition.findIndex((value) => !fits(value, kind));
    if (wrong === -1) return;
    const place = check.problems.isMarked([...at, wrong]) ? [...at, wrong] : at;
    refuse(
      check,
      place,
      `must be ${kindRule(kind)}, as ${name} is, got ${JSON.stringify(condition[wrong])}.`,
    );
    return;
  }
  if ("blank" in condition) return;
  if (check.plan.unit === "case" && childLevelFields.includes(name)) {
    refuse(
      check,
      at,
      `compares ${name}, of which a case can have several, one a child; give the values that match.`,
    );
    return;
  }
  for (const [key, value] of Object.entries(condition)) {
    if (kind !== "date" && kind !== "number") {
      refuse(
        check,
        [...at, key],
        `compares dates or numbers, and ${name} holds neither; give the values that match.`,
      );
    } else if (kind === "date" && (key === "over" || key === "up_to")) {
      refuse(check, [...at, key], `compares numbers, and ${name} is a date; use from and to.`);
    } else if ((kind === "date") !== (typeof value === "string")) {
      refuse(check, [...at, key], `must be ${kindRule(kind)}, as ${name} is, got ${value}.`);
    }
  }
}

function isValues(condition: Condition): condition is readonly string[] {
  return Array.isArray(condition);
}

function fits(value: string, kind: FieldType): boolean {
  if (kind === "date") return isRealDate(value);
  return kind !== "number" || /^-?\d+(\.\d+)?$/.test(value);
}

function kindRule(kind: FieldType): string {
  return kind === "date" ? "a real date written YYYY-MM-DD" : "a number";
}
