import { strToU8, type Zippable, zipSync } from "fflate";

export interface SheetXml {
  readonly name: string;
  /** Contents of sheetData: the rows. */
  readonly rows: string;
  /** What stands before sheetData. */
  readonly before?: string;
  readonly state?: "hidden" | "veryHidden";
}

export interface WorkbookXml {
  readonly sheets: readonly SheetXml[];
  /** Contents of the shared strings: si elements. */
  readonly strings?: string;
  /** Number format codes of the styles 1, 2, …; a number is a built-in one. Style 0 is General. */
  readonly formats?: readonly (string | number)[];
  readonly date1904?: boolean;
  /** Parts in place of, or beside, the usual ones; `undefined` leaves one out. */
  readonly parts?: Readonly<Record<string, string | Uint8Array | undefined>>;
}

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/**
 * An .xlsx workbook from XML written by hand.
 *
 * @param level - 0 stores the parts as they are
 */
export function workbook(content: WorkbookXml, level: 0 | 6 = 6): Uint8Array {
  const { sheets, strings = "", formats = [], date1904 = false, parts = {} } = content;
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  const relations = (inner: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`;
  const custom = formats.map((code, i) =>
    typeof code === "string" ? `<numFmt numFmtId="${164 + i}" formatCode="${escapeXml(code)}"/>` : "",
  );
  const styles = formats.map((code, i) => `<xf numFmtId="${typeof code === "string" ? 164 + i : code}"/>`);
  const files: Record<string, string | Uint8Array | undefined> = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": relations(relation("rId1", "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml":
      `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${date1904 ? ' date1904="1"' : ""}/><sheets>` +
      sheets
        .map(
          ({ name, state }, i) =>
            `<sheet name="${escapeXml(name)}" sheetId="${i + 1}"${state ? ` state="${state}"` : ""} r:id="s${i}"/>`,
        )
        .join("") +
      "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": relations(
      sheets.map((_, i) => relation(`s${i}`, "worksheet", `worksheets/sheet${i + 1}.xml`)).join("") +
        relation("strings", "sharedStrings", "sharedStrings.xml") +
        relation("styles", "styles", "/xl/styles.xml"),
    ),
    "xl/sharedStrings.xml": `<sst xmlns="${main}">${strings}</sst>`,
    "xl/styles.xml":
      `<styleSheet xmlns="${main}"><numFmts>${custom.join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
      `<cellXfs><xf numFmtId="0"/>${styles.join("")}</cellXfs></styleSheet>`,
  };
  sheets.forEach(({ rows, before = "" }, i) => {
    files[`xl/worksheets/sheet${i + 1}.xml`] =
      `<worksheet xmlns="${main}">${before}<sheetData>${rows}</sheetData></worksheet>`;
  });
  return zip({ ...files, ...parts }, level);
}

export function zip(
  parts: Readonly<Record<string, string | Uint8Array | undefined>>,
  level: 0 | 6 = 6,
): Uint8Array {
  const entries: Zippable = {};
  for (const [name, content] of Object.entries(parts)) {
    if (content !== undefined) entries[name] = typeof content === "string" ? strToU8(content) : content;
  }
  return zipSync(entries, { level });
}

/** Rows of inline texts from row 1 on; a number is a number. */
export function rowsXml(rows: readonly (readonly (string | number)[])[], first = 1): string {
  return rows
    .map((cells, i) => {
      const inner = cells.map((cell) =>
        typeof cell === "number"
          ? `<c><v>${cell}</v></c>`
          : `<c t="inlineStr"><is><t>${escapeXml(cell)}</t></is></c>`,
      );
      return `<row r="${first + i}">${inner.join("")}</row>`;
    })
    .join("");
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
