import { expect, test } from "vitest";
import { parsePlan } from "../../src/plan/load.js";
import { balanceTable } from "../../src/sampling/balance.js";
import { designSample } from "../../src/sampling/design.js";
import type { Sample } from "../../src/sampling/draw.js";
import { frameOf, tableOf } from "../frames.js";

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
