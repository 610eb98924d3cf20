import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kornGraubardInterval } from "../../../src/statistics/korn-graubard.js";
import { balancedDesign } from "../../../src/statistics/survey/balanced.js";
import { surveyDifference } from "../../../src/statistics/survey/difference.js";
import { surveyMean } from "../../../src/statistics/survey/mean.js";
import { surveyRatio } from "../../../src/statistics/survey/ratio.js";
import { stratifiedDesign } from "../../../src/statistics/survey/stratified.js";
import { systematicDesign } from "../../../src/statistics/survey/systematic.js";
import { surveyTotal } from "../../../src/statistics/survey/total.js";
import { ultimateClusterDesign } from "../../../src/statistics/survey/ultimate-cluster.js";
import { unequalProbabilityDesign } from "../../../src/statistics/survey/unequal-probability.js";
import { refusalOf } from "../../frames.js";
import { expectPrinted, expectSame } from "../close.js";

/** Strata with N_h, and of each n_h units of which the first `yes` have the attribute. */
function yesNo(strata: readonly { readonly N: number; readonly n: number; readonly yes: number }[]) {
  return {
    design: stratifiedDesign({
      strata: strata.map(({ N }, at) => ({ key: `s${at}`, populationSize: N })),
      stratumOf: strata.flatMap(({ n }, at) => new Array<number>(n).fill(at)),
    }),
    values: Float64Array.from(
      strata.flatMap(({ n, yes }) => Array.from({ length: n }, (_, k) => (k < yes ? 1 : 0))),
    ),
  };
}

// R package survey, data `api`, sample `apistrat` of 200 schools stratified by type: svymean and svyciprop.
test("the api sample", () => {
  const { design, values } = yesNo([
    { N: 4421, n: 100, yes: 91 },
    { N: 755, n: 50, yes: 26 },
    { N: 1018, n: 50, yes: 35 },
  ]);
  const found = surveyMean(values, { design });
  expectPrinted(found.estimate, "0.827948014207297");
  expectPrinted(found.standardError, "0.0243447800896563");
  expect(design.degreesOfFreedom()).toBe(197);
  const interval = kornGraubardInterval(
    { proportion: found.estimate, variance: found.variance },
    { sampleSize: found.sampleSize, degreesOfFreedom: design.degreesOfFreedom() },
  );
  expectPrinted(interval.effectiveSize, "240.354");
  expectPrinted(interval.lower, "0.774171331");
  expectPrinted(interval.upper, "0.873431595");
});

