import { matchKey } from "../frame/text.js";
import { dateFields } from "../plan/fields.js";
import type { StandardField } from "../plan/types.js";
import { isoOf } from "./cells.js";
import { datedColumns } from "./dates-of-files.js";
import { columnAt, type ExportFile } from "./export-file.js";
import { freeName } from "./field-suggestions.js";
import { nameKey } from "./match-headers.js";
import { idsOf } from "./propose-unit-id.js";

/** A file whose columns are added by a key. */
export interface ProposedJoin {
  readonly file: ExportFile;
  readonly key: readonly StandardField[];
  /** Distinct keys of the file. */
  readonly keys: number;
  /** Keys that stand in several of its rows. */
  readonly repeated: number;
  /** Those of them that the data have: only these need a choice. */
  readonly repeatedInData: number;
  /** Rows of the data whose key the file has, of so many. */
  readonly dataMatched: number;
  readonly dataRows: number;
  /** Rows of the file whose key the data have. */
  readonly matched: number;
  /** Standard fields that it gives and the data lack. */
  readonly gives: readonly StandardField[];
  /** Where a key of the data repeats: the column whose latest date chooses a row. */
  readonly latest?: { readonly header: string; readonly field?: StandardField; readonly ties: number };
  /** What the plan calls that column: a field that the file gives, else a name of its own, which no other join has. */
  readonly rank?: string;
}

/** A file that tells more of the values of one field. */
export interface ProposedLookup {
  readonly file: ExportFile;
  readonly from: StandardField;
  readonly gives: readonly StandardField[];
  /** Distinct values of the field in the data, and those that the file has. */
  readonly values: number;
  readonly matched: number;
}

/** A file that nothing is done with. */
export interface UnusedFile {
  readonly file: ExportFile;
  readonly why: string;
}

/** What several files are to each other. */
export interface Relations {
  /** The first file and those of its shape. */
  readonly data: readonly ExportFile[];
  readonly joins: readonly ProposedJoin[];
  readonly lookups: readonly ProposedLookup[];
  readonly unused: readonly UnusedFile[];
}

const idKeys: readonly (readonly StandardField[])[] = [["case_id", "child_id"], ["child_id"], ["case_id"]];
const lookupKeys: readonly StandardField[] = [
  "court",
  "dfj_area",
  "local_authority",
  "team",
  "practitioner",
  "service_area",
];
/** Two files with at least this share of their fields in common have one shape. */
const sameShape = 0.6;

/** Says what each file is to the first: more rows of its shape, columns to join by a key, or a lookup. */
export function relateFiles(files: readonly ExportFile[]): Relations {
  const [first, ...others] = files;
  if (first === undefined) throw new Error("no file to relate");
  const data = [first, ...others.filter((file) => isAlike(first, file))];
  const given = new Set(data.flatMap((file) => [...file.fields.keys()]));
  const joins: ProposedJoin[] = [];
  const lookups: ProposedLookup[] = [];
  const unused: UnusedFile[] = [];
  for (const file of others.filter((each) => !data.includes(each))) {
    const key = idKeys.find((names) =>
      [file, ...data].every(({ fields }) => names.every((name) => fields.has(name))),
    );
    const from =
      key === undefined ? lookupKeys.find((name) => given.has(name) && isUnique(file, name)) : undefined;
    const gives = [...file.fields.keys()].filter(
      (name) => !given.has(name) && name !== "case_name" && !key?.includes(name) && name !== from,
    );
    if (key !== undefined) {
      const join = joinOf(data, file, key, gives);
      const rank = rankName(
        join,
        joins.flatMap((each) => each.rank ?? []),
      );
      joins.push({ ...join, ...(rank === undefined ? {} : { rank }) });
      if (isSure(join)) for (const name of gives) given.add(name);
    } else if (from !== undefined && gives.length > 0) {
      lookups.push(lookupOf(data, file, from, gives));
      for (const name of gives) given.add(name);
    } else {
      unused.push({ file, why: whyUnused(file, given, from) });
    }
  }
  return { data, joins, lookups, unused };
}

function whyUnused(
  file: ExportFile,
  given: ReadonlySet<StandardField>,
  from: StandardField | undefined,
): string {
  if (from !== undefined) return "none of its columns is a standard field that the data lack";
  const repeated = lookupKeys.filter((name) => given.has(name) && file.fields.has(name));
  return repeated.length === 0
    ? "it shares no id, no place and no person with the data"
    : `it has several rows for one ${repeated.join(" and one ")}, which it shares with the data`;
}

