import { relative } from "node:path";
import { type Claim, type ClaimSlot, identity } from "./claim.js";
import type { Terminal } from "./terminal.js";

/** The signals that end the work, with their exit codes: 128 and the signal's number. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

export type EndingSignal = keyof typeof exitCodes;

export const endingSignals = Object.keys(exitCodes) as readonly EndingSignal[];

/** Milliseconds that the worker has to stop, and that everything has to be done in. */
const stopTime = 500;
const hardTime = 700;

/** Ends the process after a signal: cleans up the output that was being written and says so in one line. */
export async function interrupt(
  signal: EndingSignal,
  stopped: Promise<unknown> | undefined,
  slot: ClaimSlot,
  terminal: Terminal,
): Promise<never> {
  setTimeout(() => dieOf(signal), hardTime);
  const inTime = await Promise.race([
    Promise.resolve(stopped).then(() => true),
    new Promise<false>((resolve) => setTimeout(resolve, stopTime, false)),
  ]);
  const claim = slot.read();
  const fault = await tidy(claim);
  const text = sentence(claim, { fault, line: await lineOf(claim), cwd: terminal.cwd });
  await new Promise<void>((resolve) => terminal.write("err", `${text}\n`, resolve));
  // Leaving waits for the worker, which a long native call can hold: then only the signal itself is quick enough.
  if (!inTime) dieOf(signal);
  process.exit(exitCodes[signal]);
}

/**
 * Removes what an ended worker left beside its output, or puts back what it had moved aside; opens the register again.
 *
 * @returns why that failed, if it did
 */
export async function tidy(claim: Claim | undefined): Promise<NodeJS.ErrnoException | undefined> {
  if (claim?.underWay !== true) return undefined;
  try {
    const { recover } = await import("../report/leftovers.js");
    recover(claim.target);
    if (claim.register !== undefined) {
      const { clearOwnLock } = await import("../report/register/lock.js");
      clearOwnLock(claim.register.file);
    }
    return undefined;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

/** The line of the register that stands, although the output may not. */
async function lineOf(claim: Claim | undefined): Promise<number | undefined> {
  if (claim?.register === undefined) return undefined;
  const { standingLine } = await import("../report/register/standing-line.js");
  return standingLine(claim.register);
}

function sentence(
  claim: Claim | undefined,
  {
    fault,
    line,
    cwd,
  }: {
    readonly fault: NodeJS.ErrnoException | undefined;
    readonly line: number | undefined;
    readonly cwd: string;
  },
): string {
  if (claim === undefined) return "Interrupted: nothing was written.";
  const inside = relative(cwd, claim.target);
  const shown = inside.startsWith("..") ? claim.target : inside;
  const left =
    fault === undefined ? "" : ` A hidden temporary copy beside it could not be removed (${fault.code}).`;
  const now = identity(claim.target);
  if (line !== undefined && claim.register?.file === claim.target) {
    return `Interrupted: line ${line} of ${shown} was written already.${left}`;
  }
  // An empty folder is cleared away for the new one to take its name, and may be gone without it.
  if (now !== undefined && now !== claim.before) return `Interrupted: ${shown} was whole already.${left}`;
  const stays = line === undefined ? "" : ` The register has the draw as line ${line}, which stays.`;
  return `Interrupted: nothing was written to ${shown}.${stays}${left}`;
}

/** Ends the process as the signal would have done by itself; a shell reports the same exit code. */
function dieOf(signal: EndingSignal): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
