import { type CodeSet, codeOf } from "../../frame/code-sets.js";
import { type Field, itemSeparator, unmapped } from "../../frame/field.js";
import { cleanText, isBlank, slug } from "../../frame/text.js";
import { plainNumber } from "../../readers/cell-number.js";
import type { CsvCell } from "../../report/csv.js";

/** A number in plain digits, which no reader takes for text; anything else as it is. */
export function cell(kind: Field["kind"], text: string): CsvCell {
  return kind === "number" && text !== "" ? { text: plainNumber(Number(text)) } : text;
}

/** What a category or an item of a list is taken for where the plan maps nothing. */
export function readBack(name: string, kind: Field["kind"], text: string, set: CodeSet | undefined): string {
  if (kind === "list" && name === "factors") return slug(text);
  if (set !== undefined) return codeOf(set, text) ?? unmapped;
  return isBlank(text) ? "" : cleanText(text).replaceAll(itemSeparator, " ").replaceAll("\u001f", " ");
}

/** What stands in none of the items. */
export function separatorFor(items: readonly string[]): string {
  let separator = ";";
  for (const next of ["|", "^", "~"]) {
    if (!items.some((item) => item.includes(separator))) return separator;
    separator = next;
  }
  while (items.some((item) => item.includes(separator))) separator += "~";
  return separator;
}
