import {
  type AreaField,
  areaFields,
  type DerivedField,
  derivedFields,
  type ExtraField,
  type FieldType,
  type Plan,
  type StandardField,
  standardFields,
} from "./types.js";

/** Standard fields that hold a date. */
export const dateFields: readonly StandardField[] = [
  "date_of_birth",
  "application_date",
  "allocation_date",
  "first_hearing_date",
  "closed_date",
  "last_activity_date",
];

const numberFields: readonly string[] = [
  "age_recorded",
  "child_ordinal",
  "age_years",
  "delay_days",
  "case_children",
];
const textFields: readonly string[] = ["case_id", "child_id", "case_name", "file_location"];

/** The parts that a unit id may be made of without a field of the plan's own. */
export const idFields: readonly string[] = ["case_id", "child_id", "child_ordinal"];

/** Fields that belong to the child and not to the case: under `unit: case` they become lists. */
export const childLevelFields: readonly string[] = [
  "child_id",
  "gender",
  "date_of_birth",
  "ethnicity",
  "disability",
  "age_recorded",
  "child_ordinal",
  "age_years",
  "age_band",
  "ethnic_group",
];

/** The parts of a plan that say which fields there are. */
export type FieldMap = Pick<Plan, "unit" | "data" | "joins" | "lookups" | "columns" | "fields" | "delay">;

export function isStandardField(name: string): name is StandardField {
  return (standardFields as readonly string[]).includes(name);
}

/** Whether a field is of places: standard ones, of which a plan may pick some values as the sites of a visit. */
export function isAreaField(name: string): name is AreaField {
  return (areaFields as readonly string[]).includes(name);
}

export function isDerivedField(name: string): name is DerivedField {
  return (derivedFields as readonly string[]).includes(name);
}

/**
 * The standard fields that the plan maps to a header anywhere (its own `columns`, a file's, a join's) or looks up.
 *
 * @returns names in the order of `standardFields`; `case_name` too where it is mapped, although no frame holds it
 */
export function mappedFields(plan: FieldMap): StandardField[] {
  const named = new Set<string>(Object.keys(plan.columns));
  for (const file of [...plan.data, ...plan.joins]) {
    for (const [name, source] of Object.entries(file.columns)) if (source !== "") named.add(name);
  }
  for (const lookup of plan.lookups) {
    for (const name of Object.keys(lookup.to)) named.add(name);
  }
  return standardFields.filter((name) => named.has(name));
}

/**
 * What a field of the plan holds: a standard or derived field's own kind, or the type under `fields:`.
 * What a lookup gives is a category. Whether a unit has several values is {@link isListField}.
 */
export function fieldKind(plan: Pick<Plan, "fields">, name: string): FieldType {
  const extra: ExtraField | undefined = Object.hasOwn(plan.fields, name) ? plan.fields[name] : undefined;
  if (extra !== undefined) return "type" in extra ? extra.type : "number";
  if ((dateFields as readonly string[]).includes(name)) return "date";
  if (numberFields.includes(name)) return "number";
  if (textFields.includes(name)) return "text";
  return name === "factors" ? "list" : "category";
}

/**
 * What a derived field is worked out from: of each group, at least one field must be there.
 *
 * @example derivedNeeds("age_band", { from: "application_date", to: "closed_date" }) // → [["date_of_birth", "age_recorded"]]
 */
export function derivedNeeds(name: DerivedField, delay: Plan["delay"]): readonly (readonly string[])[] {
  switch (name) {
    case "child_ordinal":
    case "case_children":
      return [["case_id"]];
    case "age_years":
    case "age_band":
      return [["date_of_birth", "age_recorded"]];
    case "delay_days":
    case "delay_band":
    case "delay_is_open":
      return [[delay.from], [delay.to]];
    case "ethnic_group":
      return [["ethnicity"]];
    case "source":
      return [];
  }
}

/** New names that lookups give, in plan order: neither standard fields nor the plan's own `fields`. */
export function lookupFields(plan: FieldMap): string[] {
  const names = plan.lookups.flatMap((lookup) => Object.keys(lookup.to));
  return [...new Set(names)].filter((name) => !isStandardField(name));
}

/** The categories of single values that are the plan's own: given under `fields`, or new names from lookups; in plan order. */
export function ownCategories(plan: FieldMap): string[] {
  return [...Object.keys(plan.fields), ...lookupFields(plan)].filter(
    (name) => fieldKind(plan, name) === "category" && !isListField(plan, name),
  );
}

/**
 * The names that a cohort or a design may use: mapped or looked-up standard fields (never `case_name`),
 * the derived fields that these allow, then `fields:`, then new names from lookups.
 */
export function fieldNames(plan: FieldMap): string[] {
  const given = new Set<string>([...mappedFields(plan), ...Object.keys(plan.fields)]);
  const derived = derivedFields.filter((name) =>
    derivedNeeds(name, plan.delay).every((group) => group.some((need) => given.has(need))),
  );
  return [
    ...mappedFields(plan).filter((name) => name !== "case_name"),
    ...derived,
    ...Object.keys(plan.fields),
    ...lookupFields(plan),
  ];
}

/**
 * Whether a unit can have several values of the field: `factors`, a `fields:` list, what a `many: list` join gives,
 * and under `unit: case` what belongs to the child. Such a field cannot make strata.
 */
export function isListField(plan: FieldMap, name: string): boolean {
  if (fieldKind(plan, name) === "list" || (plan.unit === "case" && childLevelFields.includes(name)))
    return true;
  return plan.joins.some(
    (join) => join.many === "list" && Object.hasOwn(join.columns, name) && !join.key.includes(name),
  );
}
