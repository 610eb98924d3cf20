import type { DrawOptions } from "../workflow/draw-to-folder.js";
import type { Invocation } from "./command.js";
import { startHelper } from "./helper.js";
import type { Io } from "./io.js";
import { registerOption } from "./register-wording.js";

/** What another thread does for a command. */
export type Aside = Pick<DrawOptions, "readPart" | "render" | "startDigests">;

/** Runs a command with a second thread beside it. */
export async function withThread(
  invocation: Invocation,
  io: Io,
  command: (invocation: Invocation, io: Io, aside: Aside) => Promise<number>,
): Promise<number> {
  const helper = startHelper();
  try {
    const { readPart, render, startDigests } = helper;
    return await command(invocation, io, { readPart, render, startDigests });
  } finally {
    await helper.stop();
  }
}

/** How every command that writes a sample's next version writes it. */
export function nextVersionOptions(
  { values, lists, flags }: Invocation,
  io: Io,
  aside: Aside,
): DrawOptions & { readonly data: readonly string[] } {
  return {
    out: values.out as string,
    force: flags.has("force"),
    cwd: io.cwd,
    progress: (step, fraction) => io.progress(step, fraction),
    claim: (target, register) => io.claim(target, register),
    ...aside,
    data: lists.data ?? [],
    ...registerOption(values.register),
  };
}
