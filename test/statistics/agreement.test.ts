import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cohensKappa } from "../../src/statistics/cohens-kappa.js";
import { gwetsAc1 } from "../../src/statistics/gwets-ac1.js";
import { refusalOf } from "../frames.js";
import { expectPrinted, expectSame } from "./close.js";

/** Cases of a square table: row the first review, column the second. */
function pairsOf(table: readonly (readonly number[])[]) {
  const pairs = table.flatMap((row, one) =>
    row.flatMap((times, other) => new Array(times).fill([one, other])),
  );
  return {
    first: pairs.map(([one]) => one),
    second: pairs.map(([, other]) => other),
    categories: table.length,
  };
}

// R package irrCAC, vignette "overview", data `cont3x3abstractors`: kappa2.table and gwet.ac1.table, whose variances are over n
// where its functions for single cases, and the ones here, are over n − 1.
const overN = Math.sqrt(99 / 100);
const t99 = 1.9842169515864; // of 97.5 %
const abstractors = pairsOf([
  [13, 0, 0],
  [0, 20, 7],
  [0, 4, 56],
]);

describe("irrCAC's abstractors", () => {
  test("Cohen's kappa", () => {
    const found = cohensKappa(abstractors);
    expectPrinted(found.coefficient, "0.7964094");
    expectPrinted(found.standardError * overN, "0.05891072");
    expectSame(found.lower, found.coefficient - t99 * found.standardError);
    expectSame(found.upper, found.coefficient + t99 * found.standardError);
    expect(found.observed).toBeCloseTo(0.89, 12); // (13 + 20 + 56)/100
  });

  test("Gwet's AC1", () => {
    const found = gwetsAc1(abstractors);
    expectPrinted(found.coefficient, "0.8493305");
    expectPrinted(found.standardError * overN, "0.04321747");
  });
});

// Feinstein & Cicchetti (1990) J Clin Epidemiol 43:543–549: agreement of 85 % twice, kappa .70 and .32.
test("the paradox of kappa, which AC1 does not have", () => {
  const even = pairsOf([
    [40, 9],
    [6, 45],
  ]);
  const skewed = pairsOf([
    [80, 10],
    [5, 5],
  ]);
  expectPrinted(cohensKappa(even).coefficient, "0.70");
  expectPrinted(cohensKappa(skewed).coefficient, "0.32");
  // AC1: π = .475 and .875 for the first category, chance 2π(1 − π) = .49875 and .21875.
  expectSame(gwetsAc1(even).coefficient, (0.85 - 0.49875) / (1 - 0.49875));
  expectSame(gwetsAc1(skewed).coefficient, (0.85 - 0.21875) / (1 - 0.21875));
});

describe("edges", () => {
  test("full agreement is 1, without error", () => {
    const all = { first: [0, 1, 1], second: [0, 1, 1], categories: 2 };
    for (const found of [cohensKappa(all), gwetsAc1(all)]) {
      expectSame(found.coefficient, 1);
      expect(found.standardError).toBeLessThan(1e-12);
    }
  });

  test("one category: kappa has no value, AC1 is 1", () => {
    const one = { first: [0, 0], second: [0, 0], categories: 2 };
    expect(refusalOf(() => cohensKappa(one)).code).toBe("AGREEMENT_UNDEFINED");
    expect(gwetsAc1(one).coefficient).toBe(1);
  });

  test.each([
    [{ first: [0], second: [0], categories: 2 }, "VALUE_OUT_OF_RANGE"],
    [{ first: [0, 2], second: [0, 1], categories: 2 }, "VALUE_OUT_OF_RANGE"],
    [{ first: [0, 0], second: [0, 0], categories: 1 }, "VALUE_OUT_OF_RANGE"],
    [{ first: [0, 1], second: [0], categories: 2 }, "ROWS_MISMATCHED"],
    [{ first: [0, 1], second: [0, 1], categories: 2, probabilities: [1] }, "ROWS_MISMATCHED"],
    [
      { first: [0, 1], second: [0, 1], categories: 2, probabilities: [1, 0] },
      "INCLUSION_PROBABILITY_OUT_OF_RANGE",
    ],
  ])("refuses %j", (reviews, code) => {
    expect(refusalOf(() => cohensKappa(reviews)).code).toBe(code);
    expect(refusalOf(() => gwetsAc1(reviews)).code).toBe(code);
  });
});

test("equal probabilities weigh nothing; half the probability is twice the case", () => {
  const reviews = fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: 4, maxLength: 40 });
  fc.assert(
    fc.property(reviews, (pairs) => {
      fc.pre(new Set(pairs.flat()).size > 1);
      const first = pairs.map(([one]) => one);
      const second = pairs.map(([, other]) => other);
      const plain = { first, second, categories: 3 };
      const half = { ...plain, probabilities: first.map(() => 0.5) };
      for (const coefficient of [cohensKappa, gwetsAc1]) {
        expect(Math.abs(coefficient(half).standardError - coefficient(plain).standardError)).toBeLessThan(
          1e-12,
        );
        const heavier = { ...plain, probabilities: first.map((_, k) => (k === 0 ? 0.5 : 1)) };
        const doubled = { first: [first[0]!, ...first], second: [second[0]!, ...second], categories: 3 };
        expect(Math.abs(coefficient(heavier).coefficient - coefficient(doubled).coefficient)).toBeLessThan(
          1e-12,
        );
      }
    }),
  );
});
