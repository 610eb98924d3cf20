import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logRank } from "../../src/statistics/log-rank.js";
import { refusalOf } from "../frames.js";
import { aml } from "./published-data.js";

// R package survival, survdiff(Surv(time, status) ~ x, aml): chi-square 3.396388699, p 0.0653393; observed 7 and 11,
// expected 10.69 and 7.31.
test("aml", () => {
  const found = logRank(aml, aml);
  expect(found.statistic.toFixed(9)).toBe("3.396388699");
  expect(found.pValue.toFixed(7)).toBe("0.0653393");
  expect(found.degreesOfFreedom).toBe(1);
  expect(found.groups.map(({ cases, observed }) => [cases, observed])).toEqual([
    [11, 7],
    [12, 11],
  ]);
  expect(found.groups.map(({ expected }) => expected.toFixed(2))).toEqual(["10.69", "7.31"]);
});

// By hand: at 1 one of {a, b, b}: E_a 1/3, V 1·1/3·2/3; at 2 one of {a, b}: E_a 1/2, V 1/4; at 3 only b is left.
// O_a = 1 (at 2), E_a = 5/6, V = 2/9 + 1/4 = 17/36; (1/6)²/(17/36) = 1/17.
test("three cases by hand", () => {
  const found = logRank({ exit: [2, 1, 3], event: [1, 1, 1] }, { groups: { codes: [0, 1, 1], count: 2 } });
  expect(found.statistic).toBeCloseTo(1 / 17, 14);
  expect(found.groups[0]?.expected).toBeCloseTo(5 / 6, 14);
});

// The same with ρ = 1: weights 1, 2/3 (the pooled curve after 1). U = −1/3 + 2/3·1/2 = 0.
test("the same weighted by the pooled curve", () => {
  const found = logRank(
    { exit: [2, 1, 3], event: [1, 1, 1] },
    { groups: { codes: [0, 1, 1], count: 2 }, rho: 1 },
  );
  expect(found.statistic).toBeCloseTo(0, 14);
});

test("strata of one group each say nothing, and strata are not mixed", () => {
  const twice = { exit: [...aml.exit, ...aml.exit], event: [...aml.event, ...aml.event] };
  const codes = [...aml.groups.codes, ...aml.groups.codes];
  const strata = { codes: codes.map((_, at) => (at < aml.exit.length ? 0 : 1)), count: 3 };
  // Scores and variances of the two strata add: twice the statistic.
  const found = logRank(twice, { groups: { codes, count: 2 }, strata });
  expect(found.statistic).toBeCloseTo(2 * 3.396388699, 8);
});

test("an empty group costs no degree of freedom", () => {
  const empty = logRank(aml, { groups: { codes: aml.groups.codes, count: 4 } });
  expect(empty.degreesOfFreedom).toBe(1);
  expect(empty.statistic).toBeCloseTo(3.396388699, 8);
  expect(empty.groups[3]).toEqual({ cases: 0, observed: 0, expected: 0 });
});

// Two pairs of groups, watched at different times: one degree of freedom a pair.
// In each: one of two at risk has its event, E = 1/2, V = 1/4, (1/2)²/(1/4) = 1.
test("groups that are never at risk together are not compared", () => {
  const found = logRank(
    { entry: [0, 0, 10, 10], exit: [1, 2, 11, 12], event: [1, 1, 1, 1] },
    { groups: { codes: [0, 1, 2, 3], count: 4 } },
  );
  expect(found.degreesOfFreedom).toBe(2);
  expect(found.statistic).toBeCloseTo(2, 14);
});

test("groups that are the same give 0, and the names of the groups do not matter", () => {
  const rows = fc.array(
    fc.record({
      exit: fc.integer({ min: 1, max: 9 }),
      event: fc.integer({ min: 0, max: 1 }),
      group: fc.integer({ min: 0, max: 2 }),
    }),
    { minLength: 4, maxLength: 40 },
  );
  fc.assert(
    fc.property(rows, (given) => {
      const exit = [1, 2, ...given.map((row) => row.exit)];
      const event = [1, 1, ...given.map((row) => row.event)];
      const codes = [0, 1, ...given.map((row) => row.group)];
      const one = logRank({ exit, event }, { groups: { codes, count: 3 } });
      const other = logRank({ exit, event }, { groups: { codes: codes.map((code) => 2 - code), count: 3 } });
      expect(other.statistic).toBeCloseTo(one.statistic, 9);
      const doubled = logRank(
        { exit: [...exit, ...exit], event: [...event, ...event] },
        { groups: { codes: [...exit.map(() => 0), ...exit.map(() => 1)], count: 2 } },
      );
      expect(doubled.statistic).toBeCloseTo(0, 9);
    }),
  );
});

describe("refuses", () => {
  test.each([
    ["no event", { exit: [1, 2], event: [0, 0] }, { codes: [0, 1], count: 2 }, "STATISTIC_UNDEFINED"],
    ["one group", { exit: [1, 2], event: [1, 1] }, { codes: [0, 0], count: 2 }, "STATISTIC_UNDEFINED"],
    ["an unknown group", { exit: [1, 2], event: [1, 1] }, { codes: [0, 2], count: 2 }, "VALUE_OUT_OF_RANGE"],
    ["groups of other cases", { exit: [1, 2], event: [1, 1] }, { codes: [0], count: 2 }, "ROWS_MISMATCHED"],
  ])("%s", (_, followUp, groups, code) => {
    expect(refusalOf(() => logRank(followUp, { groups })).code).toBe(code);
  });

  test("a ρ below 0", () => {
    expect(refusalOf(() => logRank(aml, { ...aml, rho: -1 })).code).toBe("VALUE_OUT_OF_RANGE");
  });
});
