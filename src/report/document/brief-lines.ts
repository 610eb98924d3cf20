import type { Block } from "./document.js";

/** Characters of 11-point text in a line of A4 with narrow margins; few, so that a line counted is one at most. */
const lineLength = 90;

/** The height of a line, in CSS pixels: 11 points and their leading. */
const lineHeight = 18.5;

/** How many lines a text takes. */
export function linesOf(text: string, length = lineLength): number {
  return Math.max(1, Math.ceil(text.length / length));
}

/** How many lines a block takes in a document, at most about: with the room below it. A brief has no tables and no prose. */
export function blockLines(block: Block): number {
  switch (block.kind) {
    case "paragraph":
      return linesOf(block.text) + 0.5;
    case "list":
      return block.items.reduce((sum, { text }) => sum + linesOf(text, lineLength - 4) + 0.3, 0);
    case "facts":
      return block.facts.reduce((sum, [term, text]) => sum + linesOf(`${term}: ${text}`) + 0.5, 0);
    case "chart": {
      const { chart, pictures } = block;
      const heights = pictures.png.reduce((sum, { height }) => sum + height, 0);
      const words = pictures.png.length === 0 ? [chart.description, chart.description] : [];
      return (
        2 +
        [chart.title, chart.subtitle, ...chart.notes, ...words].reduce(
          (sum, text) => sum + linesOf(text) + 0.5,
          0,
        ) +
        heights / lineHeight
      );
    }
    case "table":
    case "prose":
    case "folded":
      return 0;
  }
}
