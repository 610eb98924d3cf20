import type { StandardField } from "../plan/types.js";
import { standardFields } from "../plan/types.js";
import { hasItsRow } from "./joined-rows.js";
import type { CheckSubject } from "./subject.js";

/** A blank says something (open, not audited), another field stands in, or another rule has it. */
const mayBeBlank: readonly StandardField[] = [
  "case_id",
  "child_id",
  "case_name",
  "practitioner",
  "allocation_date",
  "first_hearing_date",
  "closed_date",
  "last_activity_date",
  "factors",
  "audit_grade",
  "age_recorded",
];

/** Standard fields of the export that every row should fill in, in their order; a local authority only in public law. */
export function judgedFields({ exported, rows }: Pick<CheckSubject, "exported" | "rows">): StandardField[] {
  return standardFields.filter(
    (name) => exported.includes(name) && rows.fields.has(name) && !mayBeBlank.includes(name),
  );
}

/**
 * By row, whether a field should say something there: a local authority only in public law, what a joined file gives only where
 * it has a row. That it has none is a finding of its own.
 */
export function isExpected(
  { rows, joined }: Pick<CheckSubject, "rows" | "joined">,
  name: string,
): (row: number) => boolean {
  const there = hasItsRow({ joined }, name) ?? (() => true);
  const law = name === "local_authority" ? rows.fields.get("law_type") : undefined;
  if (law === undefined) return there;
  const passes = law.levels.map((level) => level === "public");
  return (row) => passes[law.codes[row] as number] === true && there(row);
}
