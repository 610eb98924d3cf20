import {
  closeSync,
  existsSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { threadId } from "node:worker_threads";
import { CasedrawError } from "../../errors.js";
import { isAlive } from "../leftovers.js";
import { isSystemError } from "../output-error.js";

/** Milliseconds: how long a run waits for another's few, and how often it looks. */
const patience = 5000;
const pause = 20;

/**
 * Does something while no other run does it to the same file. The lock is a file beside it, `draws.jsonl.lock`, with the
 * holder's process and computer; one that a run on this computer left when it was killed is taken over.
 *
 * @param act - at once and without waiting, so that within one thread nothing comes between
 * @throws CasedrawError `REGISTER_LOCKED` after five seconds, and the operating system's errors
 */
export async function withLock<T>(file: string, act: () => T): Promise<T> {
  const lock = `${file}.lock`;
  const end = performance.now() + patience;
  while (!take(lock)) {
    if (performance.now() > end) throw locked(file, lock);
    clearDead(lock);
    await delay(pause);
  }
  try {
    return act();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Removes the locks that this process left on a file when its work was ended. */
export function clearOwnLock(file: string): void {
  const folder = dirname(file);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(file)}.lock`)) continue;
    const holder = holderOf(join(folder, name));
    if (holder?.pid === process.pid && holder.host === hostname())
      rmSync(join(folder, name), { force: true });
  }
}

/** Whether the lock is this run's now. It appears with its content, so that nobody finds it without a holder. */
function take(lock: string): boolean {
  const content = JSON.stringify({ pid: process.pid, host: hostname() });
  const fresh = `${lock}-${process.pid}-${threadId}`;
  try {
    writeFileSync(fresh, content, { mode: 0o600 });
    return taken(() => linkSync(fresh, lock)) ?? takeWithoutLink(lock, content);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Where a file can have no second name, as on a memory stick. */
function takeWithoutLink(lock: string, content: string): boolean {
  let fd = -1;
  const ours = taken(() => {
    fd = openSync(lock, "wx", 0o600);
  });
  if (ours === false) return false;
  try {
    writeFileSync(fd, content);
    return true;
  } catch (error) {
    rmSync(lock, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
}

/** False where something stands there already; undefined where this kind of disk cannot do it. */
function taken(make: () => void): boolean | undefined {
  try {
    make();
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === "EEXIST") return false;
    if (isSystemError(error) && error.syscall === "link") return undefined;
    throw error;
  }
}

/** Removes a lock whose process has ended. A lock on the lock keeps a second run from removing a third's new one. */
function clearDead(lock: string): void {
  if (!isDead(lock)) return;
  const second = `${lock}.lock`;
  if (!take(second)) return;
  try {
    if (isDead(lock)) rmSync(lock, { force: true });
  } finally {
    rmSync(second, { force: true });
  }
}

function isDead(lock: string): boolean {
  const holder = holderOf(lock);
  return holder !== undefined && holder.host === hostname() && !isAlive(holder.pid);
}

function holderOf(lock: string): { readonly pid: number; readonly host: string } | undefined {
  try {
    const holder = JSON.parse(readFileSync(lock, "utf8")) as { pid?: unknown; host?: unknown } | null;
    const { pid, host } = holder ?? {};
    return Number.isInteger(pid) && typeof host === "string" ? { pid: pid as number, host } : undefined;
  } catch {
    return undefined; // gone meanwhile, or not of our making
  }
}

function locked(file: string, lock: string): CasedrawError {
  const holder = holderOf(lock);
  const who = holder === undefined ? "a lock" : `a lock of process ${holder.pid} on ${holder.host}`;
  const inTheWay = [lock, `${lock}.lock`].filter((path) => existsSync(path)).join(" and ");
  return new CasedrawError(
    "REGISTER_LOCKED",
    `Register: one run writes to it at a time, got ${who} (${file}). Nothing was written. ` +
      `Run again when that run is over; if none is at work, remove ${inTheWay === "" ? lock : inTheWay}.`,
    { file, lock },
  );
}
