import { CasedrawError } from "../../errors.js";
import type { EntryCells } from "./model.js";
import { type CellStyle, cellStyle } from "./styles.js";
import {
  address,
  columnLetters,
  mainNamespace,
  relationNamespace,
  type SharedStrings,
  xmlPart,
  xmlText,
} from "./xml.js";

/** The most characters that a cell holds (Excel's own limit). */
const longestText = 32_767;

export type StyledCell = readonly [value: string | number | null, style: CellStyle];

/** A printed page holds so many characters side by side before they are too small to read; a wider sheet takes several. */
const widestPage = 200;

/** One sheet being written, row below row, each under a number counted from 1. */
export class Worksheet {
  readonly #name: string;
  readonly #strings: SharedStrings;
  readonly #widths: readonly number[];
  readonly #marking: string | undefined;
  readonly #letters: readonly string[];
  readonly #rows: string[] = [];

  /**
   * @param widths - one a column, in characters
   * @param marking - at the head and foot of every page
   */
  constructor(name: string, strings: SharedStrings, widths: readonly number[], marking?: string) {
    this.#name = name;
    this.#strings = strings;
    this.#widths = widths;
    this.#letters = widths.map((_, i) => columnLetters(i + 1));
    this.#marking = marking;
  }

  /** How many rows there are. */
  get height(): number {
    return this.#rows.length;
  }

