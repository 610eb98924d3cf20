import { cleanText } from "./runs.js";
import { descendants, isElement, type XmlElement } from "./xml-tree.js";

/** The text of each paragraph, which Word may have cut into many runs. */
export function textOf(root: XmlElement): string[] {
  return paragraphsOf(root).map((paragraph) => textsOf(paragraph).map(contentOf).join(""));
}

/**
 * Writes values in place of `{{name}}`, also where Word cut the placeholder into runs: the value takes the look of the
 * run that it begins in.
 */
export function fillPlaceholders(root: XmlElement, values: ReadonlyMap<string, string>): void {
  for (const paragraph of paragraphsOf(root)) fillParagraph(paragraph, values);
}

function fillParagraph(paragraph: XmlElement, values: ReadonlyMap<string, string>): void {
  const texts = textsOf(paragraph);
  const whole = texts.map(contentOf).join("");
  const found = [...whole.matchAll(/\{\{(\w+)\}\}/g)].filter(([, name = ""]) => values.has(name));
  // From the end, so that what stands before keeps its place.
  for (const { index, 0: written, 1: name = "" } of found.reverse()) {
    let start = 0;
    let value = cleanText(values.get(name) as string);
    for (const text of texts) {
      const content = contentOf(text);
      const from = Math.max(0, index - start);
      const to = Math.min(content.length, index + written.length - start);
      start += content.length;
      if (from >= to) continue;
      text.children = [content.slice(0, from) + value + content.slice(to)];
      text.attributes["xml:space"] = "preserve";
      value = "";
    }
  }
}

function paragraphsOf(root: XmlElement): XmlElement[] {
  return [...descendants(root)].filter(({ name }) => name === "w:p");
}

/** The texts of a paragraph, but not of one that stands in a box inside it. */
function textsOf(element: XmlElement): XmlElement[] {
  return element.children.filter(isElement).flatMap((child) => {
    if (child.name === "w:t") return [child];
    return child.name === "w:p" ? [] : textsOf(child);
  });
}

function contentOf({ children }: XmlElement): string {
  return children.filter((child) => !isElement(child)).join("");
}
