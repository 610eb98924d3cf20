import { describe, expect, test } from "vitest";
import type { SamplePlan } from "../../../src/plan/types.js";
import { drawSample } from "../../../src/sampling/draw.js";
import { simulateDesign } from "../../../src/sampling/simulate/simulate-design.js";
import { refusalOf } from "../../frames.js";
import { designOf, frameOfRows } from "../inclusion.js";

/** Team A: 6 children, 2 of them girls; team B: 4 children, 1 girl. Families of two. */
const frame = frameOfRows("id|team|gender|case|practitioner|age", [
  "1|A|F|c1|p1|3",
  "2|A|F|c1|p1|4",
  "3|A|M|c2|p1|5",
  "4|A|M|c2|p2|6",
  "5|A|M|c3|p2|7",
  "6|A|M|c3|p2|8",
  "7|B|F|c4|p3|9",
  "8|B|M|c4|p3|10",
  "9|B|M|c5|p4|11",
  "10|B|M|c5|p4|12",
]);
const oneAndThree: Partial<SamplePlan> & { readonly size: number } = {
  size: 4,
  allocation: { method: "fixed", sizes: { A: 1, B: 3 } },
};

function groupAt(
  groups: readonly { readonly characteristic: string; readonly level: string }[],
  name: string,
) {
  return groups.findIndex(({ characteristic, level }) => `${characteristic}: ${level}` === name);
}

describe("what three designs give, against exact hypergeometric chances", () => {
  const draws = 10_000;
  const simulation = simulateDesign(frame, designOf(frame, oneAndThree), { seed: "exact", draws });
  const girls = groupAt(simulation.groups, "gender: female");

  // Girls, by hand. Plan, 1 of A and 3 of B: A gives 0 or 1 with 4/6, 2/6; B with 1/4, 3/4. Sums: 4/24, 14/24, 6/24.
  // Simple random, 4 of 10 with 3 girls, over C(10,4) = 210: C(7,4) = 35, 3·C(7,3) = 105, 3·C(7,2) = 63, C(7,1) = 7.
  // Proportional: 2.4 and 1.6 become 2 and 2. A: 6/15, 8/15, 1/15; B: 1/2, 1/2. Sums: 6/30, 14/30, 9/30, 1/30.
  test.each([
    ["plan", [4 / 24, 14 / 24, 6 / 24]],
    ["simpleRandom", [35 / 210, 105 / 210, 63 / 210, 7 / 210]],
    ["proportional", [6 / 30, 14 / 30, 9 / 30, 1 / 30]],
  ] as const)("%s", (name, chances) => {
    const { frequencies, expected } = simulation[name];
    const counts = frequencies[girls] as readonly number[];
    expect(counts.length).toBe(chances.length);
    for (const [count, chance] of chances.entries()) {
      const z = ((counts[count] as number) - draws * chance) / Math.sqrt(draws * chance * (1 - chance));
      expect(Math.abs(z), `${count} girls`).toBeLessThan(4.5);
    }
    const mean = chances.reduce((sum, chance, count) => sum + chance * count, 0);
    expect(expected[girls]).toBeCloseTo(mean, 12);
  });

  test("every child is drawn as often as its probability says", () => {
    for (const [unit, hits] of simulation.hits.entries()) {
      const probability = unit < 6 ? 1 / 6 : 3 / 4;
      const z = (hits - draws * probability) / Math.sqrt(draws * probability * (1 - probability));
      expect(Math.abs(z), frame.ids[unit]).toBeLessThan(4.5);
    }
  });

  test("counts that the strata fix are known to be fixed, and no others", () => {
    const fixed = simulation.groups.flatMap(({ characteristic, level }, at) =>
      simulation.fixed[at] ? [`${characteristic}: ${level}`] : [],
    );
    expect(fixed).toEqual(["team: A", "team: B"]);
    expect(simulation.plan.frequencies[groupAt(simulation.groups, "team: B")]).toEqual([0, 0, 0, draws]);
  });
});

test("a group that holds all of a stratum, and one of whole strata, are fixed; certainty is", () => {
  const rows = ["1|A|F", "2|A|F", "3|A|F", "4|B|F", "5|B|M", "6|C|M", "7|C|X"];
  const three = frameOfRows("id|team|gender", rows);
  const { groups, fixed } = simulateDesign(
    three,
    designOf(three, { size: 5, allocation: { method: "fixed", sizes: { A: 1, B: 2, C: 2 } } }),
    { seed: "fixed", draws: 2 },
  );
  expect(fixed.every((each) => each)).toBe(true);
  const loose = designOf(three, { size: 5, allocation: { method: "fixed", sizes: { A: 2, B: 2, C: 1 } } });
  const found = simulateDesign(three, loose, { seed: "fixed", draws: 2 });
  expect(found.fixed[groupAt(groups, "gender: female")]).toBe(true); // all of A, and B is taken whole
  expect(found.fixed[groupAt(groups, "gender: male")]).toBe(false); // half of C
});