  /** Adds a row of cells; null and "" leave a blank cell, which is there only if people fill it in, and one at least is not blank. */
  addRow(cells: readonly StyledCell[]): void {
    const row = this.#rows.length + 1;
    let xml = "";
    let height = 0;
    cells.forEach(([value, style], i) => {
      const at = `r="${this.#letters[i]}${row}" s="${style.number}"`;
      if (value === null || value === "") {
        if (style.entry) xml += `<c ${at}/>`;
        return;
      }
      let lines = 1;
      if (typeof value === "number") {
        xml += `<c ${at}><v>${finite(value)}</v></c>`;
      } else {
        xml += `<c ${at} t="s"><v>${this.#strings.number(this.#fitting(value, row))}</v></c>`;
        if (style.wraps) lines = lineCount(value, this.#widths[i] ?? longestText);
      }
      height = Math.max(height, lines * style.lineHeight);
    });
    if (xml === "") throw new Error(`Row ${row} of the sheet ${this.#name} is blank`);
    // Spreadsheets do not all fit heights to wrapped text when they open a file. 409 points is the most there is.
    this.#rows.push(`<row r="${row}" ht="${Math.min(409, height)}">${xml}</row>`);
  }

  /** The sheet's title, alone in A1. */
  addTitle(title: string): void {
    this.addRow([[title, cellStyle.title]]);
  }

  /** The sheet's part, its cursor at A1, or below the rows that stay in sight. */
  part(options: {
    /** The sheet that the workbook opens on. */
    readonly first: boolean;
    /** In-book links: the cell that carries one and where it leads. */
    readonly links: readonly { readonly at: string; readonly to: string }[];
    /** The cells of the sheet's table below its header, if it has a table. */
    readonly tableBody?: string;
    /** Whether cells that nobody fills in are protected. */
    readonly locked?: boolean;
    /** Rows at the top that stay in sight. */
    readonly frozenRows?: number;
    /** What may stand in cells that people fill in. */
    readonly entries?: readonly EntryRange[];
  }): Uint8Array {
    const { first, links, tableBody, locked = false, frozenRows = 0, entries = [] } = options;
    const columns = this.#widths.map(
      (width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
    );
    const across = Math.ceil(this.#widths.reduce((sum, width) => sum + width, 0) / widestPage);
    const linked = links.map(({ at, to }) => `<hyperlink ref="${at}" location="${xmlText(to)}"/>`);
    return xmlPart(
      `<worksheet xmlns="${mainNamespace}" xmlns:r="${relationNamespace}">` +
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' +
        `<sheetViews><sheetView${first ? ' tabSelected="1"' : ""} workbookViewId="0">` +
        (frozenRows === 0
          ? '<selection activeCell="A1" sqref="A1"/>'
          : frozenAbove(address(frozenRows + 1, 1), frozenRows)) +
        "</sheetView></sheetViews>" +
        `<sheetFormatPr defaultRowHeight="${cellStyle.plain.lineHeight}" customHeight="1"/>` +
        `<cols>${columns.join("")}</cols><sheetData>${this.#rows.join("")}</sheetData>` +
        // Widths and heights stay everyone's own.
        (locked
          ? '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>'
          : "") +
        validations(entries) +
        (linked.length === 0 ? "" : `<hyperlinks>${linked.join("")}</hyperlinks>`) +
        '<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>' +
        `<pageSetup paperSize="9" orientation="${tableBody === undefined ? "portrait" : "landscape"}" fitToWidth="${across}" fitToHeight="0"/>` +
        headAndFoot(this.#marking) +
        (tableBody === undefined
          ? ""
          : // Ids are texts that look like numbers, and mean to.
            `<ignoredErrors><ignoredError sqref="${tableBody}" numberStoredAsText="1"/></ignoredErrors>` +
            '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>') +
        "</worksheet>",
    );
  }

  #fitting(text: string, row: number): string {
    if (text.length <= longestText) return text;
    throw new CasedrawError(
      "WORKBOOK_TOO_LARGE",
      `Workbook: a cell holds at most ${longestText} characters, got ${text.length} ` +
        `(sheet ${this.#name}, row ${row}). Leave the column out of the plan, or shorten the text.`,
      { sheet: this.#name, row, characters: text.length },
    );
  }
}

/** Cells that people fill in, all under one rule. */
export interface EntryRange extends EntryCells {
  /** As `E4:E60`. */
  readonly cells: string;
  /** The column's header. */
  readonly header: string;
}

/** Rows above a cell that stay in sight; the cursor is in that cell. */
function frozenAbove(cell: string, rows: number): string {
  return (
    `<pane ySplit="${rows}" topLeftCell="${cell}" activePane="bottomLeft" state="frozen"/>` +
    `<selection pane="bottomLeft" activeCell="${cell}" sqref="${cell}"/>`
  );
}

/** Excel's own limits. */
const longest = { title: 32, prompt: 255, list: 255 };

function validations(entries: readonly EntryRange[]): string {
  if (entries.length === 0) return "";
  const items = entries.map(({ cells, header, prompt, list, longest: most = 250 }) => {
    const choices = list?.join(",");
    if ((choices?.length ?? 0) > longest.list || list?.some((each) => /[,"]/.test(each)))
      throw new Error(`The list of column ${header} cannot stand in a cell's rule`);
    const title = xmlText(header.slice(0, longest.title));
    const error =
      list === undefined ? `Up to ${most} characters.` : "Choose one of the list, or leave the cell blank.";
    const rule = choices === undefined ? `type="textLength" operator="lessThanOrEqual"` : `type="list"`;
    const formula = choices === undefined ? String(most) : xmlText(`"${choices}"`);
    return (
      `<dataValidation ${rule} allowBlank="1" showInputMessage="1" showErrorMessage="1" errorTitle="${title}" error="${error}" ` +
      `promptTitle="${title}" prompt="${xmlText(prompt.slice(0, longest.prompt))}" sqref="${cells}"><formula1>${formula}</formula1></dataValidation>`
    );
  });
  return `<dataValidations count="${items.length}">${items.join("")}</dataValidations>`;
}

/** In the middle of each page's head and foot; there an ampersand is written twice. */
function headAndFoot(marking: string | undefined): string {
  if (marking === undefined) return "";
  const text = xmlText(`&C${marking.replaceAll("&", "&&")}`);
  return `<headerFooter><oddHeader>${text}</oddHeader><oddFooter>${text}&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>`;
}

/** How many lines a wrapped text takes, at most about: a width is counted in digits, and most letters are narrower. */
function lineCount(text: string, width: number): number {
  const most = Math.max(1, Math.floor(width) - 1);
  return text.length <= most && !text.includes("\n") ? 1 : wrappedLines(text, most);
}

function wrappedLines(text: string, most: number): number {
  let lines = 0;
  for (const line of text.split("\n")) {
    lines += 1;
    let used = 0;
    for (const word of line.split(" ")) {
      if (used > 0 && used + 1 + word.length > most) {
        lines += 1;
        used = 0;
      }
      used += (used > 0 ? 1 : 0) + word.length;
      for (; used > most; used -= most) lines += 1; // a word longer than a line is cut
    }
  }
  return lines;
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`A cell must be a finite number, got ${value}`);
  return value;
}
