import { extname } from "node:path";
import { findHeaderRow } from "../table/header-row.js";
import type { TextSource } from "./text-source.js";
import { wholeCharacters } from "./utf8.js";

/** How a text file is laid out. */
export interface Dialect {
  readonly delimiter: "," | ";" | "\t" | "|";
  /** 0-based position of the header among all records, blank ones too. */
  readonly headerRecord: number;
  /** 1-based line in which the header starts. */
  readonly headerLine: number;
  /** As written; their number is every record's width. */
  readonly headers: readonly string[];
  /** How many of the wanted headers it holds. */
  readonly found: number;
}

/** Within how many records the header has to stand. */
export const HEADER_SEARCH_RECORDS = 20;

const delimiters = [",", ";", "\t", "|"] as const;
const FIRST_HEAD_BYTES = 64 << 10;
const LARGEST_HEAD_BYTES = 1 << 20;

/**
 * Finds delimiter and header row from a file's first records: the reading that holds most of the wanted headers, then the one
 * whose records most often have the header's width, then the widest.
 *
 * @param open - opens the text from its start; called again where a longer head is needed
 * @param path - whose extension .tsv or .tab decides where there is one column only
 * @returns undefined where all of these records are blank
 */
export function findDialect(
  open: () => TextSource,
  path: string,
  wanted: readonly string[],
): Dialect | undefined {
  for (let bytes = FIRST_HEAD_BYTES; ; bytes *= 4) {
    const head = readHead(open(), bytes);
    const readings = delimiters.map((delimiter) => ({
      delimiter,
      records: splitHead(head.text, delimiter, head.whole),
    }));
    const long = readings.every(({ records }) => records.length >= HEADER_SEARCH_RECORDS);
    if (long || head.whole || bytes >= LARGEST_HEAD_BYTES) return choose(readings, path, wanted);
  }
}

interface Reading {
  readonly delimiter: Dialect["delimiter"];
  readonly records: readonly (readonly string[])[];
}

function choose(readings: readonly Reading[], path: string, wanted: readonly string[]): Dialect | undefined {
  let best: (Omit<Dialect, "headerLine"> & { readonly agreement: number }) | undefined;
  let above: Reading["records"] = [];
  for (const { delimiter, records } of readings) {
    const { index, found } = findHeaderRow(records, wanted);
    const headers = records[index];
    // Nothing but this delimiter, quotes and line ends: blank, though another delimiter would find these as texts.
    if (headers === undefined) return undefined;
    const below = records.slice(index + 1).filter((record) => record.some((cell) => cell !== ""));
    const alike = below.filter((record) => record.length === headers.length).length;
    // One column agrees with everything, so it says nothing for a delimiter.
    const agreement = headers.length === 1 ? -1 : below.length === 0 ? 1 : alike / below.length;
    const better =
      best === undefined ||
      found > best.found ||
      (found === best.found &&
        (agreement > best.agreement ||
          (agreement === best.agreement && headers.length > best.headers.length)));
    if (better) {
      best = { delimiter, headerRecord: index, headers, found, agreement };
      above = records.slice(0, index);
    }
  }
  if (best === undefined) return undefined;
  const { delimiter, headerRecord, headers, found } = best;
  const tabbed = [".tsv", ".tab"].includes(extname(path).toLowerCase());
  return {
    delimiter: headers.length === 1 && tabbed ? "\t" : delimiter,
    headerRecord,
    headerLine: 1 + above.length + above.flat().join("").split("\n").length - 1,
    headers,
    found,
  };
}

function readHead(source: TextSource, bytes: number): { text: string; whole: boolean } {
  const buffer = Buffer.allocUnsafe(bytes);
  let filled = 0;
  while (filled < bytes) {
    const count = source.read(buffer, filled);
    if (count === 0) return { text: buffer.toString("utf8", 0, filled), whole: true };
    filled += count;
  }
  return { text: buffer.toString("utf8", 0, wholeCharacters(buffer)), whole: false };
}

/**
 * The first records of a head, leniently: what is malformed is the scan's to refuse, with its place.
 *
 * @param whole - whether the text ends here; else the record that is cut off is given only where it is the first
 */
function splitHead(text: string, delimiter: string, whole: boolean): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (let at = 0; at < text.length || record.length > 0; ) {
    let value = "";
    let from = at;
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      from = close === -1 ? text.length : close + 1;
      value = text.slice(at + 1, close === -1 ? text.length : close).replaceAll('""', '"');
    }
    let end = from;
    while (end < text.length && text[end] !== delimiter && text[end] !== "\n") end++;
    const returned = text[end] === "\n" && end > from && text[end - 1] === "\r";
    record.push(value + text.slice(from, returned ? end - 1 : end));
    at = end + 1;
    if (text[end] === delimiter) continue;
    if (end < text.length || whole || records.length === 0) records.push(record);
    if (end >= text.length || records.length === HEADER_SEARCH_RECORDS) break;
    record = [];
  }
  return records;
}

/** Where the quote is that ends a value, −1 where none does; doubled ones belong to the value. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
