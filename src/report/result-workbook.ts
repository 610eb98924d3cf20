import { type Cell, isInterval, type Measure, type ResultTable } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import { figureText } from "../charts/result-table.js";
import { capital } from "../frame/labels.js";
import type { SheetColumn, TableSheet, TextSheet, Workbook } from "./workbook/model.js";

/** Words of a cover or of notes. */
type Lines = TextSheet["lines"];

const longestName = 31;

/**
 * Tables of figures as a workbook: cover, contents, notes, then one table a sheet. Figures are numbers to be counted with,
 * shares fractions that are shown in percent, intervals two columns; a figure that is not shown is its shorthand, `[c]`.
 *
 * @param options.title - of the workbook, and on its cover
 * @param options.date - ISO date of the document
 * @param options.cover - who may see it, what it is of
 * @param options.notes - what the shorthand and blank cells mean is added to them
 */
export function resultWorkbook(
  tables: readonly ResultTable[],
  options: {
    readonly title: string;
    readonly subject?: string;
    readonly date: string;
    readonly cover: Lines;
    readonly notes: Lines;
  },
): Workbook {
  const { title, subject, date, cover, notes } = options;
  const names = sheetNames(tables);
  return {
    title,
    ...(subject === undefined ? {} : { subject }),
    date,
    sheets: [
      { kind: "text", name: "Cover", title, lines: cover },
      { kind: "contents", name: "Contents", title: "Contents" },
      { kind: "text", name: "Notes", title: "Notes", lines: [...notes, ...shorthand] },
      ...tables.map((table, at) => tableSheet(table, { name: names[at] as string, number: at + 1 })),
    ],
  };
}

/** What the sheets of tables are called, in their order: notes can name them. */
export function sheetNames(tables: readonly Pick<ResultTable, "id">[]): readonly string[] {
  const names = new Names(["Cover", "Contents", "Notes"]);
  return tables.map(({ id }) => names.next(id));
}

const shorthand: Lines = [
  { heading: "Shorthand" },
  "[c]: confidential, a small count or what a small count could be worked out from.",
  "[low]: a count that rounds to zero and is not zero.",
  "[x]: not available.",
  "[z]: not applicable.",
  "A blank cell beside a figure: the figure has no interval, or nothing to say.",
];

/** A table of figures as a sheet. */
function tableSheet(
  { id, caption, dimensions, measures, rows }: ResultTable,
  { name, number }: { readonly name: string; readonly number: number },
): TableSheet {
  const columns = uniqueHeaders([
    ...dimensions.map((header): SheetColumn => ({ header, kind: "text" })),
    ...measures.flatMap(columnsOf),
  ]);
  return {
    kind: "table",
    name,
    title: `Table ${number}: ${caption}`,
    // A number of its own, so that two ids that differ in what a name may not hold give two tables.
    tableName: `table_${number}_${id.replace(/\W/g, "_")}`,
    columns,
    rows: rows.map(({ names, cells }) => [
      ...names,
      ...measures.flatMap((measure, at) => valuesOf(cells[at] as Cell, measure)),
    ]),
  };
}

function columnsOf(measure: Measure): SheetColumn[] {
  const { label, interval } = measure;
  const kind = kindOf(measure);
  const column = { header: label, kind } as const;
  if (interval !== true) return [column];
  const of = `${label.slice(0, 1).toLowerCase()}${label.slice(1)}`;
  return [column, { header: `Lower 95% limit of ${of}`, kind }, { header: `Upper 95% limit of ${of}`, kind }];
}

function kindOf({ kind, decimals }: Measure): SheetColumn["kind"] {
  switch (kind) {
    case "text":
      return "text";
    case "share":
      return "percent";
    case "count":
    case "days":
      return "integer";
    case "weeks":
    case "number":
      return decimals === undefined || decimals === 1 ? "decimal" : "number";
    case "ratio":
    case "probability":
      return "number";
  }
}

function valuesOf(cell: Cell, measure: Measure): (string | number | null)[] {
  if (isInterval(cell)) {
    const { value, lower, upper } = cell;
    return measure.interval === true ? [value, lower, upper] : [value];
  }
  const shown = typeof cell === "number" && measure.kind !== "text" ? cell : figureText(cell, measure);
  if (measure.interval !== true) return [shown];
  // What is hidden is hidden in each column; a figure or a text alone has no interval.
  return isMarked(cell) ? [shown, shown, shown] : [shown, null, null];
}

/** Column names that differ, capitals or not, as a table's must. */
function uniqueHeaders(columns: readonly SheetColumn[]): SheetColumn[] {
  const used = new Set<string>();
  return columns.map((column) => {
    const base = column.header.replace(/\p{Cc}+/gu, " ").slice(0, 240);
    let header = base;
    for (let again = 2; used.has(header.toLowerCase()); again += 1) header = `${base} (${again})`;
    used.add(header.toLowerCase());
    return { ...column, header };
  });
}

/** Names of sheets: short, cut between words, without the signs that a sheet's name may not hold, each once. */
class Names {
  readonly #used: Set<string>;

  constructor(taken: readonly string[]) {
    this.#used = new Set(taken.map((name) => name.toLowerCase()));
  }

  next(id: string): string {
    const plain = id.replace(/[[\]:*?/\\'\p{Cc}_]+/gu, " ").trim();
    const words = plain === "" ? "Table" : capital(plain);
    let name = cutAtWord(words, longestName);
    for (let again = 2; this.#used.has(name.toLowerCase()); again += 1) {
      const end = ` ${again}`;
      name = `${cutAtWord(words, longestName - end.length)}${end}`;
    }
    this.#used.add(name.toLowerCase());
    return name;
  }
}

/** As many whole words as fit; of a first word that does not, what fits. */
function cutAtWord(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf(" ", most);
  return text.slice(0, end > 0 ? end : most).trimEnd();
}