describe("stratifiedDesign", () => {
  const strata = [
    { key: "a", populationSize: 10 },
    { key: "b", populationSize: 3 },
  ];

  test("by hand, beside a stratum taken whole", () => {
    const design = stratifiedDesign({ strata, stratumOf: [0, 0, 1, 1, 1] });
    const found = surveyTotal(Float64Array.of(1, 3, 7, 8, 9), { design });
    // 5·(1 + 3) + 24, and 10²·(1 − 2/10)·2/2 with s² = 2; the second stratum is certain.
    expect(found.estimate).toBe(44);
    expectSame(found.variance, 80);
    expect(design.degreesOfFreedom()).toBe(1);
    expect(design.degreesOfFreedom([0, 0, 1, 0, 0])).toBe(0);
  });

  test("a domain keeps the zeros of the others", () => {
    const design = stratifiedDesign({ strata, stratumOf: [0, 0, 1, 1, 1] });
    const values = Float64Array.of(1, 3, 7, 8, 9);
    const found = surveyTotal(values, { design, domain: [0, 1, 0, 0, 1] });
    // 0 and 3: s² = 4.5, 10²·0.8·4.5/2
    expect(found.estimate).toBe(24);
    expect(found.sampleSize).toBe(2);
    expectSame(found.variance, 180);
  });

  test("degrees of freedom count all units of the strata that hold the domain", () => {
    const { design } = yesNo([
      { N: 50, n: 5, yes: 1 },
      { N: 50, n: 7, yes: 1 },
      { N: 4, n: 4, yes: 1 },
    ]);
    expect(design.degreesOfFreedom()).toBe(10);
    const domain = new Uint8Array(16);
    domain[6] = 1;
    expect(design.degreesOfFreedom(domain)).toBe(6);
  });

  test.each([
    [[0, 1, 1, 1], "STRATUM_TOO_FEW"],
    [[0, 0], "STRATUM_TOO_FEW"],
    [[0, 0, 1, 1, 1, 1], "COUNT_OUT_OF_RANGE"],
    [[0, 0, 1, 1, 2], "VALUE_OUT_OF_RANGE"],
  ])("refuses strata %j", (stratumOf, code) => {
    expect(refusalOf(() => stratifiedDesign({ strata, stratumOf })).code).toBe(code);
  });

  test("names the stratum that is to be merged", () => {
    expect(refusalOf(() => stratifiedDesign({ strata, stratumOf: [0, 1, 1, 1] })).message).toMatch(
      /^Stratum "a": .* got 1\./,
    );
  });

  test("is unbiased for total and variance over all samples of a small population", () => {
    const population = [
      [3, 1, 4, 1, 5],
      [9, 2, 6],
    ] as const;
    const truth = 31;
    let [total, square, variance, samples] = [0, 0, 0, 0];
    for (const first of pairs(5)) {
      for (const second of pairs(3)) {
        const design = stratifiedDesign({
          strata: [
            { key: "a", populationSize: 5 },
            { key: "b", populationSize: 3 },
          ],
          stratumOf: [0, 0, 1, 1],
        });
        const values = Float64Array.from([
          ...first.map((k) => population[0][k] as number),
          ...second.map((k) => population[1][k] as number),
        ]);
        const found = surveyTotal(values, { design });
        samples++;
        total += found.estimate;
        square += (found.estimate - truth) * (found.estimate - truth);
        variance += found.variance;
      }
    }
    expectSame(total / samples, truth);
    expectSame(variance / samples, square / samples);
  });
});

function pairs(of: number): [number, number][] {
  return Array.from({ length: of }, (_, i) => i).flatMap((i) =>
    Array.from({ length: of - i - 1 }, (_, j): [number, number] => [i, i + j + 1]),
  );
}

describe("surveyMean, surveyRatio, surveyDifference", () => {
  const strata = [
    { key: "a", populationSize: 30 },
    { key: "b", populationSize: 10 },
  ];
  const design = stratifiedDesign({ strata, stratumOf: [0, 0, 1, 1] });

  test("of all it is Σ W_h·ȳ_h with Σ W_h²(1 − f_h)s_h²/n_h, by hand", () => {
    const found = surveyMean(Float64Array.of(1, 2, 5, 9), { design });
    // ¾·1.5 + ¼·7; (9/16)(28/30)(0.5/2) + (1/16)(8/10)(8/2)
    expectSame(found.estimate, 2.875);
    expectSame(found.variance, (9 / 16) * (28 / 30) * 0.25 + (1 / 16) * 0.8 * 4);
  });

  test("a ratio by hand", () => {
    const found = surveyRatio(
      { numerator: Float64Array.of(1, 2, 0, 0), denominator: Float64Array.of(1, 3, 1, 1) },
      { design },
    );
    // Totals 15·3 = 45 and 15·4 + 5·2 = 70; residuals (y − R·x)/70 with R = 9/14, s² of the first stratum.
    expectSame(found.estimate, 45 / 70);
    const [one, two] = [(1 - 9 / 14) / 70, (2 - 27 / 14) / 70];
    expectSame(found.variance, 900 * (28 / 30) * (((one - two) * (one - two)) / 2 / 2));
  });

  test("domains of one stratum share its covariance", () => {
    const values = Float64Array.of(1, 0, 1, 0);
    const first = surveyMean(values, { design, domain: [1, 1, 0, 0] });
    const second = surveyMean(values, { design, domain: [1, 1, 1, 1] });
    const found = surveyDifference({ first, second }, { design });
    expectSame(found.estimate, first.estimate - second.estimate);
    // V(a − b) = V(a) + V(b) − 2C, C by polarisation of the same variance.
    const sum = Float64Array.from(first.linearised, (value, k) => value + (second.linearised[k] as number));
    const covariance = (design.varianceOfTotal(sum) - first.variance - second.variance) / 2;
    expect(covariance).toBeGreaterThan(0);
    expectSame(found.variance, first.variance + second.variance - 2 * covariance);
  });

  test("domains in different strata have none", () => {
    const values = Float64Array.of(1, 0, 1, 0);
    const first = surveyMean(values, { design, domain: [1, 1, 0, 0] });
    const second = surveyMean(values, { design, domain: [0, 0, 1, 1] });
    expectSame(surveyDifference({ first, second }, { design }).variance, first.variance + second.variance);
  });

  test("refuse an empty domain, a denominator of 0 and lists of other units", () => {
    const values = Float64Array.of(1, 2, 3, 4);
    expect(refusalOf(() => surveyMean(values, { design, domain: [0, 0, 0, 0] })).code).toBe("DOMAIN_EMPTY");
    expect(refusalOf(() => surveyMean(values, { design, domain: [1] })).code).toBe("ROWS_MISMATCHED");
    expect(refusalOf(() => surveyTotal(Float64Array.of(1), { design })).code).toBe("ROWS_MISMATCHED");
    const zero = { numerator: values, denominator: new Float64Array(4) };
    expect(refusalOf(() => surveyRatio(zero, { design })).code).toBe("VALUE_OUT_OF_RANGE");
  });
});

