import { Int32Builder } from "../table/int32-builder.js";
import { type ByteColumn, HASH_PRIME, HASH_SEED, type ValueSpans } from "./byte-column.js";
import type { Dialect } from "./dialect.js";
import { malformedText, type TextFault } from "./malformed-text.js";
import { SpanBatch } from "./span-batch.js";
import type { TextSource } from "./text-source.js";

/** What a text file's records add up to. */
export interface RecordCounts {
  /** First line of each row, 1-based: as many as there are records below the header that are not blank. */
  readonly rowNumbers: Int32Array;
  /** Records in which every field is empty, above the header too. */
  readonly blankRecords: number;
  /** Records above the header that are not blank. */
  readonly preambleRecords: number;
  /** Line feeds inside quotes. */
  readonly quotedLineFeeds: number;
}

/** Columns to encode by their 0-based positions; the others are only checked. */
export type Encoders = ReadonlyMap<number, ByteColumn>;

interface ScanOptions {
  readonly file: string;
  readonly bufferBytes: number;
  readonly firstLine?: number;
}

/** A record longer than this is a quote that was never closed, or no table. */
const LONGEST_RECORD_BYTES = 4 << 20;

const LF = 10;
const CR = 13;
const QUOTE = 34;

/** Kinds of byte; every other is a plain one, 0. */
const DELIMITER = 1;
const LINE_FEED = 2;
const RETURN = 3;
const QUOTES = 4;

const MORE_NEEDED = -1;
const NOT_BLANK = -2;

/**
 * Reads every record of a UTF-8 text by its bytes and holds it to the rules: LF and CRLF may mix; every record has the header's
 * width; a quoted value starts and ends with its quotes, a quote inside is doubled; no carriage return alone outside quotes.
 *
 * @param options.firstLine - 1-based line where the source starts; default 1
 * @param options.bufferBytes - memory for pieces of the text; it grows for a record that is longer
 * @throws CasedrawError `ROW_TOO_SHORT`, `ROW_TOO_LONG`, `QUOTE_NOT_CLOSED`, `TEXT_BESIDE_QUOTES`, `QUOTE_IN_VALUE`,
 * `CARRIAGE_RETURN_ALONE`, `RECORD_TOO_LONG`
 */
export function scanRecords(
  source: TextSource,
  dialect: Dialect,
  encoders: Encoders,
  options: ScanOptions,
): RecordCounts {
  return new RecordScanner(source, dialect, encoders, options).scan();
}

class RecordScanner {
  readonly #source: TextSource;
  readonly #dialect: Dialect;
  readonly #file: string;
  readonly #kinds = new Uint8Array(256);
  /** One byte longer than what is read: a line feed behind the last byte ends every inner loop without a bounds check. */
  #buffer: Buffer;
  #filled = 0;
  #ended = false;
  /** Where the present record starts, its 0-based number and its line. */
  #start = 0;
  #record = 0;
  #line: number;
  readonly #batch: SpanBatch;
  readonly #rowNumbers = new Int32Builder();
  #blankRecords = 0;
  #preambleRecords = 0;
  #quotedLineFeeds = 0;
  /** The quote in which the buffer ended, relative to the record's start; −1 where it ended outside quotes. */
  #openQuote = -1;
  #openField = 0;

  constructor(source: TextSource, dialect: Dialect, encoders: Encoders, options: ScanOptions) {
    this.#source = source;
    this.#dialect = dialect;
    this.#file = options.file;
    this.#line = options.firstLine ?? 1;
    this.#batch = new SpanBatch(encoders, dialect.headers.length);
    this.#buffer = Buffer.allocUnsafe(options.bufferBytes + 1);
    this.#kinds[dialect.delimiter.charCodeAt(0)] = DELIMITER;
    this.#kinds[LF] = LINE_FEED;
    this.#kinds[CR] = RETURN;
    this.#kinds[QUOTE] = QUOTES;
  }

