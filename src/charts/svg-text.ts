import { createHash } from "node:crypto";

/** Attributes that hold numbers: coordinates, paths, transforms, sizes. Text never stands in them. */
const numeric =
  / (d|r|transform|viewBox|width|height|offset|font-size|stroke-dasharray|stroke-width|(?:fill-|stroke-)?opacity|[cdfr]?[xy]|[xy][12])="([^"]*)"/g;

/** What pages style by and screen readers speak of: an image has none of it inside. */
const inner = / (?:class|role|aria-[a-z]+)="[^"]*"/g;

/** Longer than two decimals, or with an exponent. */
const long = /-?\d+(?:\.\d+)?e[+-]?\d+|-?\d+\.\d{3,}|-0(?![.\d])/g;

/** No XML text can hold these: control characters, halves of surrogate pairs, two non-characters. */
const unwritable = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;

/**
 * Makes an SVG the same bytes everywhere and one accessible image: every number to 2 decimals, ids that no other chart of
 * a page has, `role="img"` with title and description.
 *
 * @param svg - from Vega's SVG writer, which escapes `<` and `>` in texts and attributes: an angle bracket is a tag's
 */
export function finishSvg(
  svg: string,
  texts: { readonly title: string; readonly description: string },
): string {
  const plain = svg
    .replace(/<[^<>]*>/g, (tag) =>
      tag
        .replace(inner, "")
        .replace(numeric, (_, name: string, value: string) => ` ${name}="${value.replace(long, rounded)}"`),
    )
    .replace(unwritable, "\ufffd");
  const title = escapeXml(texts.title);
  const description = escapeXml(texts.description);
  const id = `chart-${createHash("sha256").update(renamed(plain, "")).update(`${title}\n${description}`).digest("hex").slice(0, 12)}`;
  return renamed(plain, id).replace(
    /<svg[^>]*>/,
    (root) =>
      `${root.slice(0, -1)} role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc">` +
      `<title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>`,
  );
}

function rounded(number: string): string {
  const value = Math.round(Number(number) * 100) / 100;
  return value === 0 ? "0" : String(value);
}

/** Vega numbers clips and gradients over all charts of a process: here they are numbered within their own. */
function renamed(svg: string, prefix: string): string {
  const numbers = new Map<string, number>();
  const own = (id: string): string => {
    if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
    return `${prefix}-def-${numbers.get(id)}`;
  };
  return svg.replace(/<[^<>]*>/g, (tag) => {
    if (!tag.includes(' id="') && !tag.includes("url(#")) return tag;
    return tag
      .replace(/ id="([^"]*)"/g, (_, id: string) => ` id="${own(id)}"`)
      .replace(/url\(#([^)]*)\)/g, (_, id: string) => `url(#${own(id)})`);
  });
}

function escapeXml(text: string): string {
  return text
    .replace(unwritable, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
