import type { RegisterClaim } from "../report/register/lines.js";
import { visible } from "./visible.js";

/** What a command may say and do to the outside, files apart. */
export interface Io {
  /** A result, to standard output; a line end is added where it has none. */
  out(text: string): void;
  /** A message to standard error; silent under --quiet. */
  say(text: string): void;
  /** An error to standard error, always. */
  error(text: string): void;
  /** A step of long work and how much of it is done, 0 to 1; shown on a terminal after a second. */
  progress(step: string, fraction?: number): void;
  /**
   * Tells the main thread which output file or folder is about to be written, so that an interrupt can
   * clean up after it. Call before the first byte is written, and with undefined once it is whole. A register that gets
   * a line on the way is named with it, again once the line is there.
   */
  claim(target: string | undefined, register?: RegisterClaim): void;
  readonly json: boolean;
  readonly quiet: boolean;
  /** Whether results may carry colour. */
  readonly colour: boolean;
  /** Whether messages may carry colour. */
  readonly messageColour: boolean;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where an {@link Io} ends: the process itself, the messages of a worker thread, or a test. */
export interface Host {
  write(stream: "out" | "err", text: string): void;
  progress(step: string, fraction: number | undefined): void;
  claim(target: string | undefined, register?: RegisterClaim): void;
  /** Which of the streams are terminals. */
  readonly terminal: { readonly out: boolean; readonly err: boolean };
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The options that every command takes. */
export interface Globals {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly noColour: boolean;
}

/** Joins a host and the global options to what a command sees. */
export function createIo(host: Host, globals: Globals): Io {
  const { json, quiet } = globals;
  const plain = globals.noColour || (host.env.NO_COLOR ?? "") !== "" || host.env.TERM === "dumb";
  const bar = host.terminal.err && host.env.TERM !== "dumb" && !json && !quiet;
  return {
    out: (text) => host.write("out", line(text)),
    say(text) {
      if (!quiet) host.write("err", line(text));
    },
    error: (text) => host.write("err", line(text)),
    progress(step, fraction) {
      if (bar) host.progress(visible(step), fraction);
    },
    claim: (target, register) => host.claim(target, register),
    json,
    quiet,
    colour: host.terminal.out && !plain && !json,
    messageColour: host.terminal.err && !plain,
    cwd: host.cwd,
    env: host.env,
  };
}

function line(text: string): string {
  const shown = visible(text);
  return shown.endsWith("\n") ? shown : `${shown}\n`;
}
