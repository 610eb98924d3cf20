import { type Field, isBlankLevel, unmapped } from "../frame/field.js";
import { spellingKey } from "../frame/text.js";

/** For each level of a field a number that its spellings share; −1 for those that say nothing. */
export function spellingCodes(field: Field): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(field.levels, (level) => {
    if (isBlankLevel(field.kind, level) || level === unmapped) return -1;
    const key = field.kind === "category" ? spellingKey(level) : level;
    const code = known.get(key) ?? known.size;
    known.set(key, code);
    return code;
  });
}
