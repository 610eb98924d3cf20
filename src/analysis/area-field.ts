import type { Field } from "../frame/field.js";
import type { Plan } from "../plan/types.js";

/** Fields of areas, in the order in which one of them is taken. */
export const areaFields = ["service_area", "dfj_area", "region", "local_authority", "court", "team"] as const;

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
