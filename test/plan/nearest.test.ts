import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearest } from "../../src/plan/nearest.js";

describe("nearest", () => {
  // Edit distances counted by hand.
  test.each([
    ["refernce_date", ["title", "reference_date"], "reference_date"],
    ["chlid", ["child", "case"], "child"],
    ["Reference Date", ["reference_date"], "reference_date"],
    ["strata-", ["strata"], "strata"],
    ["balance", ["size", "method", "strata", "allocation", "reserves"], undefined],
    ["cat", ["dog"], undefined],
    ["cat", ["car"], "car"],
    ["cat", ["cow"], undefined],
    ["abcdefghijklmnopqrst", ["abcdefghijklmno"], undefined],
    ["bat", ["cat", "hat"], "cat"],
    ["", [], undefined],
  ])("%s among %j is %s", (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });

  test("finds a word with one letter left out, put in or changed, among words far from it", () => {
    const far = ["0000000000000000", "1111111111111111"];
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."abcdefgh"), minLength: 2, maxLength: 12 }),
        fc.nat(),
        fc.constantFrom("out", "in", "changed"),
        (word, place, kind) => {
          const at = place % word.length;
          const rest = word.slice(at + 1);
          const typed =
            word.slice(0, at) + { out: rest, in: `x${word.slice(at)}`, changed: `x${rest}` }[kind];
          expect(nearest(typed, [...far, word])).toBe(word);
        },
      ),
    );
  });
});
