import { isatty } from "node:tty";
import type { PasswordAnswer } from "../readers/passwords.js";
import type { Terminal } from "./terminal.js";
import { visible } from "./visible.js";

/** Excel takes no longer one. */
const mostCharacters = 255;

/**
 * Reads a password from the terminal without showing it. It is neither stored nor taken from anywhere else: what a script
 * or a pipe holds is a password written down.
 */
export async function readPassword(
  terminal: Terminal,
  question: { readonly file: string; readonly wrong: number },
): Promise<PasswordAnswer> {
  if (!isatty(0) || !terminal.terminal.err) return { none: "no-terminal" };
  terminal.endProgress();
  const again = question.wrong > 0 ? "That password does not open it. " : "";
  terminal.write("err", `${again}Password of ${visible(question.file)} (not shown): `);
  const password = await hiddenLine(process.stdin);
  terminal.write("err", "\n");
  return password === undefined || password === "" ? { none: "not-given" } : { password };
}

/** What arrow and function keys send. */
const keySequence = new RegExp(`${String.fromCharCode(27)}(?:[[O][0-9;]*[ -/]*[@-~])?`, "g");

/** What one key does to a line that is being typed. */
type Typed = { readonly line: string; readonly over?: "taken" | "given-up" | "interrupted" };

/**
 * A line as it is after one more character.
 *
 * @example typeInto("ab", "\u007f") // → { line: "a" }
 */
export function typeInto(line: string, character: string): Typed {
  switch (character) {
    case "\r":
    case "\n":
      return { line, over: "taken" };
    case "\u0003":
      return { line, over: "interrupted" };
    case "\u0004":
      return line === "" ? { line, over: "given-up" } : { line };
    case "\u0008":
    case "\u007f":
      return { line: [...line].slice(0, -1).join("") };
    case "\u0015":
      return { line: "" };
    default:
      return { line: /^\p{Cc}/u.test(character) || line.length >= mostCharacters ? line : line + character };
  }
}

/** A line typed on a terminal that echoes nothing; undefined where none was given. */
function hiddenLine(stdin: NodeJS.ReadStream): Promise<string | undefined> {
  return new Promise((resolve) => {
    let line = "";
    const finish = (password: string | undefined): void => {
      stdin.off("data", take).off("end", none);
      stdin.setRawMode(false);
      stdin.pause();
      resolve(password);
    };
    const none = (): void => finish(undefined);
    const take = (text: string): void => {
      for (const character of text.replace(keySequence, "")) {
        const typed = typeInto(line, character);
        line = typed.line;
        if (typed.over === undefined) continue;
        finish(typed.over === "taken" ? line : undefined);
        // A raw terminal sends Ctrl-C as a character and no signal.
        if (typed.over === "interrupted") process.kill(process.pid, "SIGINT");
        return;
      }
    };
    stdin.setEncoding("utf8");
    stdin.setRawMode(true);
    stdin.on("data", take).on("end", none).resume();
  });
}