describe("other designs", () => {
  test("systematic by hand: differences in the order of the list", () => {
    const design = systematicDesign({
      strata: [{ key: "", populationSize: 6 }],
      stratumOf: [0, 0, 0],
      order: [5, 1, 3],
    });
    // In order 1, 2, 4, weight 2: (1 − 3/6)·3/(2·2)·(2² + 4²)
    expectSame(design.varianceOfTotal(Float64Array.of(4, 1, 2)), 7.5);
    expect(design.degreesOfFreedom()).toBe(2);
  });

  test("systematic: a list with a trend varies less than a random sample says", () => {
    const strata = [{ key: "", populationSize: 100 }];
    const stratumOf = new Array<number>(10).fill(0);
    const values = Float64Array.from(stratumOf, (_, k) => k);
    const order = Array.from(values);
    const [one, other] = [
      systematicDesign({ strata, stratumOf, order }),
      stratifiedDesign({ strata, stratumOf }),
    ];
    // Steps of 1: s² = 9·1/(2·9) = ½ in place of 55/6.
    expectSame(one.varianceOfTotal(values) / other.varianceOfTotal(values), 0.5 / (55 / 6));
  });

  test("unequal probabilities by hand", () => {
    const design = unequalProbabilityDesign({
      keys: [""],
      stratumOf: [0, 0, 0],
      probabilities: Float64Array.of(0.5, 0.25, 1),
    });
    // z 2 and 12; c = 2·0.5 and 2·0.75; A = (2 + 18)/2.5 = 8; 1·36 + 1.5·16. The third is certain.
    expectSame(design.varianceOfTotal(Float64Array.of(1, 3, 100)), 60);
    expect(design.degreesOfFreedom()).toBe(1);
    expect([...design.weights]).toEqual([2, 4, 1]);
  });

  test("equal probabilities, nothing balanced and clusters of one are all a stratified sample", () => {
    const samples = fc.array(
      fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 2, maxLength: 6 }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(samples, (given) => {
        const strata = given.map((own, at) => ({ key: `${at}`, populationSize: own.length * 3 }));
        const stratumOf = given.flatMap((own, at) => own.map(() => at));
        const values = Float64Array.from(given.flat());
        const probabilities = Float64Array.from(stratumOf, () => 1 / 3);
        const keys = strata.map(({ key }) => key);
        const simple = stratifiedDesign({ strata, stratumOf }).varianceOfTotal(values);
        const unequal = unequalProbabilityDesign({ keys, stratumOf, probabilities });
        const clusters = ultimateClusterDesign({
          strata: strata.map(({ key, populationSize }) => ({ key, clusters: populationSize })),
          stratumOf,
          clusterOf: stratumOf.map((_, unit) => unit * 7),
          probabilities,
        });
        for (const design of [unequal, clusters]) {
          expect(Math.abs(design.varianceOfTotal(values) - simple)).toBeLessThan(1e-9 * Math.max(1, simple));
        }
        if (given.length === 1) {
          const balanced = balancedDesign({ keys, stratumOf, probabilities, columns: [] });
          expect(Math.abs(balanced.varianceOfTotal(values) - simple)).toBeLessThan(
            1e-9 * Math.max(1, simple),
          );
        }
      }),
    );
  });

  test("balanced: what the columns explain has no variance; dependent columns do no harm", () => {
    const x = Float64Array.of(0, 0, 1, 1, 0, 1);
    const probabilities = new Float64Array(6).fill(0.2);
    const of = (columns: Float64Array[]) =>
      balancedDesign({ keys: [""], stratumOf: [0, 0, 0, 0, 0, 0], probabilities, columns });
    expect(of([x]).varianceOfTotal(x.map((value) => 3 + 4 * value))).toBeLessThan(1e-20);
    const values = Float64Array.of(1, 2, 5, 9, 3, 7);
    // Means by level 2 and 7, z = 5y: 25·(1 + 0 + 4 + 4 + 1 + 0)·0.8·6/(6 − 2)
    expectSame(of([x]).varianceOfTotal(values), 300);
    expectSame(of([x, x.map((value) => 1 - value), x]).varianceOfTotal(values), 300);
    expect(of([x]).degreesOfFreedom()).toBe(5);
  });

  test("balanced: certain units add nothing, and are not counted", () => {
    const design = balancedDesign({
      keys: [""],
      stratumOf: [0, 0, 0],
      probabilities: Float64Array.of(0.2, 0.2, 1),
      columns: [Float64Array.of(0, 0, 1)],
    });
    expectSame(design.varianceOfTotal(Float64Array.of(1, 3, 50)), 80);
  });

  test("balanced: refuses as many variables as units", () => {
    const columns = [Float64Array.of(0, 1)];
    const sample = { keys: [""], stratumOf: [0, 0], probabilities: Float64Array.of(0.5, 0.5), columns };
    expect(refusalOf(() => balancedDesign(sample)).code).toBe("VALUE_OUT_OF_RANGE");
  });

  test("clusters by hand, with and without fpc", () => {
    const sample = {
      stratumOf: [0, 0, 0],
      clusterOf: [4, 4, 9],
      probabilities: Float64Array.of(0.5, 0.5, 0.5),
    };
    const of = (stratum: { key: string; clusters?: number }) =>
      ultimateClusterDesign({ ...sample, strata: [stratum] });
    // z 4 and 2: 2/(2 − 1)·(1 + 1)
    expectSame(of({ key: "" }).varianceOfTotal(Float64Array.of(1, 1, 1)), 4);
    expectSame(of({ key: "", clusters: 4 }).varianceOfTotal(Float64Array.of(1, 1, 1)), 2);
    expect(of({ key: "" }).degreesOfFreedom()).toBe(1);
  });

  test("refuse one cluster, a cluster in two strata, and probabilities out of range", () => {
    const two = { strata: [{ key: "a" }, { key: "b" }], probabilities: Float64Array.of(0.5, 0.5, 0.5, 0.5) };
    const of = (stratumOf: number[], clusterOf: number[]) =>
      refusalOf(() => ultimateClusterDesign({ ...two, stratumOf, clusterOf })).code;
    expect(of([0, 0, 1, 1], [1, 1, 2, 3])).toBe("STRATUM_TOO_FEW");
    expect(of([0, 0, 1, 1], [1, 2, 2, 3])).toBe("VALUE_OUT_OF_RANGE");
    expect(of([0, 0, 1, 1], [1, 2])).toBe("ROWS_MISMATCHED");
    for (const wrong of [0, 1.5, Number.NaN]) {
      const sample = { keys: [""], stratumOf: [0, 0], probabilities: Float64Array.of(0.5, wrong) };
      expect(refusalOf(() => unequalProbabilityDesign(sample)).code).toBe(
        "INCLUSION_PROBABILITY_OUT_OF_RANGE",
      );
    }
    const single = { keys: ["x"], stratumOf: [0, 0], probabilities: Float64Array.of(0.5, 1) };
    expect(refusalOf(() => unequalProbabilityDesign(single)).code).toBe("STRATUM_TOO_FEW");
  });
});
