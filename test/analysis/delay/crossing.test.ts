import { describe, expect, test } from "vitest";
import type { CurveGroup, CurveSet } from "../../../src/analysis/curves.js";
import { crossingOf, crossingWords } from "../../../src/analysis/delay/crossing.js";
import { durationItem } from "../../../src/analysis/delay/duration-item.js";
import { survivalChart } from "../../../src/charts/survival-chart.js";
import { subjectOf } from "../windows.js";

/** Shares at 26, 52 and 100 weeks, with bounds so far to either side. */
function curve(name: string, shares: readonly number[], half: number): CurveGroup {
  return {
    key: name.toLowerCase(),
    label: `${name} law`,
    times: [0, 182, 364, 700],
    shares: [1, ...shares],
    lower: [1, ...shares.map((share) => share - half)],
    upper: [1, ...shares.map((share) => share + half)],
    atRisk: [1000, 500, 200, 50],
    events: [0, 500, 300, 150],
    conditionalFrom: 0,
    units: 1000,
  };
}

function setOf(half: number, last: number): CurveSet {
  return {
    id: "duration",
    groups: [curve("Public", [0.7, 0.4, 0.046], half), curve("Private", [0.6, 0.35, last], half)],
  };
}

const subject = subjectOf([{ id: "1", applied: "2026-01-01", closed: "2026-03-01" }]);
const about = { plan: subject.plan, edition: "internal" } as const;

describe("curves that cross", () => {
  test("are said to, in the headline and in the message with both figures", () => {
    const set = setOf(0.005, 0.061);
    const counted = { tallies: [], curves: [set], statistics: {} };
    const result = durationItem.result(counted, about);
    expect(result.messages[0]?.text).toBe(
      "Public law cases last longer at first, private law ones at the end: counted by child, after 26 weeks 70.0% of public law cases and 60.0% " +
        "of private law cases are still open, after 100 weeks 4.6% of public law cases and 6.1% of private law cases are still open.",
    );
    expect(survivalChart(result, counted)?.title).toBe(
      "Public law cases last longer at first, private law later",
    );
  });

  test("only where the intervals lie apart on both sides", () => {
    expect(crossingOf(setOf(0.008, 0.061))).toBeUndefined();
    expect(crossingOf(setOf(0.005, 0.03))).toBeUndefined();
    // Coarse bounds of 4 to 6 and 6 to 8 % touch: what they were made of lies apart.
    const touching: CurveSet = { ...setOf(0.01, 0.07), coarse: true };
    const [one, other] = touching.groups as [CurveGroup, CurveGroup];
    const coarse = [
      { ...one, lower: [1, 0.69, 0.39, 0.04], upper: [1, 0.71, 0.41, 0.06] },
      { ...other, lower: [1, 0.59, 0.34, 0.06], upper: [1, 0.61, 0.36, 0.08] },
    ];
    expect(crossingOf({ ...touching, groups: coarse })?.late.weeks).toBe(100);
    expect(crossingOf({ id: "duration", groups: coarse })).toBeUndefined();
    const crossing = crossingOf(setOf(0.005, 0.061));
    expect(crossing?.early.weeks).toBe(26);
    expect(crossing?.late.weeks).toBe(100);
    expect(crossing && crossingWords(crossing)).toMatch(/^Public law cases last longer at first, private/);
  });
});

test("where the difference up to 100 weeks is hidden, that up to 52 is told", () => {
  const difference_52 = { value: 35, lower: 21, upper: 49, base: 100, step: 7 };
  const counted = {
    tallies: [],
    curves: [setOf(0.008, 0.03)],
    statistics: { difference_52, difference_100: { mark: "c" } as const },
  };
  expect(durationItem.result(counted, about).messages.map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/^Public law cases last 5\.0 weeks longer .*counted up to 52 weeks/),
  );
});
