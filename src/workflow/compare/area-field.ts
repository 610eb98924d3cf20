import { CasedrawError } from "../../errors.js";
import { fieldKind, fieldNames, isDerivedField, isListField } from "../../plan/fields.js";
import { nearest } from "../../plan/nearest.js";
import type { Plan } from "../../plan/types.js";

/** Fields of places, in the order in which they are offered. */
const places = ["service_area", "dfj_area", "local_authority", "region", "court", "team"];

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

/** The fields that areas can be compared by: categories of places, standard ones first, then the plan's own and looked-up ones. */
function areaFields(plan: Plan): string[] {
  const fit = fieldNames(plan).filter(
    (name) =>
      fieldKind(plan, name) === "category" &&
      !isListField(plan, name) &&
      !isDerivedField(name) &&
      !noAreas.includes(name),
  );
  return [...places.filter((name) => fit.includes(name)), ...fit.filter((name) => !places.includes(name))];
}

/**
 * Refuses a field that areas cannot be compared by.
 *
 * @param name - as the user wrote it; undefined where nothing was named
 * @returns the field
 * @throws CasedrawError `COMPARE_FIELD_UNKNOWN`
 */
export function areaField(plan: Plan, name: string | undefined): string {
  const fields = areaFields(plan);
  if (name !== undefined && fields.includes(name)) return name;
  const list = fields.length === 0 ? "none: map one, such as service_area, or look it up" : fields.join(", ");
  const meant = name === undefined ? undefined : nearest(name, fields);
  const reason =
    name !== undefined && noAreas.includes(name)
      ? `names ${name}, which is of ${name === "practitioner" ? "persons" : "cases or children"} and no area`
      : `must be a field of areas, got ${name === undefined ? "none" : `"${name}"`}`;
  throw new CasedrawError(
    "COMPARE_FIELD_UNKNOWN",
    `--by: ${reason}. ${meant === undefined ? "" : `Did you mean ${meant}? `}Fields to compare by: ${list}.`,
    { option: "--by", fields, ...(name === undefined ? {} : { field: name }) },
  );
}
