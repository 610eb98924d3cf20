import { describe, expect, test } from "vitest";
import { meanCountInterval } from "../../src/statistics/mean-count-interval.js";
import { wilsonInterval } from "../../src/statistics/wilson.js";

describe("interval of a mean count", () => {
  test("of a common group is the mean ± 1.96 standard errors, to its second order", () => {
    // 500 draws of 10 and 500 of 12: mean 11, s² = 1000/999, s/√1000 = 0.0316386, 1.96 of it 0.0620.
    const counts = Array.from({ length: 13 }, (_, count) => (count === 10 || count === 12 ? 500 : 0));
    const { lower, upper } = meanCountInterval(counts);
    expect(lower).toBeCloseTo(11 - 0.062, 3);
    expect(upper).toBeCloseTo(11 + 0.062, 3);
  });

  test("of a rare group stays above 0", () => {
    // 1 of 1,000 draws: m = 0.001, s² = 0.001, D = 1; z² = 3.841459, step = 0.003841459;
    // 0.001 + 0.001920729 ± √(3.841459e-6 + 3.689202e-6) = 0.002920729 ± 0.002744205.
    const { lower, upper } = meanCountInterval([999, 1]);
    expect(lower).toBeCloseTo(0.0001765, 6);
    expect(upper).toBeCloseTo(0.0056649, 6);
  });

  test("of a group that no draw had reaches to Wilson's limit for none of so many", () => {
    const { lower, upper } = meanCountInterval([1000]);
    expect(lower).toBe(0);
    expect(upper).toBeCloseTo(wilsonInterval(0, 1000).upper, 12);
  });

  test("of counts that were all the same reaches as far to both sides", () => {
    const { lower, upper } = meanCountInterval([0, 0, 0, 40]);
    expect(upper - 3).toBeCloseTo(wilsonInterval(0, 40).upper, 12);
    expect(3 - lower).toBeCloseTo(upper - 3, 12);
  });
});
