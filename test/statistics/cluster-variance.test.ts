import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clusteredMean, clusteredProportion } from "../../src/statistics/cluster-variance.js";
import { intraclassCorrelation } from "../../src/statistics/intraclass-correlation.js";
import { wilsonInterval } from "../../src/statistics/wilson.js";
import { refusalOf } from "../frames.js";
import { asR, expectClose, packagesOfR, runR } from "./r.js";

// Mean 8/3; distances −5/3, −2/3, 7/3, cluster totals ∓7/3: v = 2·(98/9)/9 = 196/81.
// Independent: s² = (25 + 4 + 49)/9/2 = 13/3, over 3: 13/9.
test("a mean by hand", () => {
  const found = clusteredMean({ values: [1, 2, 5], clusters: { codes: [0, 0, 2], count: 3 } });
  expect(found.mean).toBeCloseTo(8 / 3, 15);
  expect(found.standardError).toBeCloseTo(14 / 9, 14);
  expect(found.designEffect).toBeCloseTo(196 / 81 / (13 / 9), 13);
  expect([found.n, found.clusters]).toEqual([3, 2]);
  // t of one degree of freedom, 97.5 %: 12.7062.
  expect(found.interval.upper - found.mean).toBeCloseTo(12.7062 * (14 / 9), 3);
});

test("clusters of one are independent values", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 30 }), (values) => {
      fc.pre(new Set(values).size > 1);
      const found = clusteredMean({
        values,
        clusters: { codes: [...values.keys()], count: values.length },
      });
      expect(found.designEffect).toBeCloseTo(1, 10);
    }),
  );
});

test("clusters of m values all alike have a design effect of about m", () => {
  const values = [1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0];
  const clusters = { codes: values.map((_, at) => Math.floor(at / 3)), count: 4 };
  // v = 4/3·4·(3/2)²/144 = 1/12; independent (3/11)/12: 11/3.
  expect(clusteredProportion({ values, clusters }).designEffect).toBeCloseTo(11 / 3, 12);
  // (MSB − 0)/(MSB + 0) = 1.
  expect(intraclassCorrelation({ values, clusters }).correlation).toBeCloseTo(1, 12);
  expect(intraclassCorrelation({ values, clusters }).designEffect).toBeCloseTo(3, 12);
});

describe("a proportion", () => {
  test("none and all: each cluster counts as one", () => {
    const clusters = { codes: [0, 0, 1, 1, 2], count: 3 };
    const none = clusteredProportion({ values: [0, 0, 0, 0, 0], clusters });
    expect(none.interval).toEqual(wilsonInterval(0, 3));
    expect([none.effectiveSize, none.designEffect]).toEqual([3, undefined]);
    expect(clusteredProportion({ values: [1, 1, 1, 1, 1], clusters }).interval).toEqual(wilsonInterval(3, 3));
  });

  test("the same share in every cluster: values count as independent", () => {
    const found = clusteredProportion({ values: [0, 1, 0, 1], clusters: { codes: [0, 0, 1, 1], count: 2 } });
    expect([found.standardError, found.effectiveSize]).toEqual([0, 4]);
    expect(found.interval.lower).toBeGreaterThan(0);
  });

  test("its bounds lie within 0 and 1 and hold it", () => {
    const rows = fc.array(
      fc.record({ value: fc.integer({ min: 0, max: 1 }), code: fc.integer({ min: 0, max: 8 }) }),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(rows, (given) => {
        const values = [0, 1, ...given.map(({ value }) => value)];
        const codes = [9, 10, ...given.map(({ code }) => code)];
        const { mean, interval } = clusteredProportion({ values, clusters: { codes, count: 11 } });
        expect(interval.lower).toBeGreaterThanOrEqual(0);
        expect(interval.upper).toBeLessThanOrEqual(1);
        expect(interval.lower).toBeLessThanOrEqual(mean);
        expect(interval.upper).toBeGreaterThanOrEqual(mean);
      }),
    );
  });
});

