import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { xmrChart } from "../../src/statistics/xmr.js";
import { xmrSignals } from "../../src/statistics/xmr-signals.js";
import { refusalOf } from "../frames.js";
import { nile } from "./published-data.js";

// Nile: mean and mean moving range of R's data set; limits 919.35 ∓ 2.66·133.2525253.
test("Nile", () => {
  const chart = xmrChart(nile);
  expect(chart.mean).toBeCloseTo(919.35, 10);
  expect(chart.averageMovingRange.toFixed(7)).toBe("133.2525253");
  expect(chart.limits.lower.toFixed(7)).toBe("564.8982828");
  expect(chart.limits.upper.toFixed(6)).toBe("1273.801717");
  expect(chart.dropped).toEqual([]);
  const outside = xmrSignals(chart).flatMap((rules, at) =>
    rules.includes("outside-limits") ? [1871 + at] : [],
  );
  expect(outside).toEqual([1879, 1913]);
});

// Moving ranges 1, 1, 1, 1, 1, 1, 20, 20, 1, …: mean 50/13 = 3.846, times 3.267 is 12.57: both 20s go, the mean is 10/11.
test("an outlier's moving ranges are dropped once", () => {
  const chart = xmrChart([1, 2, 1, 2, 1, 2, 1, 21, 1, 2, 1, 2, 1, 2]);
  expect(chart.dropped).toEqual([6, 7]);
  expect(chart.averageMovingRange).toBe(1);
  expect(chart.rangeLimit).toBe(3.267);
  // Ranges: seven of 1, one of 4, nine of 0, two of 40; mean 91/19, times 3.267 is 15.6, and both 40s go. A second round, with
  // the mean 11/17, would drop the 4 too.
  const twice = xmrChart([0, 1, 0, 1, 0, 1, 0, 1, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 45, 5]);
  expect(twice.movingRanges.filter((_, at) => !twice.dropped.includes(at))).toContain(4);
});

describe("rules", () => {
  const rules = (values: readonly number[]) => xmrSignals(xmrChart(values));

  test("seven points that rise, or fall, are a trend; six are none", () => {
    const flat = [50, 60, 50, 60, 50, 60];
    const rising = [...flat, 52, 53, 54, 55, 56, 57, 58];
    const found = rules(rising).map((at) => at.includes("trend"));
    // 58 after 57 after … 52: seven rising points; 52 is below the 60 before it.
    expect(found).toEqual([...flat.map(() => false), ...Array.from({ length: 7 }, () => true)]);
    expect(rules(rising.slice(0, -1)).some((at) => at.includes("trend"))).toBe(false);
    expect(rules([...rising].reverse().slice(0, 7)).every((at) => at.includes("trend"))).toBe(true);
  });

  test("seven points on one side of the mean; a point on the mean ends the run", () => {
    const side = [9, 11, 9, 11, 9, 11, 9, 10.5, 10.6, 10.5, 10.6, 10.5, 10.6, 10.5, 7.8];
    const chart = xmrChart(side);
    expect(chart.mean).toBeCloseTo(10.04, 12);
    const found = xmrSignals(chart).map((at) => at.includes("one-side"));
    expect(found).toEqual(side.map((_, at) => at >= 7 && at <= 13));
    expect(rules([5, 5, 5, 5, 5, 5, 5, 5]).flat()).toEqual([]);
  });

  test("two of three near a limit: those near, on one side", () => {
    // A chart of given limits: mean 0, limits ±3, near ±2.
    const base = xmrChart([0, 0]);
    const signals = (values: readonly number[]) =>
      xmrSignals({
        ...base,
        values,
        mean: 0,
        limits: { lower: -3, upper: 3 },
        nearLimits: { lower: -2, upper: 2 },
      }).map((at) => at.includes("two-of-three-near-limit"));
    expect(signals([-1, 2.5, 0.5, 2.5, -1])).toEqual([false, true, false, true, false]);
    expect(signals([-1, 2.5, -0.5, 2.5, -1])).toEqual([false, false, false, false, false]);
    expect(signals([2.5, 0.5, 0.5, 2.5])).toEqual([false, false, false, false]);
    // Outside is not near.
    expect(signals([3.5, 0.5, 2.5])).toEqual([false, false, false]);
  });

  test("several rules stand in their order", () => {
    const values = [...Array.from({ length: 20 }, (_, at) => at % 2), 2, 3, 4, 5, 6, 7];
    expect(rules(values).at(-1)).toEqual(["outside-limits", "trend"]);
  });
});

test("the limits move and stretch with the values", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 30 }), (values) => {
      const chart = xmrChart(values);
      const moved = xmrChart(values.map((value) => 8 * value + 3));
      expect(moved.limits.lower).toBeCloseTo(8 * chart.limits.lower + 3, 9);
      expect(moved.limits.upper).toBeCloseTo(8 * chart.limits.upper + 3, 9);
    }),
  );
});

test("refuses a single value, and one that is missing", () => {
  expect(refusalOf(() => xmrChart([1])).code).toBe("VALUE_OUT_OF_RANGE");
  expect(refusalOf(() => xmrChart([1, Number.NaN, 2])).code).toBe("VALUE_OUT_OF_RANGE");
});
