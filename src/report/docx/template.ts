import { unzipSync } from "fflate";
import { longDate } from "../../analysis/words.js";
import { CasedrawError } from "../../errors.js";
import type { Report } from "../document/document.js";
import { joinNumbering, joinRelations, joinStyles, joinTypes } from "./join.js";
import { textWidth } from "./layout.js";
import { coreProperties, type DocumentParts, readPart, writePart } from "./package.js";
import { fillPlaceholders, textOf } from "./placeholders.js";
import { childrenOf, descendants, isElement, type XmlElement, xmlElement } from "./xml-tree.js";

/** An officer's document that a report goes into, its parts unpacked. */
export interface Template {
  readonly parts: DocumentParts;
  /** Whether it says itself where the title stands. */
  readonly hasTitle: boolean;
}

const mainPart = "word/document.xml";
const placeholder = "{{report}}";
const mostEntries = 2000;
const mostBytes = 256 << 20;

/**
 * Opens a template, and checks that a report can go into it.
 *
 * @throws CasedrawError `TEMPLATE_INVALID` where it is no Word document, does not say in a paragraph of its own where the
 * report goes, or has no place for the marking on every page
 */
export function readTemplate(bytes: Uint8Array): Template {
  const parts = unpack(bytes);
  if (parts[mainPart] === undefined) throw invalid("it is no Word document", "Save it in Word as .docx.");
  const texts = new Map<string, string[]>();
  try {
    for (const name of Object.keys(parts).filter((each) => /\.(?:xml|rels)$/.test(each))) {
      const root = readPart(parts, name);
      if (name === mainPart) placeOf(root);
      if (isTextPart(name)) texts.set(name, textOf(root));
    }
  } catch (error) {
    if (error instanceof CasedrawError) throw error;
    throw invalid("a part of it cannot be read", "Open it in Word and save it again as .docx.");
  }
  const types = new TextDecoder().decode(parts["[Content_Types].xml"] ?? new Uint8Array());
  if (types.includes("macroEnabled")) {
    throw invalid("it holds macros", "Save it in Word as .docx, without macros.");
  }
  const says = (words: string, of: (name: string) => boolean): boolean =>
    [...texts].some(([name, lines]) => of(name) && lines.some((line) => line.includes(words)));
  if (!says("{{marking}}", isFrame)) {
    throw invalid(
      "it has no place for the marking, which stands on every page",
      "Write {{marking}} in its header or footer.",
    );
  }
  return { parts, hasTitle: says("{{title}}", isTextPart) };
}

/** A template with the report in it. */
export function intoTemplate(template: Template, document: DocumentParts, report: Report): DocumentParts {
  const parts: DocumentParts = { ...template.parts };
  const values = new Map([
    ["title", report.title],
    ["date", longDate(report.date)],
    ["marking", report.marking],
  ]);
  // Before the report comes in: its own words are no placeholders, whatever they look like.
  for (const name of Object.keys(parts).filter(isTextPart)) {
    const root = readPart(parts, name);
    fillPlaceholders(root, values);
    writePart(parts, name, root);
  }
  const main = readPart(parts, mainPart);
  const body = reportElements(document);
  const names = {
    styles: joinStyles(parts, document),
    numbers: joinNumbering(parts, document),
    relations: joinRelations(parts, document),
  };
  settle(body, names, highestIds(main));
  const { parent, at, sectionBreak } = placeOf(main);
  fitWidth(body, textWidthAt(parent, at));
  parent.children.splice(at, 1, ...body, ...sectionBreak);
  // What the report brings along is declared as the report's own document declares it.
  const own = readPart(document, mainPart);
  for (const [name, value] of Object.entries(own.attributes)) {
    if (name.startsWith("xmlns:")) main.attributes[name] ??= value;
  }
  writePart(parts, mainPart, main);
  joinTypes(parts);
  if (parts["docProps/core.xml"] !== undefined) parts["docProps/core.xml"] = coreProperties(report);
  return parts;
}

function unpack(bytes: Uint8Array): DocumentParts {
  let entries = 0;
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter({ name, originalSize }) {
        entries += 1;
        total += originalSize;
        if (entries > mostEntries || total > mostBytes) {
          throw invalid(
            `it unpacks to more than ${mostEntries} parts or ${mostBytes >> 20} MB`,
            "Take pictures out of it, and save it again.",
          );
        }
        return !name.endsWith("/");
      },
    });
  } catch (error) {
    if (error instanceof CasedrawError) throw error;
    throw invalid("it is no Word document, or is damaged", "Save it in Word as .docx, without a password.");
  }
}

function invalid(reason: string, next: string): CasedrawError {
  return new CasedrawError(
    "TEMPLATE_INVALID",
    `Template must be a Word document with ${placeholder} in a paragraph of its own and {{marking}} in its header or ` +
      `footer: ${reason}. ${next}`,
    { reason },
  );
}

