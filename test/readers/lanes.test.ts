import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { CasedrawError } from "../../src/errors.js";
import { Folder, type Lane, lanes, type Rows, readLane, tryLane } from "./lanes.js";
import { badTexts, goodTexts } from "./text-corpus.js";

const folder = new Folder();
afterAll(() => folder.remove());

const RUNS = 400;
const chunkSizes = [7, 16, 61, 1 << 20];

describe("every lane gives what is in a good file", () => {
  test.each(goodTexts)("$name", async ({ content, headers, rows, rowNumbers }) => {
    const path = folder.write("good.csv", content);
    for (const lane of lanes) {
      for (const chunkBytes of chunkSizes) {
        const read = await tryLane(path, lane, { chunkBytes });
        expect(read, `${lane}, ${chunkBytes} bytes`).toMatchObject({ headers, rows, rowNumbers });
      }
    }
  });
});

describe("every lane refuses a bad file", () => {
  test.each(badTexts)("$name", async ({ content, code }) => {
    const path = folder.write("bad.csv", content);
    for (const chunkBytes of chunkSizes) {
      expect(await tryLane(path, "plain", { chunkBytes }), `plain, ${chunkBytes} bytes`).toBe(code);
      expect(await tryLane(path, "halves", { chunkBytes }), `halves, ${chunkBytes} bytes`).toBe(code);
      expect(await tryLane(path, "reference", { chunkBytes }), `reference, ${chunkBytes} bytes`).toBe(code);
      expect(typeof (await tryLane(path, "csv-parse alone", { chunkBytes })), `alone, ${chunkBytes}`).toBe(
        "string",
      );
    }
  });
});

/** Cells that bring every rule of quoting into play, and ordinary ones. */
const cell = fc.oneof(
  fc.constantFrom(
    "",
    "a",
    '"',
    '""',
    ",",
    ";",
    "\n",
    "\r\n",
    "\r",
    "é",
    "😀",
    " ",
    "a,b",
    'say "yes"',
    "1\n2",
  ),
  fc.string({ unit: "grapheme" }).filter((text) => !/[\0\p{Cs}]/u.test(text)),
);

const table = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.record({
    headers: fc.constant(["Case number", "Child number", "Court name", "Last seen"].slice(0, width)),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 }),
    delimiter: fc.constantFrom(",", ";", "\t", "|"),
    lineEnds: fc.array(fc.constantFrom("\n", "\r\n"), { minLength: 9, maxLength: 9 }),
    quoteAll: fc.boolean(),
    openEnd: fc.boolean(),
    mark: fc.boolean(),
  }),
);

type Generated = typeof table extends fc.Arbitrary<infer T> ? T : never;

