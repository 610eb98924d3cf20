import { closeSync, openSync, readSync, renameSync } from "node:fs";
import { resolve } from "node:path";
import { CasedrawError } from "../errors.js";
import type { WriteOptions } from "./folder.js";
import { pendingPaths, recover } from "./leftovers.js";
import { atOutput } from "./output-error.js";
import { type OutputFile, type OutputStream, openOutput, syncFiles } from "./output-file.js";
import { inspectPlace } from "./output-place.js";

/** A file has no manifest: what casedraw wrote is told by what stands in it. */
export interface FileOptions extends WriteOptions {
  /** Whether `force` may replace the file that is there, an ordinary one. */
  readonly isOwn: (file: string) => boolean;
}

/** Bytes from which {@link beginsWith} tells. */
const beginning = 64 * 1024;

/**
 * Tells files of one kind by their beginning.
 *
 * @param line - what their first line begins with
 * @param further - what else stands in their first 64 kB
 */
export function beginsWith(line: string, further = ""): (file: string) => boolean {
  return (file) => {
    const fd = openSync(file, "r");
    try {
      const bytes = Buffer.alloc(beginning);
      const text = bytes.toString("utf8", 0, readSync(fd, bytes)).replace(/^\uFEFF/, "");
      return text.startsWith(line) && text.includes(further);
    } finally {
      closeSync(fd);
    }
  };
}

/**
 * Writes one file whole or not at all: under a hidden name beside the target (0600), which takes the target's name
 * when everything is on the disk. Stages are those of `writeFolder`, but that nothing is moved aside.
 *
 * @param target - the file; its parent must exist
 * @param content - the bytes, a text, or a function that writes them piece by piece (the file is closed after it)
 * @throws CasedrawError `OUTPUT_EXISTS` for a file that is there already unless `force`, `OUTPUT_NOT_OURS` with it,
 *   `OUTPUT_NOT_WRITABLE`, and those of `inspectPlace`
 */
export async function writeSingleFile(
  target: string,
  content: string | Uint8Array | ((stream: Pick<OutputStream, "write">) => void | Promise<void>),
  options: FileOptions,
): Promise<OutputFile> {
  const tell = options.onStage ?? (() => {});
  tell("preparing");
  atOutput(target, () => recover(target));
  checkReplaceable(target, options);
  const { fresh } = pendingPaths(target);
  const stream = openOutput(fresh, target, target);
  try {
    tell("filling");
    if (typeof content === "function") await content(stream);
    else stream.write(content);
    const written = stream.close();
    await syncFiles([fresh], target);
    tell("whole");
    checkReplaceable(target, options); // the filling may have taken a while
    atOutput(target, () => renameSync(fresh, resolve(target)));
    tell("done");
    return written;
  } catch (error) {
    stream.abandon();
    try {
      recover(target);
    } catch {
      // The first fault is the one to tell; the next run to this place tries again.
    }
    throw error;
  }
}

function checkReplaceable(target: string, options: FileOptions): void {
  const occupant = inspectPlace(target, { kind: "file", protect: options.protect });
  if (occupant === "nothing") return;
  if (!options.force) {
    throw new CasedrawError(
      "OUTPUT_EXISTS",
      `Output file: it must be new, got one that is there already (${target}). ` +
        "Choose another name, or replace what casedraw wrote there with --force.",
      { file: target },
    );
  }
  if (atOutput(target, () => options.isOwn(resolve(target)))) return;
  throw new CasedrawError(
    "OUTPUT_NOT_OURS",
    `Output file: only one that casedraw wrote, of the same kind, is replaced, got another (${target}). ` +
      "Move it elsewhere if you want to keep it, or choose another name.",
    { file: target },
  );
}
