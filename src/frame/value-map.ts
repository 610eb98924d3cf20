import { CasedrawError } from "../errors.js";
import { fieldKind, fieldNames, isDerivedField } from "../plan/fields.js";
import { nearest } from "../plan/nearest.js";
import type { ColumnSource, Plan } from "../plan/types.js";
import type { Table } from "../table/table.js";
import { codeSets } from "./code-sets.js";
import { notRecorded } from "./field.js";
import type { Note } from "./note.js";
import { findColumn } from "./read-field.js";
import type { FileSources } from "./sources.js";
import { cleanText, matchKey } from "./text.js";
import { counted, rowsAt, thousands } from "./words.js";

/** One line of a value map that gives a code. */
export interface MappedValue {
  readonly field: string;
  readonly value: string;
  readonly code: string;
  readonly row: number;
}

/**
 * Columns of a value map that must be there; others, such as the count that `casedraw init` writes beside each value, are
 * for people.
 */
export const valueMapHeaders = ["field", "value", "code"] as const;

/** A row whose field begins so is no value: casedraw's own mark of the file, or somebody's remark. */
const remarkStart = "#";

/**
 * The lines of a value map that give a code. Blank codes are left to be decided and count for nothing. As in every CSV that
 * casedraw writes, one leading apostrophe stands for none.
 *
 * @param table - with the columns field, value and code
 * @throws CasedrawError `VALUE_MAP_INVALID` for a table without one of the columns, and for a code without a field or a value
 */
export function readValueMap(table: Table): MappedValue[] {
  const [fields, values, codes] = valueMapHeaders.map((header) => textsOf(table, header)) as [
    string[],
    string[],
    string[],
  ];
  return fields.flatMap((field, at): MappedValue[] => {
    const row = table.rowNumbers[at] as number;
    const [value, code] = [values[at] as string, codes[at] as string];
    if (field.startsWith(remarkStart) || code === "") return [];
    for (const [column, text] of [
      ["field", field],
      ["value", value],
    ] as const) {
      if (text === "") {
        throw invalid(
          table,
          row,
          column,
          "a row with a code needs a field and a value, got none",
          "Fill it in.",
        );
      }
    }
    return [{ field, value, code, row }];
  });
}

/** How many rows of a value map are remarks: casedraw's own mark of the file, or somebody's. */
export function remarkRows(table: Table): number {
  return textsOf(table, "field").filter((field) => field.startsWith(remarkStart)).length;
}

function textsOf(table: Table, header: string): string[] {
  const column = findColumn(table, header);
  if (column === undefined) throw mapLacksColumns(table.file, [header]);
  const texts = column.values.map((raw) => cleanText(raw.startsWith("'") ? raw.slice(1) : raw));
  return Array.from(column.codes, (code) => texts[code] as string);
}

/** The refusal of a value map that has not all its columns. */
export function mapLacksColumns(file: string, missing: readonly string[]): CasedrawError {
  const named = missing.map((header) => `"${header}"`).join(" and ");
  return new CasedrawError(
    "VALUE_MAP_INVALID",
    `Value map cannot be used: it needs the columns ${valueMapHeaders.map((header) => `"${header}"`).join(", ")}, got none ` +
      `headed ${named} (${file}). Put the header back in the first row.`,
    { file, missing },
  );
}

/**
 * A plan with the codes of its value map among its `values`.
 *
 * @param table - of the file that the plan's `value_map` names
 * @throws CasedrawError `VALUE_MAP_INVALID` for a field that has no codes, `VALUE_CODE_UNKNOWN`, and `VALUE_MAP_CONFLICT` for
 *   a value that the map, or the plan's `values`, gives another code
 */
export function withValueMap(plan: Plan, table: Table): { plan: Plan; mapped: readonly MappedValue[] } {
  const mapped = readValueMap(table);
  const values: Record<string, Record<string, string>> = {};
  for (const [name, codes] of Object.entries(plan.values)) values[name] = { ...codes };
  const seen = new Map<string, { code: string; place: string }>();
  for (const [name, codes] of Object.entries(plan.values)) {
    for (const [raw, code] of Object.entries(codes)) {
      seen.set(JSON.stringify([name, matchKey(raw)]), { code, place: `the plan, values.${name}` });
    }
  }
  for (const { field, value, code, row } of mapped) {
    checkField(plan, table, field, row);
    checkCode(table, { field, value, code, row });
    const key = JSON.stringify([field, matchKey(value)]);
    const before = seen.get(key);
    if (before !== undefined && before.code !== code) {
      throw new CasedrawError(
        "VALUE_MAP_CONFLICT",
        `Value map gives a value two codes: each value has one, got "${code}" for a value of ${field} that has ` +
          `"${before.code}" (${table.file}, row ${row}, and ${before.place}). Keep one of them.`,
        { file: table.file, row, field, codes: [before.code, code] },
      );
    }
    if (before !== undefined) continue;
    seen.set(key, { code, place: `row ${row}` });
    values[field] = { ...(Object.hasOwn(values, field) ? values[field] : {}), [value]: code };
  }
  return { plan: { ...plan, values }, mapped };
}

