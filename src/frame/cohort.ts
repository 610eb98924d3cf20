import { CasedrawError } from "../errors.js";
import { nearest } from "../plan/nearest.js";
import type { Condition, Plan } from "../plan/types.js";
import { isoDate, isoDay, monthsBefore } from "./calendar.js";
import { codeSets } from "./code-sets.js";
import { type Field, isBlankLevel, listItems, notRecorded } from "./field.js";
import type { Note } from "./note.js";
import type { Rows } from "./rows.js";
import { matchKey, slug } from "./text.js";

/** Why each unit may not be sampled. */
export interface Exclusion {
  /** Per unit: 0 is eligible, otherwise one more than the place in `reasons`. */
  readonly codes: Uint16Array;
  /** In the order in which they are judged; a unit falls under the first that applies. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
}

/** Whether a unit stays, by its number. */
type Rule = { readonly reason: string; readonly excludes: (unit: number) => boolean };

/**
 * Judges every unit by the plan's cohort, each exclusion under one reason: the first that applies of `exclude_ids`,
 * `include` and `exclude` in plan order, `closed_within_days`, `active_within_months`.
 *
 * @param ids - unit ids
 * @param excludedIds - from the plan's exclusion list
 * @throws CasedrawError `CONDITION_UNSUITABLE` where a condition does not fit its field
 */
export function judgeCohort(
  units: Rows,
  ids: readonly string[],
  options: { readonly plan: Plan; readonly excludedIds: ReadonlySet<string>; readonly notes: Note[] },
): Exclusion {
  const { plan, excludedIds } = options;
  const { cohort, reference_date: reference } = plan;
  const rules: Rule[] = [];
  if (cohort.exclude_ids !== undefined) {
    rules.push({ reason: "exclude_ids", excludes: (unit) => excludedIds.has(ids[unit] as string) });
  }
  for (const [name, condition] of Object.entries(cohort.include)) {
    const holds = matcher(units, name, condition, options);
    rules.push({ reason: `include: ${name}`, excludes: (unit) => !holds(unit) });
  }
  for (const [name, condition] of Object.entries(cohort.exclude)) {
    rules.push({ reason: `exclude: ${name}`, excludes: matcher(units, name, condition, options) });
  }
  if (cohort.closed_within_days !== undefined) {
    const from = isoDate(isoDay(reference) - cohort.closed_within_days);
    single(fieldOf(units, "closed_date"), "closed_within_days");
    const closed = byLevel(
      fieldOf(units, "closed_date"),
      (date) => date >= from && date <= reference && date !== "",
    );
    rules.push({ reason: "closed_within_days", excludes: (unit) => !closed(unit) });
  }
  if (cohort.active_within_months !== undefined) {
    rules.push(activeRule(units, monthsBefore(reference, cohort.active_within_months), reference));
  }

  const codes = new Uint16Array(units.count);
  const counts = rules.map(() => 0);
  for (let unit = 0; unit < codes.length; unit++) {
    const at = rules.findIndex((rule) => rule.excludes(unit));
    if (at === -1) continue;
    codes[unit] = at + 1;
    counts[at] = (counts[at] as number) + 1;
  }
  return { codes, reasons: rules.map(({ reason }, at) => ({ reason, count: counts[at] as number })) };
}

/** The last activity is the latest known of three dates; it must lie from `from` to the reference date. */
function activeRule(units: Rows, from: string, reference: string): Rule {
  const fields = ["last_activity_date", "allocation_date", "application_date"]
    .map((name) => units.fields.get(name))
    .filter((field) => field !== undefined);
  for (const field of fields) single(field, "active_within_months");
  return {
    reason: "active_within_months",
    excludes: (unit) => {
      let last = "";
      for (const field of fields) {
        const date = field.levels[field.codes[unit] as number] as string;
        if (date > last) last = date;
      }
      return last < from || last > reference;
    },
  };
}

function fieldOf(units: Rows, name: string): Field {
  const field = units.fields.get(name);
  if (field === undefined) throw new Error(`field ${name} was not built`);
  return field;
}

/** A test of a unit that looks at each distinct level once. */
function byLevel(field: Field, test: (level: string) => boolean): (unit: number) => boolean {
  const passes = field.levels.map(test);
  return (unit) => passes[field.codes[unit] as number] as boolean;
}

function matcher(
  units: Rows,
  name: string,
  condition: Condition,
  options: { readonly notes: Note[] },
): (unit: number) => boolean {
  const field = fieldOf(units, name);
  if (Array.isArray(condition)) return valuesMatcher(field, condition as readonly string[], options.notes);
  if ("blank" in condition)
    return byLevel(field, (level) => isBlankLevel(field.kind, level) === condition.blank);
  single(field, name);
  if ("from" in condition || "to" in condition) return byLevel(field, rangeTest(field, condition));
  const { over, up_to: upTo } = condition as { readonly over?: number; readonly up_to?: number };
  if (field.kind !== "number") throw unsuitable(field, "over and up_to need a number");
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
    field.kind === "date" ? "its bounds are dates, YYYY-MM-DD" : "from and to need a date or a number",
  );
}

/** Values match in any case and spacing; of a list, one item is enough. A value that no unit has is said. */
function valuesMatcher(field: Field, values: readonly string[], notes: Note[]): (unit: number) => boolean {
  const codes = codeSets[field.name]?.codes;
  for (const value of values) {
    if (codes === undefined || [...codes, "unmapped", "not_recorded"].includes(value)) continue;
    const meant = nearest(value, codes);
    throw new CasedrawError(
      "CONDITION_UNSUITABLE",
      `Cohort names a code that ${field.name} does not have: got "${value}". ` +
        `${meant === undefined ? "" : `Did you mean "${meant}"? `}The codes are ${codes.join(", ")}.`,
      { field: field.name, value, allowed: codes },
    );
  }
  const wanted = new Set(
    values.flatMap((value) => (field.name === "factors" ? [slug(value)] : [matchKey(value)])),
  );
  const key = (item: string): string => (field.name === "factors" ? slug(item) : matchKey(item));
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
      code: "cohort-value-absent",
      text: `The cohort names ${field.name} ${absent.map((value) => `"${value}"`).join(", ")}, which no unit has: check the spelling.`,
      count: absent.length,
      details: { field: field.name, values: absent },
    });
  }
  return test;
}

/** A field that differs between the children of a case has no single date or number to judge. */
function single(field: Field, where: string): void {
  if (field.kind !== "list") return;
  throw unsuitable(field, `${where} needs one value a unit, and a unit can have several`);
}

function unsuitable(field: Field, rule: string): CasedrawError {
  return new CasedrawError(
    "CONDITION_UNSUITABLE",
    `Cohort condition does not fit ${field.name} (${field.kind}): ${rule}. Name values instead, or another field.`,
    { field: field.name, kind: field.kind },
  );
}
