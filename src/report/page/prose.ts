import type { ProseBlock, Run } from "../document/prose.js";
import { type Html, html } from "./html.js";

/**
 * Prose in a page, its headings below the page's own and none more than one level below the one before it.
 *
 * @param under - the level of the heading that it stands under
 */
export function proseHtml(blocks: readonly ProseBlock[], under: 2 | 3): Html {
  let last: number = under;
  const level = (wanted: number): number => {
    last = Math.min(under + wanted, last + 1, 6);
    return last;
  };
  return blocksHtml(blocks, level);
}

/** Gives a heading its level in the page. */
type Level = (wanted: number) => number;

function blocksHtml(blocks: readonly ProseBlock[], level: Level): Html {
  return html`${blocks.map((block) => blockHtml(block, level))}`;
}

function blockHtml(block: ProseBlock, level: Level): Html {
  switch (block.kind) {
    case "heading":
      return headingHtml(level(block.level), runsHtml(block.runs));
    case "paragraph":
      return html`<p>${runsHtml(block.runs)}</p>\n`;
    case "list": {
      const items = block.items.map((item) => html`<li>${itemHtml(item, level)}</li>\n`);
      return block.ordered ? html`<ol>\n${items}</ol>\n` : html`<ul>\n${items}</ul>\n`;
    }
    case "quote":
      return html`<blockquote>${blocksHtml(block.blocks, level)}</blockquote>\n`;
    case "code":
      return html`<pre tabindex="0"><code>${block.text}</code></pre>\n`;
    case "table":
      return html`<div class="scroll" tabindex="0" role="region" aria-label="Table">
<table>
<thead><tr>${block.header.map((runs) => html`<th scope="col">${runsHtml(runs)}</th>`)}</tr></thead>
<tbody>
${block.rows.map((row) => html`<tr>${row.map((runs) => html`<td>${runsHtml(runs)}</td>`)}</tr>\n`)}</tbody>
</table>
</div>
`;
  }
}

/** An item of one paragraph needs none around it. */
function itemHtml(item: readonly ProseBlock[], level: Level): Html {
  const [first, ...others] = item;
  return first?.kind === "paragraph"
    ? html`${runsHtml(first.runs)}${blocksHtml(others, level)}`
    : blocksHtml(item, level);
}

function headingHtml(level: number, text: Html): Html {
  if (level === 3) return html`<h3>${text}</h3>\n`;
  if (level === 4) return html`<h4>${text}</h4>\n`;
  return level === 5 ? html`<h5>${text}</h5>\n` : html`<h6>${text}</h6>\n`;
}

function runsHtml(runs: readonly Run[]): Html {
  return html`${runs.map(runHtml)}`;
}

function runHtml({ text, strong, emphasis, code, href }: Run): Html {
  if (text === "\n") return html`<br>`;
  let markup = code === true ? html`<code>${text}</code>` : html`${text}`;
  if (emphasis === true) markup = html`<em>${markup}</em>`;
  if (strong === true) markup = html`<strong>${markup}</strong>`;
  return href === undefined ? markup : html`<a href="${href}" rel="noreferrer">${markup}</a>`;
}
