import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binomialMidPTest } from "../../src/statistics/binomial-mid-p-test.js";
import { continuousBinomialMidP, continuousPoissonMidP } from "../../src/statistics/continuous-mid-p.js";
import { poissonMidPTest } from "../../src/statistics/poisson-mid-p-test.js";
import { refusalOf } from "../frames.js";

describe("binomial", () => {
  // Of 1024 ways 10 + 1 have more than 8 of 10, and 45 have 8: (11 + 22.5)/1024, twice that.
  test("8 of 10 against one half, by hand", () => {
    expect(continuousBinomialMidP(8, 10, { proportion: 0.5 }).pValue).toBeCloseTo(67 / 1024, 14);
  });

  test("at whole numbers it is the exact test, the ends too", () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 400 })
          .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n }))),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        ([n, count], proportion) => {
          const found = continuousBinomialMidP(count, n, { proportion });
          const exact = binomialMidPTest(count, n, { proportion });
          expect(found.lowerTail).toBeCloseTo(exact.lowerTail, 10);
          expect(found.upperTail).toBeCloseTo(exact.upperTail, 10);
        },
      ),
    );
  });

  test("between them it lies between, its tails add up to 1, and half of half is even", () => {
    const at = (count: number) => continuousBinomialMidP(count, 20.5, { proportion: 0.3 }).lowerTail;
    expect(at(7)).toBeLessThan(at(7.4));
    expect(at(7.4)).toBeLessThan(at(8));
    const { lowerTail, upperTail } = continuousBinomialMidP(7.4, 20.5, { proportion: 0.3 });
    expect(lowerTail + upperTail).toBeCloseTo(1, 12);
    expect(continuousBinomialMidP(3.25, 6.5, { proportion: 0.5 }).pValue).toBeCloseTo(1, 12);
  });

  test("a tiny chance keeps its digits", () => {
    // All 60 heads: 2⁻⁶⁰, half of it a tail, twice that.
    expect(continuousBinomialMidP(60, 60, { proportion: 0.5 }).pValue / 2 ** -60).toBeCloseTo(1, 9);
  });

  test("refuses what is no count", () => {
    expect(refusalOf(() => continuousBinomialMidP(3, 2, { proportion: 0.5 })).code).toBe(
      "VALUE_OUT_OF_RANGE",
    );
    expect(refusalOf(() => continuousBinomialMidP(1, 2, { proportion: 0 })).code).toBe("VALUE_OUT_OF_RANGE");
  });
});

describe("Poisson", () => {
  // Less than 5 at an expected 3: 16.375·e⁻³; 5: 2.025·e⁻³, half of it counts.
  test("5 against 3, by hand", () => {
    expect(continuousPoissonMidP(5, 3).lowerTail).toBeCloseTo(17.3875 * Math.exp(-3), 13);
    expect(continuousPoissonMidP(0, 3).lowerTail).toBeCloseTo(Math.exp(-3) / 2, 15);
  });

  test("at whole numbers it is the exact test", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.double({ min: 0.1, max: 300, noNaN: true }),
        (count, expected) => {
          expect(continuousPoissonMidP(count, expected).pValue).toBeCloseTo(
            poissonMidPTest(count, expected).pValue,
            9,
          );
        },
      ),
    );
  });
});
