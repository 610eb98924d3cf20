import { expect, test } from "vitest";
import { countIndicator } from "../../../src/analysis/regional/count-indicator.js";
import { indicatorsOf } from "../../../src/analysis/regional/indicators.js";
import { nestedIndicatorTallies } from "../../../src/analysis/regional/nested-indicators.js";
import { protectTallies } from "../../../src/disclosure/protect-tallies.js";
import { childLines, subjectOf } from "../subjects.js";

/** Two areas by the level of a field: so many children of each. */
const counts = { North: { far: 10, near: 2, none: 28 }, South: { far: 20, near: 9, none: 11 } };

function talliesOf() {
  const rows = Object.entries(counts).flatMap(([area, levels]) =>
    Object.entries(levels).flatMap(([level, count]) =>
      Array.from({ length: count }, () => `${area}|${level}`),
    ),
  );
  const subject = subjectOf(childLines("service_area|case_type", rows), {
    plan: [
      "compare:",
      "  indicators:",
      "    - { name: Inner, where: { case_type: far } }",
      "    - { name: Outer, where: { case_type: [far, near] } }",
      "    - { name: Apart, where: { case_type: none } }",
    ],
  });
  const { defined } = indicatorsOf(subject, "service_area");
  const pairs = defined.map((one) => ({
    defined: one,
    tally: countIndicator(subject, one, "service_area", { unknownAsNo: true }).tallies[0],
  }));
  const between = nestedIndicatorTallies(subject, pairs, "service_area");
  return { own: pairs.flatMap(({ tally }) => (tally === undefined ? [] : [tally])), between };
}

test("who is in the outer one and not in the inner one is a table of its own, tied to both", () => {
  const { between } = talliesOf();
  const [tally] = between;
  expect(between).toHaveLength(1);
  const levels = tally?.rows.levels ?? [];
  expect(Object.fromEntries(levels.map(({ key }, row) => [key, tally?.cells[row]]))).toEqual({
    inner: [10, 20],
    between: [2, 9],
    neither: [28, 11],
  });
  // "Inner" is the very level of the field, so its own table answers to that.
  expect(Object.fromEntries(levels.map(({ key, of }) => [key, of?.level]))).toEqual({
    inner: "far",
    between: undefined,
    neither: "no",
  });
});

test("two counts that differ by a small one are not both published", () => {
  const { own, between } = talliesOf();
  const rounding = { threshold: 5, roundTo: 1 };
  const shownOf = (tallies: typeof own): unknown[] =>
    protectTallies(tallies, rounding)
      .tallies.slice(0, 2)
      .map((tally) => tally.cells[0]?.[0]);
  // Inner 10 and outer 12 of North, apart, would tell of the 2 between.
  expect(shownOf(own)).toEqual([10, 12]);
  expect(shownOf([...own, ...between])).not.toEqual([10, 12]);
});
