import type { CasedrawError, ErrorCode } from "../errors.js";
import type { RowSource } from "./finding.js";

/** Something that `buildFrame` refuses, with every row that it is about. */
export interface Problem {
  readonly code: ErrorCode;
  /** The refusal itself, as `buildFrame` words it. */
  readonly error: CasedrawError;
  /** Standard names, the one at fault first. */
  readonly fields: readonly string[];
  /** The file, with its sheet, and the header where there is one. */
  readonly file: string;
  readonly header?: string;
  /** Rows of `source`, ascending. */
  readonly rows: Int32Array;
  /** The file is the officer's own, and no business of the data's owner. */
  readonly isOwn?: true;
  /** Absent where the rows are those of the stacked data. */
  readonly source?: RowSource;
}

/** Fields that cannot be gone by: a column of theirs has dates of both orders. */
export function setAsideFields(problems: readonly Problem[]): string[] {
  return [...new Set(problems.flatMap(({ code, fields }) => (code === "DATE_ORDER_MIXED" ? fields : [])))];
}

/** Lines of a file in which a field cannot be read. */
export function unreadableLines(
  problems: readonly Problem[],
  name: string,
  file: string,
): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const { fields, file: where, header, rows, source } of problems) {
    if (source === undefined || header === undefined || fields[0] !== name || where !== file) continue;
    for (const row of rows) lines.add(source.places.rowOf[row] as number);
  }
  return lines;
}

/** The rows of a file that holds no units. */
export function rowsOfFile(file: string, rowNumbers: Int32Array): RowSource {
  return {
    idOf: () => "",
    places: { files: [file], fileOf: new Int32Array(rowNumbers.length), rowOf: rowNumbers },
  };
}
