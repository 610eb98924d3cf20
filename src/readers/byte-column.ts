import { isAscii } from "node:buffer";

/** FNV-1a, which the scanner runs over a value's bytes while it looks for the value's end: hash = imul(hash ^ byte, prime). */
export const HASH_SEED = 0x811c9dc5 | 0;
export const HASH_PRIME = 0x01000193;

/** Where one column's values of some rows stand in the scanner's buffer. */
export interface ValueSpans {
  readonly starts: Int32Array;
  /** First byte after the value; its complement (~) where quotes inside are still doubled. */
  readonly ends: Int32Array;
  readonly hashes: Int32Array;
}

/** A column of some rows: row i holds value `codes[i]`, which stands in `bytes` from `bounds[code]` to `bounds[code + 1]`. */
export interface EncodedColumn {
  readonly codes: Int32Array;
  readonly bytes: Uint8Array;
  readonly bounds: Int32Array;
  /** The hash of each value. */
  readonly hashes: Int32Array;
}

const QUOTE = 34;
/** Most columns never have more. */
const FIRST_VALUES = 2048;
/** From so many values on, a column in which every other row is a new value is taken to go on like that. */
const MANY_VALUES = 4096;

/** An open-addressing table of values over one store of bytes. */
interface ValueTable {
  /** Code + 1, or 0 where free; at least twice as many as there are values. All free while values only ascend. */
  readonly slots: Int32Array;
  readonly hashes: Int32Array;
  /** Value i stands in the store from bounds[i] to bounds[i + 1]. */
  readonly bounds: Int32Array;
  readonly store: Buffer;
}

/**
 * The distinct values of one column, as bytes. Only distinct values ever become strings.
 *
 * What loops over values is a function of its own, of plain arrays: together with rarer work it would be compiled anew each
 * time that some of that comes up, and for a file of some megabytes that costs more than the loops.
 */