/** Where the report goes. */
function placeOf(main: XmlElement): { parent: XmlElement; at: number; sectionBreak: XmlElement[] } {
  const places = [...descendants(main)].flatMap((parent) =>
    parent.children.flatMap((child, at) =>
      isElement(child) && child.name === "w:p" && paragraphText(child).trim() === placeholder
        ? [{ parent, at, paragraph: child }]
        : [],
    ),
  );
  const [place] = places;
  if (place === undefined) {
    throw invalid(`it does not say where the report goes`, `Write ${placeholder} in a paragraph of its own.`);
  }
  if (places.length > 1) throw invalid(`it has ${placeholder} ${places.length} times`, "Leave one of them.");
  const { parent, at, paragraph } = place;
  if (parent.name !== "w:body") {
    throw invalid(
      `${placeholder} stands in a table, a box or a content control`,
      "Move it into the text, in a paragraph of its own.",
    );
  }
  // The section that ends with this paragraph ends there still.
  const breaks = childrenOf(paragraph, "w:pPr").flatMap((properties) => childrenOf(properties, "w:sectPr"));
  const sectionBreak = breaks.length === 0 ? [] : [xmlElement("w:p", {}, [xmlElement("w:pPr", {}, breaks)])];
  return { parent, at, sectionBreak };
}

function paragraphText(paragraph: XmlElement): string {
  return [...descendants(paragraph)]
    .filter(({ name }) => name === "w:t")
    .flatMap(({ children }) => children.filter((child) => !isElement(child)))
    .join("");
}

function isFrame(name: string): boolean {
  return /^word\/(?:header|footer)\d*\.xml$/.test(name);
}

function isTextPart(name: string): boolean {
  return name === mainPart || isFrame(name);
}

/** The report's paragraphs and tables, without the frame of its own document. */
function reportElements(document: DocumentParts): XmlElement[] {
  const [body] = childrenOf(readPart(document, mainPart), "w:body");
  return (body as XmlElement).children.filter(
    (child): child is XmlElement => isElement(child) && child.name !== "w:sectPr",
  );
}

/** Between the margins of the section that the report stands in, in twentieths of a point. */
function textWidthAt(body: XmlElement, at: number): number {
  const sections = body.children
    .slice(at)
    .flatMap((child) =>
      isElement(child) ? [...descendants(child)].filter(({ name }) => name === "w:sectPr") : [],
    );
  const number = (kind: string, attribute: string): number =>
    Number(sections[0] && childrenOf(sections[0], kind)[0]?.attributes[attribute]);
  const width = number("w:pgSz", "w:w") - number("w:pgMar", "w:left") - number("w:pgMar", "w:right");
  return width > 0 ? width : textWidth;
}

/** Tables as wide as the text, and pictures no wider. */
function fitWidth(body: readonly XmlElement[], width: number): void {
  const scale = (element: XmlElement, attribute: string, by: number): void => {
    const value = Number(element.attributes[attribute]);
    if (Number.isFinite(value)) element.attributes[attribute] = String(Math.round(value * by));
  };
  const ratio = width / textWidth;
  for (const element of body.flatMap((each) => [...descendants(each)])) {
    if (/^w:(?:tblW|gridCol|tcW)$/.test(element.name)) scale(element, "w:w", ratio);
    if (!/^(?:wp:extent|a:ext)$/.test(element.name)) continue;
    scale(element, "cx", Math.min(1, ratio));
    scale(element, "cy", Math.min(1, ratio));
  }
}

interface HighestIds {
  readonly bookmark: number;
  readonly picture: number;
}

function highestIds(main: XmlElement): HighestIds {
  let bookmark = 0;
  let picture = 0;
  for (const { name, attributes } of descendants(main)) {
    if (name === "w:bookmarkStart") bookmark = Math.max(bookmark, Number(attributes["w:id"]) || 0);
    if (name === "wp:docPr") picture = Math.max(picture, Number(attributes.id) || 0);
  }
  return { bookmark, picture };
}

/** Calls styles, lists, links and pictures what the template calls them. */
function settle(
  body: readonly XmlElement[],
  names: Readonly<Record<"styles" | "numbers" | "relations", ReadonlyMap<string, string>>>,
  above: HighestIds,
): void {
  const rename = (element: XmlElement, attribute: string, map: ReadonlyMap<string, string>): void => {
    const value = element.attributes[attribute];
    if (value !== undefined) element.attributes[attribute] = map.get(value) ?? value;
  };
  const raise = (element: XmlElement, attribute: string, by: number): void => {
    element.attributes[attribute] = String(Number(element.attributes[attribute]) + by);
  };
  for (const element of body.flatMap((each) => [...descendants(each)])) {
    switch (element.name) {
      case "w:pStyle":
      case "w:rStyle":
      case "w:tblStyle":
        rename(element, "w:val", names.styles);
        break;
      case "w:numId":
        rename(element, "w:val", names.numbers);
        break;
      case "w:hyperlink":
        rename(element, "r:id", names.relations);
        break;
      case "a:blip":
        rename(element, "r:embed", names.relations);
        break;
      case "w:bookmarkStart":
      case "w:bookmarkEnd":
        raise(element, "w:id", above.bookmark);
        break;
      case "wp:docPr":
        raise(element, "id", above.picture);
        break;
    }
  }
}
