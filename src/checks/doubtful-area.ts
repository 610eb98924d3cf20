import type { Rows } from "../frame/rows.js";
import { areaFields } from "../plan/types.js";
import { caseRows } from "./case-rows.js";
import { isKnown } from "./known.js";

/** Fields whose values are places or kinds of work, which many cases share. */
export const sharedFields: readonly string[] = [...areaFields, "case_type", "lead_application"];

/** Fewer cases say nothing of what a column is. */
const leastCases = 20;
/** Of so many of the cases the field says something that it says of no other. */
const mostOwn = 0.8;

/**
 * Whether a field that should hold places or kinds of work has another value for nearly every case: then it is likely the
 * column of a name or an id, and its values may be printed nowhere.
 */
export function isDoubtfulArea(rows: Pick<Rows, "count" | "fields">, name: string): boolean {
  const field = rows.fields.get(name);
  if (field === undefined || field.kind === "list" || !sharedFields.includes(name)) return false;
  // Most fields have far fewer values than cases: nothing to go through.
  if (field.levels.length < leastCases * mostOwn) return false;
  const cases = caseRows({ rows }, isKnown(field));
  const distinct = new Set(cases.map((row) => field.codes[row])).size;
  return cases.length >= leastCases && distinct > mostOwn * cases.length;
}
