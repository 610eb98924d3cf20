import { describe, expect, test } from "vitest";
import { findHeaderRow } from "../../src/table/header-row.js";
import { matchHeaders, nearestHeader } from "../../src/table/match-headers.js";

describe("matchHeaders", () => {
  test("the exact header first, else the same but for case, spacing and apostrophes", () => {
    const headers = ["Age", "age", "", "Child\u2019s  name "];
    expect(matchHeaders(headers, ["age", "AGE", "child's name", "Ages", ""])).toEqual([
      { wanted: "age", positions: [1] },
      { wanted: "AGE", positions: [0, 1] },
      { wanted: "child's name", positions: [3] },
      { wanted: "Ages", positions: [] },
      { wanted: "", positions: [] },
    ]);
  });
});

describe("nearestHeader", () => {
  const headers = ["case ID", "Date closed", "Age of Child (Years)", "Ethnicity"];
  test.each([
    ["closed date", "Date closed"],
    ["ethnicty", "Ethnicity"],
    ["Age of child", "Age of Child (Years)"],
    ["court", undefined],
    ["", undefined],
  ])("%j finds %j", (wanted, found) => {
    expect(nearestHeader(headers, wanted)).toBe(found);
  });
});

describe("findHeaderRow", () => {
  const records = [[""], ["id list"], ["id", "note"], ["id", "law", "court"], ["7", "law", "x"]];
  test.each([
    [["id", "law"], { index: 3, found: 2 }],
    [["id"], { index: 2, found: 1 }],
    [["law", "gender"], { index: 3, found: 1 }],
    [["gender"], { index: 1, found: 0 }],
    [[], { index: 1, found: 0 }],
  ])("%j", (wanted, row) => {
    expect(findHeaderRow(records, wanted)).toEqual(row);
  });

  test("nothing but blanks has none", () => {
    expect(findHeaderRow([["", " "], []], ["id"])).toEqual({ index: -1, found: 0 });
  });
});
