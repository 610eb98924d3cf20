import process from "node:process";
import { CasedrawError } from "../errors.js";
import type { Progress } from "../workflow/progress.js";

/** Where relative paths begin, and who is told how far the work is. */
export interface WorkOptions {
  /** Folder at which relative paths begin; by default the current one. */
  readonly cwd?: string;
  /** Told how far the work is: a step's name, and its fraction, 0 to 1, where that is known. */
  readonly onProgress?: (step: string, fraction?: number) => void;
}

/** How a folder is written: whole, or not at all. */
export interface WriteOptions extends WorkOptions {
  /** The folder. One that is there and not empty is refused. */
  readonly out: string;
  /** Whether a folder that casedraw wrote and nobody changed is replaced; default false. */
  readonly force?: boolean;
}

interface Work {
  readonly cwd: string;
  readonly progress: Progress;
}

/** What the workflows want to be told of a run. */
export function workOf({ cwd = process.cwd(), onProgress = () => {} }: WorkOptions): Work {
  return { cwd, progress: onProgress };
}

/**
 * The same where something is written. Nobody interrupts a script halfway and goes on, so nobody is told of its outputs.
 *
 * @throws CasedrawError `CALL_INVALID` without a folder
 */
export function writingOf(
  options: WriteOptions,
): Work & { readonly out: string; readonly force: boolean; readonly claim: () => void } {
  const { out, force = false } = options ?? {};
  if (typeof out !== "string") {
    throw new CasedrawError(
      "CALL_INVALID",
      'Nothing says where to write: name the folder, such as { out: "my-sample" }.',
    );
  }
  return { ...workOf(options), out, force, claim: () => {} };
}

/**
 * The seed of a call. Notebooks check no types: one that was left out would be drawn with as the word "undefined".
 *
 * @throws CasedrawError `CALL_INVALID` where it is no text
 */
export function seedOf(options: { readonly seed: string }): string {
  const { seed } = options ?? {};
  if (typeof seed === "string") return seed;
  const got = seed === undefined ? "none" : `one of type ${typeof seed}`;
  throw new CasedrawError(
    "CALL_INVALID",
    `A seed is wanted as text, such as { seed: "314159" }, got ${got}.`,
  );
}

/** Those of some options that are given: an option that is undefined is left out. */
export function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