// Means 1.5 and 5.5 about 3.5: B = 2·(4 + 4) = 16 on 1, W = 4·.25 on 2 = .5; m₀ = (4 − 8/4)/1 = 2: ρ = 15.5/16.5.
test("intraclass correlation by hand", () => {
  const found = intraclassCorrelation({ values: [1, 2, 5, 6], clusters: { codes: [0, 0, 1, 1], count: 2 } });
  expect(found.meanSquareBetween).toBeCloseTo(16, 13);
  expect(found.meanSquareWithin).toBeCloseTo(0.5, 13);
  expect(found.averageSize).toBe(2);
  expect(found.correlation).toBeCloseTo(15.5 / 16.5, 13);
  expect(found.designEffect).toBeCloseTo(1 + 15.5 / 16.5, 13);
});

// Sizes 3, 2, 1: Σm² = 14, m₀ = (6 − 14/6)/2 = 11/6.
test("clusters of unequal size", () => {
  const found = intraclassCorrelation({
    values: [1, 2, 3, 4, 6, 8],
    clusters: { codes: [0, 0, 0, 1, 1, 2], count: 3 },
  });
  expect(found.averageSize).toBeCloseTo(11 / 6, 14);
  // Means 2, 5, 8 about 4: B = (3·4 + 2·1 + 16)/2 = 15; W = (2 + 2)/3.
  expect(found.correlation).toBeCloseTo((15 - 4 / 3) / (15 + (5 / 6) * (4 / 3)), 13);
});

test.skipIf(!packagesOfR("survey").has("survey"))("R's survey, to 1e-9", () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
  const codes = [0, 0, 0, 1, 1, 2, 3, 3, 3, 3, 4, 4];
  const said = runR(`suppressMessages(library(survey)); y <- ${asR(values)}; id <- ${asR(codes)}
    m <- svymean(~y, svydesign(ids = ~id, weights = rep(1, length(y)), data = data.frame(y, id)))
    say("mean", c(coef(m), SE(m), confint(m, df = 4)))`);
  const found = clusteredMean({ values, clusters: { codes, count: 5 } });
  expectClose(
    [found.mean, found.standardError, found.interval.lower, found.interval.upper],
    said.get("mean")!,
  );
});

describe("refuses", () => {
  const two = { codes: [0, 1], count: 2 };
  test.each([
    [
      "one cluster",
      () => clusteredMean({ values: [1, 2], clusters: { codes: [0, 0], count: 2 } }),
      "STATISTIC_UNDEFINED",
    ],
    [
      "no value",
      () => clusteredMean({ values: [], clusters: { codes: [], count: 2 } }),
      "STATISTIC_UNDEFINED",
    ],
    [
      "a missing value",
      () => clusteredMean({ values: [1, Number.NaN], clusters: two }),
      "VALUE_OUT_OF_RANGE",
    ],
    ["other rows", () => clusteredMean({ values: [1], clusters: two }), "ROWS_MISMATCHED"],
    [
      "a proportion of twos",
      () => clusteredProportion({ values: [1, 2], clusters: two }),
      "VALUE_OUT_OF_RANGE",
    ],
    [
      "clusters of one",
      () => intraclassCorrelation({ values: [1, 2], clusters: two }),
      "STATISTIC_UNDEFINED",
    ],
    [
      "values all the same",
      () => intraclassCorrelation({ values: [1, 1, 1], clusters: { codes: [0, 0, 1], count: 2 } }),
      "STATISTIC_UNDEFINED",
    ],
    [
      "no values to correlate",
      () => intraclassCorrelation({ values: [1, Number.NaN, 1], clusters: { codes: [0, 0, 1], count: 2 } }),
      "STATISTIC_UNDEFINED",
    ],
  ])("%s", (_, attempt, code) => {
    expect(refusalOf(attempt).code).toBe(code);
  });
});
