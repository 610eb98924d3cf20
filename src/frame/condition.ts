import { CasedrawError } from "../errors.js";
import { nearest } from "../plan/nearest.js";
import type { Condition } from "../plan/types.js";
import { codeSets } from "./code-sets.js";
import { type Field, isBlankLevel, listItems, notRecorded } from "./field.js";
import { capital } from "./labels.js";
import type { Note } from "./note.js";
import { matchKey, slug } from "./text.js";

/** Who asks: the plan's cohort, one of its targets or teams, or an indicator of areas. */
interface Asking {
  readonly subject: "cohort" | "target" | "indicator" | "team";
  readonly notes: Note[];
}

/** A test of a unit that looks at each distinct level once. */
export function byLevel(field: Field, test: (level: string) => boolean): (unit: number) => boolean {
  const passes = field.levels.map(test);
  return (unit) => passes[field.codes[unit] as number] as boolean;
}

/**
 * Whether a unit meets a condition of the plan, by its number.
 *
 * @param asking.notes - receives what does not stop the work: values that no unit has
 * @throws CasedrawError `CONDITION_UNSUITABLE` where the condition does not fit the field
 */
export function conditionTest(field: Field, condition: Condition, asking: Asking): (unit: number) => boolean {
  if (Array.isArray(condition)) return valuesTest(field, condition as readonly string[], asking);
  if ("blank" in condition)
    return byLevel(field, (level) => isBlankLevel(field.kind, level) === condition.blank);
  const { subject } = asking;
  singleValued(field, { subject, where: field.name });
  if ("from" in condition || "to" in condition) return byLevel(field, rangeTest(field, condition, subject));
  const { over, up_to: upTo } = condition as { readonly over?: number; readonly up_to?: number };
  if (field.kind !== "number") throw unsuitable(field, subject, "over and up_to need a number");
  return byLevel(
    field,
    (level) =>
      level !== "" &&
      (over === undefined || Number(level) > over) &&
      (upTo === undefined || Number(level) <= upTo),
  );
}

function rangeTest(
  field: Field,
  { from, to }: { readonly from?: string | number; readonly to?: string | number },
  subject: Asking["subject"],
): (level: string) => boolean {
  const bounds = [from, to].filter((bound) => bound !== undefined);
  if (field.kind === "date" && bounds.every((bound) => typeof bound === "string")) {
    return (level) =>
      level !== "" && (from === undefined || level >= from) && (to === undefined || level <= to);
  }
  if (field.kind === "number" && bounds.every((bound) => typeof bound === "number")) {
    return (level) =>
      level !== "" &&
      (from === undefined || Number(level) >= Number(from)) &&
      (to === undefined || Number(level) <= Number(to));
  }
  throw unsuitable(
    field,
    subject,
    field.kind === "date" ? "its bounds are dates, YYYY-MM-DD" : "from and to need a date or a number",
  );
}

/** Values match in any case and spacing; of a list, one item is enough. A value that no unit has is said. */
function valuesTest(
  field: Field,
  values: readonly string[],
  { subject, notes }: Asking,
): (unit: number) => boolean {
  const codes = codeSets[field.name]?.codes;
  for (const value of values) {
    if (codes === undefined || [...codes, "unmapped", "not_recorded"].includes(value)) continue;
    const meant = nearest(value, codes);
    throw new CasedrawError(
      "CONDITION_UNSUITABLE",
      `${capital(subject)} names a code that ${field.name} does not have: got "${value}". ` +
        `${meant === undefined ? "" : `Did you mean "${meant}"? `}The codes are ${codes.join(", ")}.`,
      { field: field.name, value, allowed: codes },
    );
  }
  const key = (item: string): string => {
    if (field.name === "factors") return slug(item);
    // 7.0 and 07 are the number 7.
    return field.kind === "number" && Number.isFinite(Number(item)) ? String(Number(item)) : matchKey(item);
  };
  const wanted = new Set(values.map(key));
  const seen = new Set<string>();
  const test = byLevel(field, (level) => {
    const items = (field.kind === "list" && level !== "" ? listItems(level) : [level || notRecorded]).map(
      key,
    );
    for (const item of items) seen.add(item);
    return items.some((item) => wanted.has(item));
  });
  const absent = [...wanted].filter((value) => !seen.has(value));
  if (absent.length > 0) {
    notes.push({
      code: `${subject}-value-absent`,
      text: `The ${subject} names ${field.name} ${absent.map((value) => `"${value}"`).join(", ")}, which no unit has: check the spelling.`,
      count: absent.length,
      details: { field: field.name, values: absent },
    });
  }
  return test;
}

/**
 * Refuses a field that can hold several values: it has no single date or number to judge.
 *
 * @throws CasedrawError `CONDITION_UNSUITABLE`
 */
export function singleValued(
  field: Field,
  { subject, where }: { readonly subject: Asking["subject"]; readonly where: string },
): void {
  if (field.kind !== "list") return;
  throw unsuitable(field, subject, `${where} needs one value a unit, and a unit can have several`);
}

function unsuitable(field: Field, subject: Asking["subject"], rule: string): CasedrawError {
  return new CasedrawError(
    "CONDITION_UNSUITABLE",
    `${capital(subject)} condition does not fit ${field.name} (${field.kind}): ${rule}. Name values instead, or another field.`,
    { field: field.name, kind: field.kind },
  );
}
