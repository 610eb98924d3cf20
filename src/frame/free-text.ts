import { matchKey } from "./text.js";

/** More unknown values of one field than this, or longer ones, are somebody's words and no codes: they may name people. */
const mostValues = 60;
const longestValue = 60;
/** From so many values on, rows that are fewer than two a value say that each is somebody's own: names, under a wrong header. */
const leastOwn = 20;

/** Whether one value is too long for a code. */
export function isFreeText(value: string): boolean {
  return value.length > longestValue;
}

/**
 * Parts the values of a field that no code set knows into those that may be listed one by one and those that look like free
 * text, which nothing may quote: the long ones, or all where too many differ or hardly any stands twice. Spellings that a value
 * map takes for one count once.
 *
 * @param values - cleaned, with the rows that have each
 */
export function partFreeText<T extends { readonly value: string; readonly count: number }>(
  values: readonly T[],
): { readonly codes: readonly T[]; readonly words: readonly T[] } {
  const short = values.filter(({ value }) => !isFreeText(value));
  const different = new Set(short.map(({ value }) => matchKey(value))).size;
  const rows = short.reduce((sum, { count }) => sum + count, 0);
  if (different > mostValues || (different >= leastOwn && rows < 2 * different))
    return { codes: [], words: values };
  return { codes: short, words: values.filter(({ value }) => isFreeText(value)) };
}
