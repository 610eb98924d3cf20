import { CasedrawError } from "../errors.js";
import type { Field } from "../frame/field.js";

/**
 * A field that a design needs.
 *
 * @param role - what the design takes it for: "Stratum"
 * @param remedy - what to do where the export lacks it, and which design would do without it
 * @throws CasedrawError `DESIGN_FIELD_MISSING`
 */
export function designField(
  fields: ReadonlyMap<string, Field>,
  name: string,
  { role, remedy }: { readonly role: string; readonly remedy: string },
): Field {
  const field = fields.get(name);
  if (field !== undefined) return field;
  throw new CasedrawError(
    "DESIGN_FIELD_MISSING",
    `${role} field "${name}" is not in the data. Map a column to it in the plan, or ${remedy}`,
    { field: name },
  );
}
