import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byarInterval } from "../../src/statistics/byar.js";
import { countInterval } from "../../src/statistics/count-interval.js";
import { directlyStandardisedRate } from "../../src/statistics/direct-standardisation.js";
import { exactPoissonInterval } from "../../src/statistics/exact-poisson.js";
import { expectedCount, indirectlyStandardisedRatio } from "../../src/statistics/indirect-standardisation.js";
import { rateInterval } from "../../src/statistics/rate-interval.js";
import { rateRatio } from "../../src/statistics/rate-ratio.js";
import { refusalOf } from "../frames.js";
import { expectPrinted, expectSame } from "./close.js";

// R package PHEindicatormethods, byars_lower and byars_upper, and its exact limits below 10 events.
test("65 and 5 events agree with PHEindicatormethods", () => {
  expectSame(byarInterval(65).lower, 50.163187710459454);
  expectSame(byarInterval(65).upper, 82.84913854593984);
  expect(Math.abs(exactPoissonInterval(5).lower - 1.62348639011842)).toBeLessThan(1e-12);
  expect(Math.abs(exactPoissonInterval(5).upper - 11.668332079322669)).toBeLessThan(1e-11);
});

// R, qchisq.
test("counts of a thousand and more are exact too", () => {
  expect(Math.abs(exactPoissonInterval(938).upper - 1000.0008557063188)).toBeLessThan(1e-8);
  expect(Math.abs(exactPoissonInterval(5000).lower - 4862.359188694899)).toBeLessThan(1e-8);
  expect(Math.abs(exactPoissonInterval(4999).upper - 5139.535089943795)).toBeLessThan(1e-8);
});

test("no events: from 0 to −log(α/2), by hand", () => {
  expect(exactPoissonInterval(0).lower).toBe(0);
  expect(Math.abs(exactPoissonInterval(0).upper + Math.log(0.025))).toBeLessThan(1e-12);
  expect(byarInterval(0).lower).toBe(0);
  // 1·(1 − 1/9 − 3.0902/3)³ is −0.0028.
  expect(byarInterval(1, { confidence: 0.998 }).lower).toBe(0);
});

test("counts below 10 are exact and others Byar's", () => {
  expect(countInterval(9)).toEqual({ ...exactPoissonInterval(9), method: "exact-poisson" });
  expect(countInterval(10)).toEqual({ ...byarInterval(10), method: "byar" });
  expect(countInterval(10, { confidence: 0.998 }).lower).toBeLessThan(countInterval(10).lower);
});

test("Byar's interval is near the exact one from 10 events on", () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 5000 }), (count) => {
      const [byar, exact] = [byarInterval(count), exactPoissonInterval(count)];
      expect(Math.abs(byar.lower - exact.lower)).toBeLessThan(0.02);
      expect(Math.abs(byar.upper - exact.upper)).toBeLessThan(0.02);
    }),
  );
});

test("a rate is its count over the denominator", () => {
  const found = rateInterval(65, { denominator: 20_000, multiplier: 1000 });
  expect(found.rate).toBe(3.25);
  expectSame(found.lower, 50.163187710459454 / 20);
  expectSame(found.upper, 82.84913854593984 / 20);
  expect(found.method).toBe("byar");
});

describe("rateRatio", () => {
  // R, example of poisson.test: 11 in 800 against 21 in 3,011 (Feller, malformations); estimate and interval as R prints them.
  test("agrees with R's poisson.test", () => {
    const found = rateRatio({
      first: { count: 11, denominator: 800 },
      second: { count: 21, denominator: 3011 },
    });
    expectPrinted(found.ratio, "1.9714880952381");
    expectPrinted(found.lower, "0.8584264033916");
    expectPrinted(found.upper, "4.277265943654");
  });

  test("no events of the first: a lower bound of 0", () => {
    const found = rateRatio({ first: { count: 0, denominator: 1 }, second: { count: 3, denominator: 1 } });
    expect(found.lower).toBe(0);
    // Share below 1 − 0.025^(1/3) = 0.7076, odds 2.4200; by hand.
    expectPrinted(found.upper, "2.4200");
  });

  test("refuses a reference without events", () => {
    expect(
      refusalOf(() =>
        rateRatio({ first: { count: 1, denominator: 1 }, second: { count: 0, denominator: 1 } }),
      ).code,
    ).toBe("VALUE_OUT_OF_RANGE");
  });
});

