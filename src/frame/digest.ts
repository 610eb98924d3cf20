import { createHash } from "node:crypto";
import type { Field } from "./field.js";
import { compareBytes } from "./text.js";

const fieldSeparator = 0x1f;
const lineEnd = 0x0a;
const chunkBytes = 1 << 20;

/** Unit ids as UTF-8, in the order of a digest: encoded once, hashed once a field. */
export interface EncodedIds {
  readonly bytes: Uint8Array;
  /** Id `i` is `bytes.subarray(starts[i], starts[i + 1])`. */
  readonly starts: Float64Array;
}

/** @param order - units in byte order of their ids */
export function encodeIds(ids: readonly string[], order: Int32Array): EncodedIds {
  const starts = new Float64Array(order.length + 1);
  let total = 0;
  for (const unit of order) total += Buffer.byteLength(ids[unit] as string);
  const bytes = Buffer.allocUnsafe(total);
  let at = 0;
  for (const [i, unit] of order.entries()) {
    starts[i] = at;
    at += bytes.write(ids[unit] as string, at, "utf8");
  }
  starts[order.length] = at;
  return { bytes, starts };
}

/**
 * SHA-256 of what some fields say of some units, free of row order: lines ended by LF, parts joined by U+001F, the
 * first line `unit_id` and the field names in byte order, then each unit in byte order of its id.
 *
 * @param encoded - the ids of `order`
 * @param order - units in byte order of their ids
 * @returns 64 lower-case hexadecimal characters
 */
export function digestFields(encoded: EncodedIds, order: Int32Array, fields: readonly Field[]): string {
  const sorted = fields.toSorted((a, b) => compareBytes(a.name, b.name));
  const hash = createHash("sha256");
  hash.update(`${["unit_id", ...sorted.map((field) => field.name)].join("\u001f")}\n`);
  const columns = sorted.map((field) => {
    const levels = field.levels.map((level): Uint8Array => Buffer.from(level));
    return {
      codes: field.codes,
      levels,
      longest: levels.reduce((most, level) => Math.max(most, level.length), 0),
    };
  });
  const { bytes, starts } = encoded;
  const widest = columns.reduce((sum, column) => sum + column.longest + 1, 1);
  let chunk = Buffer.allocUnsafe(chunkBytes);
  let at = 0;
  for (let i = 0; i < order.length; i++) {
    const from = starts[i] as number;
    const to = starts[i + 1] as number;
    if (at + (to - from) + widest > chunk.length) {
      hash.update(chunk.subarray(0, at));
      at = 0;
      if (to - from + widest > chunk.length) chunk = Buffer.allocUnsafe(to - from + widest);
    }
    // Byte by byte: texts are short, and a call a text would cost more than the copy.
    for (let k = from; k < to; k++) chunk[at++] = bytes[k] as number;
    const unit = order[i] as number;
    for (const column of columns) {
      chunk[at++] = fieldSeparator;
      const level = column.levels[column.codes[unit] as number] as Uint8Array;
      for (let k = 0; k < level.length; k++) chunk[at++] = level[k] as number;
    }
    chunk[at++] = lineEnd;
  }
  hash.update(chunk.subarray(0, at));
  return hash.digest("hex");
}
