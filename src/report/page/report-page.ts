import type { Block, Report, ReportPart } from "../document/document.js";
import { chartHtml } from "./chart.js";
import { type Html, html } from "./html.js";
import { pageHtml } from "./page.js";
import { proseHtml } from "./prose.js";
import { foldedHtml, longestTable, onPaperHtml, resultTableHtml } from "./result-table.js";

/**
 * A report as a web page in one file: every chart has its table beside it, and no script is needed. On paper a table that
 * is folded under a chart gives way to a line that says where it is; one that stands without a chart is printed.
 *
 * @param options.tables - the file that has the tables whole: "tables.xlsx"
 */
export function reportPage(report: Report, options: { readonly tables: string }): string {
  const { title, kind, marking, lede, summary, parts, footer } = report;
  return pageHtml({
    title,
    kind,
    marking,
    lede,
    charts: true,
    summary: sectionOf(summary, 2, options),
    sections: parts.map((part) => ({
      ...sectionOf(part, 2, options),
      sections: (part.parts ?? []).map((inner) => sectionOf(inner, 3, options)),
    })),
    footer: html`<p>${footer}</p>`,
  });
}

function sectionOf(
  { id, heading, blocks }: Omit<ReportPart, "parts">,
  level: 2 | 3,
  { tables }: { readonly tables: string },
) {
  const isCharted = blocks.some(({ kind }) => kind === "chart");
  const place = { level, onPaper: isCharted ? tables : undefined };
  return { id, heading, body: html`${blocks.map((block) => blockHtml(block, place))}` };
}

/** Where a block stands: below a heading of this level, its long tables on paper left to this file, or printed. */
interface Place {
  readonly level: 2 | 3;
  readonly onPaper: string | undefined;
}

function blockHtml(block: Block, place: Place): Html {
  switch (block.kind) {
    case "paragraph":
      return html`<p>${block.text}</p>\n`;
    case "list":
      return html`<ul>
${block.items.map(
  ({ text, section }) =>
    html`<li>${text}${section === undefined ? "" : html` <a href="#${section.id}">See “${section.heading}”</a>`}</li>\n`,
)}</ul>
`;
    case "facts":
      return html`<dl class="facts">
${block.facts.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>\n`)}</dl>
`;
    case "chart":
      return html`${chartHtml(block.chart, { id: block.id, pictures: block.pictures.svg, table: false })}${foldedHtml("The same in a table", resultTableHtml(`${block.id}-table`, block.table), onPaper(place, "the whole table"))}`;
    case "table":
      return block.table.rows.length <= longestTable
        ? resultTableHtml(block.id, block.table)
        : foldedHtml(
            block.table.caption,
            resultTableHtml(block.id, block.table),
            onPaper(place, block.table.caption),
          );
    case "folded":
      return foldedHtml(block.heading, html`${block.blocks.map((inner) => blockHtml(inner, place))}`);
    case "prose":
      return proseHtml(block.blocks, place.level);
  }
}

/** What stands on paper in place of a table that is folded away. */
function onPaper({ onPaper: file }: Place, what: string): Html | undefined {
  return file === undefined ? undefined : onPaperHtml(file, what);
}
