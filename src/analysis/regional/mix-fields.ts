import { fieldLabel, levelLabel } from "../../frame/labels.js";
import { axisOf, isUnknown } from "../axis.js";
import type { Subject } from "../item.js";
import type { Counting, MixField, MixFields } from "./defined-indicator.js";

const usual = ["age_band", "law_type", "factors"] as const;

/** Of a list so many of the commonest items are taken: each doubles the kinds of case. */
const mostItems = 3;

/** Fields that say the same thing: what an indicator measures, or chooses by, it is not standardised for. */
export const sameFields: readonly (readonly string[])[] = [
  ["age_band", "age_years", "date_of_birth", "age_recorded"],
  ["delay_band", "delay_days", "delay_is_open", "application_date", "closed_date"],
  ["ethnicity", "ethnic_group"],
];

/** The fields that an indicator is standardised for; undefined where none is left. */
export function mixOf(subject: Subject, { what, of }: Counting): MixFields | undefined {
  const { frame, plan } = subject;
  const own = "where" in what ? Object.keys(what.where) : "lacking" in what ? [what.lacking] : [];
  // A field of which one value is chosen no longer parts the units.
  const fixed = Object.entries(of).flatMap(([name, condition]) =>
    Array.isArray(condition) && condition.length === 1 ? [name] : [],
  );
  const taken = [...own, ...fixed].flatMap((name) => [
    name,
    ...(sameFields.find((set) => set.includes(name)) ?? []),
  ]);
  const names = (plan.compare?.standardise ?? usual).filter(
    (name) => frame.fields.has(name) && !taken.includes(name),
  );
  if (names.length === 0) return undefined;
  const fields = names.map((name): MixField => {
    const field = frame.fields.get(name);
    return field?.kind === "list" ? { name, items: commonest(subject, name) } : { name };
  });
  return { fields, labels: fields.map(({ name, items }) => labelOf(subject, name, items)) };
}

function labelOf({ plan }: Subject, name: string, items: readonly string[] | undefined): string {
  if (items === undefined) return fieldLabel(name);
  const named = items.map((item) => levelLabel(name, item, plan).toLowerCase());
  return `${fieldLabel(name)} (${named.join(", ")})`;
}

function commonest({ frame, plan, units }: Subject, name: string): string[] {
  const field = frame.fields.get(name);
  if (field === undefined) return [];
  const { levels, places } = axisOf(field, plan, units);
  const counts = new Float64Array(levels.length);
  for (const unit of units)
    for (const row of places[field.codes[unit] as number] as readonly number[]) counts[row]!++;
  return [...levels.keys()]
    .filter((row) => !isUnknown(field, (levels[row] as { key: string }).key))
    .sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
    .slice(0, mostItems)
    .map((row) => (levels[row] as { key: string }).key);
}
