import { CasedrawError } from "../errors.js";
import { nearest } from "../plan/nearest.js";
import type { CommandSpec, Invocation } from "./command.js";
import { beforeTerminator, globalOptions } from "./global-options.js";
import { readInvocation } from "./invocation.js";

/** What a command line asks for. `bare` is casedraw with nothing after it. */
export type Request =
  | { readonly kind: "bare" }
  | { readonly kind: "version" }
  | { readonly kind: "help"; readonly command?: CommandSpec }
  | { readonly kind: "run"; readonly command: CommandSpec; readonly invocation: Invocation };

/**
 * Reads a command line.
 *
 * @param argv - the words after `casedraw`
 * @param commands - what may be asked for
 * @throws CasedrawError `USAGE`; details.usage holds the usage lines of the command that was meant
 * @example readArguments(["help"], []) // → { kind: "help" }
 */
export function readArguments(argv: readonly string[], commands: readonly CommandSpec[]): Request {
  const options = beforeTerminator(argv);
  const asksHelp = options.includes("--help") || options.includes("-h");
  if (!asksHelp && options.includes("--version")) return { kind: "version" };
  const at = argv.findIndex((word) => !word.startsWith("-"));
  checkHead(at < 0 ? argv : argv.slice(0, at));
  if (at < 0) return { kind: asksHelp ? "help" : "bare" };
  const name = argv[at] ?? "";
  const rest = argv.slice(at + 1);
  if (name === "help") return readHelp(rest, commands);
  const command = findCommand(name, commands);
  if (asksHelp) return { kind: "help", command };
  return { kind: "run", command, invocation: readInvocation(rest, command, commands) };
}

function checkHead(head: readonly string[]): void {
  const names = globalOptions.map((option) => `--${option.name}`);
  for (const word of head) {
    if (names.includes(word) || word === "-h") continue;
    const meant = nearest(word, names);
    throw new CasedrawError(
      "USAGE",
      `${word}: casedraw alone has no such option; those of a command come after its name. ` +
        (meant === undefined ? "See casedraw --help." : `Did you mean ${meant}?`),
      { option: word, ...(meant === undefined ? {} : { suggestion: meant }) },
    );
  }
}

function readHelp(words: readonly string[], commands: readonly CommandSpec[]): Request {
  const names = words.filter((word) => !word.startsWith("-") && word !== "help");
  const [name] = names;
  if (names.length > 1) {
    throw new CasedrawError("USAGE", `casedraw help: takes one command, got ${names.length}.`, {
      usage: ["casedraw help COMMAND"],
    });
  }
  return name === undefined ? { kind: "help" } : { kind: "help", command: findCommand(name, commands) };
}

function findCommand(name: string, commands: readonly CommandSpec[]): CommandSpec {
  const found = commands.find((command) => command.name === name);
  if (found !== undefined) return found;
  const names = commands.map((command) => command.name);
  const meant = nearest(name, names);
  throw new CasedrawError(
    "USAGE",
    `${JSON.stringify(name)}: casedraw has no such command. ` +
      (meant === undefined ? `It has ${names.join(", ")}.` : `Did you mean ${meant}?`),
    { command: name, ...(meant === undefined ? {} : { suggestion: meant }) },
  );
}
