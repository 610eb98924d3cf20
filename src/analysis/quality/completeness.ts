import { type Field, mapLevels } from "../../frame/field.js";
import { isUnknown, itemsOf } from "../axis.js";
import type { Subject } from "../item.js";
import { fieldOf } from "../tabulate.js";

/** What stands for every level that says something. */
export const recorded = "Recorded";

/**
 * A field in which every level that says something is the same, and those that say nothing are as they were: a table of it has
 * the same margins as one of the field.
 */
export function completenessOf(field: Field): Field {
  return { name: field.name, kind: "category", ...mapLevels(field, (level) => classOf(field, level)) };
}

function classOf(field: Field, level: string): string {
  if (field.kind !== "list") return isUnknown(field, level) ? level : recorded;
  // As a table of the items counts them: it has one that says nothing only where none says something.
  const [first = ""] = itemsOf(level);
  return isUnknown(field, first) ? first : recorded;
}

/**
 * The field by which other tables count who has none of a field: blank in the same units, so that the number has one name in
 * all tables and is protected as one. It is the field itself where nothing is derived from it.
 */
export function blanksOf({ frame, plan }: Pick<Subject, "frame" | "plan">, name: string): Field {
  const band = bandOf(name, plan.delay.from);
  const alone = name !== "date_of_birth" || !frame.fields.has("age_recorded");
  return (band === undefined || !alone ? undefined : frame.fields.get(band)) ?? fieldOf({ frame }, name);
}

function bandOf(name: string, delayFrom: string): string | undefined {
  if (name === "age_years" || name === "date_of_birth") return "age_band";
  if (name === "delay_days" || name === delayFrom) return "delay_band";
  return name === "ethnicity" ? "ethnic_group" : undefined;
}
