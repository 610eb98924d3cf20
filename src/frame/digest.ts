import { createHash } from "node:crypto";
import type { Field } from "./field.js";
import { compareBytes } from "./text.js";

const fieldSeparator = 0x1f;
const lineEnd = 0x0a;
const chunkBytes = 1 << 18;

/** Texts as UTF-8, one after another: text `i` is `bytes.subarray(starts[i], starts[i + 1])`. */
export interface EncodedTexts {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
}

/** Encodes texts once, for as many digests as need them. */
export function encodeTexts(texts: readonly string[]): EncodedTexts {
  const starts = new Uint32Array(texts.length + 1);
  for (let i = 0; i < texts.length; i++) starts[i + 1] = (starts[i] as number) + (texts[i] as string).length;
  const plain = Buffer.from(texts.join(""));
  if (plain.length === starts[texts.length]) return { bytes: plain, starts };
  // A character of several bytes is somewhere: encode each text on its own.
  const parts = texts.map((text) => Buffer.from(text));
  for (const [i, part] of parts.entries()) starts[i + 1] = (starts[i] as number) + part.length;
  return { bytes: Buffer.concat(parts), starts };
}

/** A field of the digest, its levels encoded. */
export interface DigestField extends Field {
  readonly encoded: EncodedTexts;
}

/**
 * SHA-256 of what some fields say of some units, free of row order: lines ended by LF, parts joined by U+001F, the
 * first line `unit_id` and the field names in byte order, then each unit in byte order of its id.
 *
 * @param ids - the units' ids, encoded in the order of `order`
 * @param order - units in byte order of their ids
 * @returns 64 lower-case hexadecimal characters
 */
export function digestFields(ids: EncodedTexts, order: Int32Array, fields: readonly DigestField[]): string {
  const sorted = fields.toSorted((a, b) => compareBytes(a.name, b.name));
  const hash = createHash("sha256");
  hash.update(`${["unit_id", ...sorted.map((field) => field.name)].join("\u001f")}\n`);
  let chunk = new Uint8Array(chunkBytes);
  let at = 0;
  /** Makes room for so many bytes more. */
  const makeRoom = (bytes: number): void => {
    if (at + bytes <= chunk.length) return;
    hash.update(chunk.subarray(0, at));
    at = 0;
    if (bytes > chunk.length) chunk = new Uint8Array(bytes);
  };
  // Byte by byte: texts are short, and a call for each would cost more than the copy.
  for (let i = 0; i < order.length; i++) {
    const from = ids.starts[i] as number;
    const to = ids.starts[i + 1] as number;
    makeRoom(to - from);
    for (let k = from; k < to; k++) chunk[at++] = ids.bytes[k] as number;
    const unit = order[i] as number;
    for (let f = 0; f < sorted.length; f++) {
      const { codes, encoded } = sorted[f] as DigestField;
      const code = codes[unit] as number;
      const start = encoded.starts[code] as number;
      const end = encoded.starts[code + 1] as number;
      makeRoom(end - start + 2);
      chunk[at++] = fieldSeparator;
      for (let k = start; k < end; k++) chunk[at++] = encoded.bytes[k] as number;
    }
    chunk[at++] = lineEnd;
  }
  hash.update(chunk.subarray(0, at));
  return hash.digest("hex");
}
