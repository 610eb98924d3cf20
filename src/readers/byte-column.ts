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
const FIRST_VALUES = 128;
/** From so many values on, a column in which every other row is a new value is taken to go on like that. */
const MANY_VALUES = 4096;

/**
 * The distinct values of one column, as bytes: an open-addressing table over one growing store of bytes.
 * Only distinct values ever become strings.
 */
export class ByteColumn {
  readonly #codes: Int32Array;
  /** Code + 1, or 0 where free; at least twice as many as there are values. */
  #slots = new Int32Array(2 * FIRST_VALUES);
  #hashes = new Int32Array(FIRST_VALUES);
  /** Value i stands in the store from bounds[i] to bounds[i + 1]. */
  #bounds = new Int32Array(FIRST_VALUES + 1);
  #count = 0;
  #store = Buffer.allocUnsafe(16 * FIRST_VALUES);
  /** For values whose doubled quotes are to be halved. */
  #scratch = Buffer.alloc(0);

  /** @param capacity - the most rows that there can be */
  constructor(capacity: number) {
    this.#codes = new Int32Array(capacity);
  }

  /** Encodes the first `rows` spans of `buffer` as the rows from `firstRow` on. */
  encode(buffer: Uint8Array, spans: ValueSpans, rows: number, firstRow: number): void {
    this.#place(buffer, spans, rows, this.#codes, firstRow);
  }

  /** Adds the rows of another dictionary, from `firstRow` on: only its distinct values are looked up. */
  append({ codes, bytes, bounds, hashes }: EncodedColumn, firstRow: number): void {
    const count = hashes.length;
    const target = new Int32Array(count);
    const spans = { starts: bounds.subarray(0, count), ends: bounds.subarray(1), hashes };
    this.#place(bytes, spans, count, target, 0);
    const own = this.#codes;
    for (let row = 0; row < codes.length; row++) own[firstRow + row] = target[codes[row] as number] as number;
  }

  /** Looks up the first `rows` spans, adds what is new, and puts their codes into `codes` from `first` on. */
  #place(buffer: Uint8Array, spans: ValueSpans, rows: number, codes: Int32Array, first: number): void {
    this.#reserve(spans, rows, first);
    const { starts, ends } = spans;
    const slots = this.#slots;
    const mask = slots.length - 1;
    const hashes = this.#hashes;
    const bounds = this.#bounds;
    const store = this.#store;
    let count = this.#count;
    for (let row = 0; row < rows; row++) {
      let bytes: Uint8Array = buffer;
      let start = starts[row] as number;
      let end = ends[row] as number;
      if (end < 0) {
        end = halveQuotes(buffer, start, ~end, this.#scratch);
        bytes = this.#scratch;
        start = 0;
      }
      const hash = spans.hashes[row] as number;
      let slot = spread(hash) & mask;
      let code: number;
      for (;;) {
        code = (slots[slot] as number) - 1;
        if (code === -1 || (hashes[code] === hash && this.#holds(code, bytes, start, end))) break;
        slot = (slot + 1) & mask;
      }
      if (code === -1) {
        code = count++;
        slots[slot] = count;
        hashes[code] = hash;
        let to = bounds[code] as number;
        for (let i = start; i < end; i++) store[to++] = bytes[i] as number;
        bounds[count] = to;
      }
      codes[first + row] = code;
    }
    this.#count = count;
  }

  /** The column as it is, for another thread. */
  encoded(rowCount: number): EncodedColumn {
    const bounds = this.#bounds.slice(0, this.#count + 1);
    return {
      codes: this.#codes.slice(0, rowCount),
      bytes: Uint8Array.from(this.#store.subarray(0, bounds[this.#count])),
      bounds,
      hashes: this.#hashes.slice(0, this.#count),
    };
  }

  /** The column's codes, and its distinct values as text in order of first appearance. */
  finish(rowCount: number): { codes: Int32Array; values: string[] } {
    const codes = rowCount === this.#codes.length ? this.#codes : this.#codes.slice(0, rowCount);
    return { codes, values: this.#values() };
  }

  #holds(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#bounds[code] as number;
    if ((this.#bounds[code + 1] as number) - from !== end - start) return false;
    const store = this.#store;
    for (let i = start, at = from; i < end; i++, at++) if (store[at] !== bytes[i]) return false;
    return true;
  }

  #values(): string[] {
    const values = new Array<string>(this.#count);
    // Whole blocks become one string each and values are cut from it: a call a value would cost more than the reading.
    for (let first = 0; first < this.#count; ) {
      const from = this.#bounds[first] as number;
      let next = first + 1;
      while (next < this.#count && (this.#bounds[next + 1] as number) - from <= 1 << 20) next++;
      const block = this.#store.subarray(from, this.#bounds[next]);
      if (isAscii(block)) {
        const text = block.toString("latin1");
        for (let i = first; i < next; i++) {
          values[i] = text.slice((this.#bounds[i] as number) - from, (this.#bounds[i + 1] as number) - from);
        }
      } else {
        for (let i = first; i < next; i++) {
          values[i] = this.#store.toString("utf8", this.#bounds[i], this.#bounds[i + 1]);
        }
      }
      first = next;
    }
    return values;
  }

  /** Makes room for all of these spans' values, as if every one were new. */
  #reserve({ starts, ends }: ValueSpans, rows: number, firstRow: number): void {
    let bytes = this.#bounds[this.#count] as number;
    for (let row = 0; row < rows; row++) {
      const end = ends[row] as number;
      const length = (end < 0 ? ~end : end) - (starts[row] as number);
      bytes += length;
      if (end < 0 && length > this.#scratch.length) this.#scratch = Buffer.allocUnsafe(2 * length);
    }
    const needed = this.#count + rows;
    if (needed > this.#hashes.length) {
      const mostlyNew = this.#count >= MANY_VALUES && this.#count * 2 > firstRow;
      const size = Math.max(needed, 2 * this.#hashes.length, mostlyNew ? this.#codes.length : 0);
      this.#growValues(size);
      if (mostlyNew) bytes = Math.max(bytes, Math.ceil(((1.05 * bytes) / needed) * size));
    }
    if (bytes > this.#store.length) this.#growStore(Math.max(bytes, 2 * this.#store.length));
  }

  #growValues(size: number): void {
    const hashes = new Int32Array(size);
    hashes.set(this.#hashes);
    const bounds = new Int32Array(size + 1);
    bounds.set(this.#bounds);
    let slotCount = this.#slots.length;
    while (slotCount < 2 * size) slotCount *= 2;
    const slots = new Int32Array(slotCount);
    for (let code = 0; code < this.#count; code++) {
      let slot = spread(hashes[code] as number) & (slotCount - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slotCount - 1);
      slots[slot] = code + 1;
    }
    this.#hashes = hashes;
    this.#bounds = bounds;
    this.#slots = slots;
  }

  #growStore(size: number): void {
    if (size > 0x7fff_ffff) throw new Error("one column holds more than 2 GB of distinct text");
    const store = Buffer.allocUnsafe(size);
    this.#store.copy(store);
    this.#store = store;
  }
}

/** Mixes a hash's bits, so that the low ones, which choose the slot, depend on all of them. */
function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}

/** Copies a quoted value's bytes with each doubled quote made one; returns their number. */
function halveQuotes(bytes: Uint8Array, from: number, to: number, into: Buffer): number {
  let length = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number;
    if (byte === QUOTE) i++;
    into[length++] = byte;
  }
  return length;
}
