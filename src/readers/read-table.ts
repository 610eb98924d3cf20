import type { InputFingerprint, Table } from "../table/table.js";
import { detectKind, refuseDecoy } from "./file-kind.js";
import { closeInput, openInput } from "./input-file.js";
import type { ReadRequest } from "./read-request.js";
import { readText, type TextOptions } from "./read-text.js";

/**
 * Reads one file into a table: delimited text, an Excel workbook or Parquet, told apart by content and never by name.
 *
 * @param options.readPart - reads half of a large plain text at the same time; without it, this thread reads all of it
 * @returns every record as text, exactly as the file has it, and the fingerprint of the bytes that it was read from
 * @throws CasedrawError with a code for whatever keeps the file from being read whole
 */
export async function readTable(
  request: ReadRequest,
  options: Pick<TextOptions, "readPart"> = {},
): Promise<{ table: Table; fingerprint: InputFingerprint }> {
  const file = openInput(request.path, request.label);
  try {
    const kind = detectKind(file);
    if (kind === "text") {
      refuseDecoy(file, "text");
      return await readText(file, request, options);
    }
    if (kind === "parquet") {
      refuseDecoy(file, "parquet");
      const { readParquet } = await import("./read-parquet.js");
      return await readParquet(file, request);
    }
    const { readWorkbook } = await import("./read-workbook.js");
    if (kind === "zip") return await readWorkbook(file, request);
    const { decryptWorkbook } = await import("./decrypt-workbook.js");
    return await readWorkbook(file, request, await decryptWorkbook(file));
  } finally {
    closeInput(file);
  }
}
