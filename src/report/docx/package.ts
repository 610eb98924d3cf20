import { Document, Footer, Header, Packer, PageNumber, Paragraph, TextRun } from "docx";
import { unzipSync } from "fflate";
import type { Report } from "../document/document.js";
import { page } from "./layout.js";
import type { BodyPart } from "./prose.js";
import { cleanText, plain } from "./runs.js";
import { documentNumbering, documentStyles } from "./styles.js";
import {
  childrenOf,
  descendants,
  isElement,
  parseXml,
  writeXml,
  type XmlElement,
  xmlElement,
} from "./xml-tree.js";

/** The parts of a document by their names. */
export type DocumentParts = Record<string, Uint8Array>;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Reads a part that is there. */
export function readPart(parts: DocumentParts, name: string): XmlElement {
  return parseXml(decode(parts[name] as Uint8Array));
}

/** Writes a part over the one that was there. */
export function writePart(parts: DocumentParts, name: string, root: XmlElement): void {
  parts[name] = encode(writeXml(root));
}

/**
 * The parts of a document in which nothing depends on the clock or on chance, as much of what the library writes does:
 * the ids of links, the numbers of bookmarks and pictures, the dates.
 */
export async function documentParts(report: Report, body: readonly BodyPart[]): Promise<DocumentParts> {
  const document = new Document({
    title: cleanText(report.title),
    subject: cleanText(report.kind),
    creator: "casedraw",
    lastModifiedBy: "casedraw",
    styles: documentStyles,
    numbering: documentNumbering,
    sections: [
      {
        properties: {
          page: {
            size: { width: page.width, height: page.height },
            margin: {
              top: page.topAndBottom,
              bottom: page.topAndBottom,
              left: page.side,
              right: page.side,
              header: 500,
              footer: 500,
            },
          },
        },
        headers: {
          default: new Header({
            children: [new Paragraph({ style: "Header", children: [plain(report.marking)] })],
          }),
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                style: "Footer",
                children: [
                  new TextRun({ children: ["Page ", PageNumber.CURRENT, " of ", PageNumber.TOTAL_PAGES] }),
                ],
              }),
            ],
          }),
        },
        children: body.map((part) => (isWritten(part) ? new Paragraph({ style: standIn }) : part)),
      },
    ],
  });
  const parts: DocumentParts = unzipSync(await Packer.toBuffer(document), {
    filter: ({ name }) => !name.endsWith("/"),
  });
  const main = readPart(parts, "word/document.xml");
  const relations = readPart(parts, "word/_rels/document.xml.rels");
  putWritten(main, body.filter(isWritten));
  settleIds(main, relations);
  settleTables(main);
  addStyles(parts);
  writePart(parts, "word/document.xml", main);
  writePart(parts, "word/_rels/document.xml.rels", relations);
  parts["docProps/core.xml"] = coreProperties(report);
  return parts;
}

/** The style of a paragraph that stands where a part goes that the library does not write. */
const standIn = "casedraw-stand-in";

function isWritten(part: BodyPart): part is XmlElement {
  return "name" in part;
}

function putWritten(main: XmlElement, written: readonly XmlElement[]): void {
  const [body] = childrenOf(main, "w:body") as [XmlElement];
  const next = written.values();
  body.children = body.children.map((child) => {
    if (!isElement(child) || child.name !== "w:p") return child;
    const style = childrenOf(child, "w:pPr").flatMap((properties) => childrenOf(properties, "w:pStyle"))[0];
    return style?.attributes["w:val"] === standIn ? (next.next().value as XmlElement) : child;
  });
}

