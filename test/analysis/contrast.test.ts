import { describe, expect, test } from "vitest";
import { lawTypeContrast } from "../../src/analysis/contrast.js";
import { leadingLevel, levelShareIn, levelShareOf } from "../../src/analysis/leading.js";
import { extremeShareIn } from "../../src/analysis/shares.js";
import { isMarked } from "../../src/analysis/tally.js";
import { wilsonInterval } from "../../src/statistics/wilson.js";
import { tallyOf } from "./small-export.js";

const yesNo = [{ key: "yes" }, { key: "no" }];

describe("a difference between law types", () => {
  // Newcombe (1998) Stat Med 17:873–890, table II, method 10: 56/70 − 48/80 is .2000 (.0524–.3339).
  test("is told with Newcombe's interval where nothing makes children of a case alike", () => {
    const found = lawTypeContrast(
      tallyOf(yesNo, [
        [56, 48],
        [14, 32],
      ]),
    );
    expect(found).toMatchObject({ level: "yes", higher: { name: "Public law" }, compared: 1 });
    expect(found?.difference.value).toBeCloseTo(0.2, 12);
    expect(found?.difference.lower).toBeCloseTo(0.0524, 4);
    expect(found?.difference.upper).toBeCloseTo(0.3339, 4);
  });

  test("is none of cases of one kind of law and of both kinds", () => {
    const tally = tallyOf(yesNo, [
      [56, 48],
      [14, 32],
    ]);
    const [one, other] = tally.columns.levels;
    if (one === undefined || other === undefined) throw new Error("no columns");
    const levels = [one, { ...other, key: "private and public" }];
    expect(lawTypeContrast({ ...tally, columns: { ...tally.columns, levels } })).toBeUndefined();
  });

  // The same table: 5/56 − 0/29 is .0893 (−.0381 to .1926).
  test("is not told where its interval holds 0", () => {
    expect(
      lawTypeContrast(
        tallyOf(yesNo, [
          [5, 0],
          [51, 29],
        ]),
      ),
    ).toBeUndefined();
  });

  test("is not told where families account for it: four times the variance", () => {
    const effects = {
      cells: [
        [4, 4],
        [4, 4],
      ],
      rowTotals: [4, 4],
    };
    const counts = [
      [56, 48],
      [14, 32],
    ];
    expect(lawTypeContrast(tallyOf(yesNo, counts, { effects }))).toBeUndefined();
  });

  test("has to be larger the more levels were looked at", () => {
    const levels = "abcdefgh".split("").map((key) => ({ key }));
    expect(
      lawTypeContrast(
        tallyOf(yesNo, [
          [30, 45],
          [70, 55],
        ]),
      )?.level,
    ).toBe("yes");
    expect(
      lawTypeContrast(tallyOf(levels, [[30, 45], ...Array.from({ length: 7 }, () => [10, 8])])),
    ).toBeUndefined();
  });

  test("needs two law types, and counts that are shown", () => {
    const one = tallyOf(yesNo, [
      [56, 48],
      [14, 32],
    ]);
    const columns = { ...one.columns, levels: one.columns.levels.slice(0, 1) };
    expect(lawTypeContrast({ ...one, columns })).toBeUndefined();
    expect(
      lawTypeContrast(
        tallyOf(yesNo, [
          [undefined, 48],
          [undefined, 32],
        ]),
      ),
    ).toBeUndefined();
  });
});

