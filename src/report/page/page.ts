import { createHash } from "node:crypto";
import { chartFontStyle } from "./chart-font.js";
import { type Html, type HtmlValue, html, styleElement } from "./html.js";
import { pageStyle } from "./style.js";

/** A part of a page under its own heading. */
export interface PageSection {
  /** Unique in the page: contents link to it. */
  readonly id: string;
  readonly heading: string;
  readonly body: HtmlValue;
  /** Under headings of the next level; they may not have sections of their own. */
  readonly sections?: readonly Omit<PageSection, "sections">[];
}

export interface PageContent {
  /** The one `h1`. */
  readonly title: string;
  /** Of what kind the page is, before the title in the window's name: "Sample summary". */
  readonly kind: string;
  /** Who may see the page: at its head, and on every sheet in print. */
  readonly marking: string;
  /** A sentence under the title: what the page is for. */
  readonly lede: string;
  /** What a reader with one minute must know: stands above the contents. */
  readonly summary: Omit<PageSection, "sections">;
  readonly sections: readonly PageSection[];
  readonly footer: HtmlValue;
  /** Whether the page has charts, whose font it then brings along. */
  readonly charts?: boolean;
}

/**
 * A whole web page in one file: no script, nothing loaded from anywhere, and a Content-Security-Policy that allows
 * nothing but its own style sheet and pictures inside the file. The same content gives the same bytes.
 *
 * @see WCAG 2.2 AA; https://www.w3.org/TR/CSP3/ for the policy
 */
export function pageHtml(content: PageContent): string {
  const { title, kind, marking, lede, summary, sections, footer } = content;
  refuseTwins([summary, ...sections]);
  const style = `${content.charts === true ? chartFontStyle() : ""}${pageStyle(marking)}`;
  const digest = createHash("sha256").update(style).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; img-src data:; ${content.charts === true ? "font-src data:; " : ""}base-uri 'none'; form-action 'none'`;
  return html`<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${kind}: ${title}</title>
${styleElement(style)}
</head>
<body>
<a class="skip" href="#main">Skip to main content</a>
<header class="band">
<p class="marking">${marking}</p>
</header>
<main id="main" tabindex="-1">
<h1>${title}</h1>
<p class="lede">${lede}</p>
${sectionHtml(summary)}<nav aria-labelledby="contents">
<h2 id="contents">Contents</h2>
${contents(sections)}
</nav>
${sections.map(sectionHtml)}
</main>
<footer>${footer}</footer>
</body>
</html>
`.toString();
}

function contents(sections: readonly PageSection[]): Html {
  return html`<ul>
${sections.map(
  ({ id, heading, sections: inner = [] }) =>
    html`<li><a href="#${id}">${heading}</a>${inner.length === 0 ? "" : contents(inner)}</li>
`,
)}</ul>`;
}

function sectionHtml({ id, heading, body, sections = [] }: PageSection): Html {
  return html`<section>
<h2 id="${id}">${heading}</h2>
${body}
${sections.map(
  (inner) => html`<section>
<h3 id="${inner.id}">${inner.heading}</h3>
${inner.body}
</section>
`,
)}</section>
`;
}

function refuseTwins(sections: readonly PageSection[]): void {
  const ids = [
    "main",
    "contents",
    ...sections.flatMap(({ id, sections: inner = [] }) => [id, ...inner.map((each) => each.id)]),
  ];
  const twin = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twin !== undefined) throw new Error(`two sections of a page are called ${twin}`);
}
