import type { Invocation } from "./command.js";

/** Options of `casedraw sample` that only a continuation of a sample has. */
export const continuationOptions = ["replace", "extend", "from", "size", "after-findings", "data"];

/** Whether a sample that is there is to be replaced in or enlarged. */
export function isContinuation(invocation: Invocation): boolean {
  return continuationOptions.some((name) => isGiven(invocation, name));
}

export function isGiven({ values, lists, flags }: Invocation, name: string): boolean {
  return values[name] !== undefined || (lists[name]?.length ?? 0) > 0 || flags.has(name);
}