function checkField(plan: Plan, table: Table, field: string, row: number): void {
  const names = fieldNames(plan).filter((name) => !isDerivedField(name) && holdsCodes(plan, name));
  if (names.includes(field)) return;
  const known = fieldNames(plan).includes(field);
  const meant = known ? undefined : nearest(field, names);
  throw invalid(
    table,
    row,
    "field",
    known
      ? `only categories and lists of the export have codes, got ${field}`
      : `it must be a field that the plan maps, got "${field}"`,
    meant === undefined ? `The plan's are ${names.join(", ")}.` : `Did you mean ${meant}?`,
  );
}

function holdsCodes(plan: Plan, name: string): boolean {
  const kind = fieldKind(plan, name);
  return kind === "category" || kind === "list";
}

function checkCode(table: Table, { field, code, row }: MappedValue): void {
  const set = Object.hasOwn(codeSets, field) ? codeSets[field] : undefined;
  if (set === undefined || set.codes.includes(code) || code === notRecorded) return;
  const meant = nearest(code, set.codes);
  throw new CasedrawError(
    "VALUE_CODE_UNKNOWN",
    `Value map gives a code that "${field}" does not have: got "${code}". ` +
      `${meant === undefined ? "" : `Did you mean "${meant}"? `}The codes are ${set.codes.join(", ")} (${table.file}, row ${row}, column "code").`,
    { file: table.file, row, field, code, allowed: set.codes },
  );
}

function invalid(table: Table, row: number, column: string, what: string, next: string): CasedrawError {
  return new CasedrawError(
    "VALUE_MAP_INVALID",
    `Value map cannot be used: ${what} (${table.file}, row ${row}, column "${column}"). ${next}`,
    { file: table.file, row, column },
  );
}

/**
 * How many lines of a value map stand for a value that the export has, and a note of those that do not: a value that was
 * corrected, or one that a spreadsheet has changed.
 */
export function mapMatches(
  file: string,
  mapped: readonly MappedValue[],
  tables: Readonly<Record<keyof FileSources | "lookups", readonly Table[]>>,
  sources: FileSources & { readonly lookups: readonly ReadonlyMap<string, ColumnSource>[] },
): { readonly matched: number; readonly notes: readonly Note[] } {
  const present = new Map<string, Set<string>>();
  for (const field of new Set(mapped.map((line) => line.field))) present.set(field, new Set());
  const files = [
    ...tables.data.map((table, at) => ({ table, given: sources.data[at] })),
    ...tables.joins.map((table, at) => ({ table, given: sources.joins[at] })),
    ...tables.lookups.map((table, at) => ({ table, given: sources.lookups[at] })),
  ];
  for (const { table, given } of files) {
    for (const [field, keys] of present) {
      const source = given?.get(field);
      if (source !== undefined && source !== "") for (const key of keysOf(table, source)) keys.add(key);
    }
  }
  const looked = mapped.filter(({ field }) => files.some(({ given }) => given?.has(field) === true));
  const stray = looked.filter(({ field, value }) => present.get(field)?.has(matchKey(value)) !== true);
  const notes: Note[] = [];
  if (stray.length > 0) {
    const rows = stray.map(({ row }) => row);
    notes.push({
      code: "value-map-unmatched",
      text: `${file}: ${thousands(stray.length)} of ${counted(mapped.length, "value")} with a code ${stray.length === 1 ? "is" : "are"} not in the data (${rowsAt(rows)}).`,
      count: stray.length,
      details: { file, rows },
    });
  }
  return { matched: mapped.length - stray.length, notes };
}

function keysOf(table: Table, source: ColumnSource): string[] {
  const list = typeof source === "object" && "list" in source ? source : undefined;
  const header = typeof source === "string" ? source : list?.list;
  const column = header === undefined ? undefined : findColumn(table, header);
  const values = column?.values ?? [];
  return (list === undefined ? values : values.flatMap((value) => value.split(list.separator))).map(matchKey);
}
