import { type Field, isBlankLevel, listItems, notRecorded } from "../frame/field.js";
import type { Frame } from "../frame/frame.js";
import { compareBytes } from "../frame/text.js";
import type { SamplePlan } from "../plan/types.js";

/** Characteristics that every sample is compared on after its strata, where the data has them. */
const characteristics = [
  "age_band",
  "gender",
  "disability",
  "ethnic_group",
  "law_type",
  "factors",
  "delay_band",
  "service_area",
];

/**
 * The fields by whose levels a sample is set beside the population: the strata fields in plan order, the usual
 * characteristics, then the other balance fields.
 */
export function comparedFields(frame: Frame, { strata, balance = [] }: SamplePlan): Field[] {
  const names = new Set([...strata, ...characteristics, ...balance]);
  return [...names].flatMap((name) => frame.fields.get(name) ?? []);
}

/** What a unit with this raw level counts for: itself; of a list each item; a blank for `not_recorded`. */
export function comparedLevels(field: Field, level: string): string[] {
  if (isBlankLevel(field.kind, level)) return [notRecorded];
  return field.kind === "list" ? listItems(level) : [level];
}

/** Levels in band order, else in byte order; sorted in place. */
export function orderLevels({ order = [] }: Pick<Field, "order">, levels: string[]): string[] {
  const rank = (level: string): number => (order.includes(level) ? order.indexOf(level) : order.length);
  return levels.sort((a, b) => rank(a) - rank(b) || compareBytes(a, b));
}
