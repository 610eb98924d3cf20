import { type DocumentParts, readPart, writePart } from "./package.js";
import { childrenOf, descendants, parseXml, type XmlElement, xmlElement } from "./xml-tree.js";

const officeRelation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const relationsPart = "word/_rels/document.xml.rels";
const typesPart = "[Content_Types].xml";
const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/**
 * Adds to a template the styles that it lacks.
 *
 * @returns for each style of the report what the template calls it: in a Word of another language "Heading 1" has
 * another id, but the same name
 */
export function joinStyles(parts: DocumentParts, document: DocumentParts): Map<string, string> {
  const own = readPart(document, "word/styles.xml");
  const ids = new Map<string, string>();
  const name = partOf(parts, "styles") ?? addPart(parts, "styles", xmlElement("w:styles", own.attributes));
  const styles = readPart(parts, name);
  const known = new Map(
    childrenOf(styles, "w:style").map((style) => [nameOf(style), style.attributes["w:styleId"] as string]),
  );
  const taken = new Set(known.values());
  const missing: XmlElement[] = [];
  for (const style of childrenOf(own, "w:style")) {
    const id = style.attributes["w:styleId"] as string;
    const there = known.get(nameOf(style));
    if (there !== undefined) {
      ids.set(id, there);
      continue;
    }
    const free = taken.has(id) ? `casedraw${id}` : id;
    ids.set(id, free);
    missing.push({ ...style, attributes: { ...style.attributes, "w:styleId": free } });
  }
  for (const element of missing.flatMap((style) => [...descendants(style)])) {
    const value = element.attributes["w:val"];
    if (/^w:(?:basedOn|next|link)$/.test(element.name) && value !== undefined) {
      element.attributes["w:val"] = ids.get(value) ?? value;
    }
  }
  // A template has a default of its own.
  for (const style of missing) delete style.attributes["w:default"];
  styles.children.push(...missing);
  writePart(parts, name, styles);
  return ids;
}

/**
 * Adds the report's lists to those of a template.
 *
 * @returns for each number of a list what it is there
 */
export function joinNumbering(parts: DocumentParts, document: DocumentParts): Map<string, string> {
  const own = readPart(document, "word/numbering.xml");
  const name =
    partOf(parts, "numbering") ?? addPart(parts, "numbering", xmlElement("w:numbering", own.attributes));
  const numbering = readPart(parts, name);
  const highest = (kind: string, attribute: string): number =>
    childrenOf(numbering, kind).reduce(
      (most, { attributes }) => Math.max(most, Number(attributes[attribute]) || 0),
      0,
    );
  const aboveLists = highest("w:abstractNum", "w:abstractNumId") + 1;
  const aboveNumbers = highest("w:num", "w:numId") + 1;
  const numbers = new Map<string, string>();
  const lists = childrenOf(own, "w:abstractNum");
  for (const list of lists) {
    list.attributes["w:abstractNumId"] = String(Number(list.attributes["w:abstractNumId"]) + aboveLists);
    // Attributes of later versions of Word, whose names a template need not declare.
    delete list.attributes["w15:restartNumberingAfterBreak"];
  }
  const instances = childrenOf(own, "w:num");
  for (const instance of instances) {
    const number = instance.attributes["w:numId"] as string;
    const there = String(Number(number) + aboveNumbers);
    numbers.set(number, there);
    instance.attributes["w:numId"] = there;
    for (const list of childrenOf(instance, "w:abstractNumId")) {
      list.attributes["w:val"] = String(Number(list.attributes["w:val"]) + aboveLists);
    }
  }
  // The format has every definition before the first list that follows one.
  const isDefinition = (node: XmlElement["children"][number]): boolean =>
    typeof node !== "string" && (node.name === "w:abstractNum" || node.name === "w:numPicBullet");
  const isNumber = (node: XmlElement["children"][number]): boolean =>
    typeof node !== "string" && node.name === "w:num";
  numbering.children = [
    ...numbering.children.filter(isDefinition),
    ...lists,
    ...numbering.children.filter(isNumber),
    ...instances,
    ...numbering.children.filter((node) => !isDefinition(node) && !isNumber(node)),
  ];
  writePart(parts, name, numbering);
  return numbers;
}

/**
 * Adds the report's pictures and links to a template.
 *
 * @returns for each id of a relation what it is there
 */
export function joinRelations(parts: DocumentParts, document: DocumentParts): Map<string, string> {
  const relations = relationsOf(parts);
  const ids = new Map<string, string>();
  for (const relation of childrenOf(readPart(document, relationsPart), "Relationship")) {
    const { Id = "", Type = "", Target = "" } = relation.attributes;
    const isPicture = Type === `${officeRelation}/image`;
    if (!isPicture && Type !== `${officeRelation}/hyperlink`) continue;
    const id = `casedraw${ids.size + 1}`;
    ids.set(Id, id);
    const target = isPicture ? Target.replace("media/", "media/casedraw-") : Target;
    if (isPicture) parts[`word/${target}`] = document[`word/${Target}`] as Uint8Array;
    relations.children.push({ ...relation, attributes: { ...relation.attributes, Id: id, Target: target } });
  }
  writePart(parts, relationsPart, relations);
  return ids;
}

/** Says that pictures are PNG, and that a template for documents has become a document. */
export function joinTypes(parts: DocumentParts): void {
  const types = readPart(parts, typesPart);
  const known = childrenOf(types, "Default").some(
    ({ attributes }) => attributes.Extension?.toLowerCase() === "png",
  );
  if (!known) types.children.unshift(xmlElement("Default", { Extension: "png", ContentType: "image/png" }));
  for (const { attributes } of childrenOf(types, "Override")) {
    if (attributes.ContentType === `${wordType}.template.main+xml`) {
      attributes.ContentType = `${wordType}.document.main+xml`;
    }
  }
  writePart(parts, typesPart, types);
}

function nameOf(style: XmlElement): string {
  const name = childrenOf(style, "w:name")[0]?.attributes["w:val"] ?? "";
  return `${style.attributes["w:type"]} ${name.toLowerCase()}`;
}

function relationsOf(parts: DocumentParts): XmlElement {
  if (parts[relationsPart] !== undefined) return readPart(parts, relationsPart);
  return parseXml('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>');
}

/** The part of the main document that has its styles or its lists. */
function partOf(parts: DocumentParts, kind: "styles" | "numbering"): string | undefined {
  const relation = childrenOf(relationsOf(parts), "Relationship").find(
    ({ attributes }) => attributes.Type === `${officeRelation}/${kind}`,
  );
  const target = relation?.attributes.Target;
  if (target === undefined) return undefined;
  const name = target.startsWith("/") ? target.slice(1) : `word/${target}`;
  return parts[name] === undefined ? undefined : name;
}

/** Adds an empty part, with what makes it part of the document. */
function addPart(parts: DocumentParts, kind: "styles" | "numbering", root: XmlElement): string {
  const name = `word/casedraw-${kind}.xml`;
  const relations = relationsOf(parts);
  relations.children.push(
    xmlElement("Relationship", {
      Id: `casedraw${kind}`,
      Type: `${officeRelation}/${kind}`,
      Target: `casedraw-${kind}.xml`,
    }),
  );
  writePart(parts, relationsPart, relations);
  const types = readPart(parts, typesPart);
  types.children.push(
    xmlElement("Override", { PartName: `/${name}`, ContentType: `${wordType}.${kind}+xml` }),
  );
  writePart(parts, typesPart, types);
  writePart(parts, name, root);
  return name;
}