describe("indirectlyStandardisedRatio", () => {
  // R package PHEindicatormethods, calculate_ISRatio.
  test("895 against 835.88", () => {
    const found = indirectlyStandardisedRatio({ observed: 895, expected: 835.8835612311743 });
    expectSame(found.ratio, 1.0707232939020275);
    expectSame(found.lower, 1.0017147712553987);
    expectSame(found.upper, 1.143233287249895);
  });

  test("expected counts by hand", () => {
    // 100·0.1 + 50·0.2
    expect(
      expectedCount([
        { population: 100, referenceRate: 0.1 },
        { population: 50, referenceRate: 0.2 },
      ]),
    ).toBe(20);
    expect(refusalOf(() => expectedCount([{ population: -1, referenceRate: 0.1 }])).code).toBe(
      "VALUE_OUT_OF_RANGE",
    );
  });

  test("one person with every event: the stretched interval ends at 0", () => {
    expect(indirectlyStandardisedRatio({ observed: 5, expected: 5, persons: [0, 0, 0, 0, 0, 1] }).lower).toBe(
      0,
    );
  });

  test("persons with two events each stretch the interval by √2", () => {
    const single = indirectlyStandardisedRatio({ observed: 20, expected: 10, persons: [0, 20] });
    const double = indirectlyStandardisedRatio({ observed: 20, expected: 10, persons: [0, 0, 10] });
    // Σ e²·persons is 4·10 = 40, twice the count.
    expectSame(double.upper - 2, Math.SQRT2 * (single.upper - 2));
    expectSame(2 - double.lower, Math.SQRT2 * (2 - single.lower));
    expectSame(single.upper, byarInterval(20).upper / 10);
  });

  test("no event has the exact interval, with persons or without", () => {
    expectSame(
      indirectlyStandardisedRatio({ observed: 0, expected: 2 }).upper,
      exactPoissonInterval(0).upper / 2,
    );
    expectSame(
      indirectlyStandardisedRatio({ observed: 0, expected: 2, persons: [5] }).upper,
      exactPoissonInterval(0).upper / 2,
    );
  });

  test("refuses persons of other events", () => {
    expect(
      refusalOf(() => indirectlyStandardisedRatio({ observed: 20, expected: 10, persons: [0, 19] })).code,
    ).toBe("VALUE_OUT_OF_RANGE");
  });
});

describe("directlyStandardisedRate", () => {
  const groups = [
    { count: 10, population: 100, standard: 1 },
    { count: 30, population: 200, standard: 3 },
  ];

  test("by hand", () => {
    // Rate (1·10/100 + 3·30/200)/4 = 0.1375; variance (1²·10/100² + 3²·30/200²)/4² = (0.001 + 0.00675)/16.
    const found = directlyStandardisedRate(groups, { multiplier: 1000 });
    expectSame(found.rate, 137.5);
    const scale = Math.sqrt(0.00775 / 16 / 40) * 1000;
    expectSame(found.lower, 137.5 - scale * (40 - byarInterval(40).lower));
    expectSame(found.upper, 137.5 + scale * (byarInterval(40).upper - 40));
    expect(found.count).toBe(40);
  });

  test("with the standard's own shares it is the crude rate with Byar's interval", () => {
    const found = directlyStandardisedRate([
      { count: 10, population: 100, standard: 200 },
      { count: 30, population: 200, standard: 400 },
    ]);
    expectSame(found.rate, 40 / 300);
    expectSame(found.lower, byarInterval(40).lower / 300);
  });

  test("events that are not independent, by hand", () => {
    // Persons with 2 events each: Σ e²·persons = 2²·5 = 20 and 2²·15 = 60, twice the counts.
    const twice = directlyStandardisedRate([
      { ...groups[0]!, persons: [90, 0, 5] },
      { ...groups[1]!, persons: [0, 0, 15] },
    ]);
    const once = directlyStandardisedRate(groups);
    expectSame(twice.rate, once.rate);
    expectSame(twice.upper - twice.rate, Math.SQRT2 * (once.upper - once.rate));
  });

  test("refuses no event, persons left out and an empty population", () => {
    for (const wrong of [
      [{ count: 0, population: 1, standard: 1 }],
      [{ ...groups[0]!, persons: [0, 10] }, groups[1]!],
      [{ count: 1, population: 0, standard: 1 }],
      [{ count: 1, population: 1, standard: 0 }],
    ]) {
      expect(refusalOf(() => directlyStandardisedRate(wrong)).code).toBe("VALUE_OUT_OF_RANGE");
    }
  });
});
