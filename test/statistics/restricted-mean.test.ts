import { describe, expect, test } from "vitest";
import { restrictedMean, restrictedMeanDifference } from "../../src/statistics/restricted-mean.js";
import { refusalOf } from "../frames.js";
import { aml, lung } from "./published-data.js";

// By hand: S is 3/4 from 1 and 3/8 from 3. Area to 4: 1 + 2·3/4 + 3/8 = 2.875.
// Areas after the steps: 1.875 and .375; Greenwood terms 1/(4·3) and 1/(2·1): 1.875²/12 + .375²/2 = .36328125.
test("four cases by hand", () => {
  const { mean, standardError, atRisk } = restrictedMean(
    { exit: [1, 2, 3, 4], event: [1, 0, 1, 0] },
    { until: 4, minimumAtRisk: 1 },
  );
  expect(mean).toBe(2.875);
  expect(standardError).toBeCloseTo(Math.sqrt(0.36328125), 15);
  expect(atRisk).toBe(1);
});

// Without censoring before the horizon it is the mean of min(T, τ), with error √(Σ(x − x̄)²/n²).
test("without censoring it is the mean of what is left by the horizon", () => {
  const exit = [3, 5, 8, 13, 21];
  const cut = exit.map((time) => Math.min(time, 10));
  const mean = (3 + 5 + 8 + 10 + 10) / 5;
  const squares = cut.reduce((sum, time) => sum + (time - mean) * (time - mean), 0);
  const found = restrictedMean({ exit, event: exit.map(() => 1) }, { until: 10, minimumAtRisk: 2 });
  expect(found.mean).toBeCloseTo(mean, 14);
  expect(found.standardError).toBeCloseTo(Math.sqrt(squares) / 5, 14);
});

test("with delayed entry it is of the cases that last until enough are at risk", () => {
  // From 2 on: at 3 one of two, S 1/2; to 5: 2 + 1 + 2·1/2 = 4.
  const found = restrictedMean(
    { entry: [0, 2, 2], exit: [1, 3, 6], event: [1, 1, 0] },
    { until: 5, minimumAtRisk: 1 },
  );
  expect(found.conditionalFrom).toBe(0);
  expect(found.mean).toBe(1);
  const later = restrictedMean(
    { entry: [0, 2, 2, 3], exit: [1, 3, 6, 6], event: [1, 1, 0, 0] },
    { until: 5, minimumAtRisk: 2 },
  );
  expect(later.conditionalFrom).toBe(2);
  expect(later.mean).toBe(4);
});

test("no event before the horizon: the horizon, exactly", () => {
  expect(restrictedMean({ exit: [9, 9], event: [1, 0] }, { until: 9, minimumAtRisk: 2 })).toMatchObject({
    mean: 9,
    standardError: 0,
  });
});

test("the difference has the variances' sum", () => {
  const groups = [0, 1].map((group) => {
    const held = [...aml.exit.keys()].filter((at) => aml.groups.codes[at] === group);
    return {
      exit: held.map((at) => aml.exit[at] as number),
      event: held.map((at) => aml.event[at] as number),
    };
  });
  const [first, second] = groups.map((group) => restrictedMean(group, { until: 40, minimumAtRisk: 1 }));
  const found = restrictedMeanDifference([groups[0]!, groups[1]!], { until: 40, minimumAtRisk: 1 });
  expect(found.difference).toBe(first!.mean - second!.mean);
  expect(found.standardError).toBeCloseTo(Math.hypot(first!.standardError, second!.standardError), 14);
  expect(found.interval.upper - found.difference).toBeCloseTo(1.959963984540054 * found.standardError, 12);
  expect(found.pValue).toBeGreaterThan(0);
  expect(found.pValue).toBeLessThan(1);
});

describe("refuses", () => {
  test("a horizon at which too few are left", () => {
    expect(refusalOf(() => restrictedMean(lung, { until: 1000 })).code).toBe("FOLLOW_UP_TOO_SHORT");
    expect(restrictedMean(lung, { until: 600 }).atRisk).toBeGreaterThanOrEqual(10);
  });

  test("a horizon before the curve", () => {
    expect(refusalOf(() => restrictedMean(lung, { until: 0 })).code).toBe("TIME_OUT_OF_RANGE");
    expect(refusalOf(() => restrictedMean(lung, { until: Number.NaN })).code).toBe("TIME_OUT_OF_RANGE");
  });

  test("a difference without any event", () => {
    const none = { exit: [9, 9], event: [0, 0] };
    const refused = refusalOf(() => restrictedMeanDifference([none, none], { until: 9, minimumAtRisk: 1 }));
    expect(refused.code).toBe("STATISTIC_UNDEFINED");
  });
});
