/**
 * One column, dictionary-encoded: row `i` holds `values[codes[i]]`.
 * Cleaning looks at the few distinct `values`; rows only carry codes.
 */
export interface Column {
  /** The header exactly as the file has it. */
  readonly header: string;
  /** Distinct cell texts exactly as the file has them; "" is a blank cell. */
  readonly values: readonly string[];
  /** One code a row: an index into `values`. */
  readonly codes: Int32Array;
}

/** What a reader gives: every record of one file or sheet, and nothing guessed. */
export interface Table {
  /** The path as the plan writes it, for messages. */
  readonly file: string;
  /** The worksheet, where the file is a workbook. */
  readonly sheet?: string;
  readonly rowCount: number;
  /** Where the header stands: the first line of a text file or the first row of a sheet is 1. */
  readonly headerRow?: number;
  /** Every header of the file in its order, exactly as written; blank ones are "". */
  readonly headers: readonly string[];
  /** The columns that were asked for (all of them where none were named), in file order. */
  readonly columns: readonly Column[];
  /** Where record `i` begins in the file: 1 is the first line of a text file or the first row of a sheet. */
  readonly rowNumbers: Int32Array;
  /** What the reader passed over or had to say: blank records, hidden rows, encodings. Never silent. */
  readonly notes: readonly TableNote[];
}

/** Something that a reader passed over or has to say. */
export interface TableNote {
  readonly code:
    | "blank-records"
    | "preamble"
    | "encoding"
    | "hidden-sheet"
    | "hidden-rows"
    | "hidden-columns"
    | "date-system"
    | "values-without-header";
  readonly count: number;
  readonly text: string;
}

/** Size and SHA-256 (lower-case hex) of the bytes that a table was read from. */
export interface InputFingerprint {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Header text for comparison: NFKC, white space (non-breaking too) run to one blank and trimmed,
 * typographic apostrophes and quotes made plain, lower case.
 */
export function headerKey(header: string): string {
  return header
    .normalize("NFKC")
    .replace(/[\u2018\u2019\u02bc\u0060\u00b4]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}
