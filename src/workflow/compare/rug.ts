import type { Polarity, Verdict } from "../../analysis/regional/comparison.js";
import { wordOf } from "../../analysis/regional/verdict.js";
import { isMarked } from "../../analysis/tally.js";
import { inSentence } from "../../analysis/words.js";
import { figureText } from "../../charts/result-table.js";
import { type Html, type HtmlValue, html } from "../../report/page/html.js";
import { dataTable } from "../../report/page/table.js";
import type { AreaGroup } from "./compared.js";

/** Where a page's parts are: ids to link to. */
export interface Anchors {
  readonly indicator: (id: string) => string;
  readonly area: (name: string) => string;
}

const signs: Readonly<Record<Verdict, string>> = {
  higher: "▲",
  lower: "▼",
  similar: "●",
  few: "○",
  untested: "–",
};

/** A word with its sign; a screen reader has the word alone. */
export function wordMark(verdict: Verdict, polarity: Polarity | undefined): Html {
  return html`<span aria-hidden="true">${signs[verdict]}\u00a0</span>${wordOf(verdict, polarity)}`;
}

/** Every area under every indicator: value, sign and word, each row linked to the area's profile. */
export function rugHtml(group: AreaGroup, id: string, anchors: Anchors): Html {
  const figures = group.compared.map(
    ({ comparison }) => new Map(comparison.areas.map((area) => [area.area, area])),
  );
  return dataTable({
    id,
    caption: `Every ${inSentence(group.heading)} under every indicator`,
    columns: [
      { header: group.heading },
      ...group.compared.map(({ comparison: { indicator } }) => ({
        header: html`<a href="#${anchors.indicator(indicator.id)}">${indicator.name}</a>`,
      })),
    ],
    rows: group.areas.map((area): HtmlValue[] => [
      html`<a href="#${anchors.area(area)}">${area}</a>`,
      ...group.compared.map(({ comparison: { indicator } }, at): HtmlValue => {
        const found = figures[at]?.get(area);
        if (found === undefined) return "";
        const text = figureText(found.figure, indicator.measure);
        if (found.unknown || isMarked(found.figure)) return text;
        const { verdict } = found;
        const inner = html`${text} <span class="word">${wordMark(verdict, indicator.polarity)}</span>`;
        return verdict === "higher" || verdict === "lower"
          ? html`<div class="flagged">${inner}</div>`
          : inner;
      }),
    ]),
  });
}

/** What the signs mean. */
export function rugKey(): Html {
  return html`<p>▲ higher and ▼ lower than chance commonly gives (an exact test at 95%, or at 99.8% with more than 20 areas), ● similar: no clear difference, ○ too few to say (fewer than 10, or so few by rounded numbers), never flagged, – not tested. Better and worse only where it is known which direction is good.</p>\n`;
}
