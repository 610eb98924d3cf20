import { SaxesParser } from "saxes";

/** An element of an XML part, names with their prefixes as they are written. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
  children: XmlNode[];
}

export type XmlNode = XmlElement | string;

/**
 * Reads an XML part whole; comments and processing instructions are left out.
 *
 * @throws Error where it is not well-formed, or declares a document type
 */
export function parseXml(text: string): XmlElement {
  const root: XmlElement = { name: "", attributes: {}, children: [] };
  const open: XmlElement[] = [root];
  const innermost = (): XmlElement => open.at(-1) as XmlElement;
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("doctype", () => {
    throw new Error("a document type is declared");
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes: { ...attributes } as Record<string, string>, children: [] };
    innermost().children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  const addText = (content: string): void => {
    if (open.length > 1) innermost().children.push(content);
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(text.replace(/^\ufeff/, "")).close();
  return root.children.find(isElement) as XmlElement;
}

/** Writes an XML part. */
export function writeXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${markup(root)}`;
}

export function isElement(node: XmlNode): node is XmlElement {
  return typeof node !== "string";
}

/** The children of one name. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child): child is XmlElement => isElement(child) && child.name === name);
}

/** The element and everything inside it, in the order of the file. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  const open: XmlElement[] = [element];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield next;
    for (let at = next.children.length - 1; at >= 0; at--) {
      const child = next.children[at] as XmlNode;
      if (isElement(child)) open.push(child);
    }
  }
}

/** A new element. */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly XmlNode[] = [],
): XmlElement {
  return { name, attributes: { ...attributes }, children: [...children] };
}

function markup(node: XmlNode): string {
  if (!isElement(node)) return escaped(node);
  let start = `<${node.name}`;
  for (const [name, value] of Object.entries(node.attributes)) {
    start += ` ${name}="${escaped(value).replace(/[\t\n\r]/g, (blank) => `&#${blank.charCodeAt(0)};`)}"`;
  }
  if (node.children.length === 0) return `${start}/>`;
  let inside = "";
  for (const child of node.children) inside += markup(child);
  return `${start}>${inside}</${node.name}>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
