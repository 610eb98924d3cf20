import { CasedrawError } from "../../errors.js";
import { detectKind } from "../../readers/file-kind.js";
import { closeInput, openInput } from "../../readers/input-file.js";
import { readTable } from "../../readers/read-table.js";
import type { Table } from "../../table/table.js";

/** A file that a plan names beside its export, as it was read. */
export interface SuppliedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Reads a CSV that a plan names beside its export.
 *
 * @param path - as the plan writes it
 * @param options.file - where it lies, absolute
 * @param options.key - of the plan, for messages
 * @throws CasedrawError of the readers; `SUPPLIED_NOT_CSV`
 */
export async function readSuppliedTable(
  path: string,
  { file, key }: { readonly file: string; readonly key: string },
): Promise<{ readonly table: Table; readonly supplied: SuppliedFile }> {
  refuseOtherThanCsv(file, path, key);
  const { table, fingerprint } = await readTable({ path: file, label: path });
  return { table, supplied: { path, bytes: fingerprint.bytes, sha256: fingerprint.sha256 } };
}

/** A workbook or Parquet file has no place in these keys; a file that is not there is named with its key. */
function refuseOtherThanCsv(path: string, label: string, key: string): void {
  const file = openInput(path, `${label}, ${key}`);
  try {
    if (detectKind(file) === "text") return;
  } finally {
    closeInput(file);
  }
  throw new CasedrawError(
    "SUPPLIED_NOT_CSV",
    `Not a CSV file: ${key} must be a text file of delimited values, got a workbook or a Parquet file (${label}). Save its sheet as CSV and name that.`,
    { file: label, key },
  );
}
