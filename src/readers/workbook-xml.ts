import { SaxesParser } from "saxes";
import { CasedrawError } from "../errors.js";
import { corruptWorkbook, type WorkbookArchive } from "./workbook-archive.js";

/** What is to be done at each piece of a part; element names come without their prefix. */
export interface XmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(text: string): void;
}

/**
 * Reads one XML part of a workbook from start to end, or until `enough` says so.
 *
 * @throws CasedrawError `WORKBOOK_CORRUPT` if it is not well-formed UTF-8 XML, `WORKBOOK_DTD` if it declares a document type
 */
export async function readXml(
  archive: WorkbookArchive,
  part: string,
  handlers: XmlHandlers,
  enough: () => boolean = () => false,
): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false } as const);
  parser.on("doctype", () => {
    throw new CasedrawError(
      "WORKBOOK_DTD",
      `Workbook part declares a document type: no spreadsheet program writes one (${archive.file}, part ${part}). ` +
        `Open it in Excel and save it again, or ask for it again.`,
      { file: archive.file, part },
    );
  });
  parser.on("opentag", (tag) => handlers.open(localName(tag.name), tag.attributes));
  parser.on("closetag", (tag) => handlers.close(localName(tag.name)));
  parser.on("text", (text) => handlers.text(text));
  parser.on("cdata", (text) => handlers.text(text));
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const piece of archive.read(part)) {
    strictly(archive.file, part, () => parser.write(decoder.decode(piece, { stream: true })));
    if (enough()) return;
  }
  strictly(archive.file, part, () => parser.write(decoder.decode()).close());
}

/** Attributes of an element by their names without prefix. */
export function attribute(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  const plain = attributes[name];
  if (plain !== undefined) return plain;
  const key = Object.keys(attributes).find((other) => other.endsWith(`:${name}`));
  return key === undefined ? undefined : attributes[key];
}

/** Whether an XML attribute of type boolean is true. */
export function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true";
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon === -1 ? name : name.slice(colon + 1);
}

/** The parser's messages can hold what stands in the part, so only the part is named. */
function strictly(file: string, part: string, parse: () => void): void {
  try {
    parse();
  } catch (error) {
    if (error instanceof CasedrawError) throw error;
    throw corruptWorkbook(file, `the part ${part} is not well-formed XML`);
  }
}
