import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clopperPearsonInterval } from "../../src/statistics/clopper-pearson.js";
import { effectiveWilsonInterval } from "../../src/statistics/effective-wilson.js";
import { exactStratifiedInterval } from "../../src/statistics/exact-stratified.js";
import { hypergeometricInterval } from "../../src/statistics/hypergeometric-interval.js";
import { kornGraubardInterval } from "../../src/statistics/korn-graubard.js";
import { logitInterval } from "../../src/statistics/logit-interval.js";
import { newcombeDifference } from "../../src/statistics/newcombe.js";
import { proportionRatio } from "../../src/statistics/proportion-ratio.js";
import { tInterval } from "../../src/statistics/t-interval.js";
import { wilsonInterval } from "../../src/statistics/wilson.js";
import { refusalOf } from "../frames.js";
import { expectPrinted, expectSame } from "./close.js";

const counts = fc
  .integer({ min: 1, max: 300 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

describe("clopperPearsonInterval", () => {
  // Newcombe (1998) Stat Med 17:857–872, table I, method 5 (4 places).
  test.each([
    [81, 263, "0.2527", "0.3676"],
    [15, 148, "0.0578", "0.1617"],
    [0, 20, "0.0000", "0.1684"],
    [1, 29, "0.0009", "0.1776"],
  ])("%i of %i agrees with Newcombe's table I", (count, n, lower, upper) => {
    const interval = clopperPearsonInterval(count, n);
    expectPrinted(interval.lower, lower);
    expectPrinted(interval.upper, upper);
  });

  test("none and all by hand: the root of α/2", () => {
    // (1 − p)² = 0.025 and p² = 0.025
    const root = Math.sqrt(0.025);
    expectSame(clopperPearsonInterval(0, 2).upper, 1 - root);
    expect(clopperPearsonInterval(0, 2).lower).toBe(0);
    expectSame(clopperPearsonInterval(2, 2).lower, root);
    expect(clopperPearsonInterval(2, 2).upper).toBe(1);
  });

  test("holds the share and mirrors itself", () => {
    fc.assert(
      fc.property(counts, ([count, n]) => {
        const [one, other] = [clopperPearsonInterval(count, n), clopperPearsonInterval(n - count, n)];
        expect(one.lower).toBeLessThanOrEqual(count / n);
        expect(one.upper).toBeGreaterThanOrEqual(count / n);
        expect(Math.abs(one.lower - (1 - other.upper))).toBeLessThan(1e-10);
      }),
    );
  });

  test("refuses what is no count", () => {
    expect(refusalOf(() => clopperPearsonInterval(3, 2)).code).toBe("COUNT_OUT_OF_RANGE");
    expect(refusalOf(() => clopperPearsonInterval(1, 2, { confidence: 95 })).code).toBe(
      "CONFIDENCE_OUT_OF_RANGE",
    );
  });
});

describe("intervals of an estimated proportion", () => {
  // R package survey, data `api`, stratified by school type: svyciprop with method "beta" and "xlogit", and Wilson by hand.
  const api = { proportion: 0.827948014207297, variance: 0.0243447800896563 * 0.0243447800896563 };
  const degreesOfFreedom = 197;

  test("agree with R's survey on the api sample", () => {
    const found = kornGraubardInterval(api, { sampleSize: 200, degreesOfFreedom });
    expectPrinted(found.lower, "0.774171331");
    expectPrinted(found.upper, "0.873431595");
    expectPrinted(found.effectiveSize, "240.354");
    const logit = logitInterval(api, { degreesOfFreedom });
    expectPrinted(logit.lower, "0.774539657");
    expectPrinted(logit.upper, "0.870814858");
    const wilson = effectiveWilsonInterval(api, { degreesOfFreedom });
    expectPrinted(wilson.lower, "0.774814589");
    expectPrinted(wilson.upper, "0.870637565");
  });

  test("the adjusted size is not cut off at n", () => {
    const found = kornGraubardInterval(api, { sampleSize: 200, degreesOfFreedom });
    expect(found.adjustedSize).toBeGreaterThan(200);
    // Fewer degrees of freedom say less.
    expect(kornGraubardInterval(api, { sampleSize: 200, degreesOfFreedom: 3 }).adjustedSize).toBeLessThan(
      200,
    );
  });

  test("under simple random sampling they are those of a count", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 400 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (n, at) => {
          const count = Math.max(1, Math.min(n - 1, Math.round(n * at)));
          const proportion = count / n;
          const simple = { proportion, variance: (proportion * (1 - proportion)) / n };
          const found = kornGraubardInterval(simple, { sampleSize: n, degreesOfFreedom: n - 1 });
          const exact = clopperPearsonInterval(count, n);
          expect(Math.abs(found.lower - exact.lower)).toBeLessThan(1e-9);
          expect(Math.abs(found.upper - exact.upper)).toBeLessThan(1e-9);
          const [wilson, score] = [effectiveWilsonInterval(simple), wilsonInterval(count, n)];
          expect(Math.abs(wilson.lower - score.lower)).toBeLessThan(1e-12);
          expect(Math.abs(wilson.upper - score.upper)).toBeLessThan(1e-12);
        },
      ),
    );
  });

  test.each([
    [
      { proportion: 0, variance: 0 },
      { sampleSize: 10, degreesOfFreedom: 9 },
    ],
    [
      { proportion: 0.5, variance: 0 },
      { sampleSize: 10, degreesOfFreedom: 9 },
    ],
    [
      { proportion: 0.5, variance: 0.1 },
      { sampleSize: 1, degreesOfFreedom: 9 },
    ],
    [
      { proportion: 0.5, variance: 0.1 },
      { sampleSize: 10, degreesOfFreedom: 0 },
    ],
  ])("refuse %j with %j", (estimate, options) => {
    expect(refusalOf(() => kornGraubardInterval(estimate, options)).code).toBe("VALUE_OUT_OF_RANGE");
  });

  test("refuse a proportion of 1 and a variance of 0 in the other two", () => {
    expect(refusalOf(() => logitInterval({ proportion: 1, variance: 1 }, { degreesOfFreedom: 1 })).code).toBe(
      "VALUE_OUT_OF_RANGE",
    );
    expect(refusalOf(() => effectiveWilsonInterval({ proportion: 0.5, variance: 0 })).code).toBe(
      "VALUE_OUT_OF_RANGE",
    );
  });
});

