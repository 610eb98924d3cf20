import { readFileSync } from "node:fs";
import { CasedrawError } from "../errors.js";

/**
 * A whole UTF-8 text file.
 *
 * @param label - the path for messages
 * @param what - what it should be, for messages
 */
export function readText(path: string, label: string, what: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new CasedrawError(
        "FILE_NOT_FOUND",
        `${what} not found: there is no file ${label}. Check the path.`,
        {
          file: label,
        },
      );
    }
    if (code === "EISDIR") {
      throw new CasedrawError(
        "NOT_A_FILE",
        `${what} is a folder: a file is wanted, got ${label}. Check the path.`,
        {
          file: label,
        },
      );
    }
    if (error instanceof TypeError) {
      throw new CasedrawError(
        "FILE_NOT_READABLE",
        `${what} is not UTF-8 text (${label}). Save it as UTF-8.`,
        {
          file: label,
        },
      );
    }
    throw new CasedrawError(
      "FILE_NOT_READABLE",
      `${what} cannot be read (${label}): ${code ?? "unknown cause"}. Check who may read it.`,
      { file: label },
    );
  }
}
