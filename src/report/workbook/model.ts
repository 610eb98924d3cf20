/** A workbook for people: put a cover first, then contents, notes, and one table a sheet. */
export interface Workbook {
  readonly title: string;
  readonly subject?: string;
  /** ISO date, from the plan: when the document says it was made. */
  readonly date: string;
  /** Who may see it: at the head and foot of every printed page of every sheet. Put it where a screen shows it as well. */
  readonly marking?: string;
  readonly sheets: readonly Sheet[];
}

export type Sheet = TextSheet | ContentsSheet | TableSheet;

/** Lines under a title, for covers and notes. Say in the notes what a blank cell means. */
export interface TextSheet {
  readonly kind: "text";
  readonly name: string;
  readonly title: string;
  readonly lines: readonly (string | { readonly heading: string })[];
}

/** A table of the sheets that follow it, each with a link. */
export interface ContentsSheet {
  readonly kind: "contents";
  readonly name: string;
  readonly title: string;
}

export interface TableSheet {
  readonly kind: "table";
  /** At most 31 characters, none of `[ ] : * ? / \`. */
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  /** What formulas and screen readers call the table: letters, digits and `_`, unlike a cell's address. */
  readonly tableName: string;
  readonly columns: readonly SheetColumn[];
  /** Only cells of columns with `entry` can be edited, until someone lifts the protection, for which no password is asked. The header stays in sight. */
  readonly locked?: boolean;
  /** A cell a column; null and "" are blank cells. A text may stand in any column, a number in any but a text column. */
  readonly rows: Iterable<readonly (string | number | null)[]>;
}

export interface SheetColumn {
  readonly header: string;
  /** A decimal is shown with one place; a percent is given as a fraction (0.125) and shown as 12.5%. */
  readonly kind: "text" | "integer" | "decimal" | "number" | "percent";
  /** In characters; default: what the longest cell needs, within bounds. */
  readonly width?: number;
  /** Cells that people fill in. */
  readonly entry?: EntryCells;
}

/** What people may fill in, and what they are told as they do. */
export interface EntryCells {
  /** Up to 255 characters. */
  readonly prompt: string;
  /** The only texts that may stand there: without commas and quotation marks, up to 255 characters in all. */
  readonly list?: readonly string[];
  /** The longest text, where there is no list. */
  readonly longest?: number;
}
