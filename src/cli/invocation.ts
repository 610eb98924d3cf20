import { parseArgs } from "node:util";
import { CasedrawError } from "../errors.js";
import { nearest } from "../plan/nearest.js";
import type { CommandSpec, Invocation, OptionSpec } from "./command.js";
import { globalOptions } from "./global-options.js";
import { usageLines } from "./help.js";

/** Values by option name in the order given; a flag that was given has "". */
type Given = Map<string, string[]>;
type Fail = (message: string, facts?: Readonly<Record<string, string>>) => CasedrawError;

/**
 * Reads the words after a command's name against its spec.
 *
 * A value that starts with a hyphen is written `--seed=-5`; an option that may come several times takes every
 * word up to the next option, so operands go before it or after a lone `--`.
 *
 * @param commands - all that there are: an option that only others have is told as theirs
 * @throws CasedrawError `USAGE` with the command's usage lines in details.usage
 */
export function readInvocation(
  words: readonly string[],
  command: CommandSpec,
  commands: readonly CommandSpec[],
): Invocation {
  const fail: Fail = (message, facts = {}) =>
    new CasedrawError("USAGE", message, { command: command.name, ...facts, usage: usageLines(command) });
  const specs = new Map([...globalOptions, ...command.options].map((option) => [option.name, option]));
  const given: Given = new Map();
  const operands: string[] = [];
  let open: string[] | undefined;
  for (const token of tokenise(words, specs)) {
    if (token.kind === "option-terminator") {
      open = undefined;
    } else if (token.kind === "positional") {
      if (token.value === "") throw fail(`An operand: must not be empty, got "". Leave it out.`);
      (open ?? operands).push(token.value);
    } else {
      const spec = token.rawName.startsWith("--") ? specs.get(token.name) : undefined;
      if (spec === undefined) {
        const written = token.rawName.startsWith("--") ? token.rawName : (words[token.index] ?? "");
        throw unknownOption(written, { names: [...specs.keys()], command, commands, fail });
      }
      const values = given.get(spec.name) ?? [];
      if (values.length > 0 && spec.value !== undefined && spec.multiple !== true) {
        throw fail(`--${spec.name}: may be given once, got it twice. Leave one out.`, {
          option: `--${spec.name}`,
        });
      }
      values.push(optionValue(spec, token.value, token.inlineValue === true, fail));
      given.set(spec.name, values);
      open = spec.multiple === true && token.inlineValue === false ? values : undefined;
    }
  }
  checkOperands(operands, given, command, fail);
  checkRequired(given, command, fail);
  return toInvocation(operands, given, command);
}

function tokenise(words: readonly string[], specs: ReadonlyMap<string, OptionSpec>) {
  const type = (spec: OptionSpec) => (spec.value === undefined ? ("boolean" as const) : ("string" as const));
  const options = Object.fromEntries([...specs].map(([name, spec]) => [name, { type: type(spec) }]));
  return parseArgs({ args: [...words], options, strict: false, tokens: true }).tokens;
}

function unknownOption(
  written: string,
  {
    names,
    command,
    commands,
    fail,
  }: {
    readonly names: readonly string[];
    readonly command: CommandSpec;
    readonly commands: readonly CommandSpec[];
    readonly fail: Fail;
  },
): CasedrawError {
  const unknown = `${written}: ${command.name} has no such option.`;
  const name = written.replace(/^-+/, "");
  const others = commands.filter(({ options }) => options.some((option) => option.name === name));
  if (others.length > 0 && written.startsWith("--")) {
    const list = others.map((other) => other.name).join(", ");
    return fail(`${unknown} It is one of ${list}; casedraw ${command.name} --help lists its own.`, {
      option: written,
    });
  }
  const taker = command.options.find(({ words }) => words?.includes(name));
  const meant = taker === undefined ? nearest(name, names) : `${taker.name} ${name}`;
  const next = meant === undefined ? "If it is an operand, write -- before it." : `Did you mean --${meant}?`;
  return fail(`${unknown} ${next}`, {
    option: written,
    ...(meant === undefined ? {} : { suggestion: `--${meant}` }),
  });
}

function optionValue(spec: OptionSpec, value: string | undefined, inline: boolean, fail: Fail): string {
  const facts = { option: `--${spec.name}` };
  if (spec.value === undefined) {
    if (value === undefined) return "";
    throw fail(
      `--${spec.name}: takes no value, got ${JSON.stringify(value)}. Write --${spec.name} alone.`,
      facts,
    );
  }
  if (value === undefined || value === "") {
    throw fail(
      `--${spec.name}: needs a value, got ${value === "" ? '""' : "none"}. Write --${spec.name} ${spec.value}.`,
      facts,
    );
  }
  if (!inline && value.startsWith("-") && value !== "-") {
    throw fail(
      `--${spec.name}: needs a value, got ${value}. If that is the value, write --${spec.name}=${value}.`,
      facts,
    );
  }
  return value;
}

function checkOperands(operands: readonly string[], given: Given, command: CommandSpec, fail: Fail): void {
  const wanted = command.operands;
  const missing = wanted[operands.length];
  if (missing !== undefined && missing.optional !== true && missing.rest !== true) {
    const taker = command.options.find((option) => option.multiple === true && given.has(option.name));
    const next = taker === undefined ? "" : ` Write it before --${taker.name}, or after a lone --.`;
    throw fail(`${missing.name}: is needed, got none.${next}`, { operand: missing.name });
  }
  const extra = operands[wanted.length];
  if (extra !== undefined && wanted.at(-1)?.rest !== true) {
    const limit = wanted.length === 0 ? "no operand" : `at most ${wanted.length}`;
    throw fail(
      `${JSON.stringify(extra)}: ${command.name} takes ${limit}, got ${operands.length}. ` +
        "Put quotes round a value that has blanks in it.",
      { operand: extra },
    );
  }
}

function checkRequired(given: Given, command: CommandSpec, fail: Fail): void {
  const missing = command.options.filter(
    ({ name, required, unless }) =>
      required === true && !given.has(name) && !unless?.some((flag) => given.has(flag)),
  );
  const [first] = missing;
  if (first === undefined) return;
  const list = missing.map(({ name, value }) => `--${name} ${value}`).join(" and ");
  const got = missing.length === 1 ? "none" : "neither";
  throw fail(`casedraw ${command.name}: needs ${list}, got ${missing.length > 2 ? "none of them" : got}.`, {
    option: `--${first.name}`,
  });
}

function toInvocation(operands: readonly string[], given: Given, command: CommandSpec): Invocation {
  const values: Record<string, string | undefined> = {};
  const lists: Record<string, readonly string[]> = {};
  const flags = new Set<string>();
  for (const { name, value, multiple } of command.options) {
    if (value === undefined) {
      if (given.has(name)) flags.add(name);
    } else if (multiple === true) {
      lists[name] = given.get(name) ?? [];
    } else {
      values[name] = given.get(name)?.[0];
    }
  }
  return { operands, values, lists, flags };
}
