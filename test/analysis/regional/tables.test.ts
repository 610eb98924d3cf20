import { describe, expect, test } from "vitest";
import { indicatorTables } from "../../../src/analysis/regional/indicator-tables.js";
import { areaNamesOf } from "../../../src/analysis/regional/names.js";
import { readNeighbours, withNeighbours } from "../../../src/analysis/regional/neighbours.js";
import { nestedTable, nestedTally } from "../../../src/analysis/regional/nested-table.js";
import { rugTable } from "../../../src/analysis/regional/rug-table.js";
import { spreadOf } from "../../../src/analysis/regional/spread.js";
import { variationTable } from "../../../src/analysis/regional/variation-table.js";
import { refusalOf, tableOf } from "../../frames.js";
import { childLines, subjectOf } from "../subjects.js";
import { areaOf, compared, disabilityBy, times } from "./examples.js";

const share = (area: string, count: number, n: number) => [
  ...times(count, `${area}|public|yes`),
  ...times(n - count, `${area}|public|no`),
];
const five = compared(
  disabilityBy([
    ...share("A", 20, 100),
    ...share("B", 30, 100),
    ...share("C", 40, 100),
    ...share("D", 50, 200),
    ...share("E", 90, 100),
    ...share("F", 2, 4),
    ...times(3, "|public|yes"),
  ]),
);

test("the rug has every area once, unknown ones last, with a value and a word", () => {
  const areas = areaNamesOf([five]);
  expect(areas).toEqual(["A", "B", "C", "D", "E", "F", "Not recorded"]);
  const { measures, rows } = rugTable([five], { id: "rug", heading: "Service area", areas });
  expect(measures.map(({ key }) => key)).toEqual(["disability", "disability_word"]);
  expect(rows[4]).toEqual({ names: ["E"], cells: [0.9, "higher"] });
  expect(rows[6]).toEqual({ names: ["Not recorded"], cells: [1, ""] });
});

test("the spread is where the areas lie, without those too few to say", () => {
  // .2 .25 .3 .4 .9: quartiles of type 7 are the second and the fourth.
  expect(spreadOf(five)).toEqual({
    areas: 5,
    least: 0.2,
    lowerQuarter: 0.25,
    median: 0.3,
    upperQuarter: 0.4,
    most: 0.9,
  });
});

test("the tables of an indicator leave out columns that no area has", () => {
  const [figures, more] = indicatorTables(five, "Service area");
  expect(figures?.rows[4]).toMatchObject({ names: ["E"] });
  expect(figures?.rows[4]?.cells).toContain("higher");
  const keys = more?.measures.map(({ key }) => key);
  expect(keys).toContain("word_overdispersed");
  for (const key of ["rank", "change", "neighbours_mean", "word_standardised"])
    expect(keys).not.toContain(key);
});

test("variation is that of five areas or more", () => {
  expect(variationTable([five])?.rows[0]?.names).toEqual(["Disability"]);
  // Far more than chance: one area has .9 where the others have .2 to .4.
  expect(five.variation?.iSquared).toBeGreaterThan(0.9);
  expect(five.variation?.p90).toBeCloseTo(0.7, 12);
  expect(five.variation?.p10).toBeCloseTo(0.22, 12);
  const two = compared(disabilityBy([...share("A", 20, 100), ...share("B", 30, 100)]));
  expect(two).not.toHaveProperty("variation");
  expect(variationTable([two])).toBeUndefined();
});

describe("statistical neighbours", () => {
  const file = tableOf("n.csv", ["name|code|near", "A|1|2, 4,9", "B|2|1", "D|4|", "Z|9|1"]);
  const named = { path: "n.csv", area: "Name", neighbours: "near", separator: ",", key: "code" };

  test("are pooled and averaged; those that the data lack are named", () => {
    const found = withNeighbours(five, readNeighbours(file, named));
    // B .3 and D .25: mean .275, together 80 of 300.
    expect(areaOf(found, "A").neighbours).toEqual({
      names: ["B", "D", "Z"],
      mean: expect.closeTo(0.275, 12),
      pooled: expect.closeTo(80 / 300, 12),
      lacking: ["Z"],
    });
    expect(areaOf(found, "D")).not.toHaveProperty("neighbours");
  });

  test("a code that no row has, and a header that is none, are refused", () => {
    const wrong = tableOf("n.csv", ["name|code|near", "A|1|7"]);
    expect(refusalOf(() => readNeighbours(wrong, named))).toMatchObject({
      code: "NEIGHBOURS_INVALID",
      message: expect.stringMatching(/got "7", which no row has there \(n\.csv, row 2\)/),
    });
    expect(refusalOf(() => readNeighbours(file, { ...named, key: "kode" })).message).toMatch(
      /none headed "kode"/,
    );
  });
});

test("areas that lie in each other, with those that straddle", () => {
  const subject = subjectOf(
    childLines("local_authority|dfj_area", [
      "Kent|Medway",
      "Kent|Medway",
      "Kent|Dover",
      "Essex|Dover",
      "|Dover",
    ]),
  );
  const tally = nestedTally(subject);
  if (tally === undefined) throw new Error("no tally");
  const { dimensions, rows } = nestedTable(tally, { plan: subject.plan, edition: "internal" });
  expect(dimensions).toEqual(["Local authority", "DFJ area"]);
  expect(rows).toEqual([
    { names: ["Essex", "Dover"], cells: [1, ""] },
    { names: ["Kent", "Dover"], cells: [1, "In Dover and Medway"] },
    { names: ["Not known", "Dover"], cells: [1, ""] },
    { names: ["Kent", "Medway"], cells: [2, "In Dover and Medway"] },
  ]);
});

test("a larger area that straddles still larger ones is flagged by its name", () => {
  const subject = subjectOf(
    childLines("local_authority|dfj_area|service_area", [
      "Kent|Medway|South",
      "Essex|Medway|East",
      "Dorset|Poole|South",
    ]),
  );
  const tally = nestedTally(subject);
  if (tally === undefined) throw new Error("no tally");
  expect(nestedTable(tally, { plan: subject.plan, edition: "internal" }).rows).toEqual([
    { names: ["Essex", "Medway", "East"], cells: [1, "Medway in East and South"] },
    { names: ["Kent", "Medway", "South"], cells: [1, "Medway in East and South"] },
    { names: ["Dorset", "Poole", "South"], cells: [1, ""] },
  ]);
});
