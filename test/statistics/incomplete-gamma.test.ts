import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chiSquareQuantile } from "../../src/statistics/chi-square-quantile.js";
import { chiSquareTail } from "../../src/statistics/chi-square-tail.js";
import { incompleteGamma } from "../../src/statistics/incomplete-gamma.js";

const relative = (found: number, wanted: number) => Math.abs(found - wanted) / wanted;

describe("incompleteGamma", () => {
  // R, pgamma(lower.tail = FALSE), above and below the bound of the library.
  test.each([
    [939, 939 + 2 * Math.sqrt(939), 0.024482661006062577],
    [1000, 1000 + 0.5 * Math.sqrt(1000), 0.3057560671815522],
    [2000, 2000 - Math.sqrt(2000), 0.8413652363383888],
    [2000, 2000, 0.49702645155579744],
    [5000, 5000 + 4 * Math.sqrt(5000), 0.00004218021598141704],
    [20_000, 20_000, 0.4990596837662507],
    [20_000, 20_000 + 3 * Math.sqrt(20_000), 0.0014346763254918138],
  ])("Q(%d, %d)", (a, x, upper) => {
    expect(relative(incompleteGamma(a, x).upper, upper)).toBeLessThan(1e-9);
  });

  test("Q(1, x) is exp(−x)", () => {
    expect(relative(incompleteGamma(1, 2).upper, Math.exp(-2))).toBeLessThan(1e-14);
  });

  test("does not jump where the library ends", () => {
    fc.assert(
      fc.property(fc.integer({ min: 800, max: 1200 }), (a) => {
        const [before, after] = [incompleteGamma(a, 1000), incompleteGamma(a, 1000 + 1e-9)];
        expect(Math.abs(before.lower - after.lower)).toBeLessThan(1e-10);
        expect(Math.abs(before.lower + before.upper - 1)).toBeLessThan(1e-12);
      }),
    );
  });

  test("steps by a Poisson term: Q(a + 1, x) − Q(a, x) = e^(−x)·x^a/Γ(a + 1)", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1001, max: 3000 }), fc.integer({ min: -90, max: 90 }), (x, off) => {
        const a = x + off;
        let log = -x;
        for (let k = 1; k <= a; k++) log += Math.log(x / k);
        const step = incompleteGamma(a + 1, x).upper - incompleteGamma(a, x).upper;
        expect(Math.abs(step - Math.exp(log))).toBeLessThan(1e-11);
      }),
      { numRuns: 30 },
    );
  });
});

test("chiSquareQuantile undoes the tail, few degrees of freedom or many", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60_000 }),
      fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
      (degreesOfFreedom, probability) => {
        const quantile = chiSquareQuantile(probability, degreesOfFreedom);
        expect(relative(chiSquareTail(quantile, degreesOfFreedom), 1 - probability)).toBeLessThan(1e-8);
      },
    ),
  );
});
