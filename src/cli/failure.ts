import { CasedrawError, type ErrorDetails } from "../errors.js";
import { packageVersion } from "../workflow/package-version.js";
import type { Io } from "./io.js";
import { alarm } from "./visible.js";

/** An error as the command line reports it: 2 where the input, plan or usage is at fault, 1 where casedraw is. */
interface Failure {
  readonly code: string;
  readonly message: string;
  readonly details: ErrorDetails;
  readonly exitCode: 1 | 2;
}

/**
 * Puts whatever was thrown into words.
 *
 * An unexpected error's own message may quote a cell of a child's record, so it is shown only where `debug` asks
 * for it; its kind and place are enough to find the fault.
 */
function describeFailure(thrown: unknown, debug: boolean): Failure {
  if (isCasedrawError(thrown)) {
    const { code, message, details } = thrown;
    return { code, message, details, exitCode: code === "OUT_OF_MEMORY" ? 1 : 2 };
  }
  if (isOutOfMemory(thrown)) {
    const message =
      "Memory: the work has to fit into it, and it ran out. Close other programs and run again, or use a computer with more.";
    return { code: "OUT_OF_MEMORY", message, details: {}, exitCode: 1 };
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = systemCode(error);
  const kind = [error.name, code, place(error)].filter((part) => part !== undefined).join(" ");
  const software = `casedraw ${packageVersion()}, Node ${process.version}, ${process.platform} ${process.arch}`;
  const message =
    `casedraw: has met a fault of its own, got ${kind}. ` +
    `Please report this line, what you ran and ${software}. CASEDRAW_DEBUG=1 tells more, which may quote your data.`;
  return {
    code: "FAULT",
    message: debug ? `${message}\n${error.stack ?? error.message}` : message,
    details: { kind: error.name, ...(code === undefined ? {} : { systemCode: code }), software },
    exitCode: 1,
  };
}

/** Says what went wrong on standard error, and under --json on standard output too; gives the exit code. */
export function reportFailure(thrown: unknown, io: Io): number {
  const { code, message, details, exitCode } = describeFailure(thrown, io.env.CASEDRAW_DEBUG === "1");
  io.error([`${alarm(`error[${code}]`, io.messageColour)} ${message}`, ...usage(details)].join("\n"));
  if (io.json) io.out(JSON.stringify({ error: { code, message, details } }, undefined, 2));
  return exitCode;
}

function usage({ usage: lines, command }: ErrorDetails): readonly string[] {
  if (!Array.isArray(lines)) return [];
  const [first, ...others] = lines.map(String);
  const help = typeof command === "string" ? [`Help: casedraw ${command} --help`] : [];
  return [`Usage: ${first}`, ...others.map((line) => `       ${line}`), ...help];
}

/** By name: an error that crossed from a worker thread has lost its class. */
function isCasedrawError(thrown: unknown): thrown is CasedrawError {
  return thrown instanceof CasedrawError || (thrown instanceof Error && thrown.name === "CasedrawError");
}

function isOutOfMemory(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  return (
    systemCode(thrown) === "ERR_WORKER_OUT_OF_MEMORY" ||
    /^Array buffer allocation failed/.test(thrown.message)
  );
}

function systemCode(error: Error): string | undefined {
  const code = (error as NodeJS.ErrnoException).code;
  return typeof code === "string" && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : undefined;
}

/** Where in casedraw the error came from: `at sampling/draw.js:41`. */
function place(error: Error): string | undefined {
  const root = new URL("../", import.meta.url).href;
  const line = error.stack?.split("\n").find((text) => text.includes(root));
  const found = line?.slice(line.indexOf(root) + root.length).match(/^[\w./-]+:\d+/);
  return found ? `at ${found[0]}` : undefined;
}
