import { CasedrawError } from "../errors.js";
import { readDates } from "../frame/dates.js";
import { cleanText, isBlank } from "../frame/text.js";
import { dateFields } from "../plan/fields.js";
import type { StandardField } from "../plan/types.js";
import type { Column } from "../table/table.js";

/** What a column's cells say of its being a field. */
export interface Cells {
  /** Why it cannot be the field: most of its cells are something else. */
  readonly wrong?: string;
  /** Rows that the field cannot read, where most can be. */
  readonly unread: number;
}

/** Rows of each distinct value. */
export function countValues(column: Column): Int32Array {
  const counts = new Int32Array(column.values.length);
  for (const code of column.codes) counts[code] = (counts[code] as number) + 1;
  return counts;
}

const kinds: Readonly<Record<string, string>> = { date: "dates", number: "numbers" };

/** Looks at the cells of a column that a date or an age is to be read from; other fields take any text. */
export function cellsOf(column: Column, field: StandardField): Cells {
  const kind = (dateFields as readonly string[]).includes(field)
    ? "date"
    : field === "age_recorded"
      ? "number"
      : undefined;
  if (kind === undefined) return { unread: 0 };
  const counts = countValues(column);
  let filled = 0;
  let unread = 0;
  for (const [code, raw] of column.values.entries()) {
    if (isBlank(raw)) continue;
    filled += counts[code] as number;
    const read =
      kind === "date" ? isoOf(raw) !== undefined : /^[+-]?(\d+\.?\d*|\.\d+)$|^n\/a$/i.test(cleanText(raw));
    if (!read) unread += counts[code] as number;
  }
  if (unread * 2 > filled) {
    return { wrong: `Its name says ${field}, but most of its cells are no ${kinds[kind]}.`, unread };
  }
  return { unread };
}

/** A cell's date; "" where it is blank, undefined where it is none. */
export function isoOf(raw: string): string | undefined {
  try {
    return readDates([{ raw, row: 1 }], { file: "", column: "" }).dates[0];
  } catch (error) {
    if (error instanceof CasedrawError) return undefined;
    throw error;
  }
}

/** Days and months apart by slashes or hyphens; a bare number may be a day count, but also an id. */
const looksDated = /^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\b/;

/** ISO dates of a column that holds nothing but dates, each with its rows, ascending; undefined for any other column. */
export function datesOf(
  column: Column,
): { readonly dates: readonly string[]; readonly counts: readonly number[] } | undefined {
  const counts = countValues(column);
  const found = new Map<string, number>();
  let filled = 0;
  let dated = 0;
  for (const [code, raw] of column.values.entries()) {
    if (isBlank(raw)) continue;
    filled++;
    const date = looksDated.test(raw) || /^\s*[1-9]\d{4}(?:\.\d+)?\s*$/.test(raw) ? isoOf(raw) : undefined;
    if (looksDated.test(raw)) dated++;
    if (date === undefined || date === "") {
      if (filled > 20 && dated === 0) return undefined;
      continue;
    }
    found.set(date, (found.get(date) ?? 0) + (counts[code] as number));
  }
  if (dated === 0 || dated * 2 < filled) return undefined;
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return { dates: sorted.map(([date]) => date), counts: sorted.map(([, count]) => count) };
}
