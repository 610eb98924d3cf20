import { Paragraph, type Table, TextRun } from "docx";
import type { ProseBlock } from "../document/prose.js";
import type { Outline } from "./outline.js";
import { cleanText, proseRuns } from "./runs.js";
import { deepestListLevel } from "./styles.js";
import { gridTable } from "./table.js";
import type { XmlElement } from "./xml-tree.js";

/** What stands in the body of a document, to be written by the library or written already. */
export type BodyPart = Paragraph | Table | XmlElement;

interface Place {
  readonly outline: Outline;
  /** The level of the heading that the words stand under. */
  readonly under: number;
}

/** An officer's words. */
export function proseBody(blocks: readonly ProseBlock[], place: Place): BodyPart[] {
  return blocks.flatMap((block) => blockBody(block, place));
}

function blockBody(block: ProseBlock, place: Place): BodyPart[] {
  switch (block.kind) {
    case "heading":
      return [place.outline.heading(place.under + block.level, proseRuns(block.runs))];
    case "paragraph":
      return [new Paragraph({ children: proseRuns(block.runs) })];
    case "list":
      return listBody(block, place, 0);
    case "quote":
      return quoted(block.blocks, place);
    case "code":
      return [codeParagraph(block.text)];
    case "table":
      return [
        gridTable(
          block.header.map((runs) => proseRuns(runs.map((run) => ({ ...run, strong: true as const })))),
          block.rows.map((row) => row.map(proseRuns)),
        ),
      ];
  }
}

function listBody(
  { ordered, items }: Extract<ProseBlock, { readonly kind: "list" }>,
  place: Place,
  level: number,
): BodyPart[] {
  const numbering = {
    reference: ordered ? "numbers" : "bullets",
    level: Math.min(level, deepestListLevel),
    instance: ordered ? place.outline.nextList() : 0,
  };
  return items.flatMap((item) => {
    const [first, ...others] = item;
    const hasWords = first?.kind === "paragraph" || first?.kind === "heading";
    const marked = new Paragraph({
      style: "ListParagraph",
      numbering,
      children: hasWords ? proseRuns(first.runs) : [],
    });
    const rest = hasWords ? others : item;
    return [
      marked,
      ...rest.flatMap((block): BodyPart[] => {
        if (block.kind === "list") return listBody(block, place, level + 1);
        if (block.kind !== "paragraph") return blockBody(block, place);
        const indent = { left: 425 * (numbering.level + 1) };
        return [new Paragraph({ style: "ListParagraph", indent, children: proseRuns(block.runs) })];
      }),
    ];
  });
}

function quoted(blocks: readonly ProseBlock[], place: Place): BodyPart[] {
  return blocks.flatMap((block) =>
    block.kind === "paragraph"
      ? [new Paragraph({ style: "Quote", children: proseRuns(block.runs) })]
      : blockBody(block, place),
  );
}

/** One paragraph, its lines as they were. */
function codeParagraph(text: string): Paragraph {
  const lines = cleanText(text).split("\n");
  return new Paragraph({
    style: "Code",
    children: lines.map((line, at) => new TextRun({ text: line, ...(at === 0 ? {} : { break: 1 }) })),
  });
}
