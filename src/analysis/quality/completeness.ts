import { type Field, listItems, mapLevels, notRecorded } from "../../frame/field.js";
import { isUnknown } from "../axis.js";

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
  // As a table of the items counts them.
  const items = listItems(level);
  return items.length === 0 || items.includes(notRecorded) ? notRecorded : recorded;
}
