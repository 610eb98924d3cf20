import { CasedrawError } from "../../errors.js";
import { type Field, isBlankLevel, itemSeparator, listItems, mergeLevels } from "../../frame/field.js";
import { matchKey } from "../../frame/text.js";
import { designFields } from "../../plan/design-fields.js";
import { fieldKind } from "../../plan/fields.js";
import type { Condition, Plan } from "../../plan/types.js";
import { headerKey } from "../../table/table.js";
import type { Rename } from "../pseudonymise/copied-id.js";
import { columnsOf } from "../pseudonymise/treatment.js";

/** Fields that name people, single cases or files, which may be called after somebody, whatever the plan says of them. */
const people: readonly string[] = [
  "case_id",
  "child_id",
  "case_name",
  "practitioner",
  "date_of_birth",
  "source",
];

/** Whether a field's values may not stand in an archive: they name somebody, are text, or come from the column of such a field. */
export function namesPeople(plan: Plan): (name: string) => boolean {
  const mapped = [plan, ...plan.data, ...plan.joins].flatMap(({ columns }) => Object.keys(columns));
  const named = (name: string): boolean => people.includes(name) || fieldKind(plan, name) === "text";
  const hidden = new Set(
    [...people, ...mapped, ...Object.keys(plan.fields)]
      .filter(named)
      .flatMap((name) => columnsOf(plan, name))
      .map(headerKey),
  );
  return (name) => named(name) || columnsOf(plan, name).some((column) => hidden.has(headerKey(column)));
}

/**
 * The fields of the design whose values get pseudonyms: families, caps, targets and links need only tell who shares a value.
 *
 * @throws CasedrawError `ARCHIVE_FIELD_NAMES_PEOPLE` where the draw goes by the values themselves
 */
export function replacedFields(plan: Plan): string[] {
  const isNamed = namesPeople(plan);
  const { sample } = plan;
  const spread =
    sample !== undefined && "deviation_of" in sample.allocation ? [sample.allocation.deviation_of] : [];
  const byValue = [...(sample?.strata ?? []), ...(sample?.balance ?? []), ...spread].find(isNamed);
  if (byValue !== undefined) {
    throw new CasedrawError(
      "ARCHIVE_FIELD_NAMES_PEOPLE",
      `Sample cannot be replayed without names: it is drawn by the values of ${byValue} (strata, balance or deviation_of), ` +
        "and with pseudonyms in their place the draw would be another. Keep the sample's folder itself for as long as it may be " +
        "kept; next time draw by another field, or from a copy that casedraw pseudonymise makes.",
      { field: byValue },
    );
  }
  return designFields(plan).filter(isNamed);
}

/** A field with pseudonyms for its values. */
export function renamedField(field: Field, rename: Rename): Field {
  const written = (level: string): string =>
    isBlankLevel(field.kind, level) ? level : rename(field.name, level);
  const levels = field.levels.map((level) =>
    field.kind === "list" ? listItems(level).map(written).sort().join(itemSeparator) : written(level),
  );
  return { ...field, ...mergeLevels(levels, field.codes) };
}

/**
 * The plan as the archive keeps it: without the names of files, which may be people's, and with pseudonyms where it names
 * people.
 *
 * @param fields - of the frame, for the spelling of the values that a target names
 */
export function planWithoutNames(
  plan: Plan,
  options: {
    readonly fields: ReadonlyMap<string, Field>;
    readonly replaced: readonly string[];
    readonly rename: Rename;
  },
): Plan {
  const isNamed = namesPeople(plan);
  const numbered = <T extends { readonly path: string }>(name: string, files: readonly T[]): T[] =>
    files.map(({ sheet: _, ...file }: T & { readonly sheet?: string }, at) => ({
      ...(file as T),
      path: `${name}-${at + 1}.csv`,
    }));
  const values = Object.entries(plan.values).filter(([name]) => !isNamed(name));
  const conditions = (given: Readonly<Record<string, Condition>>): Record<string, Condition> =>
    Object.fromEntries(
      Object.entries(given).map(([name, condition]) =>
        isNamed(name) && Array.isArray(condition)
          ? [name, (condition as readonly string[]).flatMap((value) => renamedValue(name, value, options))]
          : [name, condition],
      ),
    );
  const { cohort, sample } = plan;
  return {
    ...plan,
    data: numbered("data", plan.data),
    joins: numbered("join", plan.joins),
    lookups: numbered("lookup", plan.lookups),
    values: Object.fromEntries(values),
    ...(plan.value_map === undefined ? {} : { value_map: "value-map.csv" }),
    cohort: {
      ...cohort,
      include: conditions(cohort.include),
      exclude: conditions(cohort.exclude),
      ...(cohort.exclude_ids === undefined ? {} : { exclude_ids: "exclusions.csv" }),
    },
    ...(sample === undefined
      ? {}
      : {
          sample: {
            ...sample,
            ...(sample.targets === undefined
              ? {}
              : { targets: sample.targets.map((each) => ({ ...each, where: conditions(each.where) })) }),
            ...(sample.avoid === undefined
              ? {}
              : {
                  avoid:
                    "ids" in sample.avoid
                      ? { ...sample.avoid, ids: "reviewed-before.csv" }
                      : { sample: "earlier-sample" },
                }),
          },
        }),
  };
}

/** However the plan spells it. */
function renamedValue(
  name: string,
  value: string,
  { fields, rename }: { readonly fields: ReadonlyMap<string, Field>; readonly rename: Rename },
): string[] {
  const field = fields.get(name);
  const known = (field?.levels ?? []).flatMap((level) =>
    field?.kind === "list" ? listItems(level) : [level],
  );
  const meant = [...new Set(known)].filter((level) => level !== "" && matchKey(level) === matchKey(value));
  return (meant.length === 0 ? [value] : meant).map((level) => rename(name, level));
}
