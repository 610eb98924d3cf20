import type { CommandGroup, CommandSpec, OptionSpec } from "./command.js";
import { globalOptions } from "./global-options.js";
import { bold } from "./visible.js";

/** Columns that help is set to: the width that every terminal has. */
const width = 80;

/** The help of casedraw alone: its commands by stage. */
export function topHelp(groups: readonly CommandGroup[], colour: boolean): string {
  const commands = groups.flatMap((group) => group.commands);
  const left = longest(commands.map(({ name }) => name));
  const sections = groups.map(({ title, commands: listed }) =>
    section(
      title,
      listed.flatMap(({ name, summary }) => entry(name, summary, left)),
      colour,
    ),
  );
  const [first] = commands;
  return page([
    ["casedraw: fair samples of children's cases that anyone can verify"],
    section("Usage", ["  casedraw COMMAND [OPTIONS]"], colour),
    ...sections,
    everywhere(colour),
    section("Example", [`  ${first?.examples[0] ?? ""}`], colour),
    ["For one command: casedraw COMMAND --help"],
  ]);
}

/** The help of one command, with examples that work. */
export function commandHelp(command: CommandSpec, colour: boolean): string {
  const { operands, options, examples, notes = [] } = command;
  const left = longest([...operands.map(({ name }) => name), ...options.map(optionWords)]);
  const listed = [
    ...operands.flatMap(({ name, help }) => entry(name, help, left)),
    ...options.flatMap((option) => entry(optionWords(option), option.help, left)),
  ];
  return page([
    prose(`casedraw ${command.name}: ${lowerFirst(command.summary)}`),
    section(
      "Usage",
      usageLines(command).flatMap((line) => wrap(line.split(/ (?=\[?--)/), width - 2, "    ").map(indented)),
      colour,
    ),
    ...notes.map((note) => prose(note)),
    listed.length === 0 ? [] : section("What it takes", listed, colour),
    everywhere(colour),
    section(examples.length === 1 ? "Example" : "Examples", examples.map(indented), colour),
  ]);
}

/** How a command is written, optional parts in brackets. */
export function usageLines(command: CommandSpec): readonly string[] {
  if (command.usage !== undefined) return command.usage;
  const operands = command.operands.map(({ name, optional, rest }) => {
    const shown = rest === true ? `${name}...` : name;
    return optional === true || rest === true ? `[${shown}]` : shown;
  });
  const options = command.options.map((option) =>
    option.required === true ? optionWords(option) : `[${optionWords(option)}]`,
  );
  return [["casedraw", command.name, ...operands, ...options].join(" ")];
}

function optionWords({ name, value, multiple }: OptionSpec): string {
  if (value === undefined) return `--${name}`;
  return `--${name} ${value}${multiple === true ? "..." : ""}`;
}

function everywhere(colour: boolean): readonly string[] {
  const left = longest(globalOptions.map(optionWords));
  return section(
    "With every command",
    globalOptions.flatMap((option) => entry(optionWords(option), option.help, left)),
    colour,
  );
}

function section(title: string, lines: readonly string[], colour: boolean): readonly string[] {
  return [bold(title, colour), ...lines];
}

/** A name and what it means in two columns. */
function entry(name: string, text: string, left: number): readonly string[] {
  const gap = " ".repeat(left + 4);
  const [first = "", ...others] = wrap(text.split(" "), width - gap.length);
  return [`  ${name.padEnd(left)}  ${first}`, ...others.map((line) => gap + line)];
}

/** Sets words into lines of at most `columns`; a longer word stays whole. */
function wrap(words: readonly string[], columns: number, indent = ""): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = indent + word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function prose(text: string): readonly string[] {
  return wrap(text.split(" "), width);
}

function indented(text: string): string {
  return `  ${text}`;
}

function page(blocks: readonly (readonly string[])[]): string {
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => `${block.join("\n")}\n`)
    .join("\n");
}

function longest(words: readonly string[]): number {
  return Math.max(0, ...words.map((word) => word.length));
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