  scan(): RecordCounts {
    for (;;) {
      const whole = this.#gather();
      this.#batch.encode(this.#buffer);
      if (whole) continue;
      if (this.#ended) break;
      this.#readMore();
    }
    return {
      rowNumbers: this.#rowNumbers.finish(),
      blankRecords: this.#blankRecords,
      preambleRecords: this.#preambleRecords,
      quotedLineFeeds: this.#quotedLineFeeds,
    };
  }

  /**
   * Gathers records until the batch is full. What is done once a batch or a buffer stays out of this loop: with it, the loop would
   * be compiled again and again.
   *
   * @returns false where more of the text is needed
   */
  #gather(): boolean {
    const { headerRecord } = this.#dialect;
    const batch = this.#batch;
    while (!batch.full) {
      const line = this.#line;
      let blank = false;
      let end = MORE_NEEDED;
      if (this.#start < this.#filled) {
        end = this.#kinds[this.#buffer[this.#start] as number] === 0 ? NOT_BLANK : this.#blankEnd();
        blank = end >= 0;
        if (end === NOT_BLANK) end = this.#readRecord(this.#record > headerRecord ? batch.fields : []);
      }
      if (end === MORE_NEEDED) return false;
      if (blank) this.#blankRecords++;
      else if (this.#record < headerRecord) this.#preambleRecords++;
      else if (this.#record > headerRecord) {
        this.#rowNumbers.push(line);
        batch.rows++;
      }
      this.#record++;
      this.#line++;
      this.#start = end;
    }
    return true;
  }

  /** Moves the present record to the buffer's front and fills the buffer up. */
  #readMore(): void {
    this.#buffer.copyWithin(0, this.#start, this.#filled);
    this.#filled -= this.#start;
    this.#start = 0;
    if (this.#filled === this.#buffer.length - 1) {
      if (this.#filled >= LONGEST_RECORD_BYTES) {
        if (this.#openQuote >= 0) this.#fail("QUOTE_NOT_CLOSED", this.#openQuote, this.#openField);
        this.#fail("RECORD_TOO_LONG", 0, 0);
      }
      const larger = Buffer.allocUnsafe(this.#filled * 2 + 1);
      this.#buffer.copy(larger, 0, 0, this.#filled);
      this.#buffer = larger;
    }
    // As full as it gets: each piece means a long record is read from its start again.
    const room = this.#buffer.subarray(0, -1);
    while (this.#filled < room.length && !this.#ended) {
      const count = this.#source.read(room, this.#filled);
      if (count === 0) this.#ended = true;
      this.#filled += count;
    }
    this.#buffer[this.#filled] = LF;
  }

  /** Where a blank record that starts here ends, or why it is not known to be one. */
  #blankEnd(): number {
    const buffer = this.#buffer;
    const filled = this.#filled;
    for (let i = this.#start; ; ) {
      if (buffer[i] === QUOTE) {
        if (buffer[i + 1] !== QUOTE) return NOT_BLANK;
        i += 2;
      }
      const kind = this.#kinds[buffer[i] as number];
      if (kind === DELIMITER) {
        i++;
      } else if (kind === LINE_FEED) {
        if (i < filled) return i + 1;
        return this.#ended ? i : MORE_NEEDED;
      } else if (kind === RETURN) {
        if (i + 1 >= filled) return this.#ended ? NOT_BLANK : MORE_NEEDED;
        return buffer[i + 1] === LF ? i + 2 : NOT_BLANK;
      } else {
        return NOT_BLANK;
      }
    }
  }

  /**
   * Where the record that starts here ends. Its values' places are noted on the way, and once more where the buffer ended inside
   * the record.
   */
  #readRecord(fields: readonly (ValueSpans | undefined)[]): number {
    const kinds = this.#kinds;
    const buffer = this.#buffer;
    const filled = this.#filled;
    const ended = this.#ended;
    const row = this.#batch.rows;
    this.#openQuote = -1;
    let feeds = 0;
    for (let i = this.#start, field = 0; ; field++) {
      let hash = HASH_SEED;
      let from = i;
      let to: number;
      let kind: number;
      if (buffer[i] === QUOTE) {
        from = ++i;
        let doubled = false;
        for (;;) {
          const byte = buffer[i] as number;
          if (byte === QUOTE) {
            if (buffer[i + 1] !== QUOTE) break;
            doubled = true;
            i++;
          } else if (byte === LF) {
            if (i >= filled) {
              if (ended) this.#fail("QUOTE_NOT_CLOSED", from - 1, field);
              this.#openQuote = from - 1 - this.#start;
              this.#openField = field;
              return MORE_NEEDED;
            }
            feeds++;
          }
          hash = Math.imul(hash ^ byte, HASH_PRIME);
          i++;
        }
        to = i++;
        kind = kinds[buffer[i] as number] as number;
        if (kind === 0 || kind === QUOTES) this.#fail("TEXT_BESIDE_QUOTES", i, field);
        if (doubled) to = ~to;
      } else {
        let byte = buffer[i] as number;
        kind = kinds[byte] as number;
        while (kind === 0) {
          hash = Math.imul(hash ^ byte, HASH_PRIME);
          byte = buffer[++i] as number;
          kind = kinds[byte] as number;
        }
        to = i;
        if (kind === QUOTES) this.#fail("QUOTE_IN_VALUE", i, field);
      }
      if (kind === RETURN) {
        if (i + 1 >= filled && !ended) return MORE_NEEDED;
        if (i + 1 >= filled || buffer[i + 1] !== LF) this.#fail("CARRIAGE_RETURN_ALONE", i, field);
        i++;
      } else if (i >= filled && !ended) {
        return MORE_NEEDED;
      }
      const spans = fields[field];
      if (spans !== undefined) {
        spans.starts[row] = from;
        spans.ends[row] = to;
        spans.hashes[row] = hash;
      }
      i++;
      if (kind === DELIMITER) continue;
      this.#checkWidth(field + 1);
      this.#quotedLineFeeds += feeds;
      this.#line += feeds;
      return Math.min(i, filled);
    }
  }

  #checkWidth(got: number): void {
    const width = this.#dialect.headers.length;
    if (got === width || this.#record < this.#dialect.headerRecord) return;
    this.#fail(got < width ? "ROW_TOO_SHORT" : "ROW_TOO_LONG", this.#start, got);
  }

  #fail(fault: TextFault, offset: number, field: number): never {
    let line = this.#line;
    let lineStart = this.#start;
    for (
      let at = this.#buffer.indexOf(LF, this.#start);
      at !== -1 && at < offset;
      at = this.#buffer.indexOf(LF, at + 1)
    ) {
      line++;
      lineStart = at + 1;
    }
    const aboveRows = this.#record <= this.#dialect.headerRecord && !fault.startsWith("ROW_");
    throw malformedText(fault, {
      file: this.#file,
      line,
      character: [...this.#buffer.toString("utf8", lineStart, offset)].length + 1,
      field,
      headers: aboveRows ? [] : this.#dialect.headers,
    });
  }
}
