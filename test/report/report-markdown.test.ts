import fc from "fast-check";
import { expect, test } from "vitest";
import type { Block, Report } from "../../src/report/document/document.js";
import { readMarkdown } from "../../src/report/document/markdown.js";
import type { ProseBlock } from "../../src/report/document/prose.js";
import { reportMarkdown } from "../../src/report/document/report-markdown.js";

function reportWith(...blocks: Block[]): Report {
  return {
    title: "Questions about the data",
    kind: "For the data’s owner",
    marking: "OFFICIAL-SENSITIVE",
    lede: "Please help.",
    date: "2026-11-16",
    summary: { id: "short", heading: "In short", blocks },
    parts: [],
    footer: "End.",
  };
}

/** What a reader of Markdown takes from a report's only section. */
function readBack(...blocks: Block[]): readonly ProseBlock[] {
  const { blocks: read, notes } = readMarkdown(reportMarkdown(reportWith(...blocks)));
  expect(notes).toEqual([]);
  const from = read.findIndex((block) => block.kind === "heading" && block.runs[0]?.text === "In short");
  return read.slice(from + 1, -1);
}

function words(block: ProseBlock | undefined): string {
  return block?.kind === "paragraph" ? block.runs.map(({ text }) => text).join("") : "not a paragraph";
}

test("a report as Markdown, whole", () => {
  const text = reportMarkdown(
    reportWith(
      { kind: "list", items: [{ text: "An id is joined by _." }] },
      {
        kind: "prose",
        blocks: [
          {
            kind: "paragraph",
            runs: [{ text: "1. ", strong: true }, { text: "Is 008453_2 right?" }],
          },
          { kind: "paragraph", runs: [{ text: "008453_2", code: true }, { text: " (row 17)." }] },
        ],
      },
      {
        kind: "table",
        id: "t",
        table: {
          id: "t",
          caption: "Rows",
          dimensions: ["Field"],
          measures: [{ key: "rows", label: "Rows", kind: "count" }],
          rows: [{ names: ["a|b"], cells: [1234] }],
        },
      },
    ),
  );
  expect(text).toBe(`# Questions about the data

**OFFICIAL-SENSITIVE**

For the data’s owner, 16 November 2026

Please help.

## In short

- An id is joined by \\_.

**1.** Is 008453_2 right?

\`008453_2\` (row 17).

Rows

| Field | Rows |
| --- | --- |
| a\\|b | 1,234 |

End.
`);
});

test.each([
  "* a star",
  "# no heading",
  "- no item",
  "1. no item",
  "2) no item",
  "+ none",
  "> no quotation",
  "<script>alert(1)</script>",
  "[text](https://example.org)",
  "a `tick` and *stars* and __lines__ and ~~strokes~~",
  "AT&amp;T & others \\ back",
  "008453_2 and _x_",
  "=2+5",
  "| a | b |",
])("%s is read back as it was", (text) => {
  const [block] = readBack({ kind: "paragraph", text });
  expect(words(block)).toBe(text);
});

test("an id of any characters is read back as code", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."a0`_*<>&|\\ -=."), minLength: 1, maxLength: 8 }),
      (id) => {
        fc.pre(id.trim() === id);
        const [block] = readBack({
          kind: "prose",
          blocks: [{ kind: "paragraph", runs: [{ text: "Id " }, { text: id, code: true }, { text: "." }] }],
        });
        expect(words(block)).toBe(`Id ${id}.`);
      },
    ),
  );
});
