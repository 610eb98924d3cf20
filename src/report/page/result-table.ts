import type { ResultTable } from "../../analysis/result.js";
import { numericColumns, tableOf } from "../../charts/result-table.js";
import { type Html, html } from "./html.js";
import { dataTable } from "./table.js";

/** Longer tables than this are folded away. */
export const longestTable = 15;

/** A table of figures in a page. */
export function resultTableHtml(id: string, table: ResultTable): Html {
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

/**
 * What is folded away until it is asked for.
 *
 * @param instead - stands in its place where the page is printed; without it, what is folded away is printed
 */
export function foldedHtml(summary: string, content: Html, instead?: Html): Html {
  return instead === undefined
    ? html`<details class="printed">
<summary>${summary}</summary>
${content}</details>
`
    : html`<details>
<summary>${summary}</summary>
${content}</details>
${instead}`;
}

/** A line on paper in place of what is folded away. */
export function onPaperHtml(file: string, what: string): Html {
  return html`<p class="paper">In ${file}: ${what}.</p>\n`;
}
