import { createHash } from "node:crypto";
import type { Field } from "./field.js";
import { compareBytes } from "./text.js";

const fieldSeparator = 0x1f;
const lineEnd = 0x0a;
const chunkBytes = 1 << 18;

/**
 * Texts as UTF-8, one after another: text `i` is the bytes from `starts[i]` to `starts[i + 1]`; then a few bytes of slack.
 * In shared memory, so that another thread may make digests of them.
 */
export interface EncodedTexts {
  readonly bytes: DataView;
  readonly starts: Uint32Array;
  /** Bytes of the longest text. */
  readonly longest: number;
}

/** Bytes that may be read or written beyond a text, because copies go by words. */
const slack = 4;

/** Encodes texts once, for as many digests as need them. */
export function encodeTexts(texts: readonly string[]): EncodedTexts {
  const starts = new Uint32Array(new SharedArrayBuffer(4 * (texts.length + 1)));
  let joined = texts.join("");
  let longest = startsOfTexts(texts, starts);
  if (Buffer.byteLength(joined) !== joined.length) {
    // A character of several bytes is somewhere, and half a character may stand at a text's end: each on its own.
    const parts = texts.map((text) => Buffer.from(text));
    longest = startsOfTexts(parts, starts);
    joined = Buffer.concat(parts).toString("latin1");
  }
  const bytes = Buffer.from(new SharedArrayBuffer(joined.length + slack));
  bytes.write(joined, "latin1");
  return { bytes: viewOf(bytes), starts, longest };
}

/** Sets where each text starts; returns the longest one's length. */
function startsOfTexts(texts: readonly { readonly length: number }[], starts: Uint32Array): number {
  let longest = 0;
  let at = 0;
  for (let i = 0; i < texts.length; i++) {
    const { length } = texts[i] as { readonly length: number };
    at += length;
    starts[i + 1] = at;
    if (length > longest) longest = length;
  }
  return longest;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A field of a digest: its name, one code a unit in the order of the digest's ids, and its levels encoded. */
export interface DigestField {
  readonly name: string;
  readonly codes: Int32Array;
  readonly encoded: EncodedTexts;
}

/**
 * A field made ready for digests of these units: levels that none of them has are not encoded.
 *
 * @param order - units in byte order of their ids
 */
export function digestField({ name, codes, levels }: Field, order: Int32Array): DigestField {
  const used = new Uint8Array(levels.length);
  const inOrder = new Int32Array(new SharedArrayBuffer(4 * order.length));
  takeInOrder(codes, order, inOrder, used);
  const encoded = encodeTexts(
    used.includes(0) ? levels.map((level, code) => (used[code] === 1 ? level : "")) : levels,
  );
  return { name, codes: inOrder, encoded };
}

function takeInOrder(codes: Int32Array, order: Int32Array, inOrder: Int32Array, used: Uint8Array): void {
  for (let i = 0; i < order.length; i++) {
    const code = codes[order[i] as number] as number;
    inOrder[i] = code;
    used[code] = 1;
  }
}

/**
 * SHA-256 of what some fields say of some units, free of row order: lines ended by LF, parts joined by U+001F, the
 * first line `unit_id` and the field names in byte order, then each unit in byte order of its id.
 *
 * @param ids - the units' ids, encoded in byte order
 * @returns 64 lower-case hexadecimal characters
 */
export function digestFields(ids: EncodedTexts, fields: readonly DigestField[]): string {
  const sorted = fields.toSorted((a, b) => compareBytes(a.name, b.name));
  const hash = createHash("sha256");
  hash.update(`${["unit_id", ...sorted.map((field) => field.name)].join("\u001f")}\n`);
  const longest = sorted.reduce((sum, { encoded }) => sum + encoded.longest + 1, ids.longest + 1);
  const chunk = new Uint8Array(Math.max(chunkBytes, longest + slack));
  const view = viewOf(chunk);
  const fullAt = chunk.length - longest - slack;
  const units = ids.starts.length - 1;
  const written = { units: 0, bytes: 0 };
  while (written.units < units) {
    fillLines(view, { ids, fields: sorted, fullAt }, written);
    hash.update(chunk.subarray(0, written.bytes));
  }
  return hash.digest("hex");
}

/**
 * Writes units' lines from the view's start until it is full or all are written. A function of its own, so that it is compiled
 * once for all digests.
 */
function fillLines(
  view: DataView,
  {
    ids,
    fields,
    fullAt,
  }: { readonly ids: EncodedTexts; readonly fields: readonly DigestField[]; readonly fullAt: number },
  written: { units: number; bytes: number },
): void {
  const units = ids.starts.length - 1;
  let at = 0;
  let i = written.units;
  for (; i < units && at <= fullAt; i++) {
    // Texts are short: word by word beats a call for each. What a last word brings along is written over next.
    const from = ids.starts[i] as number;
    const to = ids.starts[i + 1] as number;
    for (let k = from; k < to; k += 4) view.setUint32(at + k - from, ids.bytes.getUint32(k, true), true);
    at += to - from;
    for (let f = 0; f < fields.length; f++) {
      const { codes, encoded } = fields[f] as DigestField;
      const { bytes, starts } = encoded;
      const code = codes[i] as number;
      const start = starts[code] as number;
      const end = starts[code + 1] as number;
      view.setUint8(at++, fieldSeparator);
      for (let k = start; k < end; k += 4) view.setUint32(at + k - start, bytes.getUint32(k, true), true);
      at += end - start;
    }
    view.setUint8(at++, lineEnd);
  }
  written.units = i;
  written.bytes = at;
}
