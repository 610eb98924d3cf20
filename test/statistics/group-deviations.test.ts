import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stream } from "../../src/random/streams.js";
import { caseInfluence } from "../../src/statistics/case-influence.js";
import { clusteredRestrictedMean } from "../../src/statistics/clustered-restricted-mean.js";
import { clusteredSurvival } from "../../src/statistics/clustered-survival.js";
import { clusterInfluence, groupDeviations } from "../../src/statistics/group-deviations.js";
import { pearsonTail } from "../../src/statistics/pearson-tail.js";
import { clusteredCases } from "../../src/statistics/placed-cases.js";
import { refusalOf } from "../frames.js";

const each = (n: number) => ({ codes: Int32Array.from({ length: n }, (_, at) => at), count: n });
const together = (n: number) => ({ codes: new Int32Array(n), count: 1 });
const always = (n: number) => new Float64Array(n).fill(1000);
/** Four cases that end at 1, 2, 3 and 4. */
const four = clusteredCases({ exit: [1, 2, 3, 4], event: [1, 1, 1, 1] }, each(4));
const close = (numbers: readonly number[]) => numbers.map((one) => expect.closeTo(one, 12));

describe("what each case adds", () => {
  // Of a share of n cases that all are watched, a case adds (1 − S)/n where it is open, −S/n where it is not.
  test("to a share, by hand", () => {
    const { values, variances, endings } = caseInfluence(four, {
      of: "survival",
      until: 2.5,
      watchedTo: always(4),
    });
    expect([...values]).toEqual(close([-1 / 8, -1 / 8, 1 / 8, 1 / 8]));
    // S(1 − S)/n over n.
    expect([...variances]).toEqual(close([1 / 64, 1 / 64, 1 / 64, 1 / 64]));
    expect([...endings]).toEqual(close([0.5, 0.5, 0.5, 0.5]));
  });

  // Of a mean, (min(T, 3.5) − 2.375)/4: the mean of 1, 2, 3 and 3.5 is 2.375.
  test("to a restricted mean, by hand", () => {
    const { values, variances } = caseInfluence(four, {
      of: "restricted-mean",
      until: 3.5,
      watchedTo: always(4),
    });
    expect([...values]).toEqual(close([-0.34375, -0.09375, 0.15625, 0.28125]));
    // Their mean square, each.
    const square = (0.34375 ** 2 + 0.09375 ** 2 + 0.15625 ** 2 + 0.28125 ** 2) / 4;
    expect([...variances]).toEqual(close([square, square, square, square]));
  });

  // Open from the start: 1, 2, 3, 4; one enters at 1 and is watched to 4. At risk 4 and 4, hazards ¼, S = 9/16.
  test("where one enters late and one is watched for a shorter time, by hand", () => {
    const cases = clusteredCases(
      { entry: [0, 0, 0, 0, 1], exit: [1, 2, 3, 4, 4], event: [1, 1, 0, 0, 0] },
      each(5),
    );
    const { values, variances, endings } = caseInfluence(cases, {
      of: "survival",
      until: 2.5,
      watchedTo: [9, 9, 1.5, 9, 9],
    });
    const gain = 9 / 16 / 3;
    expect(values[4]).toBeCloseTo(gain / 4, 14);
    expect(variances[4]).toBeCloseTo((gain * gain * 3) / 16, 14);
    expect(endings[4]).toBeCloseTo(1 / 4, 14);
    expect(variances[2]).toBeCloseTo((gain * gain * 3) / 16, 14);
    expect(endings[0]).toBeCloseTo(7 / 16, 14);
    // The second step reaches those that last beyond the first.
    expect(variances[0]).toBeCloseTo(((gain * gain * 3) / 16) * (1 + 3 / 4), 14);
  });

  // Those figures' own variance is that of R's survfit, which other tests hold.
  test("adds up to nothing, and by cluster to the jackknife's variance", () => {
    const next = stream("influence", "cases");
    const n = 120;
    const entry = Float64Array.from({ length: n }, () => (next() < 0.7 ? 0 : Math.floor(20 * next())));
    const exit = entry.map((from) => from + 1 + Math.floor(60 * next()));
    const event = Uint8Array.from({ length: n }, () => (next() < 0.7 ? 1 : 0));
    const clusters = { codes: Int32Array.from({ length: n }, (_, at) => at >> 1), count: n / 2 };
    const cases = clusteredCases({ entry, exit, event }, clusters);
    const errorOf = (of: "survival" | "restricted-mean") => {
      const influence = caseInfluence(cases, { of, until: 30, watchedTo: exit });
      expect(influence.values.reduce((a, b) => a + b)).toBeCloseTo(0, 10);
      const { values } = clusterInfluence(influence, { clusters, groups: together(n) });
      return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    };
    const curve = clusteredSurvival({ entry, exit, event }, { clusters, minimumAtRisk: 10 });
    const step = curve.times.findLastIndex((time) => time <= 30);
    expect(errorOf("survival")).toBeCloseTo(curve.standardErrors[step] as number, 10);
    expect(errorOf("restricted-mean")).toBeCloseTo(
      clusteredRestrictedMean(cases, { until: 30 }).standardError,
      8,
    );
  });

  test("refuses lists of other lengths and no time", () => {
    const codeOf = (until: number, n: number) =>
      refusalOf(() => caseInfluence(four, { of: "survival", until, watchedTo: always(n) })).code;
    expect(codeOf(2, 3)).toBe("ROWS_MISMATCHED");
    expect(codeOf(0, 4)).toBe("VALUE_OUT_OF_RANGE");
  });
});

