import { describe, expect, test } from "vitest";
import { chiSquareQuantile } from "../../src/statistics/chi-square-quantile.js";
import { chiSquareTail } from "../../src/statistics/chi-square-tail.js";
import { incompleteGamma } from "../../src/statistics/incomplete-gamma.js";
import { asR, packagesOfR, runR } from "./r.js";

// R 4.2.2: pchisq(…, lower.tail = FALSE), 9 digits.
test.each([
  [3.396388699, 1, 0.065339322],
  [30, 3, 1.380057031e-6],
  [200, 5, 2.840622899e-41],
  [60, 42, 0.03528461846],
])("chance of a chi-square of %d or more on %d", (statistic, degreesOfFreedom, chance) => {
  expect(chiSquareTail(statistic, degreesOfFreedom) / chance).toBeCloseTo(1, 8);
});

// R 4.2.2: qchisq.
test.each([
  [0.025, 30, 16.79077226556663],
  [0.999, 42, 76.08376270770005],
  [0.975, 2000, 2125.842302449776],
  [0.999, 3002, 3247.158603446652],
  [0.025, 20000, 19609.90493452037],
])("quantile %d of chi-square on %d", (probability, degreesOfFreedom, quantile) => {
  expect(chiSquareQuantile(probability, degreesOfFreedom) / quantile).toBeCloseTo(1, 12);
});

describe.skipIf(packagesOfR("stats").size === 0)("R itself", () => {
  test("tails of shapes from .5 to 54,000, each to 10 digits where it is the smaller", () => {
    const shapes = [0.5, 3, 20, 100, 999, 1001, 5000, 54_000];
    const points = shapes.flatMap((shape) =>
      [-4, -1, 0, 0.01, 1, 4].map(
        (z) => [shape, Math.max(shape / 10, shape + z * Math.sqrt(shape))] as const,
      ),
    );
    const said = runR(`a <- ${asR(points.map(([a]) => a))}; x <- ${asR(points.map(([, x]) => x))}
      say("lower", pgamma(x, a)); say("upper", pgamma(x, a, lower.tail = FALSE))`);
    for (const [at, [shape, x]] of points.entries()) {
      const { lower, upper } = incompleteGamma(shape, x);
      const [ours, theirs] =
        lower < upper ? [lower, said.get("lower")![at]!] : [upper, said.get("upper")![at]!];
      expect(Math.abs(ours / theirs - 1), `shape ${shape}, x ${x}`).toBeLessThan(1e-10);
    }
  });
});