describe("draw k is the sample of the seed <seed>|simulate/<k>|v1", () => {
  const draws = 3;
  test.each<[string, Partial<SamplePlan>]>([
    ["random", {}],
    ["systematic", { method: "systematic", balance: ["gender"] }],
    ["balanced", { method: "balanced", balance: ["gender"] }],
    [
      "with targets",
      {
        method: "balanced",
        balance: ["age_band"],
        targets: [{ where: { gender: ["female"] }, at_least: 2 }],
      },
    ],
    ["one a family", { one_per: "case_id", allocation: { method: "proportional", min: 1 } }],
    ["capped", { caps: { practitioner: 2 } }],
  ])("%s", (_, plan) => {
    const design = designOf(frame, { size: 4, ...plan });
    const { hits } = simulateDesign(frame, design, { seed: "s|x", draws });
    const expected = new Int32Array(frame.ids.length);
    for (let k = 1; k <= draws; k++) {
      for (const { unit } of drawSample(frame, design, `s|x|simulate/${k}|v1`).drawn)
        expected[unit] = (expected[unit] as number) + 1;
    }
    expect(hits).toEqual(expected);
  });
});

describe("under caps", () => {
  // One child of each practitioner at most. Team A has p1 alone for 1 and 2, p2 for 3; team B has p1 and p3 for one each.
  const tight = frameOfRows("id|team|practitioner", ["1|A|p1", "2|A|p1", "3|A|p2", "4|B|p1", "5|B|p3"]);
  const plan = { size: 3, allocation: { method: "fixed", sizes: { A: 2, B: 1 } } } as const;

  test("draws that fall short are counted and left out of all three designs", () => {
    // A needs p1 and p2, so B has to give p3: a draw falls short where B's 4 comes before both 5 and A's p1 units.
    const draws = 300;
    const simulation = simulateDesign(tight, designOf(tight, { ...plan, caps: { practitioner: 1 } }), {
      seed: "caps",
      draws,
    });
    expect(simulation.draws + simulation.short).toBe(draws);
    for (const { frequencies } of [simulation.plan, simulation.simpleRandom, simulation.proportional]) {
      for (const counts of frequencies)
        expect(counts.reduce((sum, times) => sum + times, 0)).toBe(simulation.draws);
    }
    // 4 is first of 1, 2, 4, 5 in a quarter of the orders, and only then.
    const z = (simulation.short - draws / 4) / Math.sqrt((draws * 3) / 16);
    expect(Math.abs(z)).toBeLessThan(4.5);
    expect(simulation.hits[3]).toBe(0);
  });

  test("not one draw that fills every stratum is an error", () => {
    // Found by trying seeds: with two draws of one quarter's chance each, both fall short now and then.
    const design = designOf(tight, { ...plan, caps: { practitioner: 1 } });
    const codes = Array.from({ length: 100 }, (_, i) => {
      try {
        simulateDesign(tight, design, { seed: `all short ${i}`, draws: 2 });
        return "drawn";
      } catch (error) {
        return (error as { code?: string }).code;
      }
    });
    expect(new Set(codes)).toEqual(new Set(["drawn", "CAPS_SHORTFALL"]));
  });
});

test("the same seed gives the same figures, another seed others", () => {
  const design = designOf(frame, oneAndThree);
  const run = (seed: string) => JSON.stringify(simulateDesign(frame, design, { seed, draws: 25 }));
  expect(run("a")).toBe(run("a"));
  expect(run("a")).not.toBe(run("b"));
});

test("fewer units than strata can be spread in proportion, so a plain design is always there", () => {
  const design = designOf(frame, { size: 1, allocation: { method: "fixed", sizes: { A: 1, B: 0 } } });
  const { proportional, nominal } = simulateDesign(frame, design, { seed: "a", draws: 2 });
  expect(Array.from(proportional.expected, (each) => each.toFixed(9)).slice(0, 2)).toEqual([
    "1.000000000",
    "0.000000000",
  ]);
  expect(Array.from(nominal).slice(6)).toEqual([0, 0, 0, 0]);
});

test.each([1, 0, -3, 2.5, Number.NaN])("%d draws are refused", (draws) => {
  expect(
    refusalOf(() => simulateDesign(frame, designOf(frame, oneAndThree), { seed: "a", draws })).code,
  ).toBe("DRAWS_OUT_OF_RANGE");
});
