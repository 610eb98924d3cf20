import { describe, expect, test } from "vitest";
import type { Comparison, EstimateRow } from "../../../src/analysis/estimates/estimate-findings.js";
import { suppressSmall } from "../../../src/analysis/estimates/suppression.js";

function row(n: number, count: number, more: Partial<EstimateRow> = {}): EstimateRow {
  return {
    column: "seen",
    kind: "yes-no",
    level: "yes",
    n,
    count,
    notAnswered: 0,
    notApplicable: 0,
    ...more,
  };
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
  const two = [whole, row(12, 4, group("N")), row(12, 5, group("E")), row(76, 41, group("W"))];
  expect(reasons(two)).toEqual([undefined, "small", "small", undefined]);
});

test("groups that are small together are one small group: the next smallest goes too", () => {
  // N and E are the whole less W: 5 of 9 have it.
  const rows = [row(100, 50), row(4, 2, group("N")), row(5, 3, group("E")), row(91, 45, group("W"))];
  expect(reasons(rows)).toEqual([undefined, "small", "small", "linked"]);
  // 2 + 2 of 60 in the levels a and b.
  const level = (name: string, count: number) => row(60, count, { kind: "category", level: name });
  expect(reasons([level("a", 2), level("b", 2), level("c", 26), level("d", 30)])).toEqual([
    "small",
    "small",
    "linked",
    undefined,
  ]);
});

test("a group goes of which the others are few, though no row is of them: factors, of which a child can have several", () => {
  // 58 of 60 have domestic_abuse; the two others are the whole less these.
  const rows = [row(60, 30), row(58, 29, group("domestic_abuse")), row(40, 20, group("neglect"))];
  expect(reasons(rows)).toEqual([undefined, "linked", "linked"]);
  // Of the 30 with it all but 3 are in the group.
  const few = [row(60, 30), row(44, 27, group("domestic_abuse")), row(40, 20, group("neglect"))];
  expect(reasons(few)[1]).toBe("linked");
});

test("of a number the cases alone count", () => {
  const mean = (n: number, more: Partial<EstimateRow> = {}): EstimateRow => ({
    column: "visits",
    kind: "number",
    n,
    notAnswered: 0,
    notApplicable: 0,
    ...more,
  });
  expect(reasons([mean(60), mean(56, group("S")), mean(4, group("N"))])).toEqual([
    undefined,
    "linked",
    "small",
  ]);
  expect(reasons([mean(60), mean(30, group("S")), mean(30, group("N"))])).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
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

describe("to how many it does not apply", () => {
  const asked = (n: number, notApplicable: number, more: Partial<EstimateRow> = {}): EstimateRow =>
    row(n, Math.floor(n / 2), { notApplicable, ...more });
  const shown = (rows: readonly EstimateRow[], threshold = 5) =>
    suppressSmall({ rows, comparisons: [] }, threshold).rows.map(({ suppressed, askedHidden }) => [
      suppressed,
      askedHidden,
    ]);

  test.each([
    ["few in a group", [asked(400, 23), asked(97, 3, group("N")), asked(303, 20, group("S"))]],
    ["few in all others, of which no row is", [asked(400, 23), asked(300, 20, group("neglect"))]],
    ["few in all", [asked(400, 3)]],
  ])(
    "%s: no group of the column tells it, nor all where it is few in all; they keep their shares",
    (_, rows) => {
      expect(shown(rows)).toEqual(
        rows.map(({ field, notApplicable }) => [
          undefined,
          field === undefined && notApplicable > 5 ? undefined : true,
        ]),
      );
    },
  );

  test("nothing is hidden where it is many, or none, everywhere, and at a threshold of 0", () => {
    const rows = [asked(400, 20), asked(97, 0, group("N")), asked(303, 20, group("S"))];
    expect(shown(rows)).toEqual(rows.map(() => [undefined, undefined]));
    expect(shown([asked(400, 3)], 0)).toEqual([[undefined, undefined]]);
  });

  test("other columns and fields keep theirs", () => {
    const rows = [
      asked(400, 23),
      asked(97, 3, group("N")),
      asked(303, 20, group("S")),
      asked(200, 10, { field: "law", group: "public" }),
      asked(200, 13, { field: "law", group: "private" }),
      asked(400, 30, { column: "heard" }),
    ];
    expect(shown(rows).map(([, hidden]) => hidden)).toEqual([
      undefined,
      true,
      true,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("limits that are made from many are no reason", () => {
    const figures = { estimate: 0, standardError: 0, intervalMethod: "exact" as const, degreesOfFreedom: 9 };
    expect(shown([asked(400, 20, { figures })])).toEqual([[undefined, undefined]]);
  });

  test("of a single case without an answer it is known why: rows that hold it go, and the next smallest group", () => {
    const rows = [
      asked(399, 1),
      asked(96, 1, group("N")),
      asked(100, 0, group("E")),
      asked(203, 0, group("S")),
    ];
    expect(shown(rows).map(([why]) => why)).toEqual(["small", "small", "linked", undefined]);
    const two = rows.map((each) => ({ ...each, notAnswered: 1 }));
    expect(shown(two).map(([why]) => why)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test.each(["exact", "census"] as const)(
    "a row goes whose limits are made from them: %s",
    (intervalMethod) => {
      const figures = { estimate: 0.5, standardError: 0, intervalMethod, degreesOfFreedom: 9 };
      expect(shown([asked(400, 3, { figures }), asked(97, 0, { figures, ...group("N") })])).toEqual([
        ["small", true],
        [undefined, true],
      ]);
    },
  );
});

test("a group without an answer is no group that can be taken for another", () => {
  const rows = [row(40, 20), row(40, 2, group("N")), row(0, 0, group("S"))];
  expect(reasons(rows)).toEqual([undefined, "small", undefined]);
});
