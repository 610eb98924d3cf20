import { cleanText, isBlank } from "../frame/text.js";
import type { StandardField } from "../plan/types.js";
import { columnAt, type ExportFile } from "./export-file.js";

/** What names a unit, and whether it does. */
export interface ProposedUnitId {
  /** Empty where no column names a case or a child. */
  readonly parts: readonly string[];
  readonly rows: number;
  /** Ids that more than one row has. */
  readonly repeated: number;
  /** Of these, those that are repeated only from one file to another. */
  readonly acrossFiles: number;
  /** Rows that lack a part. */
  readonly blank: number;
  /** An id begins with what a spreadsheet would run. */
  readonly prefix: boolean;
  /** Other columns that make every row's id its own, where the parts do not. */
  readonly helpful: readonly string[];
}

/** Ids of each row of a file, "" where blank. As the frame reads them, `.0` goes where the whole column is digits. */
export function idsOf(file: ExportFile, field: StandardField): readonly string[] | undefined {
  const header = file.fields.get(field);
  return header === undefined ? undefined : textsOf(file, header);
}

function textsOf({ table }: ExportFile, header: string): readonly string[] {
  const { values, codes } = columnAt(table, header);
  const numeric = values.every((value) => isBlank(value) || /^\s*\d+(\.0)?\s*$/.test(value));
  const texts = values.map((value) => {
    if (isBlank(value)) return "";
    return numeric ? cleanText(value).replace(/\.0$/, "") : cleanText(value);
  });
  return Array.from(codes, (code) => texts[code] as string);
}

/**
 * Proposes what names a unit and tests it on every row: case and child id, the child id alone, or the case id with the
 * number of the child in its case where no column names the child.
 *
 * @param files - those that are stacked
 */
export function proposeUnitId(files: readonly ExportFile[]): ProposedUnitId {
  const has = (field: StandardField): boolean => files.every((file) => file.fields.has(field));
  const ids = (["case_id", "child_id"] as const).filter(has);
  const rows = files.reduce((sum, { table }) => sum + table.rowCount, 0);
  if (ids.length === 0) {
    return { parts: [], rows, repeated: 0, acrossFiles: 0, blank: 0, prefix: false, helpful: [] };
  }
  const tested = test(files, ids);
  const ordinal = ids.length === 1 && ids[0] === "case_id" && tested.repeated > 0;
  const found = ordinal ? { ...tested, repeated: 0, acrossFiles: 0 } : tested;
  const helpful =
    found.repeated > found.acrossFiles && files.length === 1
      ? helpfulColumns(files[0] as ExportFile, ids)
      : [];
  return { parts: ordinal ? [...ids, "child_ordinal"] : ids, rows, ...found, helpful };
}

function test(
  files: readonly ExportFile[],
  parts: readonly StandardField[],
): Omit<ProposedUnitId, "parts" | "rows" | "helpful"> {
  const places = new Map<string, { files: Set<number>; rows: number }>();
  let blank = 0;
  let prefix = false;
  for (const [at, file] of files.entries()) {
    const columns = parts.map((part) => idsOf(file, part) as readonly string[]);
    for (let row = 0; row < file.table.rowCount; row++) {
      const texts = columns.map((column) => column[row] as string);
      if (texts.includes("")) {
        blank++;
        continue;
      }
      const id = texts.join("_");
      if (/^[=+\-@]/.test(id)) prefix = true;
      const place = places.get(id);
      if (place === undefined) places.set(id, { files: new Set([at]), rows: 1 });
      else {
        place.files.add(at);
        place.rows++;
      }
    }
  }
  const doubled = [...places.values()].filter(({ rows }) => rows > 1);
  return {
    repeated: doubled.length,
    acrossFiles: doubled.filter((place) => place.files.size === place.rows).length,
    blank,
    prefix,
  };
}

/** Columns of which each, with the id, names every row. */
function helpfulColumns(file: ExportFile, parts: readonly StandardField[]): string[] {
  const ids = parts.map((part) => idsOf(file, part) as readonly string[]);
  const { rowCount, columns } = file.table;
  const used = new Set(parts.map((part) => file.fields.get(part)));
  return columns
    .filter(({ header }) => header.trim() !== "" && !used.has(header))
    .filter((column) => {
      if (column.values.some(isBlank)) return false;
      const seen = new Set<string>();
      for (let row = 0; row < rowCount; row++) {
        const id = `${ids.map((texts) => texts[row]).join("_")}\u001f${column.codes[row]}`;
        if (seen.has(id)) return false;
        seen.add(id);
      }
      return true;
    })
    .map(({ header }) => header)
    .slice(0, 5);
}
