import fc from "fast-check";
import { expect, test } from "vitest";
import { weightedQuantile } from "../../src/statistics/weighted-quantile.js";
import { refusalOf } from "../frames.js";

test("by hand: the first value at which the share is reached", () => {
  const weights = [1, 1, 2];
  const at = (fraction: number) => weightedQuantile([30, 10, 20], { weights, fraction });
  // In order 10 (1), 20 (2), 30 (1): shares .25, .75, 1.
  expect([0, 0.25, 0.26, 0.75, 0.76, 1].map(at)).toEqual([10, 10, 20, 20, 30, 30]);
});

test("sums of weights that are equal but for rounding are equal", () => {
  // 0.1 added three times is more than 0.3 by rounding; the value below it is the quantile all the same.
  const weights = new Array(10).fill(0.1);
  const values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  for (let tenth = 1; tenth <= 10; tenth++) {
    expect(weightedQuantile(values, { weights, fraction: tenth / 10 })).toBe(tenth - 1);
  }
});

test("a weight of two is a value twice", () => {
  const values = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 4 })), {
    minLength: 1,
  });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (given, fraction) => {
      const repeated = given.flatMap(([value, times]) => new Array<number>(times).fill(value));
      const found = weightedQuantile(
        given.map(([value]) => value),
        { weights: given.map(([, times]) => times), fraction },
      );
      expect(found).toBe(weightedQuantile(repeated, { weights: repeated.map(() => 1), fraction }));
    }),
  );
});

test.each([
  [[], [], 0.5, "VALUE_OUT_OF_RANGE"],
  [[1], [1, 2], 0.5, "ROWS_MISMATCHED"],
  [[1], [1], 50, "VALUE_OUT_OF_RANGE"],
  [[1], [0], 0.5, "VALUE_OUT_OF_RANGE"],
  [[1, 2], [1, -1], 0.5, "VALUE_OUT_OF_RANGE"],
  [[Number.NaN], [1], 0.5, "VALUE_OUT_OF_RANGE"],
])("refuses %j with weights %j at %d", (values, weights, fraction, code) => {
  expect(refusalOf(() => weightedQuantile(values, { weights, fraction })).code).toBe(code);
});
