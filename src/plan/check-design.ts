import { checkCohort } from "./check-cohort.js";
import { type Check, checkDistinct, checkField, refuse } from "./check-names.js";
import { checkSample } from "./check-sample.js";
import { childLevelFields, fieldKind, isListField } from "./fields.js";
import type { Plan } from "./types.js";

/** Checks what names a unit, who may be sampled and how, across the plan. */
export function checkDesign(check: Check): void {
  const { sample, linked } = check.plan;
  checkUnitId(check);
  checkCohort(check);
  if (sample !== undefined) checkSample(check, sample);
  if (linked !== undefined) checkLinked(check, linked);
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

function checkLinked(check: Check, { by }: NonNullable<Plan["linked"]>): void {
  const { plan } = check;
  if (plan.sample !== undefined) {
    refuse(
      check,
      ["linked"],
      "goes instead of sample: a linked sample takes every unit that is linked; keep one.",
    );
  }
  const at = ["linked", "by"];
  if (!checkField(check, at, by, { without: "link by another field", derived: false })) return;
  const kind = fieldKind(plan, by);
  if (kind === "date" || kind === "number") {
    refuse(
      check,
      at,
      `names ${by}, a ${kind}, which does not tell what belongs together; link by an id or a category.`,
    );
  } else if (isListField(plan, by)) {
    refuse(check, at, `names ${by}, of which a unit can have several; link by a field with one value.`);
  }
}
