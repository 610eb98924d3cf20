/**
 * The blocks of a page that do something, in order:
 *
 * - ```` ```console ````: lines that begin with `$ ` are commands, the lines after each are what it prints. A line of
 *   `…` alone stands for any lines, `…` inside a line for any characters. `console exit=3` says how the last command ends.
 * - ```` ```sh ````: commands whose output is not shown.
 * - ```` ```yaml file=plan.yaml ````: the block is written to that file; `into=plan.yaml` replaces the file's top-level
 *   YAML keys of the same name, or adds them; `append=list.csv` adds lines.
 * - `<!-- $ command -->` on a line of its own: a command that readers need not see.
 */
export type Block =
  | { readonly kind: "run"; readonly line: number; readonly entries: readonly Entry[]; readonly exit: number }
  | {
      readonly kind: "write";
      readonly line: number;
      readonly how: "file" | "into" | "append";
      readonly path: string;
      readonly text: string;
    };

/** A command, and the lines of the page that show its output; none where the page does not show it. */
export interface Entry {
  readonly command: string;
  readonly shown: Shown | undefined;
}

/** Lines `from` (inclusive) to `to` (exclusive) of the page, counted from 0. */
interface Shown {
  readonly from: number;
  readonly to: number;
  readonly indent: string;
  readonly lines: readonly string[];
}

export function blocksOf(page: string): readonly Block[] {
  const lines = page.split("\n");
  const blocks: Block[] = [];
  for (let i = 0; i < lines.length; i++) {
    const [, hidden] = /^<!-- \$ (.*) -->$/.exec(lines[i]!) ?? [];
    if (hidden !== undefined)
      blocks.push({ kind: "run", line: i + 1, entries: [{ command: hidden, shown: undefined }], exit: 0 });
    const [, indent, language = "", info = ""] = /^( *)```(\S+)(.*)$/.exec(lines[i]!) ?? [];
    if (indent === undefined) continue;
    const start = i + 1;
    do i++;
    while (i < lines.length && lines[i]!.trim() !== "```");
    const body = lines
      .slice(start, i)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
    const [, how, path] = /\b(file|into|append)=(\S+)/.exec(info) ?? [];
    if (how !== undefined && path !== undefined) {
      const text = `${body.join("\n")}\n`;
      blocks.push({ kind: "write", line: start, how: how as "file" | "into" | "append", path, text });
    } else if (language === "console" || language === "sh") {
      const entries = language === "sh" ? shellEntries(body) : consoleEntries(body, start, indent);
      blocks.push({ kind: "run", line: start, entries, exit: Number(/\bexit=(\d+)/.exec(info)?.[1] ?? 0) });
    }
  }
  return blocks;
}

function shellEntries(body: readonly string[]): Entry[] {
  return body
    .filter((line) => line.trim() !== "" && !/^(#|npm |git |sudo |node bench)/.test(line))
    .map((command) => ({ command, shown: undefined }));
}

function consoleEntries(body: readonly string[], start: number, indent: string): Entry[] {
  const starts = body.flatMap((line, i) => (line.startsWith("$ ") ? [i] : []));
  return starts.map((at, k) => {
    const end = starts[k + 1] ?? body.length;
    return {
      command: body[at]!.slice(2),
      shown: { from: start + at + 1, to: start + end, indent, lines: body.slice(at + 1, end) },
    };
  });
}

/** Whether what was printed is what the page shows, `…` standing for anything. */
export function agrees(shown: readonly string[], printed: readonly string[]): boolean {
  const pattern = shown
    .map((line) =>
      line.trim() === "…" ? "(?:.*\n)*?" : `${line.trimEnd().split("…").map(literal).join(".*?")}\n`,
    )
    .join("");
  return new RegExp(`^${pattern}$`).test(printed.map((line) => `${line}\n`).join(""));
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** What the page is to show: as it is where it agrees, else what was printed, with the elision at the same place. */
export function mended(shown: readonly string[], printed: readonly string[]): readonly string[] {
  if (agrees(shown, printed)) return shown;
  const gap = shown.findIndex((line) => line.trim() === "…");
  if (gap === -1) return printed;
  const after = shown.length - shown.findLastIndex((line) => line.trim() === "…") - 1;
  if (gap + after >= printed.length) return printed;
  return [...printed.slice(0, gap), shown[gap]!, ...printed.slice(printed.length - after)];
}

/** The page with these lines in place of those that it shows. */
export function withShown(
  page: string,
  changes: readonly { shown: Shown; lines: readonly string[] }[],
): string {
  const lines = page.split("\n");
  for (const { shown, lines: wanted } of [...changes].sort((a, b) => b.shown.from - a.shown.from)) {
    const indented = wanted.map((line) => (line === "" ? "" : `${shown.indent}${line}`));
    lines.splice(shown.from, shown.to - shown.from, ...indented);
  }
  return lines.join("\n");
}