/** RFC 4180 by hand, and where each row begins. */
function write({ headers, rows, delimiter, lineEnds, quoteAll, openEnd, mark }: Generated) {
  let text = mark ? "\ufeff" : "";
  const starts: number[] = [];
  [headers, ...rows].forEach((cells, i) => {
    starts.push(text.split("\n").length);
    const fields = cells.map((value) =>
      quoteAll || /[",;\t|\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value,
    );
    const last = i === rows.length;
    // A last row of one empty value is nothing at all without its line end.
    const open = last && openEnd && fields.join("") !== "";
    text += fields.join(delimiter) + (open ? "" : (lineEnds[i] ?? "\n"));
  });
  const kept = rows.map((row) => row.some((value) => value !== ""));
  return {
    text,
    rows: rows.filter((_, i) => kept[i]),
    rowNumbers: starts.slice(1).filter((_, i) => kept[i]),
  };
}

test("a file of many batches and pieces reads alike in every lane", async () => {
  let text = "case id,note,law type\n";
  for (let i = 0; i < 9000; i++) {
    const note = i % 5 === 0 ? `"line ${i % 11}\n""two"", ${i}"` : `note ${i % 11}`;
    text += i % 1000 === 7 ? ",,\n" : `${i},${note},${i % 2 === 0 ? "public" : '"public"'}\r\n`;
  }
  const path = folder.write("large.csv", text);
  const [plain, ...others] = await Promise.all(
    lanes.map((lane) => tryLane(path, lane, { chunkBytes: 30_000 })),
  );
  expect(plain).toMatchObject({ headers: ["case id", "note", "law type"] });
  // By hand: before record 4000 are 3996 rows and 4 blank records, and every fifth of the 4000 takes two lines.
  const { rows, rowNumbers, values } = plain as Rows;
  expect(rows[3996]).toEqual(["4000", 'line 7\n"two", 4000', "public"]);
  expect(rowNumbers[3996]).toBe(2 + 4000 + 800);
  expect(rows.length).toBe(8991);
  expect(values[2]).toEqual(["public"]);
  for (const other of others) expect(other).toEqual(plain);
});

describe("properties", () => {
  test("a table written as RFC 4180 comes back through every lane at every chunk size", async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom(...chunkSizes), async (generated, chunkBytes) => {
        const { text, rows, rowNumbers } = write(generated);
        const path = folder.write("generated.csv", text);
        for (const lane of lanes) {
          const read = await tryLane(path, lane, { chunkBytes, wanted: generated.headers });
          expect(read, lane).toMatchObject({ headers: generated.headers, rows, rowNumbers });
        }
      }),
      { numRuns: RUNS },
    );
  });

  const byte = fc.oneof(
    fc.constantFrom(...Buffer.from('",;\t|\r\n a\0é€')),
    fc.integer({ min: 0, max: 255 }),
  );
  const change = fc.record({ at: fc.nat(), kind: fc.constantFrom("replace", "insert", "delete"), byte });

  test("a good file with some bytes changed gives the same table in every lane, or an error in every lane", async () => {
    const base = fc.oneof(
      table.map((generated) => Buffer.from(write(generated).text)),
      fc.constantFrom(...goodTexts.map(({ content }) => Buffer.from(content as Uint8Array))),
    );
    await fc.assert(
      fc.asyncProperty(
        base,
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...chunkSizes),
        async (bytes, changes, chunkBytes) => {
          let changed = bytes;
          for (const { at, kind, byte } of changes) {
            const place = at % (changed.length + 1);
            changed = Buffer.concat([
              changed.subarray(0, place),
              Buffer.from(kind === "delete" ? [] : [byte]),
              changed.subarray(kind === "insert" ? place : place + 1),
            ]);
          }
          const path = folder.write("changed.csv", changed);
          const plain = await tryLane(path, "plain", { chunkBytes });
          expect(plain, "a fault of casedraw").not.toBe("refused");
          expect(await tryLane(path, "halves", { chunkBytes })).toEqual(plain);
          expect(await tryLane(path, "reference", { chunkBytes })).toEqual(plain);
          const alone = await tryLane(path, "csv-parse alone", { chunkBytes });
          if (typeof plain === "string") expect(typeof alone).toBe("string");
          else expect(alone).toEqual(plain);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

test("a fault in the second half is told with its own line, and one in the first half goes before it", async () => {
  const rows = Array.from({ length: 40 }, (_, i) => (i === 20 ? '"two\nlines",x' : `${i},x`));
  const refusal = async (broken: readonly number[], lane: Lane) => {
    const lines = ["a,b", ...rows.map((row, i) => (broken.includes(i) ? `${row},extra` : row))];
    const path = folder.write("late.csv", `${lines.join("\n")}\n`);
    return readLane(path, lane, { chunkBytes: 16 }).catch((error: CasedrawError) => error.message);
  };
  // Row 35 begins in line 38: a header above it, and a value of two lines.
  expect(await refusal([35], "halves")).toContain("line 38");
  expect(await refusal([35], "halves")).toBe(await refusal([35], "plain"));
  expect(await refusal([3, 35], "halves")).toBe(await refusal([3], "plain"));
});
