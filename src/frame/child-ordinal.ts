import type { Plan } from "../plan/types.js";
import { type Field, levelAt } from "./field.js";
import type { Note } from "./note.js";
import { groupByCode, placeOf, type Rows } from "./rows.js";
import { compareBytes } from "./text.js";
import { counted, someOf } from "./words.js";

/**
 * Numbers the children of each case from 1, where the export has no child id: by date of birth (blank last), then by
 * the other mapped fields in byte order of their names, each as digests write it. It depends on what the rows say and
 * never on their order. Rows that agree in everything are exchangeable; they are reported, because they are twins
 * recorded alike or one child twice.
 *
 * @param fieldNames - mapped fields that take part, `case_name`, lookups and derived fields left out
 * @param options.prefer - of the plan
 * @param options.notes - receives which rows agree with a sibling's
 */
export function childOrdinals(
  rows: Rows,
  fieldNames: readonly string[],
  { prefer, notes }: { readonly prefer: Plan["prefer"]; readonly notes: Note[] },
): Field {
  const cases = rows.fields.get("case_id") as Field;
  const birth = rows.fields.get("date_of_birth");
  const others = fieldNames
    .filter((name) => name !== "date_of_birth" && name !== "case_id")
    .sort(compareBytes)
    .map((name) => rows.fields.get(name) as Field);
  const compare = (a: number, b: number): number => {
    if (birth !== undefined) {
      const [x, y] = [levelAt(birth, a), levelAt(birth, b)];
      if (x !== y) return x === "" ? 1 : y === "" ? -1 : x < y ? -1 : 1;
    }
    for (const field of others) {
      const order = compareBytes(levelAt(field, a), levelAt(field, b));
      if (order !== 0) return order;
    }
    return 0;
  };
  // Where a later file's row replaces the same unit's, rows of two files that agree in everything are one unit.
  const { fileOf } = rows.places;
  const areTwo = (a: number, b: number): boolean => prefer === undefined || fileOf[a] === fileOf[b];
  const { order, starts } = groupByCode(cases.codes, cases.levels.length);
  const codes = new Int32Array(rows.count);
  const alike: string[] = [];
  let largest = 1;
  for (let group = 0; group < cases.levels.length; group++) {
    const members = order.subarray(starts[group], starts[group + 1]).slice();
    if (members.length > 1) members.sort((a, b) => compare(a, b) || a - b);
    largest = Math.max(largest, members.length);
    for (const [at, row] of members.entries()) {
      codes[row] = at;
      const before = members[at - 1];
      if (before !== undefined && areTwo(before, row) && compare(before, row) === 0) {
        alike.push(
          `case ${cases.levels[group]} (${placeOf(rows.places, before)} and ${placeOf(rows.places, row)})`,
        );
      }
    }
  }
  if (alike.length > 0) {
    notes.push({
      code: "identical-children",
      text:
        `${counted(alike.length, "row agrees", "rows agree")} with a sibling's in every field: ` +
        `${someOf(alike)}. They are twins recorded alike, or one child listed twice: ask the data's owner.`,
      count: alike.length,
      details: { places: alike.slice(0, 1000) },
    });
  }
  const levels = Array.from({ length: largest }, (_, at) => String(at + 1));
  return { name: "child_ordinal", kind: "number", levels, codes };
}

/** How many units belong to each unit's case; a child without a case id is alone. */
export function caseChildren(units: Rows): Field {
  const cases = units.fields.get("case_id") as Field;
  const counts = new Int32Array(cases.levels.length);
  for (const code of cases.codes) counts[code] = (counts[code] as number) + 1;
  const none = cases.levels.indexOf("");
  return countField(
    "case_children",
    cases.codes.map((code) => (code === none ? 1 : (counts[code] as number))),
  );
}

/** A number field of counts from 1. */
export function countField(name: string, counts: Int32Array): Field {
  const largest = counts.reduce((most, count) => Math.max(most, count), 1);
  const levels = Array.from({ length: largest }, (_, at) => String(at + 1));
  return { name, kind: "number", levels, codes: counts.map((count) => count - 1) };
}
