import { describe, expect, test } from "vitest";
import { compareChances } from "../../src/charts/chance-verdict.js";
import { missedChart } from "../../src/charts/missed-chart.js";
import { shortfallChart } from "../../src/charts/shortfall-chart.js";
import { chances, named } from "./examples.js";

function data(...pairs: [plan: number, simple: number][]) {
  return { draws: 1000, groups: named(pairs.map(([plan, simple]) => chances(plan, simple))) };
}

test("a chance is lower or higher only where the intervals do not overlap", () => {
  // Each reaches 0.01 to both sides: 0.021 apart they do not meet, 0.019 apart they do.
  const { groups } = data([0.1, 0.121], [0.1, 0.119], [0.121, 0.1], [0.119, 0.1], [0, 0]);
  expect(compareChances(groups, "simple_random")).toEqual({ lower: 1, higher: 1, unclear: 3 });
});

describe("headlines", () => {
  test.each([
    [missedChart, data([0, 0.2]), "No group missed in any of 1,000 draws"],
    [missedChart, { ...data([0, 0.2]), draws: 1 }, "No group missed in 1 draw"],
    [missedChart, data([0.123, 0.2]), "The group is missed in 12% of draws"],
    [missedChart, data([0.002, 0.2]), "The group is missed in under 1% of draws"],
    [missedChart, data([0, 0.2], [0.001, 0], [0.3, 0]), "2 of 3 groups missed altogether in some draws"],
    [shortfallChart, data([0, 0.2]), "The target was met in all 1,000 draws"],
    [shortfallChart, { ...data([0, 0.2]), draws: 1 }, "The target was met in 1 draw"],
    [shortfallChart, data([0, 0.2], [0, 0.2]), "Every target was met in all 1,000 draws"],
    [shortfallChart, data([0.998, 0.2]), "The target is not met in over 99% of draws"],
    [shortfallChart, data([0.5, 0.2], [0, 0]), "1 of 2 targets not met in some draws"],
  ])("%o: %j", (chart, given, headline) => {
    expect(chart(given).title).toBe(headline);
    expect(headline.split(" ").length).toBeLessThanOrEqual(10);
  });
});

describe("the text alternative", () => {
  test("names the worst under the plan with their intervals, and compares by them", () => {
    expect(missedChart(data([0.05, 0.2], [0.3, 0.1], [0, 0.005])).description).toBe(
      "Dot plot of 3 groups, each with a dot for three designs. " +
        "Missed under the plan in any of 1,000 draws: 2 of 3 groups, most often Group: 2 (30.0%, 29.0% to 31.0%), Group: 1 (5.0%, 4.0% to 6.0%). " +
        "Beside simple random the chance is lower for 1, higher for 1, not clearly different for 1. " +
        "Beside proportional strata the chance is lower for 1, higher for 1, not clearly different for 1.",
    );
  });

  test("says none where there is none", () => {
    expect(shortfallChart(data([0, 0])).description).toContain(
      "Fell short under the plan in any of 1,000 draws: none of 1 target.",
    );
  });
});

test("the table shows no rounded 0% or 100% where it is not exactly that", () => {
  const { rows } = missedChart(data([0.0004, 0.9996], [0, 1])).table;
  expect(rows[0]?.slice(2, 6)).toEqual(["under 0.1%", "0.0% to 1.0%", "over 99.9%", "99.0% to 100.0%"]);
  expect(rows[1]?.slice(2, 6)).toEqual(["0.0%", "0.0% to 1.0%", "100.0%", "99.0% to 100.0%"]);
});

test("a chance outside its interval is refused", () => {
  const given = data([0.1, 0.2]);
  const [group] = given.groups;
  const plan = { share: 0.1, lower: 0, upper: 0.05 };
  const bad = { draws: 10, groups: [{ ...group!, chances: { ...group!.chances, plan } }] };
  for (const chart of [missedChart, shortfallChart]) {
    expect(() => chart(bad)).toThrow(
      expect.objectContaining({
        code: "CHART_DATA_INVALID",
        message: expect.stringMatching(/ends at or above/),
      }),
    );
  }
});
