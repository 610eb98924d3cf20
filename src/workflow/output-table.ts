import { type CsvCell, writeCsv } from "../report/csv.js";
import type { FolderWriter } from "../report/folder.js";

/** A table as files hold it: the header and its rows. */
export interface OutputTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly CsvCell[])[];
}

/** Writes a table as CSV, row by row. */
export function writeTable(folder: Pick<FolderWriter, "stream">, name: string, table: OutputTable): void {
  const stream = folder.stream(name);
  tableRows((chunk) => stream.write(chunk), table);
  stream.close();
}

/** A table's text as CSV, piece by piece. */
export function tableRows(sink: (chunk: string) => void, { header, rows }: OutputTable): void {
  writeCsv(sink, header, (row) => {
    for (const cells of rows) row(cells);
  });
}
