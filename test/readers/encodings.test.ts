import { isUtf8 } from "node:buffer";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EncodingJudge, Utf8Check } from "../../src/readers/utf8.js";
import { Utf16Decoder } from "../../src/readers/utf16.js";
import { decode1252, isAssigned1252 } from "../../src/readers/windows-1252.js";

function pieces(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
}

/** Bytes near the edges of UTF-8's rules, and any others. */
const bytes = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        0x41,
        0x80,
        0xbf,
        0xc0,
        0xc2,
        0xe0,
        0xe2,
        0x82,
        0xac,
        0xed,
        0xa0,
        0xef,
        0xf0,
        0x9f,
        0xf4,
        0xf5,
      ),
      fc.constantFrom(...Buffer.from("é€😀")),
      fc.integer({ min: 0, max: 255 }),
    ),
    { maxLength: 24 },
  )
  .map((list) => Uint8Array.from(list));

const text = fc.string({ unit: "grapheme" }).filter((value) => !/[\0\p{Cs}]/u.test(value));

describe("UTF-8", () => {
  test("piece by piece it is judged as Node judges the whole", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          bytes,
          text.map((value) => Buffer.from(value)),
        ),
        fc.integer({ min: 1, max: 9 }),
        (whole, size) => {
          const check = new Utf8Check();
          let valid = true;
          for (const piece of pieces(whole, size)) valid = check.push(piece) && valid;
          expect(valid && check.end()).toBe(isUtf8(whole));
        },
      ),
      { numRuns: 3000 },
    );
  });

  test.each<[number[], boolean, number]>([
    [[0x41, 0xe9, 0x42], true, 2],
    [[0xe9], true, 1],
    [[0x41, 0xc3, 0xa9, 0xe9], false, 3],
    [[0xc3, 0xc3, 0xa9], false, 1],
    [[0x81], false, 1],
    [[0x41, 0xe2, 0x82], true, 2],
    [[0xed, 0xa0, 0x80], true, 1],
  ])("%j looks like Windows-1252: %s, first fault at character %d", (list, looksLike1252, character) => {
    const judge = new EncodingJudge();
    for (const byte of list) judge.push([byte]);
    expect(judge.end()).toEqual({ looksLike1252, line: 1, character });
  });
});

describe("UTF-16", () => {
  test("piece by piece it comes out as the same text", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 7 }), fc.boolean(), (value, size, bigEndian) => {
        const whole = Buffer.from(value, "utf16le");
        const decoder = new Utf16Decoder(bigEndian);
        const out = pieces(bigEndian ? whole.swap16() : whole, size).map((piece) => decoder.push(piece));
        decoder.end();
        expect(decoder.fault).toBeUndefined();
        expect(Buffer.concat(out).toString()).toBe(value);
      }),
    );
  });

  test.each<[string, "surrogate" | "nul", number, number]>([
    ["a\n\ud83d", "surrogate", 2, 1],
    ["a\ud83dx", "surrogate", 1, 2],
    ["😀\ude00", "surrogate", 1, 2],
    ["😀a\0", "nul", 1, 3],
  ])("%j is faulty", (value, kind, line, character) => {
    for (const size of [1, 2, 3, 100]) {
      const decoder = new Utf16Decoder(false);
      for (const piece of pieces(Buffer.from(value, "utf16le"), size)) decoder.push(piece);
      decoder.end();
      expect(decoder.fault).toEqual({ kind, line, character });
    }
  });
});

test("Windows-1252 by its published table", () => {
  // unicode.org, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT: 0x80 to 0x9F, a dot where nothing is assigned.
  const published = "€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ";
  [...published].forEach((character, i) => {
    expect(isAssigned1252(0x80 + i)).toBe(character !== ".");
    if (character !== ".") expect(decode1252(Uint8Array.of(0x80 + i)).toString()).toBe(character);
  });
  expect(decode1252(Uint8Array.of(0x41, 0xa0, 0xe9, 0xff)).toString()).toBe("A\u00a0éÿ");
});
