import { unzipSync } from "fflate";
import { childrenOf, descendants, parseXml, type XmlElement } from "../../../src/report/docx/xml-tree.js";

/** A part of a document, parsed: fails where it is not well-formed. */
export function part(docx: Uint8Array, name: string): XmlElement {
  const bytes = unzipSync(docx)[name];
  if (bytes === undefined) throw new Error(`no part ${name}`);
  return parseXml(new TextDecoder().decode(bytes));
}

export function all(root: XmlElement, name: string): XmlElement[] {
  return [...descendants(root)].filter((element) => element.name === name);
}

export function words(root: XmlElement): string {
  return all(root, "w:t")
    .flatMap(({ children }) => children)
    .join("");
}

/** The style of a paragraph, "" where it names none. */
export function styleOf(paragraph: XmlElement): string {
  const [properties] = childrenOf(paragraph, "w:pPr");
  return (properties && childrenOf(properties, "w:pStyle")[0]?.attributes["w:val"]) ?? "";
}
