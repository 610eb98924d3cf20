import { describe, expect, test } from "vitest";
import { graysTest } from "../../src/statistics/grays-test.js";
import { logRank } from "../../src/statistics/log-rank.js";
import { refusalOf } from "../frames.js";
import { aml } from "./published-data.js";

// Invented: 35 cases in two groups, months, two kinds of event.
const followUp = {
  exit: [
    13, 1, 72, 7, 8, 67, 9, 5, 70, 4, 7, 68, 1, 10, 7, 3, 4, 4, 3, 3, 22, 8, 2, 0, 0, 35, 35, 4, 14, 26, 3, 2,
    8, 32, 12,
  ],
  event: [
    2, 1, 0, 2, 2, 0, 2, 2, 0, 0, 0, 0, 2, 2, 2, 1, 1, 1, 1, 1, 2, 1, 2, 2, 1, 0, 0, 2, 2, 2, 2, 0, 0, 0, 1,
  ],
};
const codes = [..."00000100111101111111011000100001110"].map(Number);
const groups = { codes, count: 2 };

// R package cmprsk 2.2-11, cuminc(exit, event, group)$Tests, 10 digits.
test.each([
  [1, 1.301634544, 0.253914871],
  [2, 7.082278025, 0.007784998],
])("kind %d as cmprsk has it", (cause, statistic, pValue) => {
  const found = graysTest(followUp, { groups, cause });
  expect(found.statistic.toFixed(9)).toBe(statistic.toFixed(9));
  expect(found.pValue.toFixed(9)).toBe(pValue.toFixed(9));
  expect(found.degreesOfFreedom).toBe(1);
});

// The same of cmprsk: strata of the odd and the even cases; ρ = 1; three groups in turn.
test.each([
  ["stratified", 1, { strata: { codes: codes.map((_, at) => at % 2), count: 2 } }, 1.198247221],
  ["stratified", 2, { strata: { codes: codes.map((_, at) => at % 2), count: 2 } }, 5.65400814],
  ["weighted", 1, { rho: 1 }, 1.146436452],
  ["weighted", 2, { rho: 1 }, 6.440944891],
  ["three groups", 1, { groups: { codes: codes.map((_, at) => at % 3), count: 3 } }, 2.591048691],
  ["three groups", 2, { groups: { codes: codes.map((_, at) => at % 3), count: 3 } }, 1.011375464],
])("%s, kind %d as cmprsk has it", (_, cause, options, statistic) => {
  expect(graysTest(followUp, { groups, cause, ...options }).statistic.toFixed(9)).toBe(statistic.toFixed(9));
});

test("an empty group costs no degree of freedom, and the groups' names do not matter", () => {
  const found = graysTest(followUp, { groups: { codes: codes.map((code) => 2 - code), count: 4 } });
  expect(found.degreesOfFreedom).toBe(1);
  expect(found.statistic).toBeCloseTo(1.301634544, 8);
});

test("with one kind of event it is near the log-rank test", () => {
  const found = graysTest(aml, aml);
  expect(Math.abs(found.statistic - logRank(aml, aml).statistic)).toBeLessThan(0.5);
});

describe("refuses", () => {
  test("entries, for which it has no form", () => {
    const refused = refusalOf(() => graysTest({ ...aml, entry: aml.exit.map(() => 0) }, aml));
    expect(refused.code).toBe("DELAYED_ENTRY_UNSUPPORTED");
  });

  test.each([
    [{ groups, cause: 0 }, "VALUE_OUT_OF_RANGE"],
    [{ groups, rho: Number.NaN }, "VALUE_OUT_OF_RANGE"],
    [{ groups: { codes: [0], count: 2 } }, "ROWS_MISMATCHED"],
    [{ groups: { codes: codes.map(() => 0), count: 2 } }, "STATISTIC_UNDEFINED"],
    [{ groups, cause: 7 }, "STATISTIC_UNDEFINED"],
  ])("%j: %s", (options, code) => {
    expect(refusalOf(() => graysTest(followUp, options)).code).toBe(code);
  });
});
