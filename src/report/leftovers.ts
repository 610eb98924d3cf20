import { lstatSync, readdirSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { now } from "./clock.js";
import { isSystemError } from "./output-error.js";

/** The hidden siblings of an output while a process writes it: the new one being filled, and the old one moved aside. */
export interface PendingPaths {
  readonly fresh: string;
  readonly aside: string;
}

/** Where process `pid` (default: this one) keeps what it has not finished writing to `target`. */
export function pendingPaths(target: string, pid: number = process.pid): PendingPaths {
  const path = resolve(target);
  const sibling = (kind: string) => join(dirname(path), `.${basename(path)}.casedraw-${kind}-${pid}`);
  return { fresh: sibling("new"), aside: sibling("old") };
}

/**
 * Ends what a write to `target` left half done when its process was killed: an old folder that was moved aside comes
 * back if the new one had not taken its place, and every hidden sibling is removed. Siblings of other processes that
 * are still at work are left alone; this process's own are taken as left over, so call it only once the write has stopped.
 *
 * @throws the operating system's error if something could not be moved or removed
 */
export function recover(target: string): void {
  for (const pid of stoppedWriters(target)) {
    const { fresh, aside } = pendingPaths(target, pid);
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

function stoppedWriters(target: string): Set<number> {
  const path = resolve(target);
  const prefix = `.${basename(path)}.casedraw-`;
  const pids = new Set<number>();
  for (const name of namesIn(dirname(path))) {
    const suffix = name.startsWith(prefix)
      ? /^(?:new|old)-([1-9]\d*)$/.exec(name.slice(prefix.length))
      : null;
    if (suffix === null) continue;
    const pid = Number(suffix[1]);
    if (pid === process.pid || !isAlive(pid) || isStale(join(dirname(path), name))) pids.add(pid);
  }
  return pids;
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
