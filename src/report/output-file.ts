import { createHash } from "node:crypto";
import { closeSync, fchmodSync, openSync, writeSync } from "node:fs";
import { open } from "node:fs/promises";
import { atOutput, outputError } from "./output-error.js";

/** Whether a folder's manifest leaves a file out of its list: itself, and what a run says of itself in any subfolder. */
export function isRecord(path: string): boolean {
  return path === "manifest.json" || /(^|\/)run\.json$/.test(path);
}

/** A file that was written, by its path in the folder (or as the user named it) with size and SHA-256 in hexadecimal. */
export interface OutputFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A file being written piece by piece; text goes out as UTF-8. */
export interface OutputStream {
  write(chunk: string | Uint8Array): void;
  /** Ends the file; {@link syncFiles} puts it on the disk. */
  close(): OutputFile;
}

/** {@link OutputStream} over a new file, which may be given up. */
export interface OpenOutput extends OutputStream {
  /** Lets go of the file if it is still open. */
  abandon(): void;
}

/**
 * Makes a new file that its owner alone may read, hashing what is written to it.
 *
 * @param at - the file to make
 * @param path - its name in the result
 * @param target - the output that it belongs to, for messages
 * @throws CasedrawError `OUTPUT_NOT_WRITABLE`, also from the stream's own functions
 */
export function openOutput(at: string, path: string, target: string): OpenOutput {
  const hash = createHash("sha256");
  let bytes = 0;
  let fd: number | undefined = atOutput(target, () => openSync(at, "wx", 0o600));
  const opened = (): number => {
    if (fd === undefined) throw new Error(`Output file "${path}" is closed already`);
    return fd;
  };
  const abandon = (): void => {
    if (fd === undefined) return;
    closeSync(fd);
    fd = undefined;
  };
  return {
    write(chunk) {
      const data = typeof chunk === "string" ? Buffer.from(chunk, "utf8") : chunk;
      hash.update(data);
      atOutput(target, () => {
        for (let done = 0; done < data.length; ) done += writeSync(opened(), data, done);
      });
      bytes += data.length;
    },
    close() {
      atOutput(target, () => {
        fchmodSync(opened(), 0o600); // a umask can take the owner's own rights away
        abandon();
      });
      return { path, bytes, sha256: hash.digest("hex") };
    },
    abandon,
  };
}

/** So many files are put on the disk at a time. */
const mostAtOnce = 16;

/**
 * Waits until files that were written and closed are on the disk. Many together take little longer than one.
 *
 * @param target - the output that they belong to, for messages
 * @throws CasedrawError `OUTPUT_NOT_WRITABLE`
 */
export async function syncFiles(paths: readonly string[], target: string): Promise<void> {
  const left = paths.values();
  const syncInTurn = async (): Promise<void> => {
    for (const path of left) {
      const file = await open(path, "r+");
      try {
        await file.sync();
      } finally {
        await file.close();
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: mostAtOnce }, syncInTurn));
  } catch (error) {
    throw outputError(target, error);
  }
}
