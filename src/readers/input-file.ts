import { createHash } from "node:crypto";
import { type BigIntStats, closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { CasedrawError } from "../errors.js";

/** One ordinary local file, opened once; every pass reads through the same descriptor. */
export interface InputFile {
  readonly descriptor: number;
  /** The path that was opened. */
  readonly path: string;
  /** The path as the plan writes it, for messages. */
  readonly label: string;
  /** Bytes. */
  readonly size: number;
  readonly modified: bigint;
}

/** What a file holds, made in memory: the content of an encrypted one. */
export interface MemoryFile {
  readonly bytes: Buffer;
  /** The path as the plan writes it, for messages. */
  readonly label: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Opens a file for reading. A link to a file is followed; the path is taken literally, never as a pattern.
 *
 * @throws CasedrawError `FILE_NOT_FOUND`, `FILE_NOT_READABLE`, `NOT_A_FILE`
 */
export function openInput(path: string, label: string): InputFile {
  try {
    // Looked at before it is opened: opening a named pipe would wait for a writer.
    refuseOtherThanFile(statSync(path, { bigint: true }), label);
    const descriptor = openSync(path, "r");
    const stats = fstatSync(descriptor, { bigint: true });
    return { descriptor, path, label, size: Number(stats.size), modified: stats.mtimeNs };
  } catch (error) {
    throw translate(error, label);
  }
}

export function closeInput(file: InputFile): void {
  closeSync(file.descriptor);
}

/**
 * Reads up to `length` bytes at `position` into `target` from `offset`.
 *
 * @returns the bytes read; 0 at the end
 */
export function readAt(
  file: Pick<InputFile, "descriptor" | "label"> | MemoryFile,
  target: Uint8Array,
  offset: number,
  length: number,
  position: number,
): number {
  if ("bytes" in file) return file.bytes.copy(target, offset, position, position + length);
  try {
    return readSync(file.descriptor, target, offset, length, position);
  } catch (error) {
    throw translate(error, file.label);
  }
}

/** The file's bytes in pieces of up to `chunkBytes`; each piece is overwritten by the next. */
export function* readChunks(file: InputFile, chunkBytes: number): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(file.size, 1)));
  for (let position = 0; ; ) {
    const count = readAt(file, buffer, 0, buffer.length, position);
    if (count === 0) return;
    position += count;
    yield buffer.subarray(0, count);
  }
}

/** SHA-256 of the whole file, lower-case hex. */
export function hashFile(file: InputFile, onBytes: (done: number) => void): string {
  const hash = createHash("sha256");
  let done = 0;
  for (const chunk of readChunks(file, 1 << 20)) {
    hash.update(chunk);
    done += chunk.length;
    onBytes(done);
  }
  return hash.digest("hex");
}

/**
 * Holds the file to what it was when it was opened, so that what was hashed is what was read.
 *
 * @throws CasedrawError `FILE_CHANGED`
 */
export function refuseIfChanged(file: InputFile): void {
  const now = fstatSync(file.descriptor, { bigint: true });
  // The path too: a reader that opens it by itself must not have met another file there.
  const there = statSync(file.path, { bigint: true, throwIfNoEntry: false });
  const same = there !== undefined && there.dev === now.dev && there.ino === now.ino;
  if (!same || Number(now.size) !== file.size || now.mtimeNs !== file.modified) {
    throw new CasedrawError(
      "FILE_CHANGED",
      `File changed while it was read: an input must stay as it is during a run (${file.label}). ` +
        `Wait until the program that writes it has finished, then run again.`,
      { file: file.label },
    );
  }
}

function refuseOtherThanFile(stats: BigIntStats, label: string): void {
  if (stats.isFile()) return;
  const kind = stats.isDirectory() ? "a folder" : "a device, pipe or socket";
  throw new CasedrawError(
    "NOT_A_FILE",
    `Not a file: casedraw reads ordinary local files, got ${kind} (${label}). Name the export itself.`,
    { file: label, kind },
  );
}

function translate(error: unknown, label: string): unknown {
  const cause = error instanceof Error && "code" in error ? error.code : undefined;
  if (error instanceof CasedrawError || typeof cause !== "string") return error;
  if (cause === "ENOENT" || cause === "ENOTDIR") {
    return new CasedrawError(
      "FILE_NOT_FOUND",
      `No such file: nothing stands at this path (${label}). Check the spelling; a path in a plan is relative to the plan.`,
      { file: label },
    );
  }
  return new CasedrawError(
    "FILE_NOT_READABLE",
    `File cannot be read: the system answers ${cause} (${label}). ` +
      `Close it in other programs and check that you may open it.`,
    { file: label, system: cause },
  );
}
