import { describe, expect, test } from "vitest";
import { spreadChart } from "../../src/charts/spread-chart.js";
import {
  compareSpreads,
  describeSpread,
  rangesDiffer,
  spreadHeadline,
} from "../../src/charts/spread-verdict.js";
import { named, spreads } from "./examples.js";

// By hand, for 10 against 11.2 and K = 1,000: 1.96 × 0.884 × √((100 + 125.44) / 1000) = 0.823; K = 100: 2.601.
describe("two ranges differ", () => {
  test.each([
    [10, 20, 1000, true],
    [10, 11.2, 1000, true],
    [11.2, 10, 1000, true],
    [10, 11.2, 100, false],
    [10, 10, 1000, false],
    [0, 0.9, 1_000_000, false],
    [0, 1, 1_000_000, true],
  ])("%d and %d after %d draws: %s", (one, other, draws, differ) => {
    expect(rangesDiffer(one, other, draws)).toBe(differ);
  });
});

describe("the headline", () => {
  test.each([
    [[[4, 20]], "Counts vary less than under simple random sampling"],
    [
      [
        [20, 4],
        [9, 3],
      ],
      "Counts vary more than under simple random sampling",
    ],
    [[[20, 20.5]], "Counts vary as much as under simple random sampling"],
    [
      [
        [4, 20],
        [9, 9],
        [4, 20],
      ],
      "Counts vary less than simple random: 2 of 3 groups",
    ],
    [
      [
        [9, 9],
        [20, 4],
      ],
      "Counts vary more than simple random: 1 of 2 groups",
    ],
    [
      [
        [4, 20],
        [20, 4],
        [9, 9],
      ],
      "Counts vary less in 1 group, more in 1",
    ],
    [
      [
        [4, 20],
        [4, 20],
        [20, 4],
      ],
      "Counts vary less in 2 groups, more in 1",
    ],
  ] as [[number, number][], string][])("of %j is %s", (groups, headline) => {
    const data = { draws: 1000, groups: named(groups.map(([plan, simple]) => spreads(plan, simple))) };
    expect(spreadHeadline(compareSpreads(data))).toBe(headline);
    expect(headline.split(" ").length).toBeLessThanOrEqual(10);
  });
});

test("the text alternative counts groups and gives each design's widest range", () => {
  const data = { draws: 1000, groups: named([spreads(4, 20, 18), spreads(9, 9, 30)]) };
  expect(describeSpread(data, compareSpreads(data))).toBe(
    "Range plot of 2 groups, each with a range for three designs. " +
      "Under the plan the count varies less than under simple random sampling in 1 group, more in 0, with no clear difference in 1. " +
      "Widest range from the 5th to the 95th percentile: this plan 9.0 cases (Group: 2), " +
      "simple random 20.0 cases (Group: 1), proportional strata 30.0 cases (Group: 2).",
  );
});

test("the table gives expected counts and percentiles of each design", () => {
  const { table } = spreadChart({ draws: 1000, groups: named([spreads(3, 7, 0)]) });
  expect(table.header).toHaveLength(8);
  expect(table.rows).toEqual([
    ["Group", "1", "20.0", "−1.5 to +1.5", "20.0", "−3.5 to +3.5", "20.0", "0.0 to 0.0"],
  ]);
});

test("percentiles out of order and counts below 0 are refused", () => {
  const refused = (range: object, says: RegExp) => {
    const [group] = named([spreads(3, 7)]);
    const bad = { ...group!, spreads: { ...group!.spreads, plan: { ...group!.spreads.plan, ...range } } };
    expect(() => spreadChart({ draws: 10, groups: [bad] })).toThrow(
      expect.objectContaining({ code: "CHART_DATA_INVALID", message: expect.stringMatching(says) }),
    );
  };
  refused({ lower: 2, upper: 1 }, /at or below the 95th, got 2 and 1 \(Group: 1\)/);
  refused({ expected: -1 }, /0 or more, got -1/);
  refused({ lower: Number.NaN }, /finite/);
});
