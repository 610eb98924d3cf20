import { expect, test } from "vitest";
import type { Block } from "../../src/report/document/document.js";
import { reportPage } from "../../src/report/page/report-page.js";
import { report, table } from "./docx/sample.js";

const long: Block = { kind: "table", id: "long", table: table("long", 16) };

function pageOf(...blocks: Block[]): string {
  const parts = [{ id: "one", heading: "One", blocks }];
  return reportPage({ ...report, parts }, { tables: "tables.xlsx" });
}

test("a long table that stands without a chart is printed", () => {
  const page = pageOf(long);
  expect(page).toContain('<details class="printed">');
  expect(page).not.toContain('class="paper"');
});

test("a table under a chart gives way to a line on paper, and how it was worked out is printed", () => {
  const chart = report.parts[1]?.parts?.[0]?.blocks[1] as Block;
  const page = pageOf(chart, long, {
    kind: "folded",
    heading: "How this was worked out",
    blocks: [{ kind: "facts", facts: [["Method", "Counted."]] }],
  });
  // One for the chart's own table, one for the long one.
  expect([...page.matchAll(/<p class="paper">(.*?)<\/p>/g)].map(([, line]) => line)).toEqual([
    "In tables.xlsx: the whole table.",
    `In tables.xlsx: ${(long as Extract<Block, { kind: "table" }>).table.caption}.`,
  ]);
  expect(page).toMatch(
    /<summary>How this was worked out<\/summary>\n<dl class="facts">\n<dt>Method<\/dt><dd>Counted\.<\/dd>/,
  );
});
