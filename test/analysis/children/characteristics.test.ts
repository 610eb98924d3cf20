import { describe, expect, test } from "vitest";
import { ageItem } from "../../../src/analysis/children/age-item.js";
import { disabilityItem } from "../../../src/analysis/children/disability-item.js";
import { ethnicityItem } from "../../../src/analysis/children/ethnicity-item.js";
import { genderItem } from "../../../src/analysis/children/gender-item.js";
import { resultOf, rowsOf, subjectOf, tallyOf } from "../small-export.js";

const children = subjectOf(
  ["case_id", "child_id", "law_type", "gender", "date_of_birth"],
  [
    "1|a|public|F|2023-05-01",
    "1|b|public|F|2021-05-01",
    "2|c|public|M|2019-05-01",
    "3|d|public||2027-01-01",
    "4|e|private|M|2016-05-01",
    "4|f|private|M|2014-05-01",
    "5|g|private|F|",
    "6|h|private|u)|2025-05-01",
    "7|i||M|2024-05-01",
  ],
);

describe("gender by law type", () => {
  const result = resultOf(genderItem, children);

  test("counts, shares of those known, and bounds for those not known", () => {
    // Female, all: 3 of the 7 known. Σ(k − mp)² over the cases known, p = 3/7, in 49ths: (14 − 6)² + 3² + 6² + (7 − 3)² + 3² =
    // 134, over np(1 − p) = 84/49: design effect 134/84, effective size 7·84/134 = 4.38806. Wilson with z² = 3.841459:
    // middle (.428571 + .437723)/1.875446 = .46191, half 1.959964·√(.055810 + .049876)/1.875446 = .33975.
    // Of all 3/9; at most (3 + 2)/9.
    expect(rowsOf(result)[0]).toBe("All children / Female: 3, 0.4286 (0.1222–0.8017), 0.3333, 0.5556");
    expect(rowsOf(result).map((row) => row.replace(/ \([^)]*\)/, ""))).toEqual([
      "All children / Female: 3, 0.4286, 0.3333, 0.5556",
      "All children / Male: 4, 0.5714, 0.4444, 0.6667",
      "All children / Unknown: 1, [z], 0.1111, [z]",
      "All children / Not recorded: 1, [z], 0.1111, [z]",
      "Public law / Female: 2, 0.6667, 0.5, 0.75",
      "Public law / Male: 1, 0.3333, 0.25, 0.5",
      "Public law / Unknown: 0, [z], 0, [z]",
      "Public law / Not recorded: 1, [z], 0.25, [z]",
      "Private law / Female: 1, 0.3333, 0.25, 0.5",
      "Private law / Male: 2, 0.6667, 0.5, 0.75",
      "Private law / Unknown: 1, [z], 0.25, [z]",
      "Private law / Not recorded: 0, [z], 0, [z]",
    ]);
  });

  test("what it rests on, who stands in no law type, and what is not known", () => {
    expect(result.base).toEqual({ units: 9, unit: "children", period: "16 November 2026", missing: 2 });
    expect(result.notes[0]).toBe(
      "Children whose law type is not known are counted under “All children” alone.",
    );
    expect(result.messages.map(({ text }) => text)).toEqual([
      "Gender is not known for 2 of 9 children (22.2%).",
    ]);
    expect(result.enquiries).toHaveLength(1);
  });
});

test("the median age is of children born whose age is known, by law type", () => {
  // Ages 3 5 7 | 10 12 1 | 2, one not yet born, one not known.
  const result = resultOf(ageItem, children);
  expect(rowsOf(result, 1)).toEqual(["All children: 5", "Public law: 5", "Private law: 10"]);
  expect(rowsOf(result).map((row) => row.split(",")[0])).toContain("All children / Unborn: 1");
  expect(ageItem.count(children).statistics?.age_median_private).toEqual({ value: 10, base: 3, step: 0.5 });
});

