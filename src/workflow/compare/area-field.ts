import { CasedrawError } from "../../errors.js";
import { fieldKind, fieldNames, isDerivedField, isListField, lookupFields } from "../../plan/fields.js";
import { nearest } from "../../plan/nearest.js";
import type { AreaField, Plan } from "../../plan/types.js";

/** Fields of places, in the order in which they are offered. */
const places: readonly AreaField[] = [
  "service_area",
  "dfj_area",
  "local_authority",
  "region",
  "court",
  "team",
];

/** Fields that part units into groups which are no areas. */
const noAreas = [
  "practitioner",
  "gender",
  "ethnicity",
  "disability",
  "law_type",
  "lead_application",
  "case_type",
  "audited",
  "audit_grade",
  "previous_application",
  "file_location",
];

/** The fields by which units can be set beside each other as areas: places, and categories of the plan's own. */
function fitFields(plan: Plan): string[] {
  return fieldNames(plan).filter(
    (name) =>
      fieldKind(plan, name) === "category" &&
      !isListField(plan, name) &&
      !isDerivedField(name) &&
      !noAreas.includes(name),
  );
}

/** Those of them that the plan says are of places: mapped, looked up, or named as lying in each other. */
function geographies(plan: Plan): string[] {
  const fit = fitFields(plan);
  const named = [...places, ...lookupFields(plan), ...(plan.compare?.nested ?? [])];
  return [...new Set(named)].filter((name) => fit.includes(name));
}

/**
 * What can be named, and what to do where that is not it.
 *
 * @param fields - to offer; default every geography of the plan
 */
export function fieldsToCompareBy(plan: Plan, fields: readonly string[] = geographies(plan)): string {
  const add =
    "map one under columns, such as service_area or court, look it up from a file under lookups, or name a category of the plan’s own fields";
  return fields.length === 0
    ? `No field of areas fits: ${add}.`
    : `Fields of areas: ${fields.join(", ")}. For another, ${add}.`;
}

/** Those of some fields that are of places. */
export function geographiesAmong(plan: Plan, fields: readonly string[]): string[] {
  const known = geographies(plan);
  return fields.filter((name) => known.includes(name));
}

/**
 * Refuses a field that areas cannot be compared by.
 *
 * @param name - as the user wrote it; undefined where nothing was named
 * @returns the field
 * @throws CasedrawError `COMPARE_FIELD_UNKNOWN`
 */
export function areaField(plan: Plan, name: string | undefined): string {
  const fit = fitFields(plan);
  if (name !== undefined && fit.includes(name)) return name;
  const meant = name === undefined ? undefined : nearest(name, fit);
  const reason =
    name !== undefined && noAreas.includes(name)
      ? `names ${name}, which is of ${name === "practitioner" ? "persons" : "cases or children"} and no area`
      : `must be a field of areas, got ${name === undefined ? "none" : `"${name}"`}`;
  throw new CasedrawError(
    "COMPARE_FIELD_UNKNOWN",
    `--by: ${reason}. ${meant === undefined ? "" : `Did you mean ${meant}? `}${fieldsToCompareBy(plan)}`,
    { option: "--by", fields: geographies(plan), ...(name === undefined ? {} : { field: name }) },
  );
}
