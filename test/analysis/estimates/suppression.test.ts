import { describe, expect, test } from "vitest";
import type { Comparison, EstimateRow } from "../../src/analysis/estimates.js";
import { suppressSmall } from "../../src/analysis/estimates-suppression.js";

function row(n: number, count: number, more: Partial<EstimateRow> = {}): EstimateRow {
  return { column: "seen", kind: "yes-no", level: "yes", n, count, notAnswered: 0, ...more };
}

function reasons(rows: readonly EstimateRow[], threshold = 5) {
  return suppressSmall({ rows, comparisons: [] }, threshold).rows.map(({ suppressed }) => suppressed);
}

const group = (name: string) => ({ field: "area", group: name });

describe("one row", () => {
  test.each([
    [5, 0, "small"],
    [6, 0, undefined],
    [6, 6, undefined],
    [40, 1, "small"],
    [40, 5, "small"],
    [40, 6, undefined],
    [40, 34, undefined],
    [40, 35, "small"],
    [0, 0, undefined],
  ])("of %d cases with %d: %s", (n, count, why) => {
    expect(reasons([row(n, count)])).toEqual([why]);
  });

  test("nothing is taken out at a threshold of 0", () => {
    expect(reasons([row(3, 1)], 0)).toEqual([undefined]);
  });
});

test("a category with one level gone loses the next smallest too", () => {
  const level = (name: string, count: number) => row(60, count, { kind: "category", level: name });
  expect(reasons([level("a", 3), level("b", 37), level("c", 20)])).toEqual(["small", undefined, "linked"]);
});

test("a field with one group gone loses the next smallest too, and two that are gone take nobody along", () => {
  const whole = row(100, 50);
  const one = [whole, row(4, 2, group("N")), row(30, 18, group("S")), row(66, 30, group("W"))];
  expect(reasons(one)).toEqual([undefined, "small", "linked", undefined]);
  const two = [whole, row(4, 2, group("N")), row(5, 3, group("E")), row(91, 45, group("W"))];
  expect(reasons(two)).toEqual([undefined, "small", "small", undefined]);
});

describe("comparisons", () => {
  const compared = (name: string): Comparison => ({
    column: "seen",
    kind: "yes-no",
    level: "yes",
    field: "area",
    group: name,
    difference: 0.1,
    standardError: 0.05,
    interval: { lower: 0, upper: 0.2 },
  });

  test("go with their group, and where the others are few", () => {
    const rows = [row(100, 50), row(4, 2, group("N")), row(30, 18, group("S")), row(66, 30, group("W"))];
    const shown = suppressSmall({ rows, comparisons: ["N", "S", "W"].map(compared) }, 5);
    expect(shown.comparisons.map((found) => found.group)).toEqual(["W"]);
    // Of 50 with it 47 are in the one group that is shown: 3 are elsewhere.
    const few = [row(100, 50), row(80, 47, group("S")), row(20, 3, group("W"))];
    expect(suppressSmall({ rows: few, comparisons: ["S", "W"].map(compared) }, 5).comparisons).toEqual([]);
  });
});
