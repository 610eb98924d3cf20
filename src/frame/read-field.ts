import { CasedrawError } from "../errors.js";
import { fieldKind } from "../plan/fields.js";
import { nearest } from "../plan/nearest.js";
import type { ColumnSource, Plan } from "../plan/types.js";
import { type Column, headerKey, type Table } from "../table/table.js";
import { type CodeSet, codeOf, codeSets, flagCodes } from "./code-sets.js";
import { readDates } from "./dates.js";
import type { FactorSpellings } from "./factor-spellings.js";
import {
  crossCodes,
  type Field,
  itemSeparator,
  mapLevels,
  mergeLevels,
  notRecorded,
  unmapped,
} from "./field.js";
import { partFreeText } from "./free-text.js";
import type { Note } from "./note.js";
import { cleanText, compareBytes, isBlank, matchKey, saidText, slug } from "./text.js";
import { someOf, thousands } from "./words.js";

/** The column with this header: exactly as written, else the one that differs in case, spaces or apostrophes only. */
export function findColumn(table: Table, header: string): Column | undefined {
  const key = headerKey(header);
  return (
    table.columns.find((column) => column.header === header) ??
    table.columns.find((column) => headerKey(column.header) === key)
  );
}

/** One field of one file, its raw values cleaned. */
interface Reading {
  readonly table: Table;
  readonly plan: Plan;
  readonly name: string;
  readonly notes: Note[];
  readonly factors?: FactorSpellings;
}

/**
 * Reads one field from a table: every distinct raw value becomes canonical text once.
 *
 * @param source - the header, or the list or flag columns; the columns must be in the table
 * @param options.notes - what must be said is appended: values that no code set knows, serial dates
 * @param options.factors - takes in how factors are written
 * @throws CasedrawError `DATE_…` for an unreadable date, `NUMBER_UNREADABLE`, `VALUE_CODE_UNKNOWN`
 */
export function readField(
  table: Table,
  name: string,
  source: ColumnSource,
  options: { readonly plan: Plan; readonly notes: Note[]; readonly factors?: FactorSpellings },
): Field {
  const reading: Reading = { table, name, ...options };
  const kind = fieldKind(options.plan, name);
  if (typeof source !== "string" && "flags" in source) {
    return { name, kind: "list", ...readFlags(reading, source.flags) };
  }
  const column = columnOf(table, typeof source === "string" ? source : source.list);
  switch (kind) {
    case "date":
      return { name, kind, ...readDateColumn(reading, column) };
    case "number":
      return { name, kind, ...readNumbers(reading, column) };
    case "list":
      return {
        name,
        kind,
        ...readList(reading, column, typeof source === "string" ? undefined : source.separator),
      };
    case "category":
      return { name, kind, ...readCategory(reading, column) };
    case "text":
      return { name, kind, ...readText(name, column) };
  }
}

function columnOf(table: Table, header: string): Column {
  const column = findColumn(table, header);
  if (column === undefined) throw new Error(`column "${header}" was not read from ${table.file}`);
  return column;
}

type Levels = { readonly levels: readonly string[]; readonly codes: Int32Array };

function readText(name: string, column: Column): Levels {
  const raw = { levels: column.values, codes: column.codes };
  const ids = name === "case_id" || name === "child_id";
  const texts = column.values.map(saidText);
  if (!ids) return mapLevels(raw, (_, code) => withoutSeparators(texts[code] as string));
  const numeric = texts.every((text) => text === "" || /^\d+(\.0)?$/.test(text));
  return mapLevels(raw, (_, code) => {
    const text = texts[code] as string;
    return numeric && text.endsWith(".0") ? text.slice(0, -2) : text;
  });
}

function readDateColumn(reading: Reading, column: Column): Levels {
  const { table } = reading;
  const rows = firstRows(table, column);
  const cells = column.values.map((raw, code) => ({ raw, row: rows[code] as number }));
  const dateSystem = table.notes.some((note) => note.code === "date-system") ? 1904 : 1900;
  const { dates, serials } = readDates(cells, {
    file: place(table),
    column: column.header,
    dateSystem,
    ofBirth: reading.name === "date_of_birth",
  });
  if (serials > 0) {
    reading.notes.push({
      code: "serial-dates",
      text: `${place(table)}, column "${column.header}": ${serials} value${serials === 1 ? " is a" : "s are"} spreadsheet day count${serials === 1 ? "" : "s"}, read as dates.`,
      count: serials,
      details: { file: table.file, column: column.header, field: reading.name },
    });
  }
  return mapLevels({ levels: column.values, codes: column.codes }, (_, code) => dates[code] as string);
}

