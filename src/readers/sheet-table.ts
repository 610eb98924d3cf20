import { CasedrawError } from "../errors.js";
import { ColumnBuilder } from "../table/column-builder.js";
import { findHeaderRow } from "../table/header-row.js";
import { Int32Builder } from "../table/int32-builder.js";
import type { Table, TableNote } from "../table/table.js";
import { HEADER_SEARCH_RECORDS } from "./dialect.js";
import { everyHeader, type SoughtHeaders } from "./read-request.js";
import { columnName, type ResolvedColumns, resolveColumns } from "./resolve-columns.js";
import { type ColumnRange, cellAddress, type SheetRow } from "./sheet-rows.js";

/** Which sheet a table is made of, and what is wanted of it. */
export interface SheetTableOptions {
  readonly file: string;
  readonly sheet: string;
  readonly sought: SoughtHeaders | undefined;
}

/** Makes a table of a sheet's rows: finds the header among the first, then takes the wanted cells of the others. */
export class SheetTable {
  readonly #options: SheetTableOptions;
  /** The first rows, until the header is found among them. */
  #head: SheetRow[] | undefined = [];
  #columns: ResolvedColumns = { headers: [], positions: [] };
  #builders: ColumnBuilder[] = [];
  readonly #rowNumbers = new Int32Builder();
  #preamble = 0;
  #blank = 0;
  #hidden = 0;
  #unheaded = 0;
  #lastNumber = 0;
  #headerRow = 0;

  constructor(options: SheetTableOptions) {
    this.#options = options;
  }

  take(row: SheetRow): void {
    if (this.#head === undefined) {
      this.#takeData(row);
      return;
    }
    this.#head.push({ ...row, cells: [...row.cells], unvalued: [...row.unvalued] });
    if (this.#head.length === HEADER_SEARCH_RECORDS) this.#settleHeader(this.#head);
  }

  /** @param hiddenColumns - as the sheet lists them */
  finish(hiddenColumns: readonly ColumnRange[]): Omit<Table, "notes"> & { readonly notes: TableNote[] } {
    if (this.#head !== undefined) this.#settleHeader(this.#head);
    const { file, sheet } = this.#options;
    const width = this.#columns.headers.length;
    let columnsHidden = 0;
    for (const [first, last] of hiddenColumns)
      columnsHidden += Math.max(0, Math.min(last, width - 1) - first + 1);
    const notes: TableNote[] = [];
    const note = (code: TableNote["code"], count: number, what: string) => {
      if (count > 0) notes.push({ code, count, text: `${what}: ${count} (${file}, sheet "${sheet}").` });
    };
    note("preamble", this.#preamble, "Rows above the header passed over");
    note("blank-records", this.#blank, "Blank rows passed over");
    note("hidden-rows", this.#hidden, "Hidden rows read like the others");
    note("hidden-columns", columnsHidden, "Hidden columns read like the others");
    note("values-without-header", this.#unheaded, "Values under no header passed over");
    return {
      file,
      sheet,
      rowCount: this.#rowNumbers.length,
      headerRow: this.#headerRow,
      headers: this.#columns.headers,
      columns: this.#builders.map((builder) => builder.finish()),
      rowNumbers: this.#rowNumbers.finish(),
      notes,
    };
  }

  #settleHeader(head: readonly SheetRow[]): void {
    const { file, sheet, sought } = this.#options;
    this.#head = undefined;
    const { index } = findHeaderRow(
      head.map((row) => row.cells),
      everyHeader(sought),
    );
    const header = head[index];
    if (header === undefined) {
      throw new CasedrawError(
        "EMPTY_FILE",
        `Empty sheet: it needs at least its header row within the first ${HEADER_SEARCH_RECORDS} rows ` +
          `(${file}, sheet "${sheet}"). Name another sheet or ask for the export again.`,
        { file, sheet },
      );
    }
    const width = header.cells.findLastIndex((cell) => cell.trim() !== "") + 1;
    const place = { file, sheet, row: header.number };
    this.#columns = resolveColumns(header.cells.slice(0, width), sought, place);
    this.#builders = this.#columns.positions.map((p) => new ColumnBuilder(this.#columns.headers[p] ?? ""));
    this.#preamble = head.slice(0, index).filter((row) => !isBlank(row)).length;
    this.#blank = header.number - 1 - this.#preamble;
    this.#lastNumber = header.number;
    this.#headerRow = header.number;
    for (const row of head.slice(index + 1)) this.#takeData(row);
  }

  #takeData(row: SheetRow): void {
    // Rows without anything in them need not be in the file: they are counted by the numbers of those that are.
    if (isBlank(row)) return;
    const { headers, positions } = this.#columns;
    this.#blank += row.number - this.#lastNumber - 1;
    this.#lastNumber = row.number;
    if (row.hidden) this.#hidden++;
    this.#rowNumbers.push(row.number);
    for (const column of row.unvalued)
      if (positions.includes(column)) throw this.#withoutValue(row.number, column);
    for (let i = 0; i < positions.length; i++) {
      this.#builders[i]?.add(row.cells[positions[i] as number] ?? "");
    }
    for (let i = 0; i < row.cells.length; i++) {
      if (row.cells[i] !== "" && (headers[i] ?? "") === "") this.#unheaded++;
    }
  }

  #withoutValue(row: number, column: number): CasedrawError {
    const { file, sheet } = this.#options;
    const name = columnName(this.#columns.headers, column);
    const cell = cellAddress(column, row);
    return new CasedrawError(
      "FORMULA_WITHOUT_VALUE",
      `Formula without a value: casedraw reads a formula's stored result, and cell ${cell} has none ` +
        `(${file}, sheet "${sheet}", row ${row}, column ${name}). Open the workbook in Excel and save it.`,
      { file, sheet, row, column: this.#columns.headers[column] || column + 1, cell },
    );
  }
}

function isBlank(row: SheetRow): boolean {
  return row.unvalued.length === 0 && row.cells.every((cell) => cell === "");
}
