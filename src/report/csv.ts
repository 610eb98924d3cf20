/** A computed figure as it is printed; see {@link computed}. */
export interface Figure {
  readonly text: string;
}

/** Text is guarded and quoted where needed; a number or a figure is printed as it is. */
export type CsvCell = string | number | Figure;

/** A dictionary-encoded column: row `i` holds `values[codes[i]]`, or `values[i]` where there are no codes. */
export interface CsvColumn {
  readonly header: string;
  readonly values: readonly CsvCell[];
  readonly codes?: ArrayLike<number>;
}

/** Takes the next piece of a text, in order. */
export type TextSink = (chunk: string) => void;

const chunkLength = 1 << 16;
const needsCare = /^[=+\-@\t\r'\ufeff]|[",\n\r]/; // one look at what is nearly every cell
// At the start of a file, a byte order mark in a name would be taken for the file's own.
const needsQuotes = /[",\n\r]|^\ufeff/;
// A spreadsheet runs a cell that begins with one of these; the apostrophe stops it (and so must be guarded itself).
const needsGuard = /^[=+\-@\t\r']/;

function cellText(cell: CsvCell): string {
  if (typeof cell === "number") {
    if (!Number.isFinite(cell)) throw new RangeError(`A CSV cell must be a finite number, got ${cell}`);
    return String(cell);
  }
  if (typeof cell !== "string") return cell.text;
  if (!needsCare.test(cell)) return cell;
  const text = needsGuard.test(cell) ? `'${cell}` : cell;
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function lineText(cells: readonly CsvCell[]): string {
  // An empty line would be taken for no record at all.
  if (cells.length === 1 && cells[0] === "") return '""\n';
  let line = "";
  for (let i = 0; i < cells.length; i++)
    line += i === 0 ? cellText(cells[i] ?? "") : `,${cellText(cells[i] ?? "")}`;
  return `${line}\n`;
}

/**
 * CSV in pieces of about 64 KiB, from rows that the caller makes one at a time: RFC 4180, lines ended by LF,
 * quotes only where needed. A text that begins with `= + - @`, tab, CR or an apostrophe gets one leading
 * apostrophe, which `readOwnCsv` strips; a number is the shortest decimal that round-trips.
 *
 * @param sink - takes each piece, in order
 * @param header - one name a column
 * @param fill - calls its argument once a row, with as many cells as the header has
 * @example
 * const chunks = [];
 * writeCsv((chunk) => chunks.push(chunk), ["unit_id", "weight"], (row) => row(["007", 2.5]));
 * chunks.join("") // → "unit_id,weight\n007,2.5\n"
 */
export function writeCsv(
  sink: TextSink,
  header: readonly string[],
  fill: (row: (cells: readonly CsvCell[]) => void) => void,
): void {
  let chunk = lineText(header);
  fill((cells) => {
    if (cells.length !== header.length) {
      throw new RangeError(`A CSV row must have ${header.length} cells, got ${cells.length}`);
    }
    chunk += lineText(cells);
    if (chunk.length >= chunkLength) {
      sink(chunk);
      chunk = "";
    }
  });
  if (chunk !== "") sink(chunk);
}

/**
 * The same from dictionary-encoded columns: each distinct value is guarded and quoted once, whatever the number of rows.
 *
 * @param rows - which rows to write, in which order
 */
export function writeCsvColumns(sink: TextSink, columns: readonly CsvColumn[], rows: Iterable<number>): void {
  const alone = columns.length === 1;
  const texts = columns.map(({ values }) =>
    values.map((value) => (alone && value === "" ? '""' : cellText(value))),
  );
  const codes = columns.map((column) => column.codes);
  let chunk = lineText(columns.map((column) => column.header));
  for (const row of rows) {
    for (let i = 0; i < codes.length; i++) {
      const text = texts[i]?.[codes[i] === undefined ? row : (codes[i]?.[row] ?? -1)];
      if (text === undefined) throw new RangeError(`CSV column ${i + 1} has no value for row ${row}`);
      chunk += i === 0 ? text : `,${text}`;
    }
    chunk += "\n";
    if (chunk.length >= chunkLength) {
      sink(chunk);
      chunk = "";
    }
  }
  if (chunk !== "") sink(chunk);
}

/** A whole CSV as one text; for the rules see {@link writeCsv}. */
export function csvText(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  let text = "";
  writeCsv(
    (chunk) => {
      text += chunk;
    },
    header,
    (row) => {
      for (const cells of rows) row(cells);
    },
  );
  return text;
}

/**
 * A computed figure (a percentage, a mean) to 10 significant digits, in plain decimal notation without trailing zeros.
 *
 * @param value - finite
 * @throws RangeError if `value` is not finite: the caller has to say why a figure is absent
 * @example computed(100 / 3).text // → "33.33333333"
 */
export function computed(value: number): Figure {
  if (!Number.isFinite(value)) throw new RangeError(`A computed figure must be finite, got ${value}`);
  const [mantissa = "", exponent = ""] = Math.abs(value).toExponential(9).split("e");
  const digits = mantissa.replace(".", "").replace(/0+$/, "");
  if (digits === "") return { text: "0" };
  const point = Number(exponent) + 1; // how many of the digits stand before the decimal point
  const whole = point <= 0 ? "0" : digits.slice(0, point).padEnd(point, "0");
  const fraction = point <= 0 ? "0".repeat(-point) + digits : digits.slice(point);
  return { text: `${value < 0 ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}` };
}

/** The same, and a blank cell where there is no figure. */
export function computedOrBlank(value: number | undefined): CsvCell {
  return value === undefined ? "" : computed(value);
}