function readNumbers(reading: Reading, column: Column): Levels {
  const { table } = reading;
  return mapLevels({ levels: column.values, codes: column.codes }, (value, code) => {
    const text = cleanText(value);
    if (isBlank(text) || /^n\/a$/i.test(text)) return "";
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) && Number.isFinite(Number(text))) return String(Number(text));
    const row = firstRows(table, column)[code] as number;
    throw new CasedrawError(
      "NUMBER_UNREADABLE",
      `Number cannot be read: expected digits with at most one decimal point, got text of ${text.length} characters ` +
        `(${place(table)}, row ${row}, column "${column.header}"). Correct the export, or map the column as a category.`,
      { file: table.file, row, column: column.header },
    );
  });
}

function readCategory(reading: Reading, column: Column): Levels {
  const { plan, name } = reading;
  const set = Object.hasOwn(codeSets, name) ? codeSets[name] : undefined;
  const given = givenCodes(plan, name, set);
  const raw = { levels: column.values, codes: column.codes };
  const unknown: number[] = [];
  const result = mapLevels(raw, (value, code) => {
    const mapped = given.get(matchKey(value));
    if (mapped !== undefined) return mapped;
    if (isBlank(value)) return notRecorded;
    if (set === undefined) return withoutSeparators(cleanText(value));
    const known = codeOf(set, value);
    if (known === undefined) unknown.push(code);
    return known ?? unmapped;
  });
  if (unknown.length > 0) reading.notes.push(unmappedNote(reading, column, unknown));
  return result;
}

/** The plan's own `values` for a field, by match key; a code that the field's set lacks is refused. */
function givenCodes(plan: Plan, name: string, set: CodeSet | undefined): Map<string, string> {
  const given = Object.hasOwn(plan.values, name) ? (plan.values[name] ?? {}) : {};
  for (const code of Object.values(given)) {
    if (set === undefined || set.codes.includes(code) || code === notRecorded) continue;
    const meant = nearest(code, set.codes);
    throw new CasedrawError(
      "VALUE_CODE_UNKNOWN",
      `Value map gives a code that "${name}" does not have: got "${code}". ` +
        `${meant === undefined ? "" : `Did you mean "${meant}"? `}The codes are ${set.codes.join(", ")} (plan, values.${name}).`,
      { field: name, code, allowed: set.codes },
    );
  }
  return new Map(Object.entries(given).map(([raw, code]) => [matchKey(raw), code]));
}

function readList(reading: Reading, column: Column, separator: string | undefined): Levels {
  const { name, plan, table } = reading;
  const given = givenCodes(plan, name, undefined);
  const codes = new Map<string, string>();
  const codeOfItem = (item: string): string => {
    let code = codes.get(item);
    if (code === undefined) {
      code = itemCode(name, item, given);
      codes.set(item, code);
    }
    return code;
  };
  const levels = mapLevels({ levels: column.values, codes: column.codes }, (value) => {
    const items = separator === undefined ? [value] : value.split(separator);
    return listLevel(items.map(codeOfItem));
  });
  if (name === "factors") {
    const items = [...codes.keys()].filter((item) => !given.has(matchKey(item)));
    reading.factors?.add(items, table.rowCount, { file: place(table), column: column.header });
  }
  return levels;
}

function itemCode(name: string, item: string, given: ReadonlyMap<string, string>): string {
  if (isBlank(item)) return "";
  return given.get(matchKey(item)) ?? (name === "factors" ? slug(item) : withoutSeparators(cleanText(item)));
}

/** Digests and lists part their items by U+001E and U+001F, which no value may hold. */
function withoutSeparators(text: string): string {
  return text.replaceAll(itemSeparator, " ").replaceAll("\u001f", " ");
}

/** Canonical text of a list: distinct items in byte order, blanks left out. */
export function listLevel(items: readonly string[]): string {
  return [...new Set(items.filter((item) => item !== ""))].sort(compareBytes).join(itemSeparator);
}

