import { inflateSync } from "node:zlib";

/** What a text-width table needs of a font. */
export interface FontWidths {
  readonly unitsPerEm: number;
  /** Code point → advance width in font units. */
  readonly advances: ReadonlyMap<number, number>;
}

/**
 * Reads advance widths from a WOFF 1 file: every sfnt table is zlib-compressed on its own.
 *
 * @see W3C, WOFF File Format 1.0, §3–5; OpenType 1.9: head, hhea, hmtx, cmap format 4
 */
export function readWoff(file: Buffer): FontWidths {
  if (file.toString("latin1", 0, 4) !== "wOFF") throw new Error("not a WOFF 1 file");
  const tables = new Map<string, Buffer>();
  for (let i = 0; i < file.readUInt16BE(12); i++) {
    const entry = 44 + i * 20;
    const offset = file.readUInt32BE(entry + 4);
    const packed = file.subarray(offset, offset + file.readUInt32BE(entry + 8));
    const whole = packed.length < file.readUInt32BE(entry + 12);
    tables.set(file.toString("latin1", entry, entry + 4), whole ? inflateSync(packed) : packed);
  }
  const table = (tag: string): Buffer => {
    const found = tables.get(tag);
    if (found === undefined) throw new Error(`the font has no ${tag} table`);
    return found;
  };
  const measured = table("hhea").readUInt16BE(34);
  const advance = (glyph: number): number => table("hmtx").readUInt16BE(4 * Math.min(glyph, measured - 1));
  const glyphs = characterMap(table("cmap"));
  return {
    unitsPerEm: table("head").readUInt16BE(18),
    advances: new Map([...glyphs].map(([code, glyph]) => [code, advance(glyph)])),
  };
}

/** The Basic Multilingual Plane's subtable (format 4): code point → glyph. */
function characterMap(cmap: Buffer): Map<number, number> {
  const starts = Array.from({ length: cmap.readUInt16BE(2) }, (_, i) => cmap.readUInt32BE(8 + i * 8));
  const start = starts.find((offset) => cmap.readUInt16BE(offset) === 4);
  if (start === undefined) throw new Error("the font has no cmap of format 4");
  const doubled = cmap.readUInt16BE(start + 6);
  const [ends, firsts] = [start + 14, start + 16 + doubled];
  const [deltas, offsets] = [firsts + doubled, firsts + 2 * doubled];
  const glyphs = new Map<number, number>();
  for (let at = 0; at < doubled; at += 2) {
    const [first, last] = [cmap.readUInt16BE(firsts + at), cmap.readUInt16BE(ends + at)];
    const [delta, offset] = [cmap.readUInt16BE(deltas + at), cmap.readUInt16BE(offsets + at)];
    for (let code = first; code <= last && code !== 0xffff; code++) {
      const listed = offset === 0 ? code : cmap.readUInt16BE(offsets + at + offset + 2 * (code - first));
      const glyph = listed === 0 ? 0 : (listed + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
  return glyphs;
}
