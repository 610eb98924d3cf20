import { describe, expect, test } from "vitest";
import {
  meanOf,
  quantileOf,
  timesBelow,
  totalOf,
  varianceOf,
} from "../../src/statistics/count-distribution.js";

// The counts 1, 1, 2, 4: sum 8, mean 2, squares around it 1 + 1 + 0 + 4 = 6, variance 6/3 = 2.
const counts = [0, 2, 1, 0, 1];

describe("of counts kept as frequencies", () => {
  test("total, mean and variance", () => {
    expect([totalOf(counts), meanOf(counts), varianceOf(counts)]).toEqual([4, 2, 2]);
  });

  test("one count has no variance to estimate: 0", () => {
    expect(varianceOf([0, 0, 1])).toBe(0);
  });

  test("how many lie below a bound", () => {
    expect([0, 1, 2, 3, 5, 99].map((bound) => timesBelow(counts, bound))).toEqual([0, 0, 2, 3, 4, 4]);
  });

  // Hyndman & Fan (1996), type 7: place (4 − 1)·p from 0. p = ½: 1.5, between 1 and 2; p = 0.9: 2.7, 2 + 0.7·(4 − 2).
  test.each([
    [0, 1],
    [0.5, 1.5],
    [0.9, 3.4],
    [1, 4],
  ])("quantile %f", (fraction, value) => {
    expect(quantileOf(counts, fraction)).toBeCloseTo(value, 12);
  });
});
