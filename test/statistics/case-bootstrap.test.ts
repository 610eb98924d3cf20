import { describe, expect, test } from "vitest";
import { stream } from "../../src/random/streams.js";
import { caseBootstrap } from "../../src/statistics/case-bootstrap.js";
import { groupRatios } from "../../src/statistics/group-ratios.js";
import { refusalOf } from "../frames.js";

const one = stream("314159", "bootstrap/1");
const labelled = (k: number) => stream("314159", `bootstrap/${k}`);

// Replicate 1 draws the first cluster twice, replicate 2 never: values 2 and 0. Quantiles of type 7: .05 and 1.95.
test("two replicates by hand, each with its own stream", () => {
  const asked: number[] = [];
  const [found] = caseBootstrap({
    clusters: 2,
    replicates: 2,
    statistic: (times) => [times[0]],
    stream: (k) => {
      asked.push(k);
      return () => (k === 1 ? 0 : 0.999);
    },
  });
  expect(asked).toEqual([1, 2]);
  expect(found).toMatchObject({ estimate: 1, replicates: 2 });
  expect(found?.standardError).toBeCloseTo(Math.SQRT2, 14);
  expect(found?.interval?.lower).toBeCloseTo(0.05, 14);
  expect(found?.interval?.upper).toBeCloseTo(1.95, 14);
});

// The bootstrap's own standard error of a mean is √(Σ(x − x̄)²)/n: here √82.5/10. With 2,000 replicates its estimate varies
// by 1/√4000 of itself; 4.5 times that is allowed.
test("the standard error of a mean", () => {
  const values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const [found] = caseBootstrap({
    clusters: 10,
    replicates: 2000,
    statistic: (times) => [values.reduce((sum, value, at) => sum + value * (times[at] as number), 0) / 10],
    stream: labelled,
  });
  const exact = Math.sqrt(82.5) / 10;
  expect(Math.abs((found?.standardError as number) / exact - 1)).toBeLessThan(4.5 / Math.sqrt(4000));
  expect(found?.estimate).toBe(4.5);
  expect(found?.interval?.lower).toBeLessThan(4.5);
});

test("the same streams give the same answer; every replicate draws as many clusters as there are", () => {
  const run = () =>
    caseBootstrap({
      clusters: 7,
      replicates: 50,
      statistic: (times) => {
        expect(times.reduce((sum, often) => sum + often, 0)).toBe(7);
        return [times[3]];
      },
      stream: labelled,
    });
  expect(run()).toEqual(run());
});

// Each of 5 clusters is drawn once a replicate on average, with variance 5·(1/5)(4/5) = .8; pairs of different clusters have
// covariance −1/5. Over 20,000 replicates that is held to 4.5 standard errors of a mean, √(.8/20,000) and √(1.2/20,000).
test("every cluster has the same chance, and draws do not depend on each other", () => {
  const [rounds, clusters] = [20_000, 5];
  const sums = new Float64Array(clusters);
  const [squares, products] = [new Float64Array(clusters), new Float64Array(clusters)];
  caseBootstrap({
    clusters,
    replicates: rounds,
    statistic: (times) => {
      for (let at = 0; at < clusters; at++) {
        const [own, other] = [times[at] as number, times[(at + 1) % clusters] as number];
        sums[at]! += own - 1;
        squares[at]! += (own - 1) * (own - 1);
        products[at]! += (own - 1) * (other - 1);
      }
      return [];
    },
    // One stream read on and on, so that the test is quick.
    stream: () => one,
  });
  for (let at = 0; at < clusters; at++) {
    expect(Math.abs((sums[at] as number) / rounds)).toBeLessThan(4.5 * Math.sqrt(0.8 / rounds));
    expect(Math.abs((squares[at] as number) / rounds - 0.8)).toBeLessThan(4.5 * Math.sqrt(2 / rounds));
    expect(Math.abs((products[at] as number) / rounds + 0.2)).toBeLessThan(4.5 * Math.sqrt(1.2 / rounds));
  }
});

describe("ratios of groups", () => {
  // Two cases: one with children in both areas, one in the second.
  const rows = {
    clusters: { codes: [0, 0, 1, 1, 0], count: 2 },
    groups: { codes: [0, 1, 1, 1, 0], count: 3 },
    numerator: [1, 0, 1, 1, 0],
  };

  test("by hand", () => {
    const statistic = groupRatios(rows);
    expect(statistic(Int32Array.of(1, 1))).toEqual([1 / 2, 2 / 3, undefined]);
    expect(statistic(Int32Array.of(2, 0))).toEqual([1 / 2, 0, undefined]);
    expect(statistic(Int32Array.of(0, 2))).toEqual([undefined, 1, undefined]);
    const weighted = groupRatios({ ...rows, denominator: [4, 1, 2, 3, 4] });
    expect(weighted(Int32Array.of(1, 1))).toEqual([1 / 8, 2 / 6, undefined]);
  });

  test("a value that a replicate lacks is left out of its interval and counted", () => {
    const [first, second, none] = caseBootstrap({
      clusters: 2,
      replicates: 400,
      statistic: groupRatios(rows),
      stream: labelled,
    });
    // The first case is missing in a quarter of the replicates.
    expect(first?.replicates).toBeGreaterThan(250);
    expect(first?.replicates).toBeLessThan(350);
    expect(first?.interval).toEqual({ lower: 0.5, upper: 0.5 });
    expect(second?.replicates).toBe(400);
    expect(none).toEqual({ estimate: undefined, replicates: 0 });
  });
});

describe("refuses", () => {
  const sound = { clusters: 2, statistic: () => [1], stream: labelled };
  test.each([
    [{ clusters: 0 }, "VALUE_OUT_OF_RANGE"],
    [{ replicates: 1 }, "VALUE_OUT_OF_RANGE"],
    [{ confidence: 1 }, "CONFIDENCE_OUT_OF_RANGE"],
  ])("%j", (wrong, code) => {
    expect(refusalOf(() => caseBootstrap({ ...sound, ...wrong })).code).toBe(code);
  });

  test("rows of different columns", () => {
    const clusters = { codes: [0, 1], count: 2 };
    const rows = { clusters, groups: clusters, numerator: [1, 1] };
    expect(refusalOf(() => groupRatios({ ...rows, numerator: [1] })).code).toBe("ROWS_MISMATCHED");
    expect(refusalOf(() => groupRatios({ ...rows, denominator: [1] })).code).toBe("ROWS_MISMATCHED");
  });
});
