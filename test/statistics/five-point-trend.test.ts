import { describe, expect, test } from "vitest";
import { fivePointTrend } from "../../src/statistics/five-point-trend.js";
import { refusalOf } from "../frames.js";

/** Value and 95 % limits as published, oldest first. */
function published(rows: readonly (readonly [value: number, lower: number, upper: number])[]) {
  return fivePointTrend(
    rows.map(([value, lower, upper]) => ({ value, standardError: (upper - lower) / 3.92 })),
  );
}

// Public figures of Fingertips with the trend that it shows, as the tests of its open source give them
// (Department of Health and Social Care, FingertipsNext, trend-analysis).
describe("Fingertips", () => {
  test("MMR at 2 years, Yorkshire and the Humber, 2020 to 2024: decreasing", () => {
    const found = published([
      [92.6254, 92.4168, 92.8288],
      [92.3221, 92.1072, 92.5315],
      [90.8708, 90.6358, 91.1004],
      [90.017, 89.7694, 90.2594],
      [90.1013, 89.8578, 90.3396],
    ]);
    expect(found.direction).toBe("decreasing");
  });

  test("diabetes prevalence, England: increasing", () => {
    const found = published([
      [7.0826, 7.0754, 7.094],
      [7.1085, 7.1013, 7.1199],
      [7.2571, 7.2499, 7.2684],
      [7.4528, 7.4456, 7.4643],
      [7.6554, 7.6481, 7.6669],
    ]);
    expect(found.direction).toBe("increasing");
  });

  test("sight loss from diabetic eye disease, England: increasing", () => {
    const found = published([
      [2.935, 2.7841, 3.0919],
      [1.93028, 1.8085, 2.058],
      [2.7567, 2.6113, 2.9082],
      [2.8701, 2.7225, 3.0237],
      [3.0121, 2.8616, 3.1683],
    ]);
    expect(found.direction).toBe("increasing");
  });
});

// Slope 1, its variance .25/(4 + 1 + 0 + 1 + 4).
test("a straight line by hand", () => {
  const found = fivePointTrend([1, 2, 3, 4, 5].map((value) => ({ value, standardError: 0.5 })));
  expect(found.slope).toBeCloseTo(1, 14);
  expect(found.statistic).toBeCloseTo(40, 11);
  expect(found.consistent).toBe(true);
  expect(found.direction).toBe("increasing");
});

test("either side of 9.54954", () => {
  // Slope s of s·t: statistic 10·s². √.954953570608324 = .977217.
  const at = (slope: number) => [0, 1, 2, 3, 4].map((t) => ({ value: slope * t, standardError: 1 }));
  expect(fivePointTrend(at(0.9772)).direction).toBe("none");
  expect(fivePointTrend(at(0.97722)).direction).toBe("increasing");
  expect(fivePointTrend(at(-0.97722)).direction).toBe("decreasing");
});

// Σ(t − 2)·y = 2·10: slope 2, statistic 4·10/.25 = 160; without the last point it is 0.
test("a slope that rests on one point is no trend", () => {
  const found = fivePointTrend([0, 0, 0, 0, 10].map((value) => ({ value, standardError: 0.5 })));
  expect(found.statistic).toBeCloseTo(160, 10);
  expect(found.consistent).toBe(false);
  expect(found.direction).toBe("none");
});

// Of points 0, 1 and 2 with errors √1, √1, √2 and the others too rough to count, weights 1, 1, 1/2:
// times 0, 1, 2 have mean .8, Σw(t − .8)² = .64 + .04 + .72 = 1.4; values 0, 0, 7 have Σw(t − .8)y = .5·1.2·7 = 4.2: slope 3.
test("points weigh by their precision, by hand", () => {
  const rough = { value: 0, standardError: 1e9 };
  const found = fivePointTrend([
    { value: 0, standardError: 1 },
    { value: 0, standardError: 1 },
    { value: 7, standardError: Math.SQRT2 },
    rough,
    rough,
  ]);
  expect(found.slope).toBeCloseTo(3, 9);
  expect(found.statistic).toBeCloseTo(9 * 1.4, 8);
});

test("refuses four points, a gap and no standard error", () => {
  const point = { value: 1, standardError: 1 };
  expect(refusalOf(() => fivePointTrend([point, point, point, point])).code).toBe("VALUE_OUT_OF_RANGE");
  for (const wrong of [
    { value: Number.NaN, standardError: 1 },
    { value: 1, standardError: 0 },
  ]) {
    expect(refusalOf(() => fivePointTrend([point, point, wrong, point, point])).code).toBe(
      "VALUE_OUT_OF_RANGE",
    );
  }
});
