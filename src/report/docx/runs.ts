import { ExternalHyperlink, type ParagraphChild, TextRun } from "docx";
import type { Run } from "../document/prose.js";

/** Text without what XML cannot hold: control characters and halves of a pair. */
export function cleanText(text: string): string {
  return text.replace(/(?![\t\n])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "\ufffd");
}

/** Words as they are. */
export function plain(text: string): TextRun {
  return new TextRun({ text: cleanText(text) });
}

/** Words in bold. */
export function strong(text: string): TextRun {
  return new TextRun({ text: cleanText(text), bold: true });
}

/** An officer's words, their links only to the web and to mail addresses. */
export function proseRuns(runs: readonly Run[]): ParagraphChild[] {
  return runs.map((run): ParagraphChild => {
    const { text, strong: bold, emphasis: italics, code, href } = run;
    if (text === "\n") return new TextRun({ break: 1 });
    const words = new TextRun({
      text: cleanText(text),
      ...(bold === true ? { bold } : {}),
      ...(italics === true ? { italics } : {}),
      ...(code === true ? { font: "Courier New" } : {}),
      ...(href === undefined ? {} : { style: "Hyperlink" }),
    });
    return href === undefined ? words : new ExternalHyperlink({ link: cleanText(href), children: [words] });
  });
}
