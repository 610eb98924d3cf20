import { expect, test } from "vitest";
import type { BalanceRow } from "../../src/sampling/balance.js";
import { comparisonSentences, overallSentences } from "../../src/workflow/summary/sentences.js";

/** Rows of one characteristic from level, population % and sample %. */
function rowsOf(
  levels: readonly (readonly [level: string, population: number, sample: number, count?: number])[],
  characteristic = "age_band",
): BalanceRow[] {
  return levels.map(([level, populationPercent, weightedPercent, count]) => ({
    characteristic,
    level,
    populationCount: populationPercent * 10,
    populationPercent,
    sampleCount: count ?? (weightedPercent === 0 ? 0 : 5),
    expectedCount: 5,
    weightedPercent,
    difference: weightedPercent - populationPercent,
  }));
}

const options = {
  units: { one: "child", many: "children" } as const,
  label: ({ level }: BalanceRow) => level.toUpperCase(),
};
const said = (rows: BalanceRow[]): string => comparisonSentences(rows, options).join(" ");
const overall = (rows: BalanceRow[]): string =>
  overallSentences(rows, ({ level }) => `level ${level}`).join(" ");

test("one level, or nothing recorded at all", () => {
  expect(said(rowsOf([["a", 100, 100]]))).toBe("Every eligible child is recorded as “A”.");
  expect(said(rowsOf([["not_recorded", 100, 100]]))).toBe("Nothing is recorded for any eligible child.");
});

test.each([
  [
    50.04,
    "Every age band has the same share in the sample as in the population, to a tenth of a percentage point.",
  ],
  [50.06, "Every age band is within 0.1 percentage points of the population."],
  [51.2, "Every age band is within 1.2 percentage points of the population."],
  [48, "Every age band is within 2.0 percentage points of the population."],
  [52.04, "Every age band is within 2.0 percentage points of the population."],
  [
    52.06,
    "No age band is within 2 percentage points of the population. The largest difference is for “A”: 52.1% of the sample, 50.0% of the population.",
  ],
])("two halves of which the first is drawn at %d%%", (sample, text) => {
  expect(
    said(
      rowsOf([
        ["a", 50, sample],
        ["b", 50, 100 - sample],
      ]),
    ),
  ).toBe(text);
});

test("groups further off are counted, and the furthest is named with both shares", () => {
  const rows = rowsOf([
    ["a", 50, 53],
    ["b", 30, 28],
    ["c", 20, 15.9],
  ]);
  expect(said(rows)).toBe(
    "1 of 3 age bands is within 2 percentage points of the population. " +
      "The largest difference is for “C”: 15.9% of the sample, 20.0% of the population.",
  );
  expect(overall(rows)).toBe(
    "Of the 3 groups compared, 1 is within 2 percentage points of the population. " +
      "The largest difference is 4.1 points: level c, 15.9% of the sample, 20.0% of the population.",
  );
});

test("other characteristics speak of groups", () => {
  const rows = rowsOf(
    [
      ["a", 50, 49],
      ["b", 50, 51],
    ],
    "court",
  );
  expect(said(rows)).toBe("Every group is within 1.0 percentage points of the population.");
});

test("groups of which the sample holds nobody are named, the first three of them", () => {
  const absent = (levels: readonly string[]): BalanceRow[] =>
    rowsOf([["a", 99, 100], ...levels.map((level) => [level, 1 / levels.length, 0] as const)]);
  const sentence = (levels: readonly string[]): string =>
    comparisonSentences(absent(levels), options)[1] ?? "";
  expect(sentence(["b"])).toBe("No child in the sample is recorded as “B” (10 eligible).");
  expect(sentence(["b", "c"])).toBe(
    "No child in the sample is recorded as “B” (5 eligible) or “C” (5 eligible).",
  );
  expect(sentence(["b", "c", "d", "e"])).toMatch(/or 1 more group\.$/);
  expect(sentence(["b", "c", "d", "e", "f"])).toMatch(
    /^No child in the sample is recorded as “B” \(2 eligible\), “C” \(2 eligible\), “D” \(2 eligible\) or 2 more age bands\.$/,
  );
  expect(sentence(["not_recorded"])).toBe("");
  expect(sentence(["unmapped"])).toBe("");
});

test.each([
  [9.94, false],
  [9.96, true],
])("a share of %d%% not recorded is said to weaken the comparison: %s", (share, weak) => {
  const rows = rowsOf([
    ["a", 100 - share, 100 - share],
    ["not_recorded", share, share],
  ]);
  const sentence =
    "It is not recorded for 10.0% of eligible children, so this comparison says less than it seems to.";
  expect(said(rows).includes(sentence)).toBe(weak);
});

test("shares that overlap are said to", () => {
  const rows = rowsOf(
    [
      ["a", 70, 70],
      ["b", 60, 60],
    ],
    "factors",
  );
  expect(said(rows)).toBe(
    "Every factor has the same share in the sample as in the population, to a tenth of a percentage point. " +
      "One child can be in several of these groups, so the shares add up to more than 100%.",
  );
});

test("everything together", () => {
  expect(overall(rowsOf([["a", 50, 50.01]]))).toBe(
    "Every group compared has the same share in the sample as in the population.",
  );
  expect(
    overall(
      rowsOf([
        ["a", 50, 51.5],
        ["b", 50, 48.5],
      ]),
    ),
  ).toBe(
    "All 2 groups compared are within 2 percentage points of the population. " +
      "The largest difference is 1.5 points: level a, 51.5% of the sample, 50.0% of the population.",
  );
  expect(
    overall(
      rowsOf([
        ["a", 50, 60],
        ["b", 50, 40],
      ]),
    ),
  ).toMatch(/^Of the 2 groups compared, none is within 2 percentage points/);
});
