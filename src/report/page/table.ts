import { type Html, type HtmlValue, html } from "./html.js";

export interface TableColumn {
  readonly header: HtmlValue;
  /** Numbers stand to the right, a picture keeps its width; the rest is text. */
  readonly kind?: "number" | "picture";
}

export interface DataTable {
  /** Unique in the page. */
  readonly id: string;
  readonly caption: string;
  /** The first one names each row. */
  readonly columns: readonly TableColumn[];
  /** As many cells a row as there are columns. */
  readonly rows: readonly (readonly HtmlValue[])[];
  readonly total?: readonly HtmlValue[];
}

/**
 * A table with a caption, header cells that say what they head, and a region around it that scrolls by itself where the
 * screen is narrower than the table, also from the keyboard.
 */
export function dataTable({ id, caption, columns, rows, total }: DataTable): Html {
  const row = (cells: readonly HtmlValue[]): Html => tableRow(cells, columns);
  return html`<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">
<table>
<caption id="${id}"><span>${caption}</span></caption>
<thead><tr>${columns.map(({ header, kind }) => html`<th scope="col"${classOf(kind)}>${header}</th>`)}</tr></thead>
<tbody>
${rows.map(row)}</tbody>
${total === undefined ? "" : html`<tfoot>${row(total)}</tfoot>\n`}</table>
</div>
`;
}

function tableRow(cells: readonly HtmlValue[], columns: readonly TableColumn[]): Html {
  if (cells.length !== columns.length)
    throw new Error(`a row has ${cells.length} cells under ${columns.length} headers`);
  const [name, ...others] = cells;
  return html`<tr><th scope="row">${name as HtmlValue}</th>${others.map(
    (cell, at) => html`<td${classOf(columns[at + 1]?.kind)}>${cell}</td>`,
  )}</tr>
`;
}

function classOf(kind: TableColumn["kind"]): HtmlValue {
  return kind === undefined ? "" : html` class="${kind}"`;
}
