import { deterministicZip } from "../zip.js";
import type { Sheet, Workbook } from "./model.js";
import { cellStyle, stylePart } from "./styles.js";
import { type RenderedTable, renderTable } from "./table.js";
import { Worksheet } from "./worksheet.js";
import { mainNamespace, relationNamespace, SharedStrings, sheetReference, xmlPart, xmlText } from "./xml.js";

type RenderedSheet = { readonly sheet: Uint8Array } & Partial<RenderedTable>;

const packageNamespace = "http://schemas.openxmlformats.org/package/2006";
const contentsTable = "contents";
const contentType = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/**
 * An XLSX file whose bytes depend on the book alone. Every text is a text cell, so that `007`, `1/2` and `=1` stay as
 * they are; tables are real, named ones without filter buttons; nothing is merged, hidden or computed, and
 * only a sheet that people fill in has its header frozen.
 *
 * @throws CasedrawError `WORKBOOK_HEADERS_CLASH`, `WORKBOOK_TOO_LARGE`
 */
export function workbookBytes(book: Workbook): Uint8Array {
  checkNames(book.sheets);
  const strings = new SharedStrings();
  const sheets = book.sheets.map((_, index) => renderSheet(book, index, strings));
  const entries = book.sheets.some(
    (sheet) => sheet.kind === "table" && sheet.columns.some(({ entry }) => entry !== undefined),
  );
  const parts: Record<string, Uint8Array> = {
    "[Content_Types].xml": contentTypes(sheets),
    "_rels/.rels": relations([
      [`${relationNamespace}/officeDocument`, "xl/workbook.xml"],
      [`${packageNamespace}/relationships/metadata/core-properties`, "docProps/core.xml"],
    ]),
    "docProps/core.xml": coreProperties(book),
    "xl/workbook.xml": workbookPart(book.sheets, sheets),
    "xl/_rels/workbook.xml.rels": relations([
      ...sheets.map((_, i): Relation => [`${relationNamespace}/worksheet`, `worksheets/sheet${i + 1}.xml`]),
      [`${relationNamespace}/styles`, "styles.xml"],
      [`${relationNamespace}/sharedStrings`, "sharedStrings.xml"],
    ]),
    "xl/styles.xml": stylePart(entries),
    "xl/sharedStrings.xml": strings.part(),
  };
  sheets.forEach(({ sheet, table }, i) => {
    parts[`xl/worksheets/sheet${i + 1}.xml`] = sheet;
    if (table === undefined) return;
    parts[`xl/tables/table${i + 1}.xml`] = table;
    parts[`xl/worksheets/_rels/sheet${i + 1}.xml.rels`] = relations([
      [`${relationNamespace}/table`, `../tables/table${i + 1}.xml`],
    ]);
  });
  return deterministicZip(parts);
}

function renderSheet({ sheets, marking }: Workbook, index: number, strings: SharedStrings): RenderedSheet {
  const sheet = sheets[index] as Sheet;
  const number = index + 1;
  const marked = marking === undefined ? {} : { marking };
  if (sheet.kind === "table") return renderTable(sheet, strings, { number, ...marked });
  if (sheet.kind === "contents") {
    const others = sheets.slice(number);
    const columns = ["Sheet", "What it holds"].map((header) => ({ header, kind: "text" }) as const);
    const rows = others.map(({ name, title }) => [name, title]);
    const links = others.map(({ name }) => sheetReference(name, "A1"));
    const table = { ...sheet, kind: "table", tableName: contentsTable, columns, rows } as const;
    return renderTable(table, strings, { number, links, ...marked });
  }
  const writer = new Worksheet(sheet.name, strings, [76], marking);
  writer.addTitle(sheet.title);
  for (const line of sheet.lines) {
    writer.addRow([typeof line === "string" ? [line, cellStyle.body] : [line.heading, cellStyle.heading]]);
  }
  return { sheet: writer.part({ first: index === 0, links: [] }) };
}

