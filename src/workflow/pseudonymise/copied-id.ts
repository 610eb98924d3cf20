import { type Field, levelAt } from "../../frame/field.js";
import type { Rows } from "../../frame/rows.js";
import { byIdBytes } from "../../frame/unit-id.js";
import type { Plan } from "../../plan/types.js";

/** Gives the pseudonym of a field's value. */
export type Rename = (field: string, value: string) => string;

/** The rows by the pseudonyms of their ids: the export's own order, by name or by number, would give people away. */
export function byPseudonym(
  plan: Plan,
  rows: Rows,
  options: { readonly hashed: readonly string[]; readonly rename: Rename },
): Int32Array {
  const ids = Array.from({ length: rows.count }, (_, row) => copiedId(plan, row, rows.fields, options));
  return byIdBytes(ids);
}

/** The id that a unit (or row) of the export has in the copy. */
export function copiedId(
  plan: Plan,
  unit: number,
  fields: ReadonlyMap<string, Field>,
  { hashed, rename }: { readonly hashed: readonly string[]; readonly rename: Rename },
): string {
  const parts = plan.unit_id.map((name) => {
    const level = levelAt(fields.get(name) as Field, unit);
    return hashed.includes(name) ? rename(name, level) : level;
  });
  return (plan.unit_id_prefix ?? "") + parts.join("_");
}
