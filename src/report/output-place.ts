import { type BigIntStats, lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { CasedrawError } from "../errors.js";
import { atOutput } from "./output-error.js";

/** What stands at an output's place. */
export type Occupant = "nothing" | "an empty folder" | "a full folder" | "a file";

/**
 * Looks at the place where an output is to go, and refuses what may never be replaced.
 *
 * @param target - the path as the user wrote it, for messages too
 * @param options.kind - what is to be written there
 * @param options.protect - files (the plan, the inputs, the register) that the target may neither be nor contain
 * @returns what stands there now
 * @throws CasedrawError `OUTPUT_PARENT_MISSING`, `OUTPUT_IS_A_LINK`, `OUTPUT_NOT_A_FOLDER`, `OUTPUT_NOT_A_FILE`,
 *   `OUTPUT_HOLDS_INPUT`, `OUTPUT_NOT_WRITABLE`
 */
export function inspectPlace(
  target: string,
  options: { readonly kind: "folder" | "file"; readonly protect: readonly string[] },
): Occupant {
  return atOutput(target, () => {
    const path = resolve(target);
    checkParent(target, path);
    const found = lstatSync(path, { throwIfNoEntry: false, bigint: true });
    if (found === undefined) {
      checkPlanned(target, path, options.protect);
      return "nothing";
    }
    checkKind(target, found, options.kind);
    checkProtected(target, found, [...options.protect, process.cwd()]);
    if (found.isFile()) return "a file";
    return readdirSync(path).length === 0 ? "an empty folder" : "a full folder";
  });
}

function checkParent(target: string, path: string): void {
  if (statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()) return;
  throw new CasedrawError(
    "OUTPUT_PARENT_MISSING",
    `Output: the folder that is to hold it must exist, got none (${target}). Make it first, or choose another place.`,
    { file: target },
  );
}

function checkKind(target: string, found: BigIntStats, kind: "folder" | "file"): void {
  if (found.isSymbolicLink()) {
    throw new CasedrawError(
      "OUTPUT_IS_A_LINK",
      `Output: it must not be a symbolic link, got one (${target}). Name the place that it leads to, or another.`,
      { file: target },
    );
  }
  if (kind === "folder" && !found.isDirectory()) {
    throw new CasedrawError(
      "OUTPUT_NOT_A_FOLDER",
      `Output: it has to be a folder, got ${found.isFile() ? "a file" : "a device"} (${target}). Choose another name.`,
      { file: target },
    );
  }
  if (kind === "file" && !found.isFile()) {
    throw new CasedrawError(
      "OUTPUT_NOT_A_FILE",
      `Output: it has to be an ordinary file, got ${found.isDirectory() ? "a folder" : "a device"} (${target}). ` +
        "Name a file.",
      { file: target },
    );
  }
}

/** Compares files themselves, not their names: hard links, letter case and links on the way make no difference. */
function checkProtected(target: string, found: BigIntStats, paths: readonly string[]): void {
  for (const path of paths) {
    if (withParents(path).some((at) => isSame(at, found))) throw holds(target, path);
  }
}

/** The register, unlike the other files to protect, may be about to be made: then there are only names to compare. */
function checkPlanned(target: string, path: string, paths: readonly string[]): void {
  const folder = statSync(dirname(path), { bigint: true });
  for (const other of paths) {
    const within = withParents(other).includes(path);
    const beside = basename(other) === basename(path) && isSame(dirname(resolve(other)), folder);
    if (within || beside) throw holds(target, other);
  }
}

function holds(target: string, path: string): CasedrawError {
  return new CasedrawError(
    "OUTPUT_HOLDS_INPUT",
    "Output: it must not be or contain the plan, an input, the register of draws or the current folder, " +
      `got ${path} (${target}). Choose another place.`,
    { file: target, holds: path },
  );
}

function withParents(path: string): string[] {
  const chain: string[] = [];
  for (const start of [resolve(path), realPath(path)]) {
    for (let at = start; at !== undefined; at = dirname(at) === at ? undefined : dirname(at)) chain.push(at);
  }
  return chain;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined; // an input that is not there is for its reader to refuse
  }
}

function isSame(path: string, found: BigIntStats): boolean {
  const other = statSync(path, { throwIfNoEntry: false, bigint: true });
  return other !== undefined && other.ino === found.ino && other.dev === found.dev;
}
