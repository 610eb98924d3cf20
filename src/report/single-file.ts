import { renameSync } from "node:fs";
import { resolve } from "node:path";
import { CasedrawError } from "../errors.js";
import type { WriteOptions } from "./folder.js";
import { pendingPaths, recover } from "./leftovers.js";
import { atOutput } from "./output-error.js";
import { type OutputFile, type OutputStream, openOutput, syncFiles } from "./output-file.js";
import { inspectPlace } from "./output-place.js";

/**
 * Writes one file whole or not at all: under a hidden name beside the target (0600), which takes the target's name
 * when everything is on the disk. Stages are those of `writeFolder`, but that nothing is moved aside.
 *
 * @param target - the file; its parent must exist
 * @param content - the bytes, a text, or a function that writes them piece by piece (the file is closed after it)
 * @throws CasedrawError `OUTPUT_EXISTS` for a file that is there already unless `force`, `OUTPUT_NOT_WRITABLE`, and
 *   those of `inspectPlace`
 */
export async function writeSingleFile(
  target: string,
  content: string | Uint8Array | ((stream: Pick<OutputStream, "write">) => void | Promise<void>),
  options: WriteOptions,
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

function checkReplaceable(target: string, options: WriteOptions): void {
  const occupant = inspectPlace(target, { kind: "file", protect: options.protect });
  if (occupant === "nothing" || options.force) return;
  throw new CasedrawError(
    "OUTPUT_EXISTS",
    `Output file: it must be new, got one that is there already (${target}). ` +
      "Choose another name, or replace it with --force.",
    { file: target },
  );
}