function readFlags(reading: Reading, flags: Readonly<Record<string, string>>): Levels {
  const { table } = reading;
  const names = Object.keys(flags);
  const columns = names.map((flag) => {
    const column = columnOf(table, flags[flag] as string);
    // Of a code that is not its header's the plan's author has said what it means.
    if (reading.name === "factors" && slug(column.header) === flag)
      reading.factors?.add([column.header], 0, { file: place(table), column: column.header });
    const unknown: number[] = [];
    const answers = mapLevels({ levels: column.values, codes: column.codes }, (value, code) => {
      if (isBlank(value)) return "";
      const answer = codeOf(flagCodes, value);
      if (answer === undefined) unknown.push(code);
      return answer === "yes" ? flag : "";
    });
    if (unknown.length > 0)
      reading.notes.push(unmappedNote(reading, column, unknown, "They count as no: ask the data's owner."));
    return answers;
  });
  const crossed = crossCodes(table.rowCount, columns);
  const levels = crossed.firstRows.map((row) =>
    listLevel(columns.map((column) => column.levels[column.codes[row] as number] as string)),
  );
  return mergeLevels(levels, crossed.codes);
}

function unmappedNote(reading: Reading, column: Column, codes: readonly number[], advice?: string): Note {
  const { table } = reading;
  const counts = new Map(codes.map((code) => [code, 0]));
  for (const code of column.codes) if (counts.has(code)) counts.set(code, (counts.get(code) as number) + 1);
  const rows = firstRows(table, column);
  const values = codes.map((code) => ({
    value: cleanText(column.values[code] as string),
    count: counts.get(code) as number,
    row: rows[code] as number,
  }));
  values.sort((a, b) => b.count - a.count || a.row - b.row);
  const count = values.reduce((sum, value) => sum + value.count, 0);
  const { codes: listed, words: withheld } = partFreeText(values);
  const hidden = new Set(withheld);
  const shown = listed.map(
    ({ value, count, row }) => `"${value.slice(0, 40)}" (${thousands(count)} ×, first in row ${row})`,
  );
  const said = [
    ...(shown.length === 0 ? [] : [someOf(shown)]),
    ...(withheld.length === 0
      ? []
      : [
          `${thousands(withheld.length)} different value${withheld.length === 1 ? " that looks" : "s that look"} like free text and ` +
            `${withheld.length === 1 ? "is" : "are"} not shown`,
        ]),
  ];
  return {
    code: "unmapped-values",
    text:
      `${place(table)}, column "${column.header}": ${thousands(count)} row${count === 1 ? " has a value" : "s have values"} that ` +
      `${reading.name} does not know: ${said.join("; ")}. ` +
      (advice ?? codeAdvice(reading, { listed: listed.length, withheld: withheld.length })),
    count,
    details: {
      file: table.file,
      column: column.header,
      field: reading.name,
      // Where a value stands is enough to find it.
      values: values.map((each) =>
        hidden.has(each)
          ? { count: each.count, row: each.row }
          : { value: each.value.slice(0, 40), count: each.count, row: each.row },
      ),
      withheld: withheld.length,
    },
  };
}

/** Where the officer gives a value its code. */
function codeAdvice(
  { plan, name }: Reading,
  { listed, withheld }: { readonly listed: number; readonly withheld: number },
): string {
  if (listed === 0) return "Is it the right column?";
  const them = listed + withheld === 1 ? "it" : "them";
  return plan.value_map === undefined
    ? `Add ${them} under values.${name} in the plan.`
    : `Give ${them} a code in ${plan.value_map}.`;
}

/** For each code of a column, the file's row where it first stands. */
export function firstRows(table: Table, column: Column): Int32Array {
  const rows = new Int32Array(column.values.length).fill(-1);
  for (let i = 0; i < column.codes.length; i++) {
    const code = column.codes[i] as number;
    if (rows[code] === -1) rows[code] = table.rowNumbers[i] as number;
  }
  return rows;
}

/** A file as messages name it, with its sheet. */
export function place(table: Table): string {
  return table.sheet === undefined ? table.file : `${table.file}, sheet "${table.sheet}"`;
}
