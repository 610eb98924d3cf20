import type { Io } from "./io.js";

/** One `--name` of a command. */
export interface OptionSpec {
  /** kebab-case, without the dashes. */
  readonly name: string;
  /** What the help calls the option's value; a flag has none. */
  readonly value?: string;
  /** The words that a value is one of: who writes one as an option is told where it goes. */
  readonly words?: readonly string[];
  /** Takes every value up to the next option, and may come again. */
  readonly multiple?: boolean;
  readonly required?: boolean;
  /** The flags that make a required option needless. */
  readonly unless?: readonly string[];
  readonly help: string;
}

export interface OperandSpec {
  /** As the usage line shows it: DIR, UNIT_ID. */
  readonly name: string;
  readonly optional?: boolean;
  /** Takes every operand that is left. */
  readonly rest?: boolean;
  readonly help: string;
}

/** What a command declares: enough to read its arguments and to print its help without loading it. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly operands: readonly OperandSpec[];
  readonly options: readonly OptionSpec[];
  /** Usage lines, where one made from operands and options would mislead. */
  readonly usage?: readonly string[];
  /** Paragraphs that the help prints after the summary. */
  readonly notes?: readonly string[];
  /** Whole command lines that work as they stand, in this order. */
  readonly examples: readonly string[];
}

/** The arguments of one run, checked against the command's spec. */
export interface Invocation {
  readonly operands: readonly string[];
  /** Options with one value: its text exactly as written, never empty. */
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Options that may come several times; an empty list where not given. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly flags: ReadonlySet<string>;
}

export interface CommandModule {
  /** @returns the exit code */
  run(invocation: Invocation, io: Io): Promise<number> | number;
}

/** Commands of one stage of the work, under the title that the help gives it. */
export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly CommandSpec[];
}

export interface Catalogue {
  readonly groups: readonly CommandGroup[];
  /** Imports a command's code, and so only that of the command which runs. */
  load(name: string): Promise<CommandModule>;
}
