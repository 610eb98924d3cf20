import type { Chart } from "../../charts/chart.js";
import { type Html, html, svgElement } from "./html.js";
import { dataTable } from "./table.js";

/**
 * A chart in a page: headline, what is measured, the picture, how to read it, and the same in a table.
 *
 * @param options.id - unique in the page
 * @param options.pictures - from `renderParts`
 * @param options.textColumns - how many columns of the table name things before its numbers begin; default 2
 * @param options.table - false where the page has a table of its own beside the picture; default true
 */
export function chartHtml(
  { title, subtitle, table, notes }: Chart,
  {
    id,
    pictures,
    textColumns = 2,
    table: withTable = true,
  }: {
    readonly id: string;
    readonly pictures: readonly string[];
    readonly textColumns?: number;
    readonly table?: boolean;
  },
): Html {
  const numeric = (at: number): { kind?: "number" } => (at >= textColumns ? { kind: "number" } : {});
  return html`<div class="chart">
<p id="${id}-title">${title}</p>
<p>${subtitle}.</p>
<div class="scroll" role="region" aria-labelledby="${id}-title" tabindex="0">${pictures.map(svgElement)}</div>
${notes.map((note) => html`<p>${note}</p>\n`)}${
  withTable
    ? html`<details>
<summary>The same in a table</summary>
${dataTable({
  id: `${id}-table`,
  caption: subtitle,
  columns: table.header.map((header, at) => ({ header, ...numeric(at) })),
  rows: table.rows,
})}</details>
`
    : ""
}</div>
`;
}
