import { describe, expect, test } from "vitest";
import { inclusionChart } from "../../src/charts/inclusion-chart.js";
import { describeInclusion, inclusionHeadline, judgeInclusion } from "../../src/charts/inclusion-verdict.js";
import { groupsOf, inclusion, named } from "./examples.js";

function verdicts(...groups: Parameters<typeof inclusion>[]): string[] {
  return judgeInclusion({ draws: 1000, groups: named(groups.map((group) => inclusion(...group))) }).map(
    ({ verdict }) => verdict,
  );
}

const same: Parameters<typeof inclusion> = [0.1, 0.1, 0.01];

describe("a group differs from the design", () => {
  // A standard error of 0.005 makes a half interval of 0.0098, and 0.01 off is z = 2: two-sided p 0.0455 (normal tables),
  // below 0.05 for one comparison and above 0.05 / 2 for two.
  test("only where chance over all groups compared is ruled out", () => {
    expect(verdicts([0.1, 0.11, 0.0098])).toEqual(["more often"]);
    expect(verdicts([0.1, 0.09, 0.0098])).toEqual(["less often"]);
    expect(verdicts([0.1, 0.11, 0.0098], same)).toEqual(["no clear difference", "no clear difference"]);
  });

  // z = 3: p 0.0027, below 0.05 / 18 = 0.00278 and above 0.05 / 19 = 0.00263.
  test("by Bonferroni's rule", () => {
    const rest = (count: number) => Array.from({ length: count }, () => same);
    expect(verdicts([0.1, 0.115, 0.0098], ...rest(17))[0]).toBe("more often");
    expect(verdicts([0.1, 0.115, 0.0098], ...rest(18))[0]).toBe("no clear difference");
  });

  test("never inside its own interval", () => {
    expect(verdicts([0.1, 0.1097, 0.0098])).toEqual(["no clear difference"]);
  });

  test("where the design fixes its count and another came out, but not for the rounding of a sum", () => {
    expect(verdicts([0.1, 0.101, 0])).toEqual(["more often"]);
    expect(verdicts([0.1, 0.1 + 1e-15, 0])).toEqual(["no clear difference"]);
  });

  // The side of the interval towards the design counts: no draw selected the group, and up to `upper` stays possible.
  test("where no draw selected it, only if that many draws should have", () => {
    const unseen = (upper: number) =>
      judgeInclusion({ draws: 99, groups: named([{ nominal: 0.1, realised: 0, lower: 0, upper }]) })[0]
        ?.verdict;
    expect(unseen(0.2)).toBe("no clear difference");
    expect(unseen(0.05)).toBe("less often");
  });

  test("not where it has no chance, which is not compared", () => {
    expect(verdicts([0, 0, 0], [0.1, 0.11, 0.0098])).toEqual(["no chance", "more often"]);
  });
});

describe("the headline", () => {
  const more: Parameters<typeof inclusion> = [0.1, 0.2, 0.01];
  const less: Parameters<typeof inclusion> = [0.2, 0.1, 0.01];
  const none: Parameters<typeof inclusion> = [0, 0, 0];
  test.each([
    [[same], "1 group selected as designed, within simulation error"],
    [[same, same, none], "All 2 groups selected as designed, within simulation error"],
    [[same, more, none], "1 of 2 groups selected more than designed"],
    [[less, less, same], "2 of 3 groups selected less than designed"],
    [[less, more, same], "2 of 3 groups selected more or less than designed"],
    [[none], "No group has a chance of selection"],
  ])("of %j is %s", (groups, headline) => {
    const judged = judgeInclusion({ draws: 9, groups: named(groups.map((group) => inclusion(...group))) });
    expect(inclusionHeadline(judged)).toBe(headline);
    expect(headline.split(" ").length).toBeLessThanOrEqual(10);
  });
});

describe("the text alternative", () => {
  test("gives the extremes, the groups that differ and how many intervals leave out 1", () => {
    const groups = [
      { characteristic: "Gender", level: "female", ...inclusion(0.1, 0.098, 0.004) },
      { characteristic: "Gender", level: "male", ...inclusion(0.1, 0.125, 0.004) },
      { characteristic: "Age band", level: "0", ...inclusion(0, 0, 0) },
    ];
    expect(describeInclusion(judgeInclusion({ draws: 1000, groups }))).toBe(
      "Dot plot of 3 groups. " +
        "Realised over nominal probability of selection runs from 0.980 (Gender: female) to 1.250 (Gender: male). " +
        "Selected more often than designed is Gender: male (1.250, 1.210 to 1.290). " +
        "1 of 2 intervals leaves out 1; by chance alone about 0.1 would. " +
        "1 group has no chance of selection under the plan.",
    );
  });

  test("calls nothing a difference where no group differs", () => {
    const judged = judgeInclusion({ draws: 1000, groups: named([inclusion(0.1, 0.101, 0.01)]) });
    expect(describeInclusion(judged)).toBe(
      "Dot plot of 1 group. Realised over nominal probability of selection is 1.010 (Group: 1). The interval holds 1.",
    );
  });
});

test("the table has a row for each group, with figures as a reader sees them", () => {
  const { table } = inclusionChart({
    draws: 1000,
    groups: named([inclusion(0.04, 0.0412, 0.002), inclusion(0, 0, 0)]),
  });
  expect(table.header).toHaveLength(7);
  expect(table.rows).toEqual([
    ["Group", "1", "4.00%", "4.12%", "1.030", "0.980 to 1.080", "no clear difference"],
    ["Group", "2", "0.00%", "0.00%", "not applicable", "not applicable", "no chance"],
  ]);
});

describe("numbers that contradict each other are refused", () => {
  const [group] = groupsOf(1);
  test.each([
    ["no group", { draws: 10, groups: [] }, /at least 1 group, got 0/],
    ["no draw", { draws: 0, groups: named([inclusion(0.1, 0.1, 0)]) }, /number of draws.*got 0/],
    ["half a draw", { draws: 1.5, groups: named([inclusion(0.1, 0.1, 0)]) }, /got 1.5/],
    ["a probability above 1", { draws: 1, groups: named([inclusion(1.1, 0.1, 0)]) }, /got 1.1 \(Group: 1\)/],
    ["not a number", { draws: 1, groups: named([inclusion(0.1, Number.NaN, 0)]) }, /got NaN/],
    [
      "a selected group without a chance",
      { draws: 1, groups: named([inclusion(0, 0.1, 0)]) },
      /never selected/,
    ],
    [
      "an interval beside its estimate",
      { draws: 1, groups: [{ ...group!, nominal: 0.1, realised: 0.1, lower: 0.2, upper: 0.3 }] },
      /starts at or below/,
    ],
    [
      "an endless interval",
      {
        draws: 1,
        groups: [{ ...group!, nominal: 0.1, realised: 0.1, lower: 0, upper: Number.POSITIVE_INFINITY }],
      },
      /finite/,
    ],
  ])("%s", (_, data, says) => {
    expect(() => inclusionChart(data)).toThrow(
      expect.objectContaining({ code: "CHART_DATA_INVALID", message: expect.stringMatching(says) }),
    );
  });
});
