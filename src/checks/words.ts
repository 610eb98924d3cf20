import { inSentence, listText } from "../analysis/words.js";
import { fieldLabel } from "../frame/labels.js";
import { counted } from "../frame/words.js";

/** "1 row", "1,234 rows". */
export function rowsText(count: number): string {
  return counted(count, "row");
}

/** A verb that agrees: `agree(1, "has", "have")` is "has". */
export function agree(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}

/** "1 row is", "1,234 rows are". */
export function rowsAre(count: number): string {
  return `${rowsText(count)} ${agree(count, "is", "are")}`;
}

/** "1 row has", "1,234 rows have". */
export function rowsHave(count: number): string {
  return `${rowsText(count)} ${agree(count, "has", "have")}`;
}

/** A field as a sentence names it: `closed_date` is "closed date". */
export function named(field: string): string {
  return inSentence(fieldLabel(field));
}

/** The same at the start of a sentence. */
export function titled(field: string): string {
  return fieldLabel(field);
}

/** "an ethnicity", "a closed date". */
export function aNamed(field: string): string {
  const name = named(field);
  return `${/^[aeio]/i.test(name) ? "an" : "a"} ${name}`;
}

/** A file's name without the folders that it lies in, which are no business of whoever gets the name. */
export function fileName(path: string): string {
  return path.replace(/^.*[\\/]/s, "");
}

/** "closed date and application date". */
export function namedAll(fields: readonly string[]): string {
  return listText(fields.map(named));
}

/** A share as whole per cent, "under 1%" and "over 99%" at the ends. */
export function percent(part: number, whole: number): string {
  const value = (100 * part) / whole;
  if (part > 0 && value < 1) return "under 1%";
  if (part < whole && value > 99) return "over 99%";
  return `${Math.round(value)}%`;
}
