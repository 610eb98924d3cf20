import {
  closeSync,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import { now } from "../clock.js";
import { syncFolder } from "../folder.js";
import { diskFault, isSystemError } from "../output-error.js";
import { type AddedLine, nextLine, type RegisterEntry, type RegisterLine, readRegister } from "./lines.js";
import { withLock } from "./lock.js";

/** A register after a line was added. */
export interface Appended {
  readonly before: readonly RegisterLine[];
  readonly line: AddedLine;
}

/**
 * Adds a line to a register, on the disk before this returns. The file is made where there is none, and nothing that
 * stands in it is ever changed: a last line that a crash cut short stays, and the new one follows it.
 *
 * @param file - absolute; its folder must exist
 * @param onLine - told the line just before it is written
 * @returns the new line, and those before it
 * @throws CasedrawError `REGISTER_NOT_WRITABLE`, `REGISTER_LOCKED`, `REGISTER_INVALID`, `REGISTER_BROKEN`,
 *   `REGISTER_FORMAT_UNKNOWN`; then nothing was added
 */
export async function appendToRegister(
  file: string,
  entry: RegisterEntry,
  onLine: (line: AddedLine) => void = () => {},
): Promise<Appended> {
  try {
    checkPlace(file);
    return await withLock(file, () => append(file, entry, onLine));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const missing = error.code === "ENOENT" || error.code === "ENOTDIR";
    throw notWritable(file, missing ? "no folder that could hold it" : diskFault(error.code).got, error.code);
  }
}

function checkPlace(file: string): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined || found.isFile()) return;
  const kind = found.isDirectory() ? "a folder" : found.isSymbolicLink() ? "a symbolic link" : "a device";
  throw notWritable(file, kind, kind);
}

function append(file: string, entry: RegisterEntry, onLine: (line: AddedLine) => void): Appended {
  const made = !existsSync(file);
  const fd = openSync(file, "a+", 0o600);
  try {
    const bytes = readFileSync(fd);
    const lines = readRegister(bytes, file);
    refuseFaults(lines, file);
    const { text, line } = nextLine(lines, entry, now());
    const unfinished = bytes.length > 0 && bytes.at(-1) !== 0x0a;
    if (bytes.length === 0) fchmodSync(fd, 0o600); // a umask can take the owner's own rights away
    onLine(line);
    write(fd, `${unfinished ? "\n" : ""}${text}\n`);
    if (bytes.length === 0) syncFolder(dirname(resolve(file)));
    return { before: lines, line };
  } catch (error) {
    if (made) rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
}

/** All of a text or nothing of it. */
function write(fd: number, text: string): void {
  const { size } = fstatSync(fd);
  const data = Buffer.from(text);
  try {
    for (let done = 0; done < data.length; ) done += writeSync(fd, data, done);
    fsyncSync(fd);
  } catch (error) {
    try {
      ftruncateSync(fd, size);
    } catch {
      // Then the part stays as a line cut short, which the next reader tells.
    }
    throw error;
  }
}

function refuseFaults(lines: readonly RegisterLine[], file: string): void {
  const broken = lines.find(({ fault }) => fault !== undefined);
  if (broken === undefined) return;
  const { number, record, fault } = broken;
  if (number === 1 && record === undefined) {
    throw new CasedrawError(
      "REGISTER_INVALID",
      `Register: it must hold lines that casedraw wrote and nothing else, got another file (${file}). ` +
        "Nothing was written. Name another one with --register FILE.",
      { file },
    );
  }
  throw new CasedrawError(
    "REGISTER_BROKEN",
    `Register: each line must follow the one before it, got line ${number}, which ${fault} (${file}). ` +
      "Nothing was written. Put it back as it was from a copy; or keep it, and begin another with --register FILE.",
    { file, row: number },
  );
}

function notWritable(file: string, got: string, reason: string): CasedrawError {
  return new CasedrawError(
    "REGISTER_NOT_WRITABLE",
    `Register: a draw is entered in it first, and it could not be written, got ${got} (${file}). Nothing was written. ` +
      "Name a file in a place that you may write to with --register FILE, or do without one with --register none.",
    { file, reason },
  );
}
