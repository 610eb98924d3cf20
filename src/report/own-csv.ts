import { CsvError, parse } from "csv-parse/sync";
import { CasedrawError, type ErrorDetails } from "../errors.js";

/** A CSV of our own read back: every cell the text that was written. */
export interface OwnCsv {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads a CSV that casedraw wrote, stripping exactly one leading apostrophe from a cell that has one. A byte order
 * mark or other line ends that a program has put in since are passed over.
 *
 * @param text - the whole file, decoded
 * @param file - its path, for messages
 * @throws CasedrawError `OWN_CSV_MALFORMED` if it is empty or not RFC 4180 with records of one width
 */
export function readOwnCsv(text: string, file: string): OwnCsv {
  let records: string[][];
  try {
    records = parse(text, {
      bom: true,
      on_record: (record: string[]) => record.map((cell) => (cell.startsWith("'") ? cell.slice(1) : cell)),
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw malformed(file, `it is not well-formed at line ${String(error.lines)}`, { row: error.lines });
  }
  const [header, ...rows] = records;
  if (header === undefined) throw malformed(file, "it is empty");
  return { header, rows };
}

function malformed(file: string, what: string, details: ErrorDetails = {}): CasedrawError {
  return new CasedrawError(
    "OWN_CSV_MALFORMED",
    `Output file: casedraw reads back only what it wrote, and ${what} (${file}). ` +
      "Restore the file as it was written, or draw again from the plan.",
    { file, ...details },
  );
}
