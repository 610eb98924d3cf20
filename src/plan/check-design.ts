import { type Check, checkDistinct, checkField, isBroken, mappingIsSound, refuse } from "./check-names.js";
import {
  childLevelFields,
  fieldKind,
  idFields,
  isDerivedField,
  isListField,
  mappedFields,
} from "./fields.js";
import { isRealDate } from "./iso-date.js";
import type { PlanPath } from "./problems.js";
import type { Condition, FieldType, SamplePlan } from "./types.js";

/** Checks what names a unit, who may be sampled and how, across the plan. */
export function checkDesign(check: Check): void {
  checkUnitId(check);
  checkCohort(check);
  if (check.plan.sample !== undefined) checkSample(check, check.plan.sample);
}

function checkUnitId(check: Check): void {
  const { plan, problems } = check;
  checkDistinct(check, ["unit_id"], plan.unit_id);
  plan.unit_id.forEach((name, i) => {
    const listed = ["unit_id", i];
    const at = problems.isMarked(listed) ? listed : ["unit_id"];
    const known = checkField(check, at, name, {
      without: "name a unit by other fields",
      derived: name === "child_ordinal",
    });
    if (!known) return;
    const field = Object.hasOwn(plan.fields, name) ? plan.fields[name] : undefined;
    if (name === "date_of_birth") {
      refuse(
        check,
        at,
        "names date_of_birth, which is never in an output; use case_id, child_id or child_ordinal.",
      );
    } else if (plan.unit === "case" && childLevelFields.includes(name)) {
      refuse(check, at, `names ${name}, which belongs to the child, and the unit is the case; use case_id.`);
    } else if (isListField(plan, name) || (field !== undefined && "weeks_between" in field)) {
      refuse(
        check,
        at,
        `names ${name}, which is not one text a row; use case_id, child_id or child_ordinal.`,
      );
    }
  });
}

function checkCohort(check: Check): void {
  const { cohort } = check.plan;
  for (const part of ["include", "exclude"] as const) {
    for (const [name, condition] of Object.entries(cohort[part])) {
      const at = ["cohort", part, name];
      if (checkField(check, at, name, { without: "take this condition out" }))
        checkCondition(check, at, name, condition);
    }
  }
  if (cohort.closed_within_days !== undefined) {
    const at = ["cohort", "closed_within_days"];
    const open = [
      ["include", true],
      ["exclude", false],
    ] as const;
    for (const [part, blank] of open) {
      const condition = cohort[part].closed_date;
      if (condition !== undefined && "blank" in condition && condition.blank === blank) {
        refuse(
          check,
          at,
          `goes instead of ${part}: { closed_date: { blank: ${blank} } }, which leaves no closed case; keep one.`,
        );
      }
    }
    checkField(check, at, "closed_date", { without: "take this key out" });
  }
  if (cohort.active_within_months !== undefined && mappingIsSound(check) && !mapsActivity(check)) {
    const at = ["cohort", "active_within_months"];
    refuse(
      check,
      at,
      "needs last_activity_date, allocation_date or application_date, and no file gives one: map one under columns, or take this key out.",
    );
  }
}

function mapsActivity({ plan }: Check): boolean {
  const mapped: readonly string[] = mappedFields(plan);
  return ["last_activity_date", "allocation_date", "application_date"].some((name) => mapped.includes(name));
}

function checkCondition(check: Check, at: PlanPath, name: string, condition: Condition): void {
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

function checkSample(check: Check, sample: SamplePlan): void {
  checkDistinct(check, ["sample", "strata"], sample.strata);
  sample.strata.forEach((name, i) => {
    const at = ["sample", "strata", i];
    if (checkField(check, at, name, { without: "take it out of strata" })) checkStratum(check, at, name);
  });
  if (sample.allocation.method !== "fixed") return;
  const at = ["sample", "allocation", "sizes"];
  const { sizes } = sample.allocation;
  const sum = Object.values(sizes).reduce((total, size) => total + size, 0);
  if (!isBroken(check, ["sample", "strata"])) {
    for (const key of Object.keys(sizes)) {
      const levels = key.split(" / ").length;
      if (sample.strata.length === 0 && key !== "all") {
        refuse(
          check,
          [...at, key],
          'names a stratum, and the plan has no strata: the one stratum is called "all".',
        );
      } else if (sample.strata.length > 0 && levels !== sample.strata.length) {
        refuse(
          check,
          [...at, key],
          `must hold one level of each of ${sample.strata.join(", ")}, with " / " between them, got ${levels}.`,
        );
      }
    }
  }
  if (sum !== sample.size && !isBroken(check, ["sample", "size"])) {
    refuse(check, at, `must add up to size (${sample.size}), got ${sum}.`);
  }
}

function checkStratum(check: Check, at: PlanPath, name: string): void {
  const { plan } = check;
  if (isBroken(check, ["fields", name])) return;
  const kind = fieldKind(plan, name);
  if (idFields.includes(name)) {
    refuse(check, at, `names ${name}, which tells units apart and makes no groups; take it out of strata.`);
  } else if (plan.unit === "case" && childLevelFields.includes(name)) {
    refuse(
      check,
      at,
      `names ${name}, of which a case can have several, one a child; take it out of strata, or write unit: child.`,
    );
  } else if (isListField(plan, name)) {
    const instead =
      kind === "list"
        ? "or declare a yes/no column for the one that matters under fields with type: category"
        : "or let its join take one row with many: { latest: FIELD }";
    refuse(
      check,
      at,
      `names ${name}, of which a unit can have several, so it makes no strata. Take it out, ${instead}.`,
    );
  } else if (kind === "date") {
    const band =
      name === "date_of_birth"
        ? "use age_band"
        : isDelayDate(check, name)
          ? "use delay_band"
          : "use a band of it";
    refuse(check, at, `names ${name}, a date, which makes no groups; ${band}.`);
  } else if (kind === "text" && !isDerivedField(name)) {
    refuse(
      check,
      at,
      `names ${name}, which holds free text and makes no groups; a field with few values is type: category.`,
    );
  }
}

function isDelayDate({ plan }: Check, name: string): boolean {
  return name === plan.delay.from || name === plan.delay.to;
}
