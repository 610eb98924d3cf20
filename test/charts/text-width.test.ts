import { describe, expect, test } from "vitest";
import { textWidth, wrapText } from "../../src/charts/text-width.js";

describe("textWidth", () => {
  // By hand: every digit of Source Sans 3 regular is 0.497 em wide, of semi-bold 0.513 em (hmtx of the font files).
  test("is the sum of the characters' advance widths at the text's size", () => {
    expect(textWidth("0123456789", { size: 16 })).toBeCloseTo(79.52, 9);
    expect(textWidth("0123456789", { size: 16, weight: 600 })).toBeCloseTo(82.08, 9);
    expect(textWidth("", { size: 16 })).toBe(0);
  });

  test("counts a character that the table lacks as one em, so that nothing is laid out too narrow", () => {
    expect(textWidth("漢字", { size: 16 })).toBe(32);
  });

  test("knows Welsh letters, the minus sign and typographic quotes", () => {
    for (const character of "ŵŷẁẃẅỳŴŶ−–’“”£…") {
      expect(textWidth(character, { size: 1000 }), character).toBeLessThan(1000);
    }
  });
});

describe("wrapText", () => {
  // By hand: "0000" is 4 × 0.497 × 10 = 19.88 pixels at size 10, a space 2, so that two words take 41.76.
  test.each([
    [41.75, ["0000", "0000", "0000"]],
    [41.77, ["0000 0000", "0000"]],
    [70, ["0000 0000 0000"]],
    [5, ["0000", "0000", "0000"]],
  ])("in %d pixels gives %j", (width, lines) => {
    expect(wrapText("0000 0000 0000", { width, size: 10 })).toEqual(lines);
  });
});
