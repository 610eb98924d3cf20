import type { StandardField } from "../plan/types.js";
import type { ExportFile } from "./export-file.js";
import { idsOf, proposeUnitId } from "./propose-unit-id.js";

/** A file that goes before the one that was named first, because it has one row for each unit. */
export interface LeadFile {
  readonly file: ExportFile;
  /** The file that was named first. */
  readonly named: ExportFile;
  readonly key: readonly StandardField[];
  /** Ids of the file named first, and those that stand in several of its rows. */
  readonly ids: number;
  readonly repeated: number;
}

/** With fewer ids repeated than this share, the repeats are faults of a file that has one row a unit. */
const leastRepeated = 0.1;

/**
 * The file whose rows are units, where the file named first has many rows for one and exactly one other has each of its ids
 * once. Where several have, or none, the order stays as it was named.
 */
export function leadFile(files: readonly ExportFile[]): LeadFile | undefined {
  const [named, ...others] = files;
  if (named === undefined) return undefined;
  const key = idFields(named);
  if (key.length === 0) return undefined;
  const rows = filledIds(named, key);
  const ids = new Set(rows);
  const repeated = new Set(repeats(rows)).size;
  if (repeated === 0 || repeated < leastRepeated * ids.size) return undefined;
  const holding = others.filter((file) => {
    if (!isOnceEach(file, key)) return false;
    const held = new Set(filledIds(file, key));
    return [...ids].every((id) => held.has(id));
  });
  const [file, second] = holding;
  return file === undefined || second !== undefined
    ? undefined
    : { file, named, key, ids: ids.size, repeated };
}

/** Files, beside those that give the rows, that have each id once and name every row: one row a unit. */
export function onceEachFiles(
  files: readonly ExportFile[],
  data: readonly ExportFile[],
  key: readonly string[],
): ExportFile[] {
  const fields = key.filter((name): name is StandardField => name === "case_id" || name === "child_id");
  if (fields.length === 0 || fields.length < key.length) return [];
  return files.filter((file) => !data.includes(file) && isOnceEach(file, fields));
}

/** What names a unit of a file, without numbering children. */
function idFields(file: ExportFile): StandardField[] {
  const { parts } = proposeUnitId([file]);
  return parts.includes("child_ordinal") ? [] : (parts as StandardField[]);
}

function isOnceEach(file: ExportFile, key: readonly StandardField[]): boolean {
  if (file.table.rowCount === 0 || !key.every((name) => file.fields.has(name))) return false;
  const ids = filledIds(file, key);
  return ids.length === file.table.rowCount && repeats(ids).length === 0;
}

/** Ids of the rows that have one whole. */
function filledIds(file: ExportFile, key: readonly StandardField[]): string[] {
  const columns = key.map((name) => idsOf(file, name) as readonly string[]);
  return Array.from({ length: file.table.rowCount }, (_, row) => columns.map((texts) => texts[row] as string))
    .filter((texts) => !texts.includes(""))
    .map((texts) => texts.join("\u001f"));
}

function repeats(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => {
    const again = seen.has(id);
    seen.add(id);
    return again;
  });
}
