import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differencePower, differenceSampleSize } from "../../src/statistics/difference-sample-size.js";
import { discoveryChance, discoverySampleSize } from "../../src/statistics/discovery-sample-size.js";
import { waldMargin, waldSampleSize } from "../../src/statistics/wald-sample-size.js";
import { wilsonInterval } from "../../src/statistics/wilson.js";
import { wilsonMargin, wilsonSampleSize } from "../../src/statistics/wilson-sample-size.js";
import { refusalOf } from "../frames.js";
import { expectPrinted, expectSame } from "./close.js";

const wanted = { margin: 0.05, proportion: 0.5 };

describe("for a margin", () => {
  // R package PracTools, nWilson and nPropMoe.
  test("PracTools: 380.3044 by Wilson, 384.1459 by Wald", () => {
    expectPrinted(wilsonSampleSize(wanted).exact, "380.3044");
    expect(wilsonSampleSize(wanted).sampleSize).toBe(381);
    expectPrinted(waldSampleSize(wanted).exact, "384.1459");
    expect(waldSampleSize(wanted).sampleSize).toBe(385);
  });

  // Cochran (1977) eq. 4.2: n₀/(1 + (n₀ − 1)/N) = 384.1459/(1 + 383.1459/1000); 384145.9/(1 + 384144.9/1000) = 997.4.
  test("a finite population by Cochran's formula", () => {
    expectPrinted(waldSampleSize(wanted, { populationSize: 1000 }).exact, "277.7335");
    expect(waldSampleSize(wanted, { populationSize: 1000, designEffect: 1000 }).sampleSize).toBe(998);
  });

  test("a design effect of 2 doubles", () => {
    expectSame(waldSampleSize(wanted, { designEffect: 2 }).exact, 2 * waldSampleSize(wanted).exact);
    expectSame(wilsonSampleSize(wanted, { designEffect: 2 }).exact, 2 * wilsonSampleSize(wanted).exact);
  });

  test("Wilson's margin is half of his interval", () => {
    const { lower, upper } = wilsonInterval(30, 100);
    expectSame(wilsonMargin({ sampleSize: 100, proportion: 0.3 }), (upper - lower) / 2);
  });

  test("the size found has the margin, and one case fewer has not", () => {
    const margins = fc.double({ min: 0.02, max: 0.3, noNaN: true });
    const proportions = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    const populations = fc.option(fc.integer({ min: 2, max: 100_000 }), { nil: undefined });
    fc.assert(
      fc.property(margins, proportions, populations, (margin, proportion, populationSize) => {
        const options = populationSize === undefined ? { designEffect: 1.3 } : { populationSize };
        for (const [size, marginOf] of [
          [wilsonSampleSize, wilsonMargin],
          [waldSampleSize, waldMargin],
        ] as const) {
          const { sampleSize } = size({ margin, proportion }, options);
          expect(marginOf({ sampleSize, proportion }, options)).toBeLessThanOrEqual(margin * (1 + 1e-9));
          if (sampleSize > 1) {
            expect(marginOf({ sampleSize: sampleSize - 1, proportion }, options)).toBeGreaterThan(
              margin * (1 - 1e-9),
            );
          }
        }
      }),
    );
  });

  test("a census has no margin", () => {
    expect(waldMargin({ sampleSize: 50, proportion: 0.5 }, { populationSize: 50 })).toBe(0);
    expect(wilsonMargin({ sampleSize: 50, proportion: 0.5 }, { populationSize: 50 })).toBe(0);
  });

  test.each([
    [{ margin: 0, proportion: 0.5 }, {}],
    [{ margin: 5, proportion: 0.5 }, {}],
    [{ margin: 0.1, proportion: 1 }, {}],
    [{ margin: 0.1, proportion: 0.5 }, { designEffect: 0 }],
    [{ margin: 0.1, proportion: 0.5 }, { populationSize: 1 }],
  ])("refuses %j with %j", (given, options) => {
    expect(refusalOf(() => wilsonSampleSize(given, options)).code).toBe("VALUE_OUT_OF_RANGE");
    expect(refusalOf(() => waldSampleSize(given, options)).code).toBe("VALUE_OUT_OF_RANGE");
  });
});

describe("for a difference", () => {
  // R, example of power.prop.test: n = 76.7 for .5 and .75 with power .9; power .740 with n = 50.
  test("R's power.prop.test", () => {
    const { first, second } = differenceSampleSize({ first: 0.5, second: 0.75 }, { power: 0.9 });
    expectPrinted(first.exact, "76.7069");
    expect(second.sampleSize).toBe(77);
    const sampleSizes = { first: 50, second: 50 };
    expectPrinted(differencePower({ first: 0.5, second: 0.75 }, { sampleSizes }), "0.7401659");
  });

  test("the power at the exact size is the one wanted, whichever comes first", () => {
    const proportions = { first: 0.2, second: 0.3 };
    const size = differenceSampleSize(proportions).first.sampleSize;
    const power = (each: number) =>
      differencePower(proportions, { sampleSizes: { first: each, second: each } });
    expect(power(size)).toBeGreaterThanOrEqual(0.8);
    expect(power(size - 1)).toBeLessThan(0.8);
    expect(differenceSampleSize({ first: 0.3, second: 0.2 })).toEqual(differenceSampleSize(proportions));
  });

  test("small populations need less, and taken whole show all", () => {
    const populationSizes = { first: 100, second: 100_000 };
    const { first, second } = differenceSampleSize({ first: 0.2, second: 0.3 }, { populationSizes });
    expect(first.sampleSize).toBeLessThan(second.sampleSize);
    const whole = { populationSizes: { first: 5, second: 5 }, sampleSizes: { first: 5, second: 5 } };
    expect(differencePower({ first: 0.2, second: 0.3 }, whole)).toBe(1);
  });

  test("refuses no difference", () => {
    expect(refusalOf(() => differenceSampleSize({ first: 0.2, second: 0.2 })).code).toBe(
      "VALUE_OUT_OF_RANGE",
    );
    expect(refusalOf(() => differenceSampleSize({ first: 0.2, second: 0.3 }, { power: 0.4 })).code).toBe(
      "VALUE_OUT_OF_RANGE",
    );
  });
});

describe("for finding at least one", () => {
  test("by hand", () => {
    // One case in 100 is found with n/100; of two in five with 1 − C(3,2)/C(5,2) = 0.7.
    expect(discoverySampleSize({ populationSize: 100, cases: 1 })).toBe(95);
    expectSame(discoveryChance({ populationSize: 5, cases: 2 }, { sampleSize: 2 }), 0.7);
    expect(discoverySampleSize({ populationSize: 5, cases: 2 }, { confidence: 0.7 })).toBe(2);
  });

  // 1 − C(990, n)/C(1000, n): R, phyper(0, 10, 990, 258) = .0499 and at 257 .0503.
  test("1 % of 1,000 takes 258", () => {
    expect(discoverySampleSize({ populationSize: 1000, cases: 10 })).toBe(258);
  });

  test("refuses none", () => {
    expect(refusalOf(() => discoverySampleSize({ populationSize: 10, cases: 0 })).code).toBe(
      "VALUE_OUT_OF_RANGE",
    );
    expect(refusalOf(() => discoverySampleSize({ populationSize: 10, cases: 11 })).code).toBe(
      "COUNT_OUT_OF_RANGE",
    );
    expect(refusalOf(() => discoveryChance({ populationSize: 10, cases: 1 }, { sampleSize: 11 })).code).toBe(
      "COUNT_OUT_OF_RANGE",
    );
  });
});
