import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CasedrawError } from "../errors.js";
import { compareBytes } from "../frame/text.js";
import { pendingPaths, recover } from "./leftovers.js";
import type { ManifestOutput } from "./manifest.js";
import { atOutput } from "./output-error.js";
import {
  isRecord,
  type OpenOutput,
  type OutputFile,
  type OutputStream,
  openOutput,
  syncFiles,
} from "./output-file.js";
import { inspectPlace } from "./output-place.js";

/** How far a write is: nothing done; being filled; whole but hidden; the old one moved aside; the new one in place; over. */
export type WriteStage = "preparing" | "filling" | "whole" | "aside" | "placed" | "done";

export interface WriteOptions {
  /** Replace what casedraw wrote there earlier, if nobody has changed it since. */
  readonly force: boolean;
  /** The plan, the inputs and the register: the target may neither be nor contain one of them. */
  readonly protect: readonly string[];
  readonly onStage?: (stage: WriteStage) => void;
}

/** Takes the files of a folder, by names such as `sample.csv` or `tables/age.csv`. */
export interface FolderWriter {
  /** Where the folder is being filled, under its hidden name: a file can be read there once it is closed. */
  readonly path: string;
  file(name: string, content: string | Uint8Array): OutputFile;
  /** A file written piece by piece; close it before the filling ends. */
  stream(name: string): OutputStream;
  /** What the manifest lists: every file so far but itself and any `run.json`, in byte order of their paths. */
  outputs(): readonly ManifestOutput[];
}

/**
 * Writes a folder whole or not at all: it is filled under a hidden name beside the target (folders 0700, files 0600)
 * and takes its name when everything is on the disk. What an earlier, killed run left beside the target is cleared
 * first. A process writes to one target once at a time.
 *
 * @param target - the folder; its parent must exist
 * @param fill - writes the files; what it throws comes out as it is, with nothing left behind
 * @throws CasedrawError `OUTPUT_EXISTS` for a folder that is not empty unless `force`, `OUTPUT_NOT_OURS` and
 *   `OUTPUT_CONTINUED` with it, `OUTPUT_NOT_WRITABLE`, and those of {@link inspectPlace}
 */
export async function writeFolder(
  target: string,
  options: WriteOptions,
  fill: (folder: FolderWriter) => void | Promise<void>,
): Promise<void> {
  const tell = options.onStage ?? (() => {});
  tell("preparing");
  atOutput(target, () => recover(target));
  await checkReplaceable(target, options);
  const { fresh, aside } = pendingPaths(target);
  try {
    atOutput(target, () => makeFolder(fresh));
    tell("filling");
    await fillFolder(fresh, target, fill);
    tell("whole");
    await checkReplaceable(target, options); // the filling may have taken a while
    atOutput(target, () => place(target, fresh, aside, tell));
  } catch (error) {
    try {
      recover(target);
    } catch {
      // The first fault is the one to tell; the next run to this place tries again.
    }
    throw error;
  }
  tell("done");
}

async function checkReplaceable(target: string, options: WriteOptions): Promise<void> {
  if (inspectPlace(target, { kind: "folder", protect: options.protect }) !== "a full folder") return;
  if (!options.force) {
    throw new CasedrawError(
      "OUTPUT_EXISTS",
      `Output folder: it must be new or empty, got one that holds something (${target}). ` +
        "Choose another, or replace what casedraw wrote there with --force.",
      { file: target },
    );
  }
  const { checkOwnFolder, refuseContinued } = await import("./own-folder.js"); // the manifest's checker is slow to load
  checkOwnFolder(target);
  refuseContinued(target);
}

async function fillFolder(
  fresh: string,
  target: string,
  fill: (folder: FolderWriter) => void | Promise<void>,
): Promise<void> {
  const folders = new Set([fresh]);
  const streams: OpenOutput[] = [];
  const files: OutputFile[] = [];
  const stream = (name: string): OutputStream => {
    const parts = name.split("/");
    if (!parts.every((part) => /^[^\\/\0]+$/.test(part) && part !== "." && part !== "..")) {
      throw new Error(`"${name}" does not name a file within the folder`);
    }
    for (let depth = 1; depth < parts.length; depth++) {
      const folder = join(fresh, ...parts.slice(0, depth));
      if (!folders.has(folder)) atOutput(target, () => makeFolder(folder));
      folders.add(folder);
    }
    const opened = openOutput(join(fresh, ...parts), name, target);
    streams.push(opened);
    return {
      write: opened.write,
      close() {
        const written = opened.close();
        files.push(written);
        return written;
      },
    };
  };
  const writer: FolderWriter = {
    path: fresh,
    stream,
    file(name, content) {
      const opened = stream(name);
      opened.write(content);
      return opened.close();
    },
    outputs: () =>
      files
        .filter(({ path }) => !isRecord(path))
        .map(({ path, sha256 }) => ({ path, sha256 }))
        .sort((a, b) => compareBytes(a.path, b.path)),
  };
  try {
    await fill(writer);
    if (files.length !== streams.length) throw new Error("The filling ended before every file was closed");
  } finally {
    for (const opened of streams) opened.abandon();
  }
  const paths = files.map(({ path }) => join(fresh, path));
  await syncFiles(paths, target);
  for (const folder of folders) atOutput(target, () => syncFolder(folder));
}

/** Puts the new folder in the target's place; {@link recover} tells its two moves apart if it is cut between them. */
function place(target: string, fresh: string, aside: string, tell: (stage: WriteStage) => void): void {
  const path = resolve(target);
  const occupant = inspectPlace(target, { kind: "folder", protect: [] });
  if (occupant === "an empty folder") rmdirSync(path);
  if (occupant === "a full folder") {
    renameSync(path, aside);
    tell("aside");
  }
  renameSync(fresh, path);
  syncFolder(dirname(path));
  tell("placed");
  try {
    rmSync(aside, { recursive: true, force: true });
  } catch {
    throw new CasedrawError(
      "OUTPUT_NOT_WRITABLE",
      `Output folder: the new one is in place, but the old one could not be removed (${aside}). Remove it by hand.`,
      { file: target, aside },
    );
  }
}

function makeFolder(path: string): void {
  mkdirSync(path, { mode: 0o700 });
  chmodSync(path, 0o700); // a umask can take the owner's own rights away
}

/** Puts the names in a folder on the disk. */
export function syncFolder(path: string): void {
  if (process.platform === "win32") return; // it opens no folder for this
  const fd = openSync(path, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
