import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binomialMidPTest } from "../../src/statistics/binomial-mid-p-test.js";
import { poissonMidPTest } from "../../src/statistics/poisson-mid-p-test.js";
import { refusalOf } from "../frames.js";

describe("binomial", () => {
  // Of 1024 ways 10 + 1 have more than 8 of 10, and 45 have 8: (11 + 22.5)/1024, twice that.
  test("8 of 10 against one half, by hand", () => {
    const found = binomialMidPTest(8, 10, { proportion: 0.5 });
    expect(found.upperTail).toBeCloseTo(33.5 / 1024, 15);
    expect(found.lowerTail).toBeCloseTo(990.5 / 1024, 15);
    expect(found.pValue).toBeCloseTo(67 / 1024, 15);
  });

  test("none and all, by hand", () => {
    expect(binomialMidPTest(0, 3, { proportion: 0.2 }).lowerTail).toBeCloseTo(0.512 / 2, 15);
    expect(binomialMidPTest(3, 3, { proportion: 0.2 }).upperTail).toBeCloseTo(0.008 / 2, 15);
  });

  test("in the middle it is 1, and a tiny chance keeps its digits", () => {
    expect(binomialMidPTest(5, 10, { proportion: 0.5 }).pValue).toBeCloseTo(1, 12);
    // All 60 heads: 2⁻⁶⁰, half of it a tail, twice that.
    expect(binomialMidPTest(60, 60, { proportion: 0.5 }).pValue / 2 ** -60).toBeCloseTo(1, 9);
  });

  test("the tails are one distribution's, and turn with the attribute", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.double({ min: 0.02, max: 0.98, noNaN: true }),
        (count, proportion) => {
          const found = binomialMidPTest(count, 40, { proportion });
          expect(found.lowerTail + found.upperTail).toBeCloseTo(1, 10);
          const turned = binomialMidPTest(40 - count, 40, { proportion: 1 - proportion });
          expect(turned.lowerTail).toBeCloseTo(found.upperTail, 10);
        },
      ),
    );
  });

  test("refuses a proportion of 1 and more cases than there are", () => {
    expect(refusalOf(() => binomialMidPTest(1, 2, { proportion: 1 })).code).toBe("VALUE_OUT_OF_RANGE");
    expect(refusalOf(() => binomialMidPTest(3, 2, { proportion: 0.5 })).code).toBe("COUNT_OUT_OF_RANGE");
  });
});

describe("Poisson", () => {
  // Less than 5 at an expected 3: e⁻³(1 + 3 + 4.5 + 4.5 + 3.375) = 16.375·e⁻³; 5: 2.025·e⁻³.
  test("5 against 3, by hand", () => {
    const found = poissonMidPTest(5, 3);
    expect(found.lowerTail).toBeCloseTo(17.3875 * Math.exp(-3), 14);
    expect(found.pValue).toBeCloseTo(2 * (1 - 17.3875 * Math.exp(-3)), 13);
    expect(found.pValue.toFixed(4)).toBe("0.2687");
  });

  test("0: half the chance of none", () => {
    expect(poissonMidPTest(0, 3).lowerTail).toBeCloseTo(Math.exp(-3) / 2, 15);
  });

  test("the tails are one distribution's, at large counts too", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5000 }),
        fc.double({ min: 0.01, max: 5000, noNaN: true }),
        (count, expected) => {
          const { lowerTail, upperTail } = poissonMidPTest(count, expected);
          expect(lowerTail + upperTail).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  // R 4.2, 2·(ppois(949, 1000.5) + dpois(950, 1000.5)/2) and the same from above of 1050.
  test("beyond a thousand", () => {
    expect(poissonMidPTest(950, 1000.5).pValue).toBeCloseTo(0.108548519071869, 12);
    expect(poissonMidPTest(1050, 1000.5).pValue).toBeCloseTo(0.119392505389227, 12);
  });

  test("refuses half a case and no expectation", () => {
    expect(refusalOf(() => poissonMidPTest(1.5, 2)).code).toBe("VALUE_OUT_OF_RANGE");
    expect(refusalOf(() => poissonMidPTest(1, 0)).code).toBe("VALUE_OUT_OF_RANGE");
  });
});
