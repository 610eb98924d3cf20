import { describe, expect, test } from "vitest";
import { parsePlan } from "../../src/plan/load.js";
import type { SamplePlan } from "../../src/plan/types.js";
import { followSample } from "../../src/sampling/after/follow.js";
import type { LossReason } from "../../src/sampling/after/outcome.js";
import { asReviewed } from "../../src/sampling/after/reviewed.js";
import { balanceTable } from "../../src/sampling/balance.js";
import { designSample } from "../../src/sampling/design.js";
import { drawSample, type Sample } from "../../src/sampling/draw.js";
import { frameOf, tableOf } from "../frames.js";
import { designOf, frameOfRows } from "./inclusion.js";

const yaml = `
casedraw: 1
title: t
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: x.csv }]
columns: { child_id: id, team: team, factors: { list: factors, separator: ";" }, date_of_birth: dob }
cohort: { exclude: { team: [closed] } }
sample: { size: 4, strata: [team], allocation: { method: fixed, sizes: { a: 2, b: 2 } } }
`;

// Worked by hand: N = (6, 2), n = (2, 2), weights 3 and 1. Units a1 and a2 of stratum a are drawn.
test("population beside weighted sample, in band order, list items each a level", () => {
  const frame = frameOf(yaml, {
    data: [
      tableOf("x.csv", [
        "id|team|factors|dob",
        "a1|a|neglect|01/01/2026",
        "a2|a|neglect; abuse|01/01/2010",
        "a3|a||01/01/2010",
        "a4|a||01/01/2010",
        "a5|a|abuse|01/01/2010",
        "a6|a||",
        "b1|b|neglect|01/01/2020",
        "b2|b||01/01/2020",
        "c1|closed|other|01/01/2020",
      ]),
    ],
  });
  const plan = parsePlan(yaml, { file: "plan.yaml" });
  const design = designSample(frame, plan.sample as NonNullable<typeof plan.sample>);
  const [a, b] = design.strata as [(typeof design.strata)[0], (typeof design.strata)[0]];
  const drawn = (
    [
      [0, a, 3],
      [1, a, 3],
      [6, b, 1],
      [7, b, 1],
    ] as const
  ).map(([unit, stratum, weight]) => ({ unit, stratum, ticket: "", probability: 1 / weight, weight }));
  const { probabilities } = design;
  const sample: Sample = { design, drawn, reserves: [], probabilities, notes: [] };
  const rows = balanceTable(frame, sample);
  const digits = (figure: number): number => Number(figure.toPrecision(12));
  const shown = rows.map((row) => [
    row.characteristic,
    row.level,
    row.populationCount,
    row.populationPercent,
    row.sampleCount,
    digits(row.expectedCount),
    digits(row.weightedPercent),
    digits(row.difference),
  ]);
  expect(shown).toEqual([
    ["team", "a", 6, 75, 2, 2, 75, 0],
    ["team", "b", 2, 25, 2, 2, 25, 0],
    ["age_band", "0", 1, 12.5, 1, digits(1 / 3), 37.5, 25],
    ["age_band", "5 to 9", 2, 25, 2, 2, 25, 0],
    ["age_band", "16 and over", 4, 50, 1, digits(4 / 3), 37.5, -12.5],
    ["age_band", "not_recorded", 1, 12.5, 0, digits(1 / 3), 0, -12.5],
    ["factors", "abuse", 2, 25, 1, digits(2 / 3), 37.5, 12.5],
    ["factors", "neglect", 3, 37.5, 3, digits(2 / 3 + 1), 87.5, 50],
    ["factors", "not_recorded", 4, 50, 1, 2, 12.5, -37.5],
  ]);
});

/** Six units of team a, of which one in three is female; four of team b, of which half are. */
const teams = frameOfRows("id|team|gender", [
  ...["f", "f", "m", "m", "m", "m"].map((gender, i) => `a${i}|a|${gender}`),
  ...["f", "f", "m", "m"].map((gender, i) => `b${i}|b|${gender}`),
]);
const fixed = (a: number, b: number) =>
  ({ size: a + b, allocation: { method: "fixed", sizes: { a, b } } }) as const;

