import { createHash } from "node:crypto";
import { lstatSync, readdirSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { now } from "./clock.js";
import { isSystemError } from "./output-error.js";

/** The hidden siblings of an output while a process writes it: the new one being filled, and the old one moved aside. */
export interface PendingPaths {
  readonly fresh: string;
  readonly aside: string;
}

/**
 * Who writes, as the hidden names have it: the process, and a short digest of the name of its computer, since on a shared
 * drive another's processes have numbers of their own.
 */
export function writerName(pid: number = process.pid, host: string = hostname()): string {
  return `${pid}-${createHash("sha256").update(host, "utf8").digest("hex").slice(0, 8)}`;
}

/** Where a process (default: this one) keeps what it has not finished writing to `target`. */
export function pendingPaths(target: string, writer: string = writerName()): PendingPaths {
  const path = resolve(target);
  const sibling = (kind: string) => join(dirname(path), `.${basename(path)}.casedraw-${kind}-${writer}`);
  return { fresh: sibling("new"), aside: sibling("old") };
}

/**
 * Ends what a write to `target` left half done when its process was killed: an old folder that was moved aside comes
 * back if the new one had not taken its place, and every hidden sibling is removed. Siblings of other processes that
 * are still at work are left alone, as are those of another computer until they are a day old; this process's own are taken as left over, so call it only once the write has stopped.
 *
 * @throws the operating system's error if something could not be moved or removed
 */
export function recover(target: string): void {
  for (const writer of stoppedWriters(target)) {
    const { fresh, aside } = pendingPaths(target, writer);
    // The new folder leaves its hidden name in the same step that puts it in place: while both are there, it is not.
    if (exists(fresh) && exists(aside)) {
      // What a person has put in the old one's place since is theirs; then both wait under their hidden names.
      if (!makeRoom(target)) continue;
      renameSync(aside, resolve(target));
    }
    rmSync(aside, { recursive: true, force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
}

function stoppedWriters(target: string): Set<string> {
  const path = resolve(target);
  const prefix = `.${basename(path)}.casedraw-`;
  const writers = new Set<string>();
  for (const name of namesIn(dirname(path))) {
    const suffix = name.startsWith(prefix)
      ? /^(?:new|old)-(([1-9]\d*)-[0-9a-f]{8})$/.exec(name.slice(prefix.length))
      : null;
    if (suffix === null) continue;
    const [writer, pid] = [suffix[1] as string, Number(suffix[2])];
    const isHere = writer === writerName(pid);
    const hasStopped = isHere && (pid === process.pid || !isAlive(pid));
    if (hasStopped || isStale(join(dirname(path), name))) writers.add(writer);
  }
  return writers;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isSystemError(error) && (error.code === "ENOENT" || error.code === "ENOTDIR")) return [];
    throw error;
  }
}

/** Whether a process of this number is at work on this computer. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isSystemError(error) && error.code === "EPERM";
  }
}

/** No write lasts a day: the number has gone to another program since. */
function isStale(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat !== undefined && now().getTime() - stat.mtimeMs > 24 * 60 * 60 * 1000;
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Whether nothing stands at the target, once an empty folder has been cleared away. */
function makeRoom(target: string): boolean {
  const path = resolve(target);
  if (!exists(path)) return true;
  try {
    rmdirSync(path);
    return true;
  } catch {
    return false;
  }
}
