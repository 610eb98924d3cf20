import type { OptionSpec } from "./command.js";
import type { Globals } from "./io.js";

/** The options that every command takes. --help and --version win over whatever else is there. */
export const globalOptions: readonly OptionSpec[] = [
  { name: "help", help: "Show this help." },
  { name: "version", help: "Show the version of casedraw." },
  { name: "json", help: "Give the result as JSON on standard output." },
  { name: "quiet", help: "Say nothing but errors." },
  { name: "no-color", help: "Use no colour. So does the environment variable NO_COLOR." },
];

/** The global options of a command line, right or wrong: a usage error too must know whether to be JSON. */
export function readGlobals(argv: readonly string[]): Globals {
  const options = beforeTerminator(argv);
  return {
    json: options.includes("--json"),
    quiet: options.includes("--quiet"),
    noColour: options.includes("--no-color"),
  };
}

/** Nothing after a lone `--` is an option. */
export function beforeTerminator(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  return end < 0 ? argv : argv.slice(0, end);
}
