import type { DrawOptions } from "../workflow/sample/to-folder.js";
import type { Invocation } from "./command.js";
import { withHelper } from "./helper.js";
import type { Io } from "./io.js";
import { registerOption } from "./register-words.js";

/** What another thread does for a draw. */
export type ThreadWork = Pick<DrawOptions, "readPart" | "render" | "startDigests">;

/** Runs a command with a second thread beside it. */
export async function withThread(
  invocation: Invocation,
  io: Io,
  command: (invocation: Invocation, io: Io, thread: ThreadWork) => Promise<number>,
): Promise<number> {
  return await withHelper((helper) => command(invocation, io, helper));
}

/** How every command that writes a sample writes it. */
export function drawOptions({ values, flags }: Invocation, io: Io, thread: ThreadWork): DrawOptions {
  const { readPart, render, startDigests } = thread;
  return {
    out: values.out as string,
    force: flags.has("force"),
    cwd: io.cwd,
    progress: (step, fraction) => io.progress(step, fraction),
    claim: (target, register) => io.claim(target, register),
    ...(readPart && { readPart }),
    ...(render && { render }),
    ...(startDigests && !flags.has("dry-run") && { startDigests }),
    ...registerOption(values.register),
  };
}

/** The same for its next version. */
export function nextVersionOptions(
  invocation: Invocation,
  io: Io,
  thread: ThreadWork,
): DrawOptions & { readonly data: readonly string[] } {
  return { ...drawOptions(invocation, io, thread), data: invocation.lists.data ?? [] };
}