describe("the commonest level", () => {
  const level = (label: string, value: number, half: number) => ({
    label,
    share: { value, lower: value - half, upper: value + half },
  });
  const hidden = { label: "h", share: { mark: "c" } as const };
  const both = { disjoint: true };

  test("leads only where its interval keeps clear of the next", () => {
    expect(leadingLevel([level("a", 0.4, 0.02), level("b", 0.6, 0.02)], both)?.label).toBe("b");
    expect(leadingLevel([level("a", 0.45, 0.06), level("b", 0.55, 0.06)], both)).toBeUndefined();
  });

  test("leads beside hidden ones only where these cannot be as common", () => {
    expect(leadingLevel([level("a", 0.6, 0.02), level("b", 0.3, 0.02), hidden], both)?.label).toBe("a");
    expect(leadingLevel([level("a", 0.4, 0.02), level("b", 0.1, 0.02), hidden], both)).toBeUndefined();
    const several = [level("a", 0.6, 0.02), level("b", 0.3, 0.02), hidden];
    expect(leadingLevel(several, { disjoint: false })).toBeUndefined();
  });

  test("of one level, or none that is shown, leads nothing", () => {
    expect(leadingLevel([level("a", 1, 0)], both)).toBeUndefined();
    expect(leadingLevel([hidden, hidden], both)).toBeUndefined();
  });
});

describe("rounded counts", () => {
  // Of 863 in public law 7 are of the level, of 437 in private law 8: Newcombe's interval at 95 % holds 0 (−0.2 to 2.7 points).
  // Rounded to 5 and 10 they seem to differ (0.3 to 3.6 points).
  const truly = [
    [7, 8],
    [856, 429],
  ];
  const rounded = [
    [5, 10],
    [860, 430],
  ];

  test("make no difference that the counts before rounding may not have had", () => {
    expect(lawTypeContrast(tallyOf(yesNo, truly))).toBeUndefined();
    expect(lawTypeContrast(tallyOf(yesNo, rounded))).toBeDefined();
    expect(lawTypeContrast({ ...tallyOf(yesNo, rounded), slack: 2 })).toBeUndefined();
  });

  test("still tell one that any of those counts had", () => {
    const plain = {
      ...tallyOf(yesNo, [
        [100, 200],
        [765, 235],
      ]),
      slack: 2,
    };
    expect(lawTypeContrast(plain)).toMatchObject({ level: "yes", higher: { name: "Private law" } });
  });

  test("leave the most open where both the count and those not known may have moved; nobody stays nobody", () => {
    const levels = [{ key: "yes" }, { key: "no" }, { key: "none" }, { key: "?", unknown: true as const }];
    const tally = {
      ...tallyOf(levels, [
        [10, 0],
        [40, 0],
        [0, 0],
        [15, 0],
      ]),
      slack: 2,
    };
    const value = (row: number, side: "least" | "most") => {
      const share = extremeShareIn(tally, row, "all", { side });
      return isMarked(share) ? undefined : share.value;
    };
    // 10 of 50: at least 8, of at most 54, since the total and those not known may be 2 off each; at most 12 of 46.
    expect([value(0, "least"), value(0, "most")]).toEqual([8 / 54, 12 / 46]);
    expect([value(2, "least"), value(2, "most")]).toEqual([0, 0]);
  });

  test("make no level the commonest that may have been behind another", () => {
    // 1,275 and 1,165 of 2,440 lie 110 apart, and their intervals 50.3 to 54.2 % and 45.8 to 49.7 %.
    const counts = [
      [1275, 0],
      [1165, 0],
    ];
    const shares = (slack: number) => {
      const tally = { ...tallyOf(yesNo, counts), slack };
      return yesNo.map(({ key }, row) => levelShareIn(tally, row, { label: key, at: "all" }));
    };
    expect(leadingLevel(shares(0), { disjoint: true })?.label).toBe("yes");
    expect(leadingLevel(shares(2), { disjoint: true })?.label).toBe("yes");
    expect(leadingLevel(shares(20), { disjoint: true })).toBeUndefined();
    // The same from what a table has.
    const told = (slack: number) =>
      counts.map(([count = 0], row) =>
        levelShareOf(yesNo[row]?.key as string, { share: wilson(count, 2440), count, slack }),
      );
    expect(leadingLevel(told(2), { disjoint: true })?.label).toBe("yes");
    expect(leadingLevel(told(20), { disjoint: true })).toBeUndefined();
  });
});

function wilson(count: number, n: number) {
  return { value: count / n, ...wilsonInterval(count, n) };
}