export class ByteColumn {
  readonly #codes: Int32Array;
  #table: ValueTable = {
    slots: new Int32Array(2 * FIRST_VALUES),
    hashes: new Int32Array(FIRST_VALUES),
    bounds: new Int32Array(FIRST_VALUES + 1),
    store: Buffer.allocUnsafe(16 * FIRST_VALUES),
  };
  #count = 0;
  /** Whether each value so far was the one before or above it, as ids of an export that is sorted by them are. */
  #ascends = true;

  /** @param capacity - the most rows that there can be */
  constructor(capacity: number) {
    this.#codes = new Int32Array(capacity);
  }

  /** Encodes the first `rows` spans of `buffer` as the rows from `firstRow` on; doubled quotes in them are halved where they stand. */
  encode(buffer: Buffer, spans: ValueSpans, rows: number, firstRow: number): void {
    const bytes = halveQuotes(buffer, spans, rows);
    this.#reserve(rows, bytes, firstRow);
    this.#place({ buffer, spans, rows, codes: this.#codes, firstRow });
  }

  /** Adds the rows of another dictionary, from `firstRow` on: only its distinct values are looked up. */
  append({ codes, bytes, bounds, hashes }: EncodedColumn, firstRow: number): void {
    const rows = hashes.length;
    const target = new Int32Array(rows);
    const spans = { starts: bounds.subarray(0, rows), ends: bounds.subarray(1), hashes };
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#reserve(rows, bytes.length, 0);
    this.#place({ buffer, spans, rows, codes: target, firstRow: 0 });
    translate(codes, target, this.#codes.subarray(firstRow));
  }

  /** The column as it is, for another thread. */
  encoded(rowCount: number): EncodedColumn {
    const { hashes, bounds, store } = this.#table;
    return {
      codes: this.#codes.slice(0, rowCount),
      bytes: Uint8Array.from(store.subarray(0, bounds[this.#count])),
      bounds: bounds.slice(0, this.#count + 1),
      hashes: hashes.slice(0, this.#count),
    };
  }

  /** The column's codes, and its distinct values as text in order of first appearance. */
  finish(rowCount: number): { codes: Int32Array; values: string[] } {
    const codes = rowCount === this.#codes.length ? this.#codes : this.#codes.slice(0, rowCount);
    return { codes, values: textsOf(this.#table, this.#count) };
  }

  /** Looks values up only from where they stop to ascend: a value above all others is a new one. */
  #place(placed: PlacedRows): void {
    let row = 0;
    if (this.#ascends) {
      const reached = { row, count: this.#count };
      placeAscending(this.#table, placed, reached);
      row = reached.row;
      this.#count = reached.count;
      if (row === placed.rows) return;
      this.#ascends = false;
      fillSlots(this.#table.slots, this.#table.hashes, this.#count);
    }
    this.#count = place(this.#table, this.#count, placed, row);
  }

  /** Makes room for so many rows' values, as if every one were new. */
  #reserve(rows: number, moreBytes: number, firstRow: number): void {
    const { hashes, bounds, store } = this.#table;
    let bytes = (bounds[this.#count] as number) + moreBytes;
    const needed = this.#count + rows;
    if (needed > hashes.length) {
      const mostlyNew = this.#count >= MANY_VALUES && this.#count * 2 > firstRow;
      const size = Math.max(needed, 2 * hashes.length, mostlyNew ? this.#codes.length : 0);
      this.#table = withRoom(this.#table, this.#ascends ? 0 : this.#count, size);
      if (mostlyNew) bytes = Math.max(bytes, Math.ceil(((1.05 * bytes) / needed) * size));
    }
    if (bytes > store.length) {
      this.#table = withBytes(this.#table, Math.max(bytes, 2 * store.length));
    }
  }
}

/** Rows whose codes are wanted. */
interface PlacedRows {
  readonly buffer: Buffer;
  readonly spans: ValueSpans;
  readonly rows: number;
  /** Where the codes go, from `firstRow` on. */
  readonly codes: Int32Array;
  readonly firstRow: number;
}

/** Adds spans as long as each is the last value of the table, or above it, byte by byte; `reached` tells where that ended. */
function placeAscending(
  { hashes, bounds, store }: ValueTable,
  { buffer, spans, rows, codes, firstRow }: PlacedRows,
  reached: { row: number; count: number },
): void {
  const { starts, ends, hashes: spanHashes } = spans;
  let { row, count } = reached;
  for (; row < rows; row++) {
    const start = starts[row] as number;
    const end = ends[row] as number;
    const last = bounds[count] as number;
    let at = count === 0 ? last : (bounds[count - 1] as number);
    let i = start;
    while (i < end && at < last && buffer[i] === store[at]) {
      i++;
      at++;
    }
    if (count === 0 || (i < end && (at === last || (buffer[i] as number) > (store[at] as number)))) {
      hashes[count] = spanHashes[row] as number;
      let to = last;
      for (let k = start; k < end; k++) store[to++] = buffer[k] as number;
      bounds[++count] = to;
    } else if (i < end || at < last) {
      break;
    }
    codes[firstRow + row] = count - 1;
  }
  reached.row = row;
  reached.count = count;
}

/**
 * Looks up the spans from the row `from` on, adds what is new, and tells their codes.
 *
 * @param count - values in the table, which has room for all of the spans
 * @returns values in it afterwards
 */
function place(
  { slots, hashes, bounds, store }: ValueTable,
  count: number,
  { buffer, spans, rows, codes, firstRow }: PlacedRows,
  from: number,
): number {
  const { starts, ends, hashes: spanHashes } = spans;
  const mask = slots.length - 1;
  let values = count;
  for (let row = from; row < rows; row++) {
    const start = starts[row] as number;
    const end = ends[row] as number;
    const hash = spanHashes[row] as number;
    let slot = spread(hash) & mask;
    let code = (slots[slot] as number) - 1;
    while (code !== -1) {
      if (hashes[code] === hash) {
        let at = bounds[code] as number;
        let i = (bounds[code + 1] as number) - at === end - start ? start : -1;
        while (i >= 0 && i < end && store[at] === buffer[i]) {
          i++;
          at++;
        }
        if (i === end) break;
      }
      slot = (slot + 1) & mask;
      code = (slots[slot] as number) - 1;
    }
    if (code === -1) {
      code = values++;
      slots[slot] = values;
      hashes[code] = hash;
      let to = bounds[code] as number;
      for (let i = start; i < end; i++) store[to++] = buffer[i] as number;
      bounds[values] = to;
    }
    codes[firstRow + row] = code;
  }
  return values;
}

/** Rows' codes in another table, from their codes in their own. */
function translate(codes: Int32Array, target: Int32Array, into: Int32Array): void {
  for (let row = 0; row < codes.length; row++) into[row] = target[codes[row] as number] as number;
}

/** The table with room for `size` values, the first `placed` of them in its slots. */
function withRoom(table: ValueTable, placed: number, size: number): ValueTable {
  let slotCount = table.slots.length;
  while (slotCount < 2 * size) slotCount *= 2;
  const slots = new Int32Array(slotCount);
  const hashes = new Int32Array(size);
  const bounds = new Int32Array(size + 1);
  hashes.set(table.hashes);
  bounds.set(table.bounds);
  fillSlots(slots, hashes, placed);
  return { slots, hashes, bounds, store: table.store };
}

function fillSlots(slots: Int32Array, hashes: Int32Array, count: number): void {
  const mask = slots.length - 1;
  for (let code = 0; code < count; code++) {
    let slot = spread(hashes[code] as number) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = code + 1;
  }
}

/** The table with room for `size` bytes. */
function withBytes({ slots, hashes, bounds, store }: ValueTable, size: number): ValueTable {
  if (size > 0x7fff_ffff) throw new Error("one column holds more than 2 GB of distinct text");
  const larger = Buffer.allocUnsafe(size);
  store.copy(larger);
  return { slots, hashes, bounds, store: larger };
}

/** The table's values as text. */
function textsOf({ bounds, store }: ValueTable, count: number): string[] {
  const texts = new Array<string>(count);
  // Whole blocks become one string each and values are cut from it: a call a value would cost more than the reading.
  for (let first = 0; first < count; ) {
    const next = blockEnd(bounds, first, count);
    const block = store.subarray(bounds[first], bounds[next]);
    if (isAscii(block)) cutTexts(block.toString("latin1"), bounds, first, next, texts);
    else for (let i = first; i < next; i++) texts[i] = store.toString("utf8", bounds[i], bounds[i + 1]);
    first = next;
  }
  return texts;
}

/** Where a block of about a megabyte ends: one value is in it at least. */
function blockEnd(bounds: Int32Array, first: number, count: number): number {
  const from = bounds[first] as number;
  let next = first + 1;
  while (next < count && (bounds[next + 1] as number) - from <= 1 << 20) next++;
  return next;
}

function cutTexts(block: string, bounds: Int32Array, first: number, next: number, texts: string[]): void {
  const from = bounds[first] as number;
  for (let i = first; i < next; i++) {
    texts[i] = block.slice((bounds[i] as number) - from, (bounds[i + 1] as number) - from);
  }
}

/** Mixes a hash's bits, so that the low ones, which choose the slot, depend on all of them. */
function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}

/** Makes each doubled quote of the spans one, where it stands, and settles their ends; returns how many bytes they then have. */
function halveQuotes(buffer: Buffer, { starts, ends }: ValueSpans, rows: number): number {
  let bytes = 0;
  for (let row = 0; row < rows; row++) {
    if ((ends[row] as number) < 0) ends[row] = halved(buffer, starts[row] as number, ~(ends[row] as number));
    bytes += (ends[row] as number) - (starts[row] as number);
  }
  return bytes;
}

/** The value's end, once each of its doubled quotes is one. */
function halved(buffer: Buffer, from: number, to: number): number {
  let end = from;
  for (let i = from; i < to; i++) {
    const byte = buffer[i] as number;
    if (byte === QUOTE) i++;
    buffer[end++] = byte;
  }
  return end;
}
