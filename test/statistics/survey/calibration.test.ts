import { describe, expect, test } from "vitest";
import { designEffect } from "../../../src/statistics/survey/design-effect.js";
import { surveyMean } from "../../../src/statistics/survey/mean.js";
import { postStratified } from "../../../src/statistics/survey/post-stratification.js";
import { surveyQuantile } from "../../../src/statistics/survey/quantile.js";
import { raked } from "../../../src/statistics/survey/raking.js";
import { stratifiedDesign } from "../../../src/statistics/survey/stratified.js";
import { surveyTotal } from "../../../src/statistics/survey/total.js";
import { refusalOf } from "../../frames.js";
import { expectSame } from "../close.js";

const design = stratifiedDesign({ strata: [{ key: "", populationSize: 10 }], stratumOf: [0, 0, 0, 0, 0] });
const gender = { name: "gender", groupOf: [0, 0, 0, 1, 1], totals: [4, 6] };
const law = { name: "law type", groupOf: [0, 1, 0, 1, 0], totals: [7, 3] };

describe("postStratified", () => {
  const calibrated = postStratified(design, gender);

  test("weights by hand, and totals of the groups without error", () => {
    // 4 over three and 6 over two
    expect([...calibrated.weights].map((weight) => weight.toFixed(12))).toEqual(
      [4 / 3, 4 / 3, 4 / 3, 3, 3].map((weight) => weight.toFixed(12)),
    );
    const found = surveyTotal(Float64Array.of(1, 1, 1, 0, 0), { design: calibrated });
    expectSame(found.estimate, 4);
    expect(found.variance).toBeLessThan(1e-20);
  });

  test("variance by hand", () => {
    // Residuals within groups −1, 0, 1 and −1, 1; times g: ⅔·(−1, 0, 1) and 1.5·(−1, 1); weight 2, mean 0:
    // (1 − 5/10)·5/4·4·(2·4/9 + 2·9/4)
    const found = surveyTotal(Float64Array.of(1, 2, 3, 5, 7), { design: calibrated });
    expectSame(found.variance, 0.5 * 1.25 * 4 * (8 / 9 + 4.5));
    expect(calibrated.degreesOfFreedom()).toBe(4);
  });

  test("refuses empty and unknown groups", () => {
    const empty = { ...gender, totals: [4, 5, 1] };
    expect(refusalOf(() => postStratified(design, empty)).code).toBe("CALIBRATION_CELL_EMPTY");
    expect(refusalOf(() => postStratified(design, { ...gender, totals: [10] })).code).toBe(
      "VALUE_OUT_OF_RANGE",
    );
    expect(refusalOf(() => postStratified(design, { ...gender, groupOf: [0] })).code).toBe("ROWS_MISMATCHED");
  });
});

describe("raked", () => {
  test("meets all margins, and those have no variance", () => {
    const found = raked(design, [gender, law]);
    for (const { groupOf, totals } of [gender, law]) {
      totals.forEach((total, group) => {
        const indicator = Float64Array.from(groupOf, (code) => (code === group ? 1 : 0));
        const counted = surveyTotal(indicator, { design: found });
        expect(Math.abs(counted.estimate - total)).toBeLessThan(1e-9);
        expect(counted.variance).toBeLessThan(1e-18);
      });
    }
  });

  test("to one margin is post-stratification", () => {
    const values = Float64Array.of(1, 2, 3, 5, 7);
    const [one, other] = [raked(design, [gender]), postStratified(design, gender)];
    expectSame(surveyMean(values, { design: one }).estimate, surveyMean(values, { design: other }).estimate);
    expectSame(surveyMean(values, { design: one }).variance, surveyMean(values, { design: other }).variance);
  });

  test("refuses margins of different populations and those that cannot be met", () => {
    expect(refusalOf(() => raked(design, [gender, { ...law, totals: [7, 4] }])).code).toBe(
      "VALUE_OUT_OF_RANGE",
    );
    expect(refusalOf(() => raked(design, [])).code).toBe("VALUE_OUT_OF_RANGE");
    // The same split twice, to different sizes.
    const twice = { ...gender, name: "again", totals: [5, 5] };
    expect(refusalOf(() => raked(design, [gender, twice])).code).toBe("CALIBRATION_NOT_SOLVED");
  });
});

describe("designEffect", () => {
  test("of one stratum is 1; strata that differ help", () => {
    const values = Float64Array.of(1, 2, 3, 5, 7);
    expectSame(designEffect(surveyMean(values, { design }), { design, values }), 1);
    const strata = [
      { key: "a", populationSize: 10 },
      { key: "b", populationSize: 10 },
    ];
    const split = stratifiedDesign({ strata, stratumOf: [0, 0, 1, 1] });
    const apart = Float64Array.of(1, 2, 8, 9);
    expect(designEffect(surveyMean(apart, { design: split }), { design: split, values: apart })).toBeLessThan(
      0.1,
    );
  });

  test("refuses where nobody differs", () => {
    const values = new Float64Array(5).fill(1);
    expect(refusalOf(() => designEffect(surveyMean(values, { design }), { design, values })).code).toBe(
      "VALUE_OUT_OF_RANGE",
    );
  });
});

describe("surveyQuantile", () => {
  const values = Float64Array.of(5, 1, 3, 2, 4);

  test("of so small a sample has no interval", () => {
    // F(3) = .6 ± t₄·√(½·.24·(5/4)/5): 2.776·.173 reaches above 1 with .08.
    expect(surveyQuantile(values, { design, fraction: 0.5 })).toEqual({ estimate: 3, sampleSize: 5 });
  });

  test("by hand at 80 %", () => {
    // t₄ = 1.5332: .6 ± .2655, so F from .334 to .866: the 2nd and the 5th value.
    const found = surveyQuantile(values, { design, fraction: 0.5, confidence: 0.8 });
    expect(found.interval).toEqual({ lower: 2, upper: 5 });
  });

  test("of a domain, and of none", () => {
    expect(surveyQuantile(values, { design, fraction: 0.5, domain: [1, 1, 0, 0, 1] }).estimate).toBe(4);
    expect(
      refusalOf(() => surveyQuantile(values, { design, fraction: 0.5, domain: [0, 0, 0, 0, 0] })).code,
    ).toBe("DOMAIN_EMPTY");
  });

  test("of a census is itself", () => {
    const census = stratifiedDesign({ strata: [{ key: "", populationSize: 5 }], stratumOf: [0, 0, 0, 0, 0] });
    expect(surveyQuantile(values, { design: census, fraction: 0.5 }).interval).toEqual({
      lower: 3,
      upper: 3,
    });
  });
});
