import { unzipSync } from "fflate";
import { SaxesParser } from "saxes";

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The text directly within it. */
  text: string;
  readonly children: Element[];
}

/** A workbook's parts by name, each a tree; a part that is not well-formed XML throws. */
export function partsOf(workbook: Uint8Array): ReadonlyMap<string, Element> {
  return new Map(
    Object.entries(unzipSync(workbook)).map(([name, bytes]) => [
      name,
      parse(new TextDecoder().decode(bytes)),
    ]),
  );
}

function parse(xml: string): Element {
  const root: Element = { name: "", attributes: {}, text: "", children: [] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element: Element = {
      name,
      attributes: attributes as Record<string, string>,
      text: "",
      children: [],
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on("closetag", () => open.pop());
  parser.write(xml).close();
  return root;
}

/** Every element of a name below another, in document order. */
export function all(root: Element | undefined, name: string): Element[] {
  return (root?.children ?? []).flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...all(child, name),
  ]);
}
