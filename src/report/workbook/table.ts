import { CasedrawError } from "../../errors.js";
import type { SheetColumn, TableSheet } from "./model.js";
import { cellStyle } from "./styles.js";
import { type StyledCell, Worksheet } from "./worksheet.js";
import { address, mainNamespace, type SharedStrings, xmlPart, xmlText } from "./xml.js";

type Cells = readonly (string | number | null)[];

/** A sheet with a table: both parts, and the row of the table's header. */
export interface RenderedTable {
  readonly sheet: Uint8Array;
  readonly table: Uint8Array;
  readonly headerRow: number;
}

/** The most rows and columns of a sheet (Excel's own limits). */
const most = { rows: 1_048_576, columns: 16_384 };

/**
 * Renders a table under its title and description.
 *
 * @param options.number - the sheet's, counted from 1; 1 is what the workbook opens on
 * @param options.links - where each row's first cell leads, if anywhere
 */
export function renderTable(
  sheet: TableSheet,
  strings: SharedStrings,
  options: { readonly number: number; readonly links?: readonly string[]; readonly marking?: string },
): RenderedTable {
  const { columns } = sheet;
  const rows = [...sheet.rows];
  checkSize(sheet, rows);
  checkHeaders(sheet);
  const widths = columns.map((column, i) => column.width ?? fittingWidth(column, i, rows));
  const writer = new Worksheet(sheet.name, strings, widths, options.marking);
  writer.addTitle(sheet.title);
  if (sheet.description !== undefined) writer.addRow([[sheet.description, cellStyle.plain]]);
  writer.addRow(
    columns.map(({ header, kind }) => [
      header,
      kind === "text" ? cellStyle.textHeader : cellStyle.numberHeader,
    ]),
  );
  const headerRow = writer.height;
  const linked = options.links !== undefined;
  for (const cells of rows) {
    writer.addRow(columns.map((column, i) => formatted(sheet, column, cells[i] ?? null, linked && i === 0)));
  }
  // A table without data rows still has one, empty, as Excel itself writes it.
  const end = address(headerRow + Math.max(1, rows.length), columns.length);
  return {
    headerRow,
    sheet: writer.part({
      first: options.number === 1,
      links: (options.links ?? []).map((to, i) => ({ at: address(headerRow + 1 + i, 1), to })),
      tableBody: `${address(headerRow + 1, 1)}:${end}`,
      ...(sheet.locked === true ? { locked: true, frozenRows: headerRow } : {}),
      entries: columns.flatMap(({ header, entry }, i) => {
        if (entry === undefined || rows.length === 0) return [];
        const cells = [headerRow + 1, headerRow + rows.length].map((row) => address(row, i + 1));
        return [{ ...entry, header, cells: cells.join(":") }];
      }),
    }),
    table: xmlPart(
      `<table xmlns="${mainNamespace}" id="${options.number}" name="${sheet.tableName}" ` +
        `displayName="${sheet.tableName}" ref="${address(headerRow, 1)}:${end}"` +
        `${rows.length === 0 ? ' insertRow="1"' : ""} totalsRowShown="0"><tableColumns count="${columns.length}">` +
        columns.map(({ header }, i) => `<tableColumn id="${i + 1}" name="${xmlText(header)}"/>`).join("") +
        '</tableColumns><tableStyleInfo name="TableStyleLight1" showFirstColumn="0" showLastColumn="0" ' +
        'showRowStripes="1" showColumnStripes="0"/></table>',
    ),
  };
}

function formatted(
  sheet: TableSheet,
  column: SheetColumn,
  value: string | number | null,
  linked: boolean,
): StyledCell {
  if (column.entry !== undefined) return [value, cellStyle.entry];
  if (typeof value !== "number") return [value, linked ? cellStyle.link : cellStyle.text];
  if (column.kind !== "text") return [value, cellStyle[column.kind]];
  throw new Error(`Column ${column.header} of the sheet ${sheet.name} is text and got a number`);
}

function fittingWidth(column: SheetColumn, index: number, rows: readonly Cells[]): number {
  let longest = Math.max(...column.header.split(" ").map((word) => word.length));
  for (const cells of rows) {
    const cell = cells[index];
    if (typeof cell === "string") longest = Math.max(longest, cell.length);
  }
  // In widths of a digit, which capitals exceed; a number shows as many of its digits as there is room for.
  return Math.min(50, Math.max(12, Math.ceil(longest * 1.1) + 3));
}

function checkSize(sheet: TableSheet, rows: readonly Cells[]): void {
  const height = rows.length + 3;
  if (height <= most.rows && sheet.columns.length <= most.columns) return;
  throw new CasedrawError(
    "WORKBOOK_TOO_LARGE",
    `Workbook: a sheet holds at most ${most.rows} rows and ${most.columns} columns, got ${height} and ` +
      `${sheet.columns.length} (sheet ${sheet.name}). Draw fewer, or use the CSV files.`,
    { sheet: sheet.name, rows: height, columns: sheet.columns.length },
  );
}

function checkHeaders(sheet: TableSheet): void {
  const seen = new Map<string, string>();
  for (const { header } of sheet.columns) {
    if (!/^\P{Cc}{1,255}$/u.test(header)) throw new Error(`"${header}" cannot name a column`);
    const other = seen.get(header.toLowerCase());
    if (other !== undefined) {
      throw new CasedrawError(
        "WORKBOOK_HEADERS_CLASH",
        `Workbook: a table's columns need different names, capitals or not, got ${other} and ${header} ` +
          `(sheet ${sheet.name}). Rename one of them in the plan.`,
        { sheet: sheet.name, columns: [other, header] },
      );
    }
    seen.set(header.toLowerCase(), header);
  }
}
