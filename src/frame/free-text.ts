import { matchKey } from "./text.js";

/** More unknown values of one field than this, or longer ones, are somebody's words and no codes: they may name people. */
const mostValues = 60;
const longestValue = 60;

/** Whether one value is too long for a code. */
export function isFreeText(value: string): boolean {
  return value.length > longestValue;
}

/**
 * Parts the values of a field that no code set knows into those that may be listed one by one and those that look like free
 * text, which nothing may quote: the long ones, or all where too many differ. Spellings that a value map takes for one count
 * once.
 *
 * @param values - cleaned
 */
export function partFreeText<T extends { readonly value: string }>(
  values: readonly T[],
): { readonly codes: readonly T[]; readonly words: readonly T[] } {
  const short = values.filter(({ value }) => !isFreeText(value));
  if (new Set(short.map(({ value }) => matchKey(value))).size > mostValues)
    return { codes: [], words: values };
  return { codes: short, words: values.filter(({ value }) => isFreeText(value)) };
}
