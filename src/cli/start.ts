import { readArguments } from "./arguments.js";
import type { Catalogue } from "./command.js";
import { main } from "./main.js";
import { Terminal } from "./terminal.js";

/**
 * The life of the process: answers help and usage errors at once, hands work to a worker thread, and leaves the exit
 * code to be taken when all text has gone.
 *
 * @param entry - the worker's module, which serves the same catalogue
 */
export async function start(catalogue: Catalogue, entry: URL): Promise<void> {
  const argv = process.argv.slice(2);
  const terminal = new Terminal();
  const code = isWork(argv, catalogue)
    ? await (await import("./supervise.js")).supervise(argv, terminal, entry)
    : await main(argv, terminal, catalogue);
  const fault = await terminal.settled();
  process.exitCode = code;
  if (fault === undefined) return;
  terminal.write(
    "err",
    `error[OUTPUT_NOT_WRITABLE] Standard output: must take the result, got ${fault.code}.\n`,
  );
  if (code === 0) process.exitCode = 2;
}

function isWork(argv: readonly string[], catalogue: Catalogue): boolean {
  try {
    const commands = catalogue.groups.flatMap((group) => group.commands);
    return readArguments(argv, commands).kind === "run";
  } catch {
    // main() reads the same words and reports what is wrong with them.
    return false;
  }
}
