import { expect, test } from "vitest";
import { stream } from "../../../src/random/streams.js";
import { eachCappedReplay, replayCaps } from "../../../src/sampling/caps/replay.js";
import { effectiveWilsonInterval } from "../../../src/statistics/effective-wilson.js";
import { kornGraubardInterval } from "../../../src/statistics/korn-graubard.js";
import type { Estimate } from "../../../src/statistics/survey/estimate.js";
import { surveyMean } from "../../../src/statistics/survey/mean.js";
import type { SampleDesign } from "../../../src/statistics/survey/sample-design.js";
import { stratifiedDesign } from "../../../src/statistics/survey/stratified.js";
import { unequalProbabilityDesign } from "../../../src/statistics/survey/unequal-probability.js";
import type { Interval } from "../../../src/statistics/wilson.js";

// The whole studies are in bench/coverage.mjs; these small ones fail where a variance is half of what it should be.

function intervalsOf({ estimate, variance }: Estimate, design: SampleDesign, sampleSize: number) {
  const sizing = { sampleSize, degreesOfFreedom: design.degreesOfFreedom() };
  const of = { proportion: estimate, variance };
  return { kornGraubard: kornGraubardInterval(of, sizing), wilson: effectiveWilsonInterval(of, sizing) };
}

const holds = ({ lower, upper }: Interval, truth: number): boolean => lower <= truth && truth <= upper;

// 40 in each of three strata, of which 16, 20 and 24 say yes; 10 drawn of each. All 11³ outcomes, each with its hypergeometric
// chance, so the coverage has no error of simulation. No variance (all or none) has a chance below 1e-6.
test("stratified random sample, exactly: Korn–Graubard at least 94.5 %, Wilson 93.5 to 97 %", () => {
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
  const chance = (yes: number, x: number) => (choose(yes, x) * choose(40 - yes, 10 - x)) / choose(40, 10);
  const stratumOf = Array.from({ length: 30 }, (_, at) => Math.floor(at / 10));
  const strata = ["a", "b", "c"].map((key) => ({ key, populationSize: 40 }));
  const design = stratifiedDesign({ strata, stratumOf });
  let [all, kornGraubard, wilson] = [0, 0, 0];
  for (let outcome = 0; outcome < 11 * 11 * 11; outcome++) {
    const counts = [outcome % 11, Math.floor(outcome / 11) % 11, Math.floor(outcome / 121)];
    const values = Float64Array.from(stratumOf, (h, at) => (at % 10 < (counts[h] as number) ? 1 : 0));
    const found = surveyMean(values, { design });
    if (found.variance === 0) continue;
    const weight = counts.reduce((product, x, h) => product * chance([16, 20, 24][h] as number, x), 1);
    const intervals = intervalsOf(found, design, 30);
    all += weight;
    if (holds(intervals.kornGraubard, 0.5)) kornGraubard += weight;
    if (holds(intervals.wilson, 0.5)) wilson += weight;
  }
  expect(all).toBeCloseTo(1, 6);
  expect(kornGraubard).toBeGreaterThan(0.945);
  expect(wilson).toBeGreaterThan(0.935);
  expect(wilson).toBeLessThan(0.97);
});

// 150 children in two strata, 20 practitioners with 3 to 20 of them, at most 3 from each; yes is commoner in small caseloads, so
// that weights without the caps would be off. 1,500 draws: a coverage has a standard error of 0.6 %, a variance of 4 %.
test("caps with estimated probabilities: no bias, the variance right, Korn–Graubard at least 92 %", () => {
  const next = stream("coverage", "test");
  const groups: number[] = [];
  for (let group = 0; group < 20; group++) {
    for (let i = 0; i < 3 + Math.floor((17 * group * group) / 361); i++) groups.push(group);
  }
  const yes = groups.map((group) => (next() < 0.6 - 0.02 * group ? 1 : 0));
  const stratumOf = groups.map(() => (next() < 0.4 ? 0 : 1));
  const strata = [0, 1].map((h) => {
    const units = Int32Array.from([...groups.keys()].filter((unit) => stratumOf[unit] === h));
    const sampleSize = Math.round(units.length / 5);
    return {
      key: String(h),
      units,
      populationSize: units.length,
      sampleSize,
      reserves: 0,
      inclusionProbability: sampleSize / units.length,
    };
  });
  const values = Array.from({ length: 20 }, (_, group) => String(group));
  const caps = [{ name: "practitioner", cap: 3, groupCount: 20, groups: Int32Array.from(groups), values }];
  const { probabilities } = replayCaps(strata, caps, {
    seed: "probabilities",
    replays: 10_000,
    unitCount: groups.length,
  });
  const truth = yes.reduce<number>((sum, value) => sum + value, 0) / yes.length;
  const estimates: number[] = [];
  let [variances, covered] = [0, 0];
  eachCappedReplay(strata, caps, { seed: "coverage", replays: 1500 }, (units) => {
    const design = unequalProbabilityDesign({
      keys: ["0", "1"],
      stratumOf: Array.from(units, (unit) => stratumOf[unit] as number),
      probabilities: Float64Array.from(units, (unit) => probabilities[unit] as number),
    });
    const found = surveyMean(
      Float64Array.from(units, (unit) => yes[unit] as number),
      { design },
    );
    estimates.push(found.estimate);
    variances += found.variance;
    if (holds(intervalsOf(found, design, units.length).kornGraubard, truth)) covered++;
  });
  const draws = estimates.length;
  const mean = estimates.reduce((sum, value) => sum + value, 0) / draws;
  const empirical = estimates.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (draws - 1);
  expect(draws).toBe(1500);
  expect(Math.abs(mean - truth)).toBeLessThan(0.1 * Math.sqrt(empirical));
  expect(variances / draws / empirical).toBeGreaterThan(0.8);
  expect(variances / draws / empirical).toBeLessThan(1.25);
  expect(covered / draws).toBeGreaterThan(0.92);
});
