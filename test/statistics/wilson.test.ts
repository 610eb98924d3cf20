import { describe, expect, test } from "vitest";
import { wilsonInterval } from "../../src/statistics/wilson.js";
import { refusalOf } from "../frames.js";

// Newcombe (1998) Stat Med 17:857–872, table I, method 3 (4 places).
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])("wilsonInterval(%i, %i) agrees with Newcombe's table I", (count, n, lower, upper) => {
  const interval = wilsonInterval(count, n);
  expect(interval.lower.toFixed(4)).toBe(lower.toFixed(4));
  expect(interval.upper.toFixed(4)).toBe(upper.toFixed(4));
});

// R package PHEindicatormethods, phe_proportion(65, 100).
test.each([
  [0.95, 0.5525444329688797, 0.7363575175690247],
  [0.998, 0.4954946574070431, 0.7783540614089697],
])("65 of 100 at %f agrees with PHEindicatormethods", (confidence, lower, upper) => {
  const interval = wilsonInterval(65, 100, { confidence });
  expect(Math.abs(interval.lower - lower)).toBeLessThan(1e-13);
  expect(Math.abs(interval.upper - upper)).toBeLessThan(1e-13);
});

test("nothing and everything have one bound at 0 and at 1, exactly", () => {
  expect(wilsonInterval(0, 7).lower).toBe(0);
  expect(wilsonInterval(7, 7).upper).toBe(1);
});

describe("refuses", () => {
  test.each([
    [-1, 10],
    [11, 10],
    [1.5, 10],
    [0, 0],
    [1, Number.NaN],
  ])("a count of %d of %d", (count, n) => {
    expect(refusalOf(() => wilsonInterval(count, n)).code).toBe("COUNT_OUT_OF_RANGE");
  });

  test.each([0, 1, -0.5, 95, Number.NaN, 1 - Number.EPSILON / 2])("a confidence of %d", (confidence) => {
    expect(refusalOf(() => wilsonInterval(1, 2, { confidence })).code).toBe("CONFIDENCE_OUT_OF_RANGE");
  });
});
