import type { StandardField } from "../plan/types.js";
import type { Column, Table } from "../table/table.js";
import { cellsOf } from "./cells.js";
import { type MatchedHeader, matchFields } from "./match-headers.js";

/** One file, or one sheet of a workbook, with what its headers were matched to. */
export interface ExportFile {
  /** As the plan is to write it. */
  readonly path: string;
  readonly table: Table;
  readonly headers: readonly MatchedHeader[];
  /** Standard field → header. */
  readonly fields: ReadonlyMap<StandardField, string>;
}

/** Matches a file's headers, with its cells as a witness: a column of words is no date. */
export function exportFile(path: string, table: Table): ExportFile {
  const headers = matchFields(
    table.headers,
    (header, field) => cellsOf(columnAt(table, header), field).wrong,
  );
  const fields = new Map(
    headers.flatMap(({ header, field }) => (field === undefined ? [] : [[field, header] as const])),
  );
  return { path, table, headers, fields };
}

/** The column with exactly this header. */
export function columnAt(table: Table, header: string): Column {
  const column = table.columns.find((each) => each.header === header);
  if (column === undefined) throw new Error("a column of the export was not read");
  return column;
}
