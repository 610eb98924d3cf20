import { CasedrawError } from "../errors.js";
import { columnName } from "./resolve-columns.js";

/** In what way a record breaks the rules of a text file. */
export type TextFault = keyof typeof faults;

/** Where a text file is malformed. */
export interface MalformedPlace {
  readonly file: string;
  /** 1-based line, and character in that line. */
  readonly line: number;
  readonly character: number;
  /** 0-based field; for a row of the wrong width the number of its fields. */
  readonly field: number;
  /** Empty above and in the header itself. */
  readonly headers: readonly string[];
}

const faults = {
  ROW_TOO_SHORT: {
    what: "Row too short",
    next: "A line break inside a value has to stand in quotes; else ask for the row again.",
  },
  ROW_TOO_LONG: {
    what: "Row too long",
    next: "A delimiter inside a value has to stand in quotes; correct the row or ask for it again.",
  },
  QUOTE_NOT_CLOSED: {
    what: "Quote not closed: a value that starts with a quote must end with one",
    next: "Close the quote, or double it where it belongs to the text.",
  },
  TEXT_BESIDE_QUOTES: {
    what: "Text beside quotes: after a closing quote only a delimiter or the line's end may come",
    next: "Put the whole value in quotes, and double a quote that belongs to it.",
  },
  QUOTE_IN_VALUE: {
    what: "Quote inside a value that does not start with one",
    next: "Put the whole value in quotes, and double the quote that belongs to it.",
  },
  CARRIAGE_RETURN_ALONE: {
    what: "Carriage return alone: a line must end with LF or CRLF",
    next: "Save the file again with ordinary line ends.",
  },
  RECORD_TOO_LONG: {
    what: "Record too long: no row of an export has more than 4 MB",
    next: "Check that the file is a table with line ends.",
  },
} as const;

/** The error for a malformed record; it names the place and never what stands there. */
export function malformedText(fault: TextFault, place: MalformedPlace): CasedrawError {
  const { file, line, character, field, headers } = place;
  const { what, next } = faults[fault];
  if (fault === "ROW_TOO_SHORT" || fault === "ROW_TOO_LONG") {
    return new CasedrawError(
      fault,
      `${what}: every row must have ${headers.length} values like the header, got ${field} (${file}, line ${line}). ${next}`,
      { file, row: line, expected: headers.length, got: field },
    );
  }
  const column = columnName(headers, field);
  return new CasedrawError(
    fault,
    `${what} (${file}, line ${line}, character ${character}, ${column}). ${next}`,
    {
      file,
      row: line,
      character,
      column: headers[field] || field + 1,
    },
  );
}
