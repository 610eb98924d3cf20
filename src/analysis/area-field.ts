import type { Field } from "../frame/field.js";
import { areaFields, type Plan } from "../plan/types.js";

/** The field whose levels are the areas of tables: the plan's, or the first that the export has. */
export function areaField({
  frame,
  plan,
}: {
  readonly frame: { readonly fields: ReadonlyMap<string, Field> };
  readonly plan: Pick<Plan, "pia">;
}): string | undefined {
  return [plan.pia?.areas, ...areaFields].find((name) => name !== undefined && frame.fields.has(name));
}
