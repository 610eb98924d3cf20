import { describe, expect, test } from "vitest";
import { parsePlan } from "../../src/plan/load.js";
import type { SamplePlan } from "../../src/plan/types.js";
import type { DesignFigures, GroupFigures, SimulationResults } from "../../src/workflow/simulate/results.js";
import {
  drawnSentences,
  missedAdvice,
  missedSentence,
  singleSentence,
  targetAdvice,
  targetSentence,
} from "../../src/workflow/simulate/words.js";
import { plan as yaml } from "./scratch.js";

const plan = parsePlan(yaml, { file: "plan.yaml" });
const units = { one: "child", many: "children" } as const;

function figures(expected: number, missed: number, short?: number): DesignFigures {
  const chance = (share: number) => ({ share, lower: share, upper: share + 0.004 });
  return {
    expected,
    mean: expected,
    meanInterval: { lower: expected, upper: expected },
    standardDeviation: 1,
    p05: Math.max(0, Math.floor(expected) - 2),
    p95: Math.floor(expected) + 2,
    missed: chance(missed),
    ...(short === undefined ? {} : { short: chance(short) }),
  };
}

function group(level: string, population: number, own: DesignFigures, atLeast?: number): GroupFigures {
  const target = atLeast === undefined ? {} : { target: { where: { gender: [level] }, at_least: atLeast } };
  return {
    group: { characteristic: atLeast === undefined ? "gender" : "target", level, population, ...target },
    fixed: false,
    designs: { plan: own, simple_random: own, proportional: own },
  };
}

function results(groups: readonly GroupFigures[], more: Partial<SimulationResults> = {}): SimulationResults {
  return { draws: 1000, short: 0, sampleSize: 12, groups, ...more };
}

test("what was drawn, and what fell short", () => {
  expect(drawnSentences(results([], { draws: 990, short: 10 }), 4000, units).join(" ")).toMatch(
    /^1,000 draws of 12 children from 4,000 eligible.*10 draws could not fill.*other 990\.$/,
  );
});

describe("single children", () => {
  const single = { units: 90, largest: 3.24, usual: 2.9, limit: 3.5 };
  const design = plan.sample as SamplePlan;

  test("nobody favoured, where the furthest is within what chance explains", () => {
    expect(singleSentence(results([], { single }), design, units)).toMatch(
      /^Of 90 children.* 3\.2 standard errors away.*about 2\.9 away.*no more than 3\.5\. So no child is seen to be favoured or passed over\.$/,
    );
  });

  test("beyond it, a second look; under caps, why", () => {
    const far = results([], { single: { ...single, largest: 6 } });
    expect(singleSentence(far, design, units)).toMatch(/another seed and 4,000 draws/);
    expect(singleSentence(far, { ...design, caps: { team: 1 } }, units)).toMatch(/the caps bend the chances/);
  });

  test("none, where nothing is left to chance", () => {
    expect(singleSentence(results([]), design, units)).toMatch(/^No child is left to chance/);
  });
});

describe("groups that are missed", () => {
  const common = group("female", 500, figures(40, 0));
  const rare = group("neither", 3, figures(0.3, 0.7));
  const shut = group("unknown", 4, figures(0, 1));

  test("none in any draw: how rare that may still be", () => {
    expect(missedSentence(results([common]), plan)).toBe(
      "No group was missed in any draw; with so many draws the chance is then 0.4% or less. Every group is expected 10 times or more.",
    );
  });

  test("some: which, how large, how often, the worst first", () => {
    expect(missedSentence(results([common, group("male", 9, figures(1, 0.0004)), rare]), plan)).toBe(
      "2 groups are missed altogether in some draws: Gender “Neither” (3 eligible, 0.3 expected) in 70.0% of draws and " +
        "Gender “Male” (9 eligible, 1.0 expected) in under 0.1% of draws.",
    );
  });

  test("advice only where it is more than 1 draw in 20", () => {
    expect(missedAdvice(results([common, group("male", 9, figures(3, 0.05))]), plan, 90).ways).toEqual([]);
    const { sentences, ways } = missedAdvice(results([common, rare, shut]), plan, 90);
    expect(sentences[0]).toMatch(/Gender “Unknown” \(4 eligible, 0\.0 expected\) no chance at all/);
    expect(sentences[1]).toMatch(/holds nobody of Gender “Neither”/);
    expect(ways[0]).toContain('where: { gender: ["neither"] }');
    // Missing 3 of 90 with a sample of n: (90−n)(89−n)(88−n)/(90·89·88); n = 56: 34·33·32/704880 = .0509, n = 57: .0465.
    expect(ways[2]).toContain("simple random sampling 57 would be needed");
  });

  test("children whose level is not recorded are no reason for a change", () => {
    expect(missedAdvice(results([group("not_recorded", 2, figures(0.2, 0.8))]), plan, 90).ways).toEqual([]);
  });
});

describe("targets", () => {
  test("met, or how often not", () => {
    expect(targetSentence(results([group("female", 50, figures(9, 0))]))).toBeUndefined();
    expect(targetSentence(results([group("female", 50, figures(9, 0, 0), 8)]))).toBe(
      "The target was met in every draw.",
    );
    expect(
      targetSentence(
        results([group("female", 50, figures(9, 0, 0), 8), group("male", 50, figures(9, 0, 0.125), 9)]),
      ),
    ).toBe("1 of 2 not met in some draws, at most in 12.5% of them.");
  });

  test("advice raises the target by what the lowest draws lack", () => {
    // p05 is 9 − 2 = 7, the target 9: two more.
    expect(targetAdvice(results([group("female", 50, figures(9, 0, 0.3), 9)]), plan)).toEqual([
      expect.stringMatching(
        /^Children whose gender is Female, at least 9: not met in 30\.0% of draws\..*at_least: 11 /,
      ),
    ]);
    expect(targetAdvice(results([group("female", 50, figures(9, 0, 0.05), 9)]), plan)).toEqual([]);
  });
});
