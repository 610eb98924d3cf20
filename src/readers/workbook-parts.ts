import { type CellFormat, cellFormatOf } from "./cell-format.js";
import { corruptWorkbook, type WorkbookArchive } from "./workbook-archive.js";
import { attribute, isTrue, readXml } from "./workbook-xml.js";

/** One worksheet as the workbook lists it. */
export interface SheetEntry {
  readonly name: string;
  readonly hidden: boolean;
  readonly part: string;
}

/** What all sheets of a workbook share. */
export interface Workbook {
  readonly archive: WorkbookArchive;
  /** Worksheets in their order; chart sheets are left out. */
  readonly sheets: readonly SheetEntry[];
  /** Whether day 0 is 1 January 1904. */
  readonly date1904: boolean;
  readonly strings: readonly string[];
  /** By a cell's style number. */
  readonly formats: readonly CellFormat[];
}

/**
 * Reads what a workbook's sheets need: their list, the shared strings and the cell formats.
 *
 * @param part - the main part's name
 */
export async function readWorkbookParts(archive: WorkbookArchive, part: string): Promise<Workbook> {
  const relations = await readRelations(archive, part);
  const sheets: SheetEntry[] = [];
  let date1904 = false;
  let root = "";
  await readXml(archive, part, {
    open(name, attributes) {
      if (root === "") root = name;
      if (name === "workbookPr") date1904 = isTrue(attributes.date1904);
      if (name !== "sheet") return;
      const relation = relations.get(attribute(attributes, "id") ?? "");
      if (relation === undefined) throw corruptWorkbook(archive.file, "a sheet has no part");
      if (relation.type !== "worksheet") return;
      const state = attributes.state ?? "visible";
      sheets.push({ name: attributes.name ?? "", hidden: state !== "visible", part: relation.target });
    },
    close() {},
    text() {},
  });
  if (root !== "workbook") throw corruptWorkbook(archive.file, "its main part is not a workbook");
  const partOf = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.target;
  const strings = partOf("sharedStrings");
  const styles = partOf("styles");
  return {
    archive,
    sheets,
    date1904,
    strings: strings === undefined ? [] : await readStrings(archive, strings),
    formats: styles === undefined ? [] : await readFormats(archive, styles),
  };
}

/** The name of a package's main part, undefined where it has none. */
export async function mainPart(archive: WorkbookArchive): Promise<string | undefined> {
  if (!archive.has("_rels/.rels")) return undefined;
  const relations = await readRelations(archive, "");
  return [...relations.values()].find((relation) => relation.type === "officeDocument")?.target;
}

interface Relation {
  /** The last word of the type's address: transitional and strict workbooks differ only before it. */
  readonly type: string;
  readonly target: string;
}

async function readRelations(archive: WorkbookArchive, part: string): Promise<Map<string, Relation>> {
  const slash = part.lastIndexOf("/") + 1;
  const folder = part.slice(0, slash);
  const relations = new Map<string, Relation>();
  await readXml(archive, `${folder}_rels/${part.slice(slash)}.rels`, {
    open(name, attributes) {
      if (name !== "Relationship" || attributes.TargetMode === "External") return;
      const type = (attributes.Type ?? "").split("/").at(-1) ?? "";
      relations.set(attributes.Id ?? "", {
        type,
        target: resolvePart(folder, attributes.Target ?? ""),
      });
    },
    close() {},
    text() {},
  });
  return relations;
}

function resolvePart(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith("/") ? target : folder + target).split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return steps.join("/");
}

async function readStrings(archive: WorkbookArchive, part: string): Promise<string[]> {
  const strings: string[] = [];
  const text = new RichText();
  await readXml(archive, part, {
    open(name) {
      if (name === "si") text.start();
      text.open(name);
    },
    close(name) {
      text.close(name);
      if (name === "si") strings.push(text.finish());
    },
    text: (piece) => text.add(piece),
  });
  return strings;
}

async function readFormats(archive: WorkbookArchive, part: string): Promise<CellFormat[]> {
  const codes = new Map<number, string>();
  const numbers: number[] = [];
  let inCellFormats = false;
  await readXml(archive, part, {
    open(name, attributes) {
      if (name === "cellXfs") inCellFormats = true;
      if (name === "numFmt") codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
      if (name === "xf" && inCellFormats) numbers.push(Number(attributes.numFmtId ?? 0));
    },
    close(name) {
      if (name === "cellXfs") inCellFormats = false;
    },
    text() {},
  });
  return numbers.map((number) => cellFormatOf(number, codes.get(number)));
}

/** The text of a string: its `t` elements, rich runs joined, phonetic runs left out. */
export class RichText {
  #text = "";
  #inText = false;
  #inPhonetic = false;

  start(): void {
    this.#text = "";
    this.#inText = false;
    this.#inPhonetic = false;
  }

  open(name: string): void {
    if (name === "t") this.#inText = true;
    else if (name === "rPh") this.#inPhonetic = true;
  }

  close(name: string): void {
    if (name === "t") this.#inText = false;
    else if (name === "rPh") this.#inPhonetic = false;
  }

  add(piece: string): void {
    if (this.#inText && !this.#inPhonetic) this.#text += piece;
  }

  finish(): string {
    return unescapeText(this.#text);
  }
}

/** Excel writes a control character as _xHHHH_, and a text that looks like that with its underscore so written. */
export function unescapeText(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
