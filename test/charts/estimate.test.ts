import { expect, test } from "vitest";
import { estimateChart } from "../../src/charts/estimate-chart.js";
import { CasedrawError } from "../../src/errors.js";
import { named } from "./examples.js";

const one = { estimate: 0.4, lower: 0.31, upper: 0.52, n: 90 };
const other = { estimate: 0.8, lower: 0.8, upper: 0.8, n: 12 };

test("one share: the headline is its interval, in ten words or fewer", () => {
  const { title } = estimateChart({ population: "all children", groups: named([one]) });
  expect(title).toBe("Between 31% and 52%, as far as sampled");
  expect(title.split(" ").length).toBeLessThanOrEqual(10);
});

test("several: which is least and which most; without their names, where they are long, from where to where intervals reach, and every one in words and in the table", () => {
  const chart = estimateChart({ population: "all children", groups: named([one, other]) });
  expect(chart.title).toBe("From 40% (1, 31–52%) to 80% (2)");
  expect(chart.title.split(" ").length).toBeLessThanOrEqual(10);
  expect(chart.subtitle).toBe("Estimated percentage of all children, with 95% intervals");
  expect(chart.description).toContain("Group, 1: 40.0%, from 31.0% to 52.0%.");
  expect(chart.table.rows).toEqual([
    ["Group", "1", "40.0%", "31.0% to 52.0%", "90"],
    ["Group", "2", "80.0%", "all reviewed", "12"],
  ]);
});

test("where two are the least, intervals are of all together", () => {
  const chart = estimateChart({
    population: "all children",
    groups: named([one, { ...one, lower: 0.2 }, other]),
  });
  expect(chart.title).toBe("3 shares, 40% to 80%; intervals from 20% to 80%");
});

test("shares that are alike are told once, and without intervals no interval is told", () => {
  const title = (...shares: (typeof one)[]) =>
    estimateChart({ population: "all", groups: named(shares) }).title;
  const none = { estimate: 0, lower: 0, upper: 0.45, n: 6 };
  expect(title(none, none, { ...none, upper: 0.3 })).toBe("All 3 shares are 0%; intervals from 0% to 45%");
});

test("findings are named as they differ; long names are left to the picture", () => {
  const title = (...groups: readonly [characteristic: string, level: string][]) =>
    estimateChart({
      population: "all",
      groups: groups.map(([characteristic, level], at) => ({
        ...(at === 0 ? one : other),
        characteristic,
        level,
      })),
    }).title;
  expect(title(["plan_made", "Yes"], ["voice", "Yes"])).toBe("From 40% (plan_made, 31–52%) to 80% (voice)");
  expect(title(["seen", "Yes"], ["view", "Red"])).toBe("From 40% (seen, 31–52%) to 80% (view Red)");
  const long = "Was the child seen alone within six weeks of it";
  expect(title([long, "Yes"], ["voice", "Yes"])).toBe("2 shares, 40% to 80%; intervals from 31% to 80%");
});

test("many: the text alternative names twelve and counts the rest", () => {
  const groups = named(Array.from({ length: 15 }, () => one));
  expect(estimateChart({ population: "all", groups }).description).toMatch(/3 more in the table\.$/);
});

test.each([[[]], [[{ ...one, estimate: 1.2 }]], [[{ ...one, lower: 0.5 }]], [[{ ...one, upper: 0.3 }]]])(
  "numbers that would have to be bent are refused",
  (groups) => {
    expect(() => estimateChart({ population: "all", groups: named(groups) })).toThrow(CasedrawError);
  },
);
