import type { ResultTable } from "../../analysis/result.js";
import { numericColumns, tableOf } from "../../charts/result-table.js";
import type { Block, Report, ReportPart } from "../document/document.js";
import { chartHtml } from "./chart.js";
import { type Html, html } from "./html.js";
import { pageHtml } from "./page.js";
import { proseHtml } from "./prose.js";
import { dataTable } from "./table.js";

/** A report as a web page in one file: every chart has its table beside it, and no script is needed. */
export function reportPage(report: Report): string {
  const { title, kind, marking, lede, summary, parts, footer } = report;
  return pageHtml({
    title,
    kind,
    marking,
    lede,
    charts: true,
    summary: sectionOf(summary, 2),
    sections: parts.map((part) => ({
      ...sectionOf(part, 2),
      sections: (part.parts ?? []).map((inner) => sectionOf(inner, 3)),
    })),
    footer: html`<p>${footer}</p>`,
  });
}

function sectionOf({ id, heading, blocks }: Omit<ReportPart, "parts">, level: 2 | 3) {
  return { id, heading, body: html`${blocks.map((block) => blockHtml(block, level))}` };
}

function blockHtml(block: Block, level: 2 | 3): Html {
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
      return html`${chartHtml(block.chart, { id: block.id, pictures: block.pictures.svg, table: false })}${folded("The same in a table", resultTableHtml(`${block.id}-table`, block.table))}`;
    case "table":
      return block.table.rows.length <= longest
        ? resultTableHtml(block.id, block.table)
        : folded(block.table.caption, resultTableHtml(block.id, block.table));
    case "prose":
      return proseHtml(block.blocks, level);
  }
}

/** Longer tables than this are folded away: on paper they are left to the workbook. */
const longest = 15;

function folded(summary: string, table: Html): Html {
  return html`<details>
<summary>${summary}</summary>
${table}</details>
`;
}

function resultTableHtml(id: string, table: ResultTable): Html {
  const numeric = numericColumns(table);
  const { header, rows } = tableOf(table);
  return dataTable({
    id,
    caption: table.caption,
    columns: header.map((name, at) =>
      numeric[at] === true ? { header: name, kind: "number" } : { header: name },
    ),
    rows,
  });
}
