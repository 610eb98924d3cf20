import { expect, test } from "vitest";
import { largestDeviation } from "../../src/statistics/largest-deviation.js";

test("of one coin thrown four times", () => {
  // X is 0…4 with chances 1, 4, 6, 4, 1 of 16; z = (X − 2)/1: |z| is 0 with 6/16, 1 with 8/16, 2 with 2/16.
  const { quantile } = largestDeviation([{ probability: 0.5, units: 1 }], 4);
  expect(quantile(0.37)).toBeCloseTo(0, 3);
  expect(quantile(0.38)).toBeCloseTo(1, 3);
  expect(quantile(0.87)).toBeCloseTo(1, 3);
  expect(quantile(0.88)).toBeCloseTo(2, 3);
});

test("of two units with another chance each, the chances are multiplied", () => {
  // K = 2. π = ½: |z| is 0 with ½, √2 with ½. π = 1/5: X is 0, 1, 2 with 16, 8, 1 of 25, mean 0.4, error √0.32:
  // |z| is 0.7071 (X = 0), 1.0607 (X = 1), 2.8284 (X = 2). P(max ≤ 1.0607) = ½ · 24/25 = 0.48; P(max ≤ √2) = 0.96.
  const { quantile } = largestDeviation(
    [
      { probability: 0.5, units: 1 },
      { probability: 0.2, units: 1 },
    ],
    2,
  );
  expect(quantile(0.47)).toBeCloseTo(0.6 / Math.sqrt(0.32), 3);
  expect(quantile(0.49)).toBeCloseTo(Math.SQRT2, 3);
  expect(quantile(0.97)).toBeCloseTo(1.6 / Math.sqrt(0.32), 3);
});

test("of many units with many draws is that of as many normal variables", () => {
  // Φ⁻¹((1 + 0.5^(1/1000))/2) = 3.3924: with x = 3.3924, 2(1 − Φ(x)) = 6.93e-4 = ln 2/1000. Counts are whole, one is 0.0063 wide.
  expect(largestDeviation([{ probability: 0.5, units: 1000 }], 100_000).quantile(0.5)).toBeCloseTo(3.392, 1);
});
