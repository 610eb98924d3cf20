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
  const lines = new HashedBytes(createHash("sha256"));
  lines.text(["unit_id", ...sorted.map((field) => field.name)].join("\u001f"));
  lines.byte(lineEnd);
  for (let i = 0; i < order.length; i++) {
    lines.copy(ids.bytes, ids.starts[i] as number, ids.starts[i + 1] as number);
    const unit = order[i] as number;
    for (const { codes, encoded } of sorted) {
      const code = codes[unit] as number;
      lines.byte(fieldSeparator);
      lines.copy(encoded.bytes, encoded.starts[code] as number, encoded.starts[code + 1] as number);
    }
    lines.byte(lineEnd);
  }
  return lines.digest();
}

/** Gathers short runs of bytes into pieces that are worth a call to the hash. */
class HashedBytes {
  private readonly chunk = new Uint8Array(chunkBytes);
  private at = 0;

  constructor(private readonly hash: ReturnType<typeof createHash>) {}

  byte(value: number): void {
    if (this.at === chunkBytes) this.flush();
    this.chunk[this.at++] = value;
  }

  copy(source: Uint8Array, from: number, to: number): void {
    if (this.at + (to - from) > chunkBytes) this.flush();
    if (to - from > chunkBytes) this.hash.update(source.subarray(from, to));
    else {
      // Byte by byte: texts are short, and a call for each would cost more than the copy.
      const { chunk } = this;
      let { at } = this;
      for (let k = from; k < to; k++) chunk[at++] = source[k] as number;
      this.at = at;
    }
  }

  text(value: string): void {
    const bytes = Buffer.from(value);
    this.copy(bytes, 0, bytes.length);
  }

  digest(): string {
    this.flush();
    return this.hash.digest("hex");
  }

  private flush(): void {
    this.hash.update(this.chunk.subarray(0, this.at));
    this.at = 0;
  }
}