describe("groups beside all others", () => {
  const influence = caseInfluence(four, { of: "survival", until: 2.5, watchedTo: always(4) });
  const halves = { codes: [0, 0, 1, 1], count: 2 };

  // Sum −1/4; variance 2/64·½, for half of it is compared with the other: z = −2. Two-sided normal 0.0455002638963584.
  test("of single cases, by hand", () => {
    const clusters = clusterInfluence(influence, { clusters: each(4), groups: halves });
    expect(clusters).toMatchObject({ scale: expect.closeTo(1, 12), likeness: 0 });
    const [first, second] = groupDeviations(clusters, 2);
    expect(first).toMatchObject({
      z: expect.closeTo(-2, 12),
      clusters: 2,
      expected: expect.closeTo(1, 12),
      pValue: expect.closeTo(0.0455002638963584, 12),
    });
    expect(second).toMatchObject({
      z: expect.closeTo(2, 12),
      pValue: expect.closeTo(0.0455002638963584, 12),
    });
  });

  // Two families, alike: −1/4 and 1/4. Pairs correlate by 1, so that each varies by 4/64, and z is −1/4 over √(1/16·½).
  test("of families that end together, by hand", () => {
    const clusters = clusterInfluence(influence, { clusters: halves, groups: halves });
    expect(clusters.likeness).toBeCloseTo(1, 12);
    expect([...clusters.variances]).toEqual(close([1 / 16, 1 / 16]));
    expect(groupDeviations(clusters, 2)[0]?.z).toBeCloseTo(-Math.SQRT2, 12);
  });

  test("a family in two groups is one in each; one without cases, and one that is all, are not tested", () => {
    const across = clusterInfluence(influence, {
      clusters: { codes: [0, 1, 0, 1], count: 2 },
      groups: halves,
    });
    expect([...across.values]).toEqual(close([-1 / 8, -1 / 8, 1 / 8, 1 / 8]));
    expect(groupDeviations(across, 3)[2]).toMatchObject({ clusters: 0, pValue: undefined });
    const all = clusterInfluence(influence, { clusters: each(4), groups: together(4) });
    expect(groupDeviations(all, 1)[0]?.pValue).toBeUndefined();
  });

  // 1,200 tests of areas of 25 families; nominal 60, and 0.05 ± 4 standard errors are 30 to 90.
  test("areas given at random are found at the nominal rate, where few of a family are alike", () => {
    const next = stream("deviations", "areas");
    const [families, areas] = [300, 12];
    let found = 0;
    for (let world = 0; world < 100; world++) {
      const [exit, event, codes]: [number[], number[], number[]] = [[], [], []];
      for (let family = 0; family < families; family++) {
        const last = -30 * Math.log(1 - next());
        for (let child = 0; child <= family % 3; child++) {
          const own = next() < 0.8 ? last : -30 * Math.log(1 - next());
          exit.push(Math.min(40, 1 + Math.floor(own)));
          event.push(own < 39 ? 1 : 0);
          codes.push(family);
        }
      }
      const clusters = { codes, count: families };
      const values = caseInfluence(clusteredCases({ exit, event }, clusters), {
        of: "restricted-mean",
        until: 36,
        watchedTo: exit.map(() => 40),
      });
      const groups = { codes: codes.map((family) => family % areas), count: areas };
      for (const { pValue } of groupDeviations(clusterInfluence(values, { clusters, groups }), areas))
        if (pValue !== undefined && pValue < 0.05) found++;
    }
    expect(found).toBeGreaterThan(30);
    expect(found).toBeLessThan(90);
  });
});

describe("Pearson's type III tails", () => {
  // Of skewness 2 it is an exponential variable less 1: P(X > 1 + z) = e^(−1 − z).
  test("of skewness 2 and −2, by hand", () => {
    expect(pearsonTail(0, 2).lower).toBeCloseTo(1 - Math.exp(-1), 13);
    expect(pearsonTail(3, 2).upper).toBeCloseTo(Math.exp(-4), 13);
    expect(pearsonTail(-3, -2).lower).toBeCloseTo(Math.exp(-4), 13);
    expect(pearsonTail(-1.5, 2)).toEqual({ lower: 0, upper: 1 });
  });

  // Of skewness 1 a gamma of shape 4 at 4: e⁻⁴(1 + 4 + 8 + 32/3) above.
  test("of skewness 1, by hand", () => {
    expect(pearsonTail(0, 1).upper).toBeCloseTo(Math.exp(-4) * (13 + 32 / 3), 13);
  });

  test("without skewness they are the normal's, and nearly so with little", () => {
    expect(pearsonTail(1.959963984540054, 0).upper).toBeCloseTo(0.025, 14);
    expect(pearsonTail(1.959963984540054, 0.0011).upper).toBeCloseTo(0.025, 4);
  });

  test("add up to 1, and mirror", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -6, max: 6, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (z, skewness) => {
          const { lower, upper } = pearsonTail(z, skewness);
          expect(lower + upper).toBeCloseTo(1, 10);
          expect(pearsonTail(-z, -skewness).upper).toBeCloseTo(lower, 12);
        },
      ),
    );
  });

  test("refuse what is no number", () => {
    expect(refusalOf(() => pearsonTail(Number.NaN, 0)).code).toBe("VALUE_OUT_OF_RANGE");
    expect(refusalOf(() => pearsonTail(0, Number.POSITIVE_INFINITY)).code).toBe("VALUE_OUT_OF_RANGE");
  });
});