/** Document properties with the dates of the report. */
export function coreProperties({ title, kind, date }: Report): Uint8Array {
  const time = (name: string): XmlElement =>
    xmlElement(`dcterms:${name}`, { "xsi:type": "dcterms:W3CDTF" }, [`${date}T00:00:00Z`]);
  return encode(
    writeXml(
      xmlElement(
        "cp:coreProperties",
        {
          "xmlns:cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
          "xmlns:dc": "http://purl.org/dc/elements/1.1/",
          "xmlns:dcterms": "http://purl.org/dc/terms/",
          "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        },
        [
          xmlElement("dc:title", {}, [cleanText(title)]),
          xmlElement("dc:subject", {}, [cleanText(kind)]),
          xmlElement("dc:creator", {}, ["casedraw"]),
          xmlElement("dc:language", {}, ["en-GB"]),
          time("created"),
          time("modified"),
        ],
      ),
    ),
  );
}

/** Numbers links, bookmarks and pictures as they come. */
function settleIds(main: XmlElement, relations: XmlElement): void {
  const links = new Map<string, string>();
  let bookmarks = 0;
  let pictures = 0;
  const open: string[] = [];
  for (const element of descendants(main)) {
    const { name, attributes } = element;
    const link = attributes["r:id"];
    if (name === "w:hyperlink" && link !== undefined) {
      if (!links.has(link)) links.set(link, `link${links.size + 1}`);
      attributes["r:id"] = links.get(link) as string;
    } else if (name === "w:bookmarkStart") {
      bookmarks += 1;
      attributes["w:id"] = String(bookmarks);
      open.push(String(bookmarks));
    } else if (name === "w:bookmarkEnd") {
      attributes["w:id"] = open.pop() as string;
    } else if (name === "wp:docPr") {
      pictures += 1;
      attributes.id = String(pictures);
    }
  }
  for (const relation of childrenOf(relations, "Relationship")) {
    const settled = links.get(relation.attributes.Id as string);
    if (settled !== undefined) relation.attributes.Id = settled;
  }
  // The library adds links as they are packed: in the order of their ids the part is the same each time.
  const place = ({ attributes: { Id = "" } }: XmlElement): number => Number(/\d+$/.exec(Id)?.[0] ?? 0);
  relations.children = childrenOf(relations, "Relationship").sort((a, b) => place(a) - place(b));
}

/** Leaves the look of tables to their style. Two of them side by side would be one, and text below one would touch it. */
function settleTables(main: XmlElement): void {
  const [body] = childrenOf(main, "w:body");
  for (const properties of [...descendants(main)].filter(({ name }) => name === "w:tblPr")) {
    // The library draws every line; which are drawn is for the style to say, and the format has the look last.
    properties.children = properties.children.filter(
      (child) => isElement(child) && child.name !== "w:tblBorders",
    );
    properties.children.push(
      xmlElement("w:tblLook", { "w:firstRow": "1", "w:firstColumn": "1", "w:noVBand": "1" }),
    );
  }
  const children = (body as XmlElement).children.filter(isElement);
  (body as XmlElement).children = children.flatMap((child, at) => {
    if (children[at - 1]?.name !== "w:tbl") return [child];
    if (child.name === "w:tbl") return [xmlElement("w:p"), child];
    spaceAbove(child);
    return [child];
  });
}

/** Room above a paragraph, unless its style has some. */
function spaceAbove(paragraph: XmlElement): void {
  const [properties] = childrenOf(paragraph, "w:pPr");
  const spacing = xmlElement("w:spacing", { "w:before": "160" });
  if (properties === undefined) {
    paragraph.children.unshift(xmlElement("w:pPr", {}, [spacing]));
    return;
  }
  const [style] = childrenOf(properties, "w:pStyle");
  if (/^(?:Heading|Caption|ChartTitle)/.test(style?.attributes["w:val"] ?? "")) return;
  // The format has a fixed order: spacing comes after these and before the rest.
  const before = /^w:(?:pStyle|keepNext|keepLines|pageBreakBefore|widowControl|numPr|pBdr|shd|tabs)$/;
  const at = properties.children.findLastIndex((child) => isElement(child) && before.test(child.name));
  properties.children.splice(at + 1, 0, spacing);
}

/** A look for tables, which the library has none of, and the style that all others are based on. */
function addStyles(parts: DocumentParts): void {
  const styles = readPart(parts, "word/styles.xml");
  const border = (side: string): XmlElement =>
    xmlElement(`w:${side}`, { "w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "B1B4B6" });
  styles.children.push(
    xmlElement("w:style", { "w:type": "paragraph", "w:default": "1", "w:styleId": "Normal" }, [
      xmlElement("w:name", { "w:val": "Normal" }),
    ]),
    xmlElement("w:style", { "w:type": "table", "w:styleId": "TableGrid" }, [
      xmlElement("w:name", { "w:val": "Table Grid" }),
      xmlElement("w:uiPriority", { "w:val": "39" }),
      xmlElement("w:tblPr", {}, [xmlElement("w:tblBorders", {}, ["top", "bottom", "insideH"].map(border))]),
    ]),
  );
  writePart(parts, "word/styles.xml", styles);
}