test("of cases, each group that any child is in is counted, and there is no median", () => {
  const cases = subjectOf(
    ["case_id", "gender", "date_of_birth"],
    ["1|F|2023-05-01", "1|M|2021-05-01", "2|F|2019-05-01", "2|u)|", "3|u)|", "3||", "4||"],
    { unit: "case" },
  );
  const result = resultOf(genderItem, cases);
  // Case 2 is known by one child. Case 3 stands once, under the unknown; case 4 has nothing.
  expect(rowsOf(result).map((row) => row.replace(/ \([^)]*\)/, ""))).toEqual([
    "All cases / Female: 2, 1.0000, 0.5, 1",
    "All cases / Male: 1, 0.5000, 0.25, 0.75",
    "All cases / Unknown: 1, [z], 0.25, [z]",
    "All cases / Not recorded: 1, [z], 0.25, [z]",
  ]);
  expect(result.notes.join(" ")).toContain("One case may be counted in several rows");
  expect(resultOf(ageItem, cases).tables).toHaveLength(1);
});

test("a field that the export lacks is refused with what to do", () => {
  expect(genderItem.refusal(children)).toBeUndefined();
  expect(disabilityItem.refusal(children)).toEqual({
    reason: "The export has no disability.",
    instead: "Ask for it with the children, and map it under columns in the plan.",
  });
  expect(ethnicityItem.refusal(children)?.reason).toBe("The export has no ethnicity.");
});

describe("after disclosure control", () => {
  const { plan } = children;
  const about = { plan, edition: "publishable" } as const;

  test("a hidden count hides its shares; a hidden count of those not known hides every share of the column", () => {
    const levels = [{ key: "a" }, { key: "b" }, { key: "none", unknown: true as const }];
    const tally = tallyOf(
      levels,
      [
        [undefined, 40],
        [30, 60],
        [10, undefined],
      ],
      { columnTotals: [50, 100], total: 150, rowTotals: [45, 90, 15] },
    );
    const result = genderItem.result({ tallies: [tally] }, about);
    const cells = rowsOf(result).map((row) => row.replace(/ \([^)]*\)/, ""));
    expect(cells.slice(3)).toEqual([
      "Public law / a: [c], [c], [c], [c]",
      "Public law / b: 30, 0.7500, 0.6, 0.8",
      "Public law / none: 10, [z], 0.2, [z]",
      "Private law / a: 40, [c], 0.4, [c]",
      "Private law / b: 60, [c], 0.6, [c]",
      "Private law / none: [c], [z], [c], [z]",
    ]);
    // The gap of all may be told; a difference between law types may not.
    expect(result.messages.map(({ text }) => text)).toEqual([
      "Gender is not known for 15 of 150 children (10.0%).",
    ]);
  });

  test("all hidden: no figure, no message, no fault", () => {
    const hidden = { mark: "c" } as const;
    const tally = tallyOf(
      [{ key: "a" }, { key: "none", unknown: true }],
      [
        [undefined, undefined],
        [undefined, undefined],
      ],
    );
    const counted = { tallies: [tally], statistics: { age_median_all: hidden } };
    const result = ageItem.result(counted, about);
    expect(rowsOf(result).join(" ")).not.toMatch(/\d/);
    expect(rowsOf(result, 1)).toEqual(["All children: [c]"]);
    expect([result.messages, result.enquiries, result.base.missing]).toEqual([[], [], hidden]);
  });

  test("rounded counts that do not add up give no share above 1", () => {
    const tally = tallyOf(
      [{ key: "a" }, { key: "b" }],
      [
        [105, 0],
        [0, 5],
      ],
      { columnTotals: [100, 5], total: 105 },
    );
    expect(rowsOf(genderItem.result({ tallies: [tally] }, about))[2]).toMatch(
      /^Public law \/ a: 105, 1\.0000 \(0\.\d+–1\.0000\), 1, 1$/,
    );
  });
});
