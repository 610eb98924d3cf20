import { expect, test } from "vitest";
import { quantile } from "../../src/statistics/quantile.js";
import { refusalOf } from "../frames.js";

// R: quantile(c(1, 2, 4, 10), c(0, .25, .5, .9, 1), type = 7): h = (n − 1)p + 1, so at .25 three quarters of the way from 1 to 2.
test.each([
  [0, 1],
  [0.25, 1.75],
  [0.5, 3],
  [0.9, 8.2],
  [1, 10],
])("the %d quantile of 10, 1, 4, 2 is %d", (fraction, expected) => {
  expect(quantile([10, 1, 4, 2], fraction)).toBeCloseTo(expected, 12);
});

test.each([
  [[], 0.5],
  [[1, Number.NaN], 0.5],
  [[1, Number.POSITIVE_INFINITY], 0.5],
  [[1, 2], 50],
  [[1, 2], -0.1],
])("%j at %d has none", (values, fraction) => {
  expect(refusalOf(() => quantile(values, fraction)).code).toBe("VALUE_OUT_OF_RANGE");
});
