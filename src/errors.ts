/**
 * Every way in which casedraw refuses, by code: what it means and what to do.
 * `casedraw explain CODE` prints these.
 */
export const errorCodes = {
  FILE_NOT_FOUND: "No file stands at the path that the plan or the command names.",
  FILE_NOT_READABLE: "The file is there but may not be read (permissions, or another program holds it).",
  NOT_A_FILE: "The path is a folder, a device or a link to one; casedraw reads ordinary local files.",
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** Facts of an error for programs: file, row (1 = first line or sheet row), column (header), and whatever else the code has. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The one error that casedraw throws on bad input, plan or usage.
 *
 * @param code - stable, from {@link errorCodes}
 * @param message - "what: rule, got value (file, row, column). Next step." Never a name or free text of a child's record.
 * @param details - the same facts for programs
 */
export class CasedrawError extends Error {
  override readonly name = "CasedrawError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