function isAlike(first: ExportFile, other: ExportFile): boolean {
  const [a, b] = [new Set(first.fields.keys()), new Set(other.fields.keys())];
  const ids = (["case_id", "child_id"] as const).every((id) => a.has(id) === b.has(id));
  const shared = [...a].filter((field) => b.has(field)).length;
  return ids && shared >= 3 && shared >= sameShape * (a.size + b.size - shared);
}

function keysOf(file: ExportFile, key: readonly StandardField[]): string[] {
  const columns = key.map((name) => idsOf(file, name) as readonly string[]);
  return Array.from({ length: file.table.rowCount }, (_, row) => {
    const texts = columns.map((column) => column[row] as string);
    return texts.includes("") ? "" : texts.join("\u001f");
  });
}

function joinOf(
  data: readonly ExportFile[],
  file: ExportFile,
  key: readonly StandardField[],
  gives: readonly StandardField[],
): ProposedJoin {
  const rows = keysOf(file, key);
  const counts = new Map<string, number>();
  for (const text of rows) if (text !== "") counts.set(text, (counts.get(text) ?? 0) + 1);
  const dataKeys = data.flatMap((each) => keysOf(each, key));
  const present = new Set(dataKeys);
  present.delete("");
  const repeats = [...counts].filter(([, count]) => count > 1).map(([text]) => text);
  const repeatedInData = repeats.filter((text) => present.has(text)).length;
  const latest = repeatedInData > 0 ? latestOf(file, rows, present) : undefined;
  return {
    file,
    key,
    keys: counts.size,
    repeated: repeats.length,
    repeatedInData,
    dataMatched: dataKeys.filter((text) => counts.has(text)).length,
    dataRows: dataKeys.length,
    matched: rows.filter((text) => present.has(text)).length,
    gives,
    ...(latest === undefined ? {} : { latest }),
  };
}

/**
 * A name for the column of the latest date. A field that is only possible, or that the data give, is no name for it where the join
 * is made: nobody has decided that, or the plan would take the field from two files.
 */
function rankName(join: ProposedJoin, taken: readonly string[]): string | undefined {
  const { latest, gives, file } = join;
  if (latest === undefined) return undefined;
  const { header, field } = latest;
  if (field !== undefined && gives.includes(field)) return field;
  const possible = file.headers.find((each) => each.header === header && each.how === "possible");
  const [candidate] = isSure(join) ? [] : (possible?.candidates ?? []);
  return candidate ?? freeName(nameKey(header), taken);
}

/** Whether the plan joins the file; otherwise it is written out and left to be decided. */
export function isSure({ gives, matched }: Pick<ProposedJoin, "gives" | "matched">): boolean {
  return gives.length > 0 && matched > 0;
}

/** The dated column by which the latest row of each key can be told, a standard field first, then the one with fewest ties. */
function latestOf(
  file: ExportFile,
  keys: readonly string[],
  present: ReadonlySet<string>,
): ProposedJoin["latest"] {
  const found = datedColumns(file).filter(({ field }) => field !== "date_of_birth");
  const ranked = found.map(({ header, field }) => {
    const column = columnAt(file.table, header);
    const dayOf = column.values.map((raw) => isoOf(raw) ?? "");
    const best = new Map<string, { day: string; ties: boolean }>();
    for (const [row, key] of keys.entries()) {
      if (!present.has(key)) continue;
      const day = dayOf[column.codes[row] as number] as string;
      const before = best.get(key);
      if (before === undefined || day > before.day) best.set(key, { day, ties: false });
      else if (day === before.day) before.ties = true;
    }
    const ties = [...best.values()].filter((each) => each.ties).length;
    const standard = (dateFields as readonly string[]).includes(field ?? "")
      ? (field as StandardField)
      : undefined;
    return { header, ties, ...(standard === undefined ? {} : { field: standard }) };
  });
  ranked.sort((a, b) => Number(b.field !== undefined) - Number(a.field !== undefined) || a.ties - b.ties);
  return ranked[0];
}

function isUnique(file: ExportFile, name: StandardField): boolean {
  const header = file.fields.get(name);
  if (header === undefined) return false;
  const { values, codes } = columnAt(file.table, header);
  return values.length === codes.length && new Set(values.map(matchKey)).size === codes.length;
}

function lookupOf(
  data: readonly ExportFile[],
  file: ExportFile,
  from: StandardField,
  gives: readonly StandardField[],
): ProposedLookup {
  const distinct = (each: ExportFile): string[] => {
    const header = each.fields.get(from);
    return header === undefined
      ? []
      : columnAt(each.table, header)
          .values.map(matchKey)
          .filter((text) => text !== "");
  };
  const known = new Set(distinct(file));
  const values = [...new Set(data.flatMap(distinct))];
  return {
    file,
    from,
    gives,
    values: values.length,
    matched: values.filter((text) => known.has(text)).length,
  };
}
