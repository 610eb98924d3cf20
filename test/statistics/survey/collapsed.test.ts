import { describe, expect, test } from "vitest";
import { balancedDesign } from "../../../src/statistics/survey/balanced.js";
import { collapsedDesign } from "../../../src/statistics/survey/collapsed.js";
import { surveyMean } from "../../../src/statistics/survey/mean.js";
import { stratifiedDesign } from "../../../src/statistics/survey/stratified.js";
import { unequalProbabilityDesign } from "../../../src/statistics/survey/unequal-probability.js";
import { weightEffect } from "../../../src/statistics/survey/weight-effect.js";
import { refusalOf } from "../../frames.js";
import { expectSame } from "../close.js";

describe("collapsedDesign", () => {
  test("two strata with one unit each: Wolter's estimator", () => {
    const design = collapsedDesign({
      keys: ["a + b"],
      collapsed: [true],
      stratumOf: [0, 0],
      probabilities: Float64Array.of(1 / 30, 0.1),
    });
    // Ŷ = 30·1 + 10·5 = 80, of 40 units 2 each: 30 − 60 = −30 and 50 − 20 = 30; 2/(2 − 1)·(900 + 900).
    expectSame(design.varianceOfTotal(Float64Array.of(1, 5)), 3600);
    // Where all are alike nothing varies, however unequal the strata.
    expect(design.varianceOfTotal(Float64Array.of(3, 3))).toBeLessThan(1e-20);
    expect(design.degreesOfFreedom()).toBe(1);
  });

  test("strata that are left alone: the variance of the stratified sample", () => {
    const strata = [
      { key: "a", populationSize: 40 },
      { key: "b", populationSize: 60 },
    ];
    const stratumOf = [0, 0, 0, 1, 1, 1, 1];
    const probabilities = Float64Array.from(stratumOf, (at) => (at === 0 ? 3 / 40 : 4 / 60));
    const values = Float64Array.of(1, 0, 1, 0, 0, 1, 0);
    const [one, other] = [
      collapsedDesign({ keys: ["a", "b"], collapsed: [false, false], stratumOf, probabilities }),
      stratifiedDesign({ strata, stratumOf }),
    ];
    expectSame(surveyMean(values, { design: one }).variance, surveyMean(values, { design: other }).variance);
    expect(one.degreesOfFreedom()).toBe(other.degreesOfFreedom());
  });

  test("what was taken for certain adds nothing and is not counted", () => {
    const design = collapsedDesign({
      keys: ["a + b"],
      collapsed: [true],
      stratumOf: [0, 0, 0],
      probabilities: Float64Array.of(1, 0.5, 0.5),
    });
    // ȳ = (2·1 + 2·3)/4 = 2: 2/(2 − 1)·((2 − 4)² + (6 − 4)²) = 16
    expectSame(design.varianceOfTotal(Float64Array.of(100, 1, 3)), 16);
    expect(design.degreesOfFreedom()).toBe(1);
  });

  test("on average it is the variance or more", () => {
    // Two strata of 3 with values 0, 3, 6 and 1, 4, 7, one unit drawn of each: all 9 samples are equally likely.
    const [first, second] = [
      [0, 3, 6],
      [1, 4, 7],
    ] as const;
    const samples = first.flatMap((a) => second.map((b) => [a, b] as const));
    const totals = samples.map(([a, b]) => 3 * a + 3 * b);
    const mean = totals.reduce((sum, total) => sum + total, 0) / 9;
    const variance = totals.reduce((sum, total) => sum + (total - mean) * (total - mean), 0) / 9;
    expectSame(variance, 108); // 9·6 in each stratum
    const estimates = samples.map((pair) =>
      collapsedDesign({
        keys: ["a + b"],
        collapsed: [true],
        stratumOf: [0, 0],
        probabilities: Float64Array.of(1 / 3, 1 / 3),
      }).varianceOfTotal(Float64Array.from(pair)),
    );
    // By hand: 2·2·((3a − 3b)/2)² = 9(a − b)² and E(a − b)² = 6 + 6 + 1 = 13: 117, too large by 9 for the strata's difference of 1.
    expectSame(estimates.reduce((sum, own) => sum + own, 0) / 9, 117);
  });

  test("refuses one unit that could have been left out", () => {
    const one = { keys: ["a"], collapsed: [true], stratumOf: [0], probabilities: Float64Array.of(0.5) };
    expect(refusalOf(() => collapsedDesign(one)).code).toBe("STRATUM_TOO_FEW");
  });
});

test("weightEffect: Kish's factor by hand", () => {
  // 3·(1 + 1 + 16)/(6·6) = 1.5; equal weights give 1; only the domain counts.
  expectSame(weightEffect(Float64Array.of(1, 1, 4), [1, 1, 1]), 1.5);
  expectSame(weightEffect(Float64Array.of(7, 7, 4), [1, 1, 0]), 1);
});

test("a collapsed stratum has no finite population correction under unequal probabilities and balancing either", () => {
  const sample = { keys: ["a + b"], stratumOf: [0, 0], probabilities: Float64Array.of(0.5, 0.5) };
  // z = 2 and 6, mean 4: 2/(2 − 1)·(4 + 4) = 16, and half of it with 1 − π.
  const values = Float64Array.of(1, 3);
  expectSame(unequalProbabilityDesign(sample).varianceOfTotal(values), 8);
  expectSame(unequalProbabilityDesign({ ...sample, collapsed: [true] }).varianceOfTotal(values), 16);
  expectSame(balancedDesign({ ...sample, columns: [] }).varianceOfTotal(values), 8);
  expectSame(balancedDesign({ ...sample, collapsed: [true], columns: [] }).varianceOfTotal(values), 16);
});
