import { expect, test } from "vitest";
import { isEffectiveAbove, mayBeTooNarrow } from "../../../src/analysis/estimates/narrow.js";
import type { Measured } from "../../../src/analysis/estimates/row.js";

function share(n: number, count: number, effectiveSize: number, weightEffect: number): Measured {
  const figures = {
    estimate: count / n,
    standardError: 0.01,
    intervalMethod: "korn-graubard",
    degreesOfFreedom: n - 2,
    effectiveSize,
    weightEffect,
  } as const;
  return { n, count, notAnswered: 0, notApplicable: 0, figures };
}

test.each([
  ["even weights, both sides seen: strata helped", share(100, 40, 130, 1.02), true, false],
  ["five have it", share(100, 5, 130, 1.02), true, true],
  ["five lack it", share(100, 95, 130, 1.02), true, true],
  ["weights are uneven", share(100, 40, 130, 1.3), true, true],
  ["uneven weights that cost what they cost", share(100, 40, 70, 1.6), false, false],
  ["a rare practice, effective size below", share(100, 3, 99, 1), false, false],
])("%s", (_, measured, above, narrow) => {
  expect([isEffectiveAbove(measured), mayBeTooNarrow(measured)]).toEqual([above, narrow]);
});

test("a mean has no effective size", () => {
  expect(mayBeTooNarrow({ n: 10, notAnswered: 0, notApplicable: 0 })).toBe(false);
});