// t₉ at 97.5 % is 2.2622 in any table: 10 ± 2·2.2622.
test("tInterval", () => {
  const found = tInterval({ estimate: 10, variance: 4 }, { degreesOfFreedom: 9 });
  expectPrinted(found.lower, "5.4757");
  expectPrinted(found.upper, "14.5243");
  expect(tInterval({ estimate: 1, variance: 0 }, { degreesOfFreedom: 1 })).toEqual({ lower: 1, upper: 1 });
  expect(refusalOf(() => tInterval({ estimate: 1, variance: -1 }, { degreesOfFreedom: 1 })).code).toBe(
    "VALUE_OUT_OF_RANGE",
  );
});

/** C(n, k), small. */
function choose(n: number, k: number): number {
  let result = 1;
  for (let i = 0; i < k; i++) result = (result * (n - i)) / (i + 1);
  return k > n ? 0 : result;
}

describe("hypergeometricInterval", () => {
  // Exact limits with 2.5 % in each tail; R, phyper.
  test.each([
    [0, 30, 200, 0, 21],
    [10, 100, 1000, 52, 172],
    [45, 45, 60, 58, 60],
  ])("%i of %i out of %i", (count, sampleSize, populationSize, lower, upper) => {
    expect(hypergeometricInterval({ count, sampleSize, populationSize })).toEqual({ lower, upper });
  });

  test("is the set of numbers that neither tail makes rarer than 2.5 %", () => {
    const population = 14;
    const n = 5;
    const chance = (x: number, having: number) =>
      (choose(having, x) * choose(population - having, n - x)) / choose(population, n);
    for (let count = 0; count <= n; count++) {
      const kept = Array.from({ length: population + 1 }, (_, having) => having).filter((having) => {
        const [below, above] = [0, 0].map((_, side) =>
          Array.from({ length: n + 1 }, (_, x) => x)
            .filter((x) => (side === 0 ? x <= count : x >= count))
            .reduce((sum, x) => sum + chance(x, having), 0),
        ) as [number, number];
        return below > 0.025 && above > 0.025;
      });
      expect(hypergeometricInterval({ count, sampleSize: n, populationSize: population })).toEqual({
        lower: kept[0],
        upper: kept.at(-1),
      });
    }
  });

  test("a census knows", () => {
    expect(hypergeometricInterval({ count: 3, sampleSize: 8, populationSize: 8 })).toEqual({
      lower: 3,
      upper: 3,
    });
  });

  test("refuses a sample larger than the population", () => {
    expect(refusalOf(() => hypergeometricInterval({ count: 0, sampleSize: 9, populationSize: 8 })).code).toBe(
      "COUNT_OUT_OF_RANGE",
    );
  });
});

