import { type Field, isBlankLevel } from "../frame/field.js";

/** By row, whether a field says anything. */
export function isKnown(field: Field): (row: number) => boolean {
  const blank = field.levels.map((level) => isBlankLevel(field.kind, level));
  return (row) => !blank[field.codes[row] as number];
}