/** What the table says of a sample: by level population, population %, sample, expected and weighted %. */
function figuresOf(sample: Sample): Record<string, number[]> {
  return Object.fromEntries(
    balanceTable(teams, sample).map((row) => [
      row.level,
      [
        row.populationCount,
        row.populationPercent,
        row.sampleCount,
        row.expectedCount,
        row.weightedPercent,
      ].map((figure) => Number(figure.toPrecision(12))),
    ]),
  );
}

/** A sample of the teams after the first unit of each team named was lost. */
function lostFrom(
  plan: Partial<SamplePlan> & { readonly size: number },
  lost: Readonly<Record<string, LossReason>>,
) {
  const first = drawSample(teams, designOf(teams, plan), "balance");
  const losses = Object.entries(lost).map(([team, reason]) => {
    const { unit } = first.drawn.find(({ stratum }) => stratum.key === team) as Sample["drawn"][number];
    return { unitId: teams.ids[unit] as string, reason };
  });
  return followSample(teams, first, [{ kind: "replace", losses }], { seed: "balance", inputs: {} });
}

describe("versions after losses: both sides have the same base", () => {
  // By hand. Team a: 3 of 6, one out of scope and kept, 6/3 = 2 each. Team b: 2 of 4, one inaccessible, the other stands for
  // 4. So 3 and 1 are in the table, 3 and 2·(1/2) = 1 expected, and 6 and 4 of 10 represented. Female: 2·(3/6) + 2·(1/4) = 1.5.
  test("without reserves", () => {
    const figures = figuresOf(asReviewed(lostFrom(fixed(3, 2), { a: "out-of-scope", b: "inaccessible" })));
    expect(figures).toMatchObject({ a: [6, 60, 3, 3, 60], b: [4, 40, 1, 1, 40] });
    expect(figures.female?.[3]).toBe(1.5);
    expect(figures.male?.[3]).toBe(2.5);
  });

  // Team a: release stopped at 3 in scope of 4: 6·2/(3·3) each, 6/3 for the one out of scope, together 6. Team b: the reserve
  // makes it 2 responding of 3, 4/2 each. Expected 4, and 3·(2/3) = 2.
  test("with reserves that go on with the draw", () => {
    const sample = lostFrom({ ...fixed(3, 2), reserves: 1 }, { a: "out-of-scope", b: "inaccessible" });
    expect(sample.after?.members.length).toBe(7);
    expect(figuresOf(asReviewed(sample))).toMatchObject({ a: [6, 60, 4, 4, 60], b: [4, 40, 2, 2, 40] });
  });

  // A substitute holds the place of the lost unit in team b: as many as were drawn. In team a nobody came for the one lost.
  test("with substitutes", () => {
    const plan = { ...fixed(3, 2), method: "systematic", balance: ["gender"] } as const;
    const replaced = lostFrom({ ...plan, reserves: 1 }, { b: "inaccessible" });
    expect(figuresOf(asReviewed(replaced))).toMatchObject({ a: [6, 60, 3, 3, 60], b: [4, 40, 2, 2, 40] });
    const alone = lostFrom(plan, { a: "conflict" });
    expect(figuresOf(asReviewed(alone))).toMatchObject({ a: [6, 60, 2, 2, 60], b: [4, 40, 2, 2, 40] });
  });

  test("where nobody could be reviewed there is nothing to compare", () => {
    expect(
      balanceTable(teams, asReviewed(lostFrom(fixed(1, 1), { a: "conflict", b: "inaccessible" }))),
    ).toEqual([]);
  });
});

// Team b is left out: the six of team a are the population, with 2 of 6 female; of 3, one is expected.
test("a stratum that gives nothing is no part of the population", () => {
  const figures = figuresOf(drawSample(teams, designOf(teams, fixed(3, 0)), "balance"));
  expect(figures.a).toEqual([6, 100, 3, 3, 100]);
  expect(figures.b).toBeUndefined();
  expect(figures.female?.slice(0, 2)).toEqual([2, Number((100 / 3).toPrecision(12))]);
  expect(figures.female?.[3]).toBe(1);
});
