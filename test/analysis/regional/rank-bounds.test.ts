import { expect, test } from "vitest";
import { rankWithBounds } from "../../../src/analysis/regional/standardise.js";

test("a rank's bounds reach as far as the rank itself, and outwards to whole ranks", () => {
  // Percentiles 2.5 and 97.5 (type 7) of 3, 4 … 7: 3.1 and 6.9.
  expect(rankWithBounds(1, [3, 4, 5, 6, 7])).toEqual({ value: 1, lower: 1, upper: 7 });
  expect(rankWithBounds(9, [3, 4, 5, 6, 7])).toEqual({ value: 9, lower: 3, upper: 9 });
  expect(rankWithBounds(5, [3, 4, 5, 6, 7])).toEqual({ value: 5, lower: 3, upper: 7 });
});
