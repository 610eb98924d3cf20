import { codeOf, flagCodes } from "../frame/code-sets.js";
import { isBlank } from "../frame/text.js";
import { isDerivedField, isStandardField } from "../plan/fields.js";
import type { DatedColumn } from "./dates-of-files.js";
import { columnAt, type ExportFile } from "./export-file.js";
import { nameKey } from "./match-headers.js";

/** A column that no standard field stands for and that could be an extra field. */
export interface FieldSuggestion {
  readonly name: string;
  readonly header: string;
  readonly type: "category" | "date";
}

const mostLevels = 30;
const longestLevel = 60;
const mostSuggestions = 12;
const longestName = 40;

/** A name for a field of the plan's own, that no other has. */
export function freeName(key: string, taken: readonly string[]): string {
  const ascii = key.replace(/[^a-z0-9 ]+/g, "").replace(/^[^a-z]+/, "");
  let name = "";
  for (const word of ascii.split(" ").filter((each) => each !== "")) {
    if (name !== "" && name.length + 1 + word.length > longestName) break;
    name += `${name === "" ? "" : "_"}${word}`;
  }
  if (name === "") name = "field";
  if (isStandardField(name) || isDerivedField(name)) name += "_2";
  for (let at = 2, base = name; taken.includes(name); at++) name = `${base}_${at}`;
  return name;
}

/** Columns with few values, and columns of dates, among those that were matched to nothing. */
export function suggestFields(file: ExportFile, dated: readonly DatedColumn[]): FieldSuggestion[] {
  const suggestions: FieldSuggestion[] = [];
  for (const { header, how } of file.headers) {
    if (how !== "unmatched") continue;
    const type = typeOf(file, header, dated);
    if (type === undefined) continue;
    const name = freeName(
      nameKey(header),
      suggestions.map((each) => each.name),
    );
    suggestions.push({ name, header, type });
  }
  return suggestions.slice(0, mostSuggestions);
}

/** Columns that hold nothing but yes and no, which could each flag a factor. */
export function suggestFlags(file: ExportFile): { readonly name: string; readonly header: string }[] {
  const flags: { name: string; header: string }[] = [];
  for (const { header, how } of file.headers) {
    if (how !== "unmatched") continue;
    const levels = columnAt(file.table, header).values.filter((value) => !isBlank(value));
    const answers = new Set(levels.map((level) => codeOf(flagCodes, level)));
    if (!answers.has("yes") || !answers.has("no") || answers.has(undefined)) continue;
    const taken = flags.map((each) => each.name);
    flags.push({ name: freeName(nameKey(header).replace(/ (?:y n|yes no)$/, ""), taken), header });
  }
  return flags.slice(0, mostSuggestions);
}

function typeOf(
  file: ExportFile,
  header: string,
  dated: readonly DatedColumn[],
): FieldSuggestion["type"] | undefined {
  // Of the dates of somebody's birth only the child's are read, and only for their age.
  if (/\b(?:birth|dob|name|surname|address|postcode|post)\b/.test(nameKey(header))) return undefined;
  const { path, table } = file;
  if (dated.some((each) => each.path === path && each.sheet === table.sheet && each.header === header))
    return "date";
  const levels = columnAt(table, header).values.filter((value) => !isBlank(value));
  const few = levels.length > 1 && levels.length <= mostLevels && levels.length * 2 <= table.rowCount;
  return few && levels.every((level) => level.length <= longestLevel) ? "category" : undefined;
}
