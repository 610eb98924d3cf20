import { isoDay } from "../frame/calendar.js";
import type { Field } from "../frame/field.js";

/** Several rules ask for the days of one field. */
const known = new WeakMap<Field, Float64Array>();

/** By level, the day number of a date field; NaN where blank. */
export function levelDays(field: Field): Float64Array {
  const days =
    known.get(field) ??
    Float64Array.from(field.levels, (level) => (level === "" ? Number.NaN : isoDay(level)));
  known.set(field, days);
  return days;
}

/** By row, the day number of a date field; NaN where blank. */
export function dayOf(field: Field): (row: number) => number {
  const days = levelDays(field);
  return (row) => days[field.codes[row] as number] as number;
}

/** Longest that a child is awaited: 42 weeks in days. */
export const longestPregnancy = 294;
