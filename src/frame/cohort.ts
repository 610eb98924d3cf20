import { isAreaField } from "../plan/fields.js";
import type { Condition, Plan } from "../plan/types.js";
import { isoDate, isoDay, monthsBefore } from "./calendar.js";
import { byLevel, conditionTest, singleValued } from "./condition.js";
import type { Field } from "./field.js";
import type { Note } from "./note.js";
import type { Rows } from "./rows.js";
import { someOf } from "./words.js";

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
  const test = (name: string, condition: Condition): ((unit: number) => boolean) =>
    conditionTest(fieldOf(units, name), condition, { subject: "cohort", notes: options.notes });
  if (cohort.exclude_ids !== undefined) {
    rules.push({ reason: "exclude_ids", excludes: (unit) => excludedIds.has(ids[unit] as string) });
  }
  for (const [name, condition] of Object.entries(cohort.include)) {
    const holds = test(name, condition);
    if (isAreaField(name) && Array.isArray(condition)) sayPlaces(name, condition, options.notes);
    rules.push({ reason: `include: ${name}`, excludes: (unit) => !holds(unit) });
  }
  for (const [name, condition] of Object.entries(cohort.exclude)) {
    rules.push({ reason: `exclude: ${name}`, excludes: test(name, condition) });
  }
  if (cohort.closed_within_days !== undefined) {
    const from = isoDate(isoDay(reference) - cohort.closed_within_days);
    singleValued(fieldOf(units, "closed_date"), { subject: "cohort", where: "closed_within_days" });
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

/** Places that were chosen, and not drawn, are all that a sample of theirs can speak for. */
function sayPlaces(name: string, values: readonly string[], notes: Note[]): void {
  notes.push({
    code: "cohort-of-places",
    text:
      `Only units of ${values.length} chosen ${values.length === 1 ? "place" : "places"} may be drawn (${name}: ${someOf(values, 8)}): ` +
      "what the sample says holds there, and for no other place.",
    count: values.length,
    details: { field: name, values },
  });
}

/** The last activity is the latest known of three dates; it must lie from `from` to the reference date. */
function activeRule(units: Rows, from: string, reference: string): Rule {
  const fields = ["last_activity_date", "allocation_date", "application_date"]
    .map((name) => units.fields.get(name))
    .filter((field) => field !== undefined);
  for (const field of fields) singleValued(field, { subject: "cohort", where: "active_within_months" });
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
