import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type DigestField, digestField, digestFields, encodeTexts } from "../../src/frame/digest.js";
import { byIdBytes } from "../../src/frame/unit-id.js";
import { selectionDigest } from "../../src/sampling/selection-digest.js";

/** A field of cells in row order, made ready for units in another. */
function field(name: string, cells: readonly string[], order: Int32Array): DigestField {
  const levels = [...new Set(cells)];
  const codes = Int32Array.from(cells, (cell) => levels.indexOf(cell));
  return digestField({ name, kind: "category", levels, codes }, order);
}

// Vector of the design; re-derived with Python's hashlib from the text that the format describes.
test("two units, a list and a category", () => {
  const ids = ["A-2", "A-1"];
  const order = byIdBytes(ids);
  const fields = [
    field("law_type", ["public", "private"], order),
    field("factors", ["", "domestic_abuse\u001eparental_conflict"], order),
  ];
  expect(digestFields(encodeTexts([...order].map((at) => ids[at] as string)), fields)).toBe(
    "1751edee4506c744107b6ca649164a7b975d441215eac9e6ba11c12ba9b83a4d",
  );
});

test("selection: drawn A-1, B-2, reserve private A-2", () => {
  expect(selectionDigest(["A-1", "B-2"], [{ stratum: "private", unitId: "A-2" }])).toBe(
    "7e0e65a26eb3e01130f1bd915103be5429ad967cce74a595ee56749f1d4c6e18",
  );
});

test("property: as one string would hash, for any text, whatever the row order", () => {
  const text = fc.string({ unit: "binary" }).map((s) => s.replace(/[\ud800-\udfff]/g, "x"));
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(text, text), { selector: ([id]) => id, minLength: 1 }), (units) => {
      const lines = [...units].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      const whole = `unit_id\u001fteam\n${lines.map(([id, team]) => `${id}\u001f${team}\n`).join("")}`;
      const ids = units.map(([id]) => id);
      const order = byIdBytes(ids);
      const team = field(
        "team",
        units.map(([, value]) => value),
        order,
      );
      expect(digestFields(encodeTexts([...order].map((at) => ids[at] as string)), [team])).toBe(
        createHash("sha256").update(whole).digest("hex"),
      );
    }),
  );
});

test("more units than one chunk of bytes holds", () => {
  const ids = Array.from({ length: 120_000 }, (_, i) => `unit-${String(i).padStart(7, "0")}`);
  const order = byIdBytes(ids);
  const team = field(
    "team",
    ids.map((_, i) => `team ${i % 7}`),
    order,
  );
  const whole = `unit_id\u001fteam\n${ids.map((id, i) => `${id}\u001fteam ${i % 7}\n`).join("")}`;
  expect(digestFields(encodeTexts([...order].map((at) => ids[at] as string)), [team])).toBe(
    createHash("sha256").update(whole).digest("hex"),
  );
});

test("a text longer than a piece", () => {
  const long = "é".repeat(300_000);
  const whole = `unit_id\u001fteam\na\u001f${long}\nb\u001fx\n`;
  const order = byIdBytes(["a", "b"]);
  const team = field("team", [long, "x"], order);
  expect(digestFields(encodeTexts(["a", "b"]), [team])).toBe(
    createHash("sha256").update(whole).digest("hex"),
  );
});

test("ids stand in UTF-8 byte order, which is not JavaScript's beyond the basic plane", () => {
  const ids = ["\u{1F600}", "\uFF21", "a", "A"];
  expect([...byIdBytes(ids)].map((at) => ids[at])).toEqual(["A", "a", "\uFF21", "\u{1F600}"]);
});