describe("exactStratifiedInterval", () => {
  const one = { count: 0, sampleSize: 30, populationSize: 200 };

  test("of one stratum is its own, beside what was taken whole", () => {
    expect(exactStratifiedInterval([one])).toEqual({ lower: 0, upper: 21 });
    expect(exactStratifiedInterval([one, { count: 2, sampleSize: 5, populationSize: 5 }])).toEqual({
      lower: 2,
      upper: 23,
    });
  });

  // R's dhyper over every arrangement: P(0 | M) for the arrangement that is missed most often is .02532 at M = 22 and .02130
  // at 23; .02587 at 31 and .02291 at 32.
  test.each([
    [[one, one], 22],
    [
      [
        one,
        { count: 0, sampleSize: 100, populationSize: 900 },
        { count: 0, sampleSize: 5, populationSize: 50 },
      ],
      31,
    ],
  ])("of strata in which none was seen, together", (strata, upper) => {
    expect(exactStratifiedInterval(strata)).toEqual({ lower: 0, upper });
    const all = strata.map((stratum) => ({ ...stratum, count: stratum.sampleSize }));
    const population = strata.reduce((sum, { populationSize }) => sum + populationSize, 0);
    expect(exactStratifiedInterval(all)).toEqual({ lower: population - upper, upper: population });
  });

  test("of a stratum that has it throughout and one that has it not at all", () => {
    // 58 to 60 and 0 to 21 with 2.5 % in each tail, of which each side uses one.
    expect(exactStratifiedInterval([{ count: 45, sampleSize: 45, populationSize: 60 }, one])).toEqual({
      lower: 58,
      upper: 60 + 21,
    });
  });

  test("of two strata with both kinds takes half of α in each", () => {
    // 10 of 100 out of 1,000 with 1.25 % in each tail: 47 to 183 (R, phyper).
    const both = { count: 10, sampleSize: 100, populationSize: 1000 };
    expect(exactStratifiedInterval([both, both])).toEqual({ lower: 2 * 47, upper: 2 * 183 });
  });

  test("refuses none", () => {
    expect(refusalOf(() => exactStratifiedInterval([])).code).toBe("VALUE_OUT_OF_RANGE");
    expect(
      refusalOf(() => exactStratifiedInterval([{ count: 6, sampleSize: 5, populationSize: 5 }])).code,
    ).toBe("COUNT_OUT_OF_RANGE");
  });
});

describe("newcombeDifference", () => {
  // Newcombe (1998) Stat Med 17:873–890, table II, method 10 (4 places); (a) with 7 places from R package PropCIs.
  test.each([
    [56, 70, 48, 80, "0.2000", "0.0524", "0.3339"],
    [9, 10, 3, 10, "0.6000", "0.1705", "0.8090"],
    [10, 10, 0, 20, "1.0000", "0.6791", "1.0000"],
    [10, 10, 0, 10, "1.0000", "0.6075", "1.0000"],
  ])("%i/%i − %i/%i", (a, m, b, n, difference, lower, upper) => {
    const found = newcombeDifference({ first: { count: a, n: m }, second: { count: b, n } });
    expectPrinted(found.difference, difference);
    expectPrinted(found.lower, lower);
    expectPrinted(found.upper, upper);
  });

  test("to seven places", () => {
    const found = newcombeDifference({ first: { count: 56, n: 70 }, second: { count: 48, n: 80 } });
    expectPrinted(found.lower, "0.0524315");
    expectPrinted(found.upper, "0.3338727");
  });

  test("changes its sign with the order", () => {
    fc.assert(
      fc.property(counts, counts, ([a, m], [b, n]) => {
        const [first, second] = [
          { count: a, n: m },
          { count: b, n },
        ];
        const [one, other] = [
          newcombeDifference({ first, second }),
          newcombeDifference({ first: second, second: first }),
        ];
        expect(Math.abs(one.lower + other.upper)).toBeLessThan(1e-12);
        expect(one.lower).toBeLessThanOrEqual(one.difference);
        expect(one.upper).toBeGreaterThanOrEqual(one.difference);
      }),
    );
  });
});

describe("proportionRatio", () => {
  test("Koopman (1984) Biometrics 40:513–517, the example", () => {
    const found = proportionRatio({ first: { count: 36, n: 40 }, second: { count: 16, n: 80 } });
    expectSame(found.ratio, 4.5);
    expectPrinted(found.lower, "2.94");
    expectPrinted(found.upper, "7.15");
  });

  test("without cases of the first begins at 0, and with all of both holds 1", () => {
    const none = proportionRatio({ first: { count: 0, n: 10 }, second: { count: 5, n: 10 } });
    expect(none.lower).toBe(0);
    expect(none.upper).toBeGreaterThan(0);
    const all = proportionRatio({ first: { count: 10, n: 10 }, second: { count: 20, n: 20 } });
    expect(all.lower).toBeLessThan(1);
    expect(all.upper).toBeGreaterThan(1);
    // The first wholly, the second at 1/r: (n − n/r)²/(n·(1/r)(1 − 1/r)) = n(r − 1) = z², by hand.
    expectSame(all.upper, 1 + (1.959963984540054 * 1.959963984540054) / 20);
  });

  test("turned round it is the inverse", () => {
    fc.assert(
      fc.property(counts, counts, ([a, m], [b, n]) => {
        fc.pre(a > 0 && b > 0);
        const [first, second] = [
          { count: a, n: m },
          { count: b, n },
        ];
        const [one, other] = [
          proportionRatio({ first, second }),
          proportionRatio({ first: second, second: first }),
        ];
        expect(Math.abs(one.lower * other.upper - 1)).toBeLessThan(1e-6);
        expect(one.lower).toBeLessThanOrEqual(one.ratio);
        expect(one.upper).toBeGreaterThanOrEqual(one.ratio);
      }),
    );
  });

  test("refuses an empty reference", () => {
    expect(
      refusalOf(() => proportionRatio({ first: { count: 1, n: 10 }, second: { count: 0, n: 10 } })).code,
    ).toBe("VALUE_OUT_OF_RANGE");
  });
});
