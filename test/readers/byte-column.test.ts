import { describe, expect, test } from "vitest";
import { stream } from "../../src/random/streams.js";
import { ByteColumn, HASH_PRIME, HASH_SEED } from "../../src/readers/byte-column.js";

/** The values as the scanner hands them over: one after another in a buffer. */
function spansOf(values: readonly string[]) {
  const parts = values.map((value) => Buffer.from(value));
  const buffer = Buffer.concat(parts);
  const ends = Int32Array.from(
    parts,
    (
      (at) => (part: Buffer) =>
        (at += part.length)
    )(0),
  );
  const starts = Int32Array.from(parts, (part, i) => (ends[i] as number) - part.length);
  const hashes = Int32Array.from(parts, (part) =>
    part.reduce((hash, byte) => Math.imul(hash ^ byte, HASH_PRIME), HASH_SEED),
  );
  return { buffer, spans: { starts, ends, hashes } };
}

function columnOf(values: readonly string[], batch: number): ByteColumn {
  const column = new ByteColumn(values.length);
  for (let row = 0; row < values.length; row += batch) {
    const piece = values.slice(row, row + batch);
    const { buffer, spans } = spansOf(piece);
    column.encode(buffer, spans, piece.length, row);
  }
  return column;
}

/** Each row's value, and the distinct values as they first come. */
function expectColumn(
  { codes, values }: { codes: Int32Array; values: string[] },
  rows: readonly string[],
): void {
  expect(Array.from(codes, (code) => values[code])).toEqual(rows);
  expect(values).toEqual([...new Set(rows)]);
}

const random = stream("byte-column", "test");
const anyOf = (count: number, kinds: number): string[] =>
  Array.from({ length: count }, () => `v${Math.floor(random() * kinds)}`);
const rising = (count: number, from: number): string[] =>
  Array.from({ length: count }, (_, i) => String(from + Math.floor(i * 0.7)).padStart(6, "0"));

describe.each([
  ["nothing", []],
  ["blanks, then more", ["", "", "a", "", "b"]],
  ["ids that ascend to the end", rising(9000, 100)],
  ["ids that ascend, and then are longer", [...rising(3000, 998_500), ...rising(20, 998_600)]],
  ["ids that ascend and then come again", [...rising(5000, 10), ...rising(5000, 10)]],
  ["a value that is the start of the one before", ["ab", "abc", "ab", "abd", "abc"]],
  ["bytes above ASCII", ["é", "z", "é", "\u{1F600}", "é"]],
  ["few values in any order", anyOf(5000, 7)],
  ["many values in any order", anyOf(9000, 6000)],
] as [string, string[]][])("%s", (_, rows) => {
  test.each([1, 7, 4096])("in batches of %d", (batch) => {
    expectColumn(columnOf(rows, batch).finish(rows.length), rows);
  });

  test.each([0.1, 0.5, 1])("with a second dictionary from %d of the rows on", (part) => {
    const first = Math.floor(rows.length * part);
    const column = new ByteColumn(rows.length);
    const { buffer, spans } = spansOf(rows.slice(0, first));
    column.encode(buffer, spans, first, 0);
    const rest = rows.slice(first);
    column.append(columnOf(rest, 512).encoded(rest.length), first);
    expectColumn(column.finish(rows.length), rows);
  });
});
