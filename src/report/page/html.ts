class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** Markup that stands in a page as it is. Nothing outside this file makes it, so whatever reaches a page was escaped. */
export type Html = Markup;

/** What may be put into a template: text and numbers are escaped, markup stands, a list is each of its parts in turn. */
export type HtmlValue = string | number | Html | readonly HtmlValue[];

/**
 * Markup from a template whose values are escaped. An attribute's value stands in double quotes in the template.
 *
 * @example html`<td>${"<b>"}</td>`.toString() // → "<td>&lt;b&gt;</td>"
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = parts[0] as string;
  for (const [at, value] of values.entries()) markup += markupOf(value) + (parts[at + 1] as string);
  return new Markup(markup);
}

/** A style sheet in its element, where nothing is escaped: it may hold no `<`, which no style sheet needs. */
export function styleElement(css: string): Html {
  if (css.includes("<")) throw new Error("a style sheet may not hold <");
  return new Markup(`<style>${css}</style>`);
}

/** A picture that `renderSpec` drew, which escapes its texts: one element, and nothing in it that a page's policy would refuse. */
export function svgElement(svg: string): Html {
  const oneElement = svg.startsWith("<svg ") && svg.endsWith("</svg>");
  if (
    !oneElement ||
    /<(?:script|style|foreignObject|image|a)[\s>]|<[^>]* (?:on[a-z]+|style|href|xlink:href)=/i.test(svg)
  )
    throw new Error("a picture has to be one svg element without scripts, styles and links");
  return new Markup(svg);
}

function markupOf(value: HtmlValue): string {
  if (value instanceof Markup) return value.toString();
  if (typeof value === "string") return escaped(value);
  if (typeof value === "number") return String(value);
  let markup = ""; // the engine joins pieces once at the end, where join() would copy them at every level
  for (const each of value) markup += markupOf(each);
  return markup;
}

// Tab and line feed are blanks; HTML allows no other control character and no half of a pair.
const notAllowed = /(?![\t\n])[\p{Cc}\p{Cs}\ufdd0-\ufdef\ufffe\uffff]/gu;
const special: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

// Most texts need nothing: one plain test is far quicker than two replacements with Unicode classes.
const plain = /^[ !#$%(-;=?-~]*$/;

function escaped(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(notAllowed, "\ufffd").replace(/[&<>"']/g, (character) => special[character] as string);
}
