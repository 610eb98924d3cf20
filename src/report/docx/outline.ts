import { Bookmark, HeadingLevel, InternalHyperlink, Paragraph, type ParagraphChild, TextRun } from "docx";
import type { Report } from "../document/document.js";
import { cleanText } from "./runs.js";

/** The deepest heading of a document: deeper ones are written at this level. */
const deepest = 6;

const levels = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
  HeadingLevel.HEADING_6,
] as const;

/** Headings of a document that is being written, and what links lead to. */
export class Outline {
  /** Ids of a report may be longer than names of bookmarks and hold signs that those may not. */
  readonly #bookmarks = new Map<string, string>();
  #last = 0;
  #lists = 0;

  /** @param targets - ids of everything that links may lead to */
  constructor(targets: readonly string[]) {
    for (const [at, id] of targets.entries()) this.#bookmarks.set(id, `casedraw_${at + 1}`);
  }

  /** A heading, never more than one level below the one before it. */
  heading(level: number, children: readonly ParagraphChild[]): Paragraph {
    this.#last = Math.min(level, this.#last + 1, deepest);
    return new Paragraph({ heading: levels[this.#last - 1] as (typeof levels)[number], children });
  }

  /** Text that links to `id` lead to. */
  target(id: string, children: readonly ParagraphChild[]): ParagraphChild[] {
    const bookmark = this.#bookmarks.get(id);
    return bookmark === undefined ? [...children] : [new Bookmark({ id: bookmark, children })];
  }

  /** A link inside the document; plain text where its target is not part of it. */
  link(id: string, text: string): ParagraphChild {
    const anchor = this.#bookmarks.get(id);
    if (anchor === undefined) return new TextRun({ text: cleanText(text) });
    return new InternalHyperlink({
      anchor,
      children: [new TextRun({ text: cleanText(text), style: "Hyperlink" })],
    });
  }

  /** The number of the next list, so that each counts from 1. */
  nextList(): number {
    this.#lists += 1;
    return this.#lists;
  }
}

/** Every id of a report that a link may name. */
export function targetsOf({ summary, parts }: Report): string[] {
  return [summary, ...parts.flatMap((part) => [part, ...(part.parts ?? [])])].flatMap(({ id, blocks }) => [
    id,
    ...blocks.flatMap((block) => (block.kind === "table" || block.kind === "chart" ? [block.id] : [])),
  ]);
}
