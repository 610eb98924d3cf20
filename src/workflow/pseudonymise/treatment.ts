import { CasedrawError } from "../../errors.js";
import type { Field } from "../../frame/field.js";
import { headersOf, sharedSources } from "../../frame/sources.js";
import { designFields } from "../../plan/design-fields.js";
import { fieldKind, isDerivedField } from "../../plan/fields.js";
import type { Plan } from "../../plan/types.js";
import { headerKey } from "../../table/table.js";

/** What becomes of each field that the export gives. */
export interface Treatment {
  /** Values replaced by pseudonyms. */
  readonly hashed: readonly string[];
  /** Left out: names, file locations and other free text, and what is read from the column of a field that is not kept. */
  readonly dropped: readonly string[];
  /** As they are, coded. */
  readonly kept: readonly string[];
  /** Whether there is a date of birth, of which the month stays, and the age on the reference date. */
  readonly birth: boolean;
  /** Whether children are numbered within their case, which goes by the date of birth. */
  readonly numbered: boolean;
}

/** Ids of people; other text is free text unless the plan goes by it. */
const people: readonly string[] = ["case_id", "child_id", "practitioner"];

/**
 * Decides what becomes of each field.
 *
 * @param fields - of every row, joined and looked up
 * @throws CasedrawError `PSEUDONYMISE_FIELD_USED` where the plan's cohort or design goes by what the copy cannot have
 */
export function treatmentOf(plan: Plan, fields: ReadonlyMap<string, Field>): Treatment {
  const used = usedFields(plan);
  const given = [...fields.keys()].filter((name) => !isDerivedField(name) && !isWorkedOut(plan, name));
  const isText = (name: string): boolean => fieldKind(plan, name) === "text" && !people.includes(name);
  const hashed = given.filter((name) => people.includes(name) || (isText(name) && used.has(name)));
  const texts = given.filter((name) => isText(name) && !used.has(name));
  const birth = given.includes("date_of_birth");
  const replaced = birth ? ["date_of_birth", "age_recorded"] : [];
  const hidden = ["case_name", "date_of_birth", ...hashed, ...texts];
  const columns = new Set(hidden.flatMap((name) => columnsOf(plan, name)));
  const rest = given.filter((name) => ![...hashed, ...texts, ...replaced].includes(name));
  const again = rest.filter((name) => columnsOf(plan, name).some((column) => columns.has(column)));
  const dropped = [...texts, ...again];
  const kept = rest.filter((name) => !again.includes(name));
  for (const name of again) {
    if (used.has(name))
      throw fieldUsed(
        name,
        "its column is not kept, as it is that of a name, an id, a date of birth or a text",
      );
  }
  for (const [name, instead] of [
    ["date_of_birth", "its day is left out; use age_years or age_band"],
    ["source", "it has other files; use another field"],
  ] as const) {
    if (used.has(name)) throw fieldUsed(name, instead);
  }
  refuseNamedStrata(plan, hashed);
  return { hashed, dropped, kept, birth, numbered: fields.has("child_ordinal") };
}

/** The columns that a field is read from, in whichever file. */
export function columnsOf(plan: Plan, name: string): string[] {
  const sources = [plan, ...plan.data, ...plan.joins].map(({ columns }) => columns[name]);
  return [sharedSources(plan).get(name), ...sources]
    .flatMap((source) => (source === undefined ? [] : headersOf(source)))
    .filter((header) => header !== "")
    .map(headerKey);
}

/** The fields that decide who may be drawn and who is. */
function usedFields(plan: Plan): ReadonlySet<string> {
  const { cohort } = plan;
  return new Set([
    ...plan.unit_id,
    ...designFields(plan),
    ...Object.keys(cohort.include),
    ...Object.keys(cohort.exclude),
  ]);
}

export function isWorkedOut(plan: Plan, name: string): boolean {
  const field = Object.hasOwn(plan.fields, name) ? plan.fields[name] : undefined;
  return field !== undefined && "weeks_between" in field;
}

/** Strata of people are known by their pseudonyms, and an allocation that names them would name people. */
function refuseNamedStrata({ sample }: Plan, hashed: readonly string[]): void {
  const people = sample?.strata.filter((name) => hashed.includes(name)) ?? [];
  if (sample === undefined || people.length === 0) return;
  const named = Object.values(sample.allocation).some((value) => typeof value === "object");
  if (named)
    throw fieldUsed(
      people[0] as string,
      "the allocation names strata of it; take it out of strata, or name none",
    );
}

function fieldUsed(field: string, instead: string): CasedrawError {
  return new CasedrawError(
    "PSEUDONYMISE_FIELD_USED",
    `Copy cannot be drawn from as the plan says: the cohort or the sample goes by ${field}, and in the copy ${instead}. ` +
      "Change the plan, or make the copy from one without it.",
    { field },
  );
}
