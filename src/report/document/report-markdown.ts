import { longDate } from "../../analysis/words.js";
import { tableOf } from "../../charts/result-table.js";
import type { Block, Report, ReportPart } from "./document.js";
import type { ProseBlock, Run } from "./prose.js";

/** A report as Markdown (CommonMark with tables), for a mail or a wiki. Pictures are left out for their tables. */
export function reportMarkdown(report: Report): string {
  const { title, kind, marking, lede, date, summary, parts, footer } = report;
  const texts = [
    `# ${escaped(title)}`,
    `**${escaped(marking)}**`,
    `${escaped(kind)}, ${longDate(date)}`,
    escaped(lede),
    ...partTexts(summary, 2),
    ...parts.flatMap((part) => [
      ...partTexts(part, 2),
      ...(part.parts ?? []).flatMap((inner) => partTexts(inner, 3)),
    ]),
    escaped(footer),
  ];
  return `${texts.join("\n\n")}\n`;
}

function partTexts({ heading, blocks }: Omit<ReportPart, "parts">, level: number): string[] {
  return [headingText(level, escaped(heading)), ...blocks.flatMap((block) => blockTexts(block, level))];
}

function headingText(level: number, text: string): string {
  return `${"#".repeat(Math.min(6, level))} ${text}`;
}

function blockTexts(block: Block, level: number): string[] {
  switch (block.kind) {
    case "paragraph":
      return [escaped(block.text)];
    case "list":
      return [block.items.map(({ text }) => `- ${escaped(text)}`).join("\n")];
    case "facts":
      return block.facts.map(([term, text]) => `**${escaped(term)}**: ${escaped(text)}`);
    case "chart":
    case "table": {
      const { header, rows } = tableOf(block.table);
      return [
        escaped(block.table.caption),
        gridText(
          header.map(escaped),
          rows.map((row) => row.map(escaped)),
        ),
      ];
    }
    case "prose":
      return block.blocks.flatMap((inner) => proseTexts(inner, level));
    case "folded":
      return [`**${escaped(block.heading)}**`, ...block.blocks.flatMap((inner) => blockTexts(inner, level))];
  }
}

function proseTexts(block: ProseBlock, level: number): string[] {
  switch (block.kind) {
    case "heading":
      return [headingText(level + block.level, runsText(block.runs))];
    case "paragraph":
      return [runsText(block.runs)];
    case "list":
      return [
        block.items
          .map((item, at) => {
            const mark = block.ordered ? `${at + 1}. ` : "- ";
            const text = item.flatMap((inner) => proseTexts(inner, level)).join("\n\n");
            return `${mark}${text.replace(/\n(?=.)/g, `\n${" ".repeat(mark.length)}`)}`;
          })
          .join("\n"),
      ];
    case "quote":
      return [
        block.blocks
          .flatMap((inner) => proseTexts(inner, level))
          .join("\n\n")
          .replace(/^/gm, "> "),
      ];
    case "code":
      return [block.text.replace(/^/gm, "    ")];
    case "table":
      return [
        gridText(
          block.header.map(runsText),
          block.rows.map((row) => row.map(runsText)),
        ),
      ];
  }
}

function gridText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

function runsText(runs: readonly Run[]): string {
  return escapedStart(
    runs
      .map(({ text, strong, emphasis, code, href }) => {
        if (text === "\n") return "\\\n";
        let marked = code === true ? codeText(text) : escapedInside(text);
        // Emphasis may not end in a blank.
        const [, words = "", blanks = ""] = /^(.*?)(\s*)$/s.exec(marked) ?? [];
        if (emphasis === true) marked = `*${words}*${blanks}`;
        if (strong === true) marked = `**${words}**${blanks}`;
        return href === undefined ? marked : `[${marked}](<${href}>)`;
      })
      .join(""),
  );
}

/** Text between backticks, of which there are more than it has itself. */
function codeText(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 || /^\s|\s$/.test(text) ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

function escaped(text: string): string {
  return escapedStart(escapedInside(text));
}

/** What Markdown would take for a sign of its own. An underscore inside a word is none. */
function escapedInside(text: string): string {
  return text
    .replace(/[\\`*[\]<>&~|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&")
    .replace(/\s*\n\s*/g, " ");
}

/** What would begin a heading, a list or a quotation. */
function escapedStart(text: string): string {
  return text.replace(/^(\s*)([#+-]|\d+(?=[.)]\s))/, (_, blanks: string, sign: string) =>
    /\d/.test(sign) ? `${blanks}${sign}\\` : `${blanks}\\${sign}`,
  );
}