/** The names are casedraw's own: a bad one is a fault of ours, which Excel would answer with "repair". */
function checkNames(sheets: readonly Sheet[]): void {
  const seen = new Set<string>();
  for (const sheet of sheets) {
    const { name } = sheet;
    if (!/^(?!')[^[\]:*?/\\\p{Cc}]{1,31}(?<!')$/u.test(name))
      throw new Error(`"${name}" cannot name a sheet`);
    const tableName = sheet.kind === "table" ? sheet.tableName : contentsTable;
    if (!/^[A-Za-z_]\w*$/.test(tableName) || /^([A-Za-z]{1,3}\d+|[rc]\d*|r\d*c\d*)$/i.test(tableName)) {
      throw new Error(`"${tableName}" cannot name a table`);
    }
    const keys = [`sheet ${name.toLowerCase()}`];
    if (sheet.kind !== "text") keys.push(`table ${tableName.toLowerCase()}`);
    for (const key of keys) {
      if (seen.has(key)) throw new Error(`Two of one name: ${key}`);
      seen.add(key);
    }
  }
}

type Relation = readonly [type: string, target: string];

function relations(list: readonly Relation[]): Uint8Array {
  const items = list.map(
    ([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${type}" Target="${target}"/>`,
  );
  return xmlPart(
    `<Relationships xmlns="${packageNamespace}/relationships">${items.join("")}</Relationships>`,
  );
}

function contentTypes(sheets: readonly RenderedSheet[]): Uint8Array {
  const override = (path: string, type: string) => `<Override PartName="/${path}" ContentType="${type}"/>`;
  const items = sheets.flatMap(({ table }, i) => [
    override(`xl/worksheets/sheet${i + 1}.xml`, `${contentType}.worksheet+xml`),
    ...(table === undefined ? [] : [override(`xl/tables/table${i + 1}.xml`, `${contentType}.table+xml`)]),
  ]);
  return xmlPart(
    `<Types xmlns="${packageNamespace}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      override("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml") +
      override("xl/workbook.xml", `${contentType}.sheet.main+xml`) +
      override("xl/styles.xml", `${contentType}.styles+xml`) +
      override("xl/sharedStrings.xml", `${contentType}.sharedStrings+xml`) +
      `${items.join("")}</Types>`,
  );
}

function coreProperties(book: Workbook): Uint8Array {
  const time = (name: string) =>
    `<dcterms:${name} xsi:type="dcterms:W3CDTF">${xmlText(book.date)}T00:00:00Z</dcterms:${name}>`;
  return xmlPart(
    `<cp:coreProperties xmlns:cp="${packageNamespace}/metadata/core-properties" ` +
      'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ' +
      'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
      `<dc:title>${xmlText(book.title)}</dc:title>` +
      (book.subject === undefined ? "" : `<dc:subject>${xmlText(book.subject)}</dc:subject>`) +
      `<dc:creator>casedraw</dc:creator><dc:language>en-GB</dc:language>${time("created")}${time("modified")}` +
      "</cp:coreProperties>",
  );
}

function workbookPart(sheets: readonly Sheet[], rendered: readonly RenderedSheet[]): Uint8Array {
  const items = sheets.map(
    ({ name }, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  );
  // A table's header row is repeated on every printed page.
  const titles = rendered.flatMap(({ headerRow }, i) => {
    if (headerRow === undefined) return [];
    const rows = xmlText(sheetReference(sheets[i]?.name ?? "", `$${headerRow}:$${headerRow}`));
    return [`<definedName name="_xlnm.Print_Titles" localSheetId="${i}">${rows}</definedName>`];
  });
  return xmlPart(
    `<workbook xmlns="${mainNamespace}" xmlns:r="${relationNamespace}"><bookViews><workbookView/></bookViews>` +
      `<sheets>${items.join("")}</sheets>` +
      (titles.length === 0 ? "" : `<definedNames>${titles.join("")}</definedNames>`) +
      "</workbook>",
  );
}
