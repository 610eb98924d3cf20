import type { CasedrawError } from "../errors.js";
import { numberText } from "./cell-number.js";
import { corruptWorkbook } from "./workbook-archive.js";
import { RichText, type SheetEntry, unescapeText, type Workbook } from "./workbook-parts.js";
import { isTrue, readXml } from "./workbook-xml.js";

/** One row of a sheet. The same object is filled again for every row. */
export interface SheetRow {
  /** 1-based. */
  number: number;
  hidden: boolean;
  /** Cell texts from column A on; a cell that the sheet does not have is "". */
  cells: string[];
  /** 0-based columns whose formula has no stored result. */
  unvalued: number[];
}

/** 0-based columns, first to last. */
export type ColumnRange = readonly [first: number, last: number];

const MOST_COLUMNS = 16_384;
const MOST_ROWS = 1_048_576;

/**
 * Reads a worksheet row by row, as the cells' texts.
 *
 * @param take - given every row that the sheet has, empty ones too; it answers whether to go on
 * @returns the hidden columns
 * @throws CasedrawError `WORKBOOK_CORRUPT`, `WORKBOOK_DTD`, `WORKBOOK_LIMITS`
 */
export async function readSheetRows(
  workbook: Workbook,
  sheet: SheetEntry,
  take: (row: SheetRow) => boolean,
): Promise<ColumnRange[]> {
  const reader = new SheetReader(workbook, sheet, take);
  await readXml(workbook.archive, sheet.part, reader, () => reader.done);
  return reader.hiddenColumns;
}

class SheetReader {
  readonly hiddenColumns: ColumnRange[] = [];
  done = false;
  readonly #workbook: Workbook;
  readonly #sheet: SheetEntry;
  readonly #take: (row: SheetRow) => boolean;
  readonly #row: SheetRow = { number: 0, hidden: false, cells: [], unvalued: [] };
  readonly #inline = new RichText();
  #inRow = false;
  #inCell = false;
  #column = -1;
  #type = "n";
  #style = 0;
  #formula = false;
  #inValue = false;
  #value: string | undefined;
  #inlined = false;

  constructor(workbook: Workbook, sheet: SheetEntry, take: (row: SheetRow) => boolean) {
    this.#workbook = workbook;
    this.#sheet = sheet;
    this.#take = take;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.done) return;
    if (this.#inCell) {
      if (name === "v") {
        this.#inValue = true;
        this.#value = "";
      } else if (name === "f") {
        this.#formula = true;
      } else if (name === "is") {
        this.#inlined = true;
        this.#inline.start();
      } else if (this.#inlined) {
        this.#inline.open(name);
      }
    } else if (name === "c" && this.#inRow) {
      this.#openCell(attributes);
    } else if (name === "row") {
      this.#openRow(attributes);
    } else if (name === "col" && isTrue(attributes.hidden)) {
      this.hiddenColumns.push([Number(attributes.min) - 1, Number(attributes.max) - 1]);
    }
  }

  close(name: string): void {
    if (this.done) return;
    if (name === "v") {
      this.#inValue = false;
    } else if (name === "c" && this.#inCell) {
      this.#closeCell();
    } else if (name === "row" && this.#inRow) {
      this.#inRow = false;
      this.done = !this.#take(this.#row);
    } else if (this.#inlined) {
      this.#inline.close(name);
    }
  }

  text(piece: string): void {
    if (this.#inValue) this.#value += piece;
    else if (this.#inlined) this.#inline.add(piece);
  }

  #openRow(attributes: Readonly<Record<string, string>>): void {
    const row = this.#row;
    const number = attributes.r === undefined ? row.number + 1 : Number(attributes.r);
    if (!(Number.isInteger(number) && number > row.number && number <= MOST_ROWS)) {
      throw this.#corrupt(`its rows are not in order after row ${row.number}`);
    }
    row.number = number;
    row.hidden = isTrue(attributes.hidden);
    row.cells.length = 0;
    row.unvalued.length = 0;
    this.#inRow = true;
    this.#column = -1;
  }

  #openCell(attributes: Readonly<Record<string, string>>): void {
    const address = attributes.r;
    const column = address === undefined ? this.#column + 1 : columnOf(address);
    if (!(column > this.#column && column < MOST_COLUMNS)) {
      throw this.#corrupt(`the cells of row ${this.#row.number} are not in order`);
    }
    this.#column = column;
    this.#type = attributes.t ?? "n";
    this.#style = Number(attributes.s ?? 0);
    this.#formula = false;
    this.#value = undefined;
    this.#inlined = false;
    this.#inCell = true;
  }

  #closeCell(): void {
    this.#inCell = false;
    const { cells, unvalued } = this.#row;
    const text = this.#cellText();
    while (cells.length < this.#column) cells.push("");
    cells.push(text ?? "");
    if (text === undefined) unvalued.push(this.#column);
    this.#inlined = false;
  }

  /** The cell's text; undefined where a formula's result is not stored. */
  #cellText(): string | undefined {
    if (this.#type === "inlineStr" && this.#inlined) return this.#inline.finish();
    const value = this.#value;
    if (value === undefined) return this.#formula ? undefined : "";
    switch (this.#type) {
      case "s":
        return (
          (/^\d+$/.test(value) ? this.#workbook.strings[Number(value)] : undefined) ??
          this.#fault("names a shared text that does not exist")
        );
      case "str":
        return unescapeText(value);
      case "b":
        return isTrue(value) ? "TRUE" : "FALSE";
      case "e":
        return value;
      case "d":
        return value.replace("T", " ").replace(/ 00:00:00(\.0+)?Z?$/, "");
      case "n":
        if (value === "") return this.#formula ? undefined : "";
        return (
          numberText(value, this.#workbook.formats[this.#style] ?? "number", this.#workbook.date1904) ??
          this.#fault("holds a number that is none")
        );
      default:
        return this.#fault("has an unknown type");
    }
  }

  #fault(what: string): never {
    throw this.#corrupt(`the cell ${cellAddress(this.#column, this.#row.number)} ${what}`);
  }

  #corrupt(reason: string): CasedrawError {
    return corruptWorkbook(this.#workbook.archive.file, `in sheet "${this.#sheet.name}" ${reason}`);
  }
}

/** 0-based column and 1-based row as a spreadsheet writes them. */
export function cellAddress(column: number, row: number): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters + row;
}

function columnOf(address: string): number {
  let column = 0;
  for (let i = 0; i < address.length; i++) {
    const letter = address.charCodeAt(i) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}
