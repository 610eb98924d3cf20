import { expect, test } from "vitest";
import type { Subject } from "../../../src/analysis/item.js";
import { countIndicator } from "../../../src/analysis/regional/count-indicator.js";
import { indicatorsOf } from "../../../src/analysis/regional/indicators.js";
import { nestedIndicatorTallies } from "../../../src/analysis/regional/nested-indicators.js";
import type { Tally } from "../../../src/analysis/tally.js";
import { protectTallies } from "../../../src/disclosure/protect-tallies.js";
import { childLines, subjectOf } from "../subjects.js";

type Areas = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Two areas by the level of a field: so many children of each. */
const counts: Areas = { North: { far: 10, near: 2, none: 28 }, South: { far: 20, near: 9, none: 11 } };

const nested = [
  "{ name: Inner, where: { case_type: far } }",
  "{ name: Outer, where: { case_type: [far, near] } }",
  "{ name: Apart, where: { case_type: none } }",
];

function exportOf(areas: Areas, indicators: readonly string[]): Subject {
  const rows = Object.entries(areas).flatMap(([area, levels]) =>
    Object.entries(levels).flatMap(([level, count]) =>
      Array.from({ length: count }, () => `${area}|${level}|${level === "far" ? "long" : "short"}`),
    ),
  );
  return subjectOf(childLines("service_area|case_type|team", rows), {
    plan: ["compare:", "  indicators:", ...indicators.map((each) => `    - ${each}`)],
  });
}

function talliesOf(subject: Subject = exportOf(counts, nested)) {
  const { defined } = indicatorsOf(subject, "service_area");
  const pairs = defined.map((one) => ({
    defined: one,
    counted: countIndicator(subject, one, "service_area", { unknownAsNo: true }),
  }));
  const between = nestedIndicatorTallies(subject, pairs, "service_area");
  return { own: pairs.flatMap(({ counted }) => counted.tallies), between };
}

/** Of each row of a table, the count of North. */
function inNorth({ columns, cells }: Tally): unknown[] {
  const at = columns.levels.findIndex(({ key }) => key === "North");
  return cells.map((line) => line[at]);
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

test("each of two that are apart within a third is told of", () => {
  const areas = {
    North: { far: 0, mid: 12, near: 2, none: 26 },
    South: { far: 30, mid: 10, near: 15, none: 10 },
  };
  const { own, between } = talliesOf(
    exportOf(areas, [
      "{ name: Far, where: { case_type: far } }",
      "{ name: Mid, where: { case_type: mid } }",
      "{ name: All, where: { case_type: [far, mid, near] } }",
    ]),
  );
  expect(between.map(({ id }) => id)).toEqual([
    "regional/far in regional/all",
    "regional/mid in regional/all",
  ]);
  // 12 and 14 of North would tell of the 2 that are near.
  const north = (tallies: readonly Tally[]): unknown[] => tallies.map((tally) => inNorth(tally)[0]);
  expect(north(own)).toEqual([0, 12, 14]);
  const { tallies } = protectTallies([...own, ...between], { threshold: 5, roundTo: 1 });
  expect(north(tallies).slice(1, 3)).not.toEqual([12, 14]);
});

test("of three within one another each is set against the next", () => {
  const areas = { North: { far: 10, mid: 12, near: 9 }, South: { far: 20, mid: 10, near: 15 } };
  const { between } = talliesOf(
    exportOf(areas, [
      "{ name: All, where: { case_type: [far, mid, near] } }",
      "{ name: Far, where: { case_type: far } }",
      "{ name: Some, where: { case_type: [far, mid] } }",
    ]),
  );
  expect(between.map(({ id }) => id)).toEqual([
    "regional/some in regional/all",
    "regional/far in regional/some",
  ]);
});

test("two that count the same children are tied, so that what one hides the other does not show", () => {
  const { between } = talliesOf(
    exportOf(counts, ["{ name: Far, where: { case_type: far } }", "{ name: Long, where: { team: long } }"]),
  );
  expect(between).toHaveLength(1);
  const levels = between[0]?.rows.levels ?? [];
  expect(Object.fromEntries(levels.map(({ key, of }) => [key, of?.field]))).toEqual({
    inner: "case_type",
    neither: "regional/long",
  });
});

test("those of an earlier export are told of too: its counts are published beside", () => {
  const now = exportOf(counts, nested);
  const before = exportOf({ ...counts, North: { far: 12, near: 3, none: 25 } }, nested);
  const earlier: Subject = { ...before, plan: { ...before.plan, reference_date: "2026-05-16" } };
  const { between } = talliesOf({ ...now, earlier: [earlier] });
  expect(between.map(({ id, universe }) => [id, universe])).toEqual([
    ["regional/inner in regional/outer", "children"],
    ["regional/inner/2026-05-16 in regional/outer/2026-05-16", "children on 2026-05-16"],
  ]);
  const then = between[1] as Tally;
  const told = inNorth(then).map((count, row) => [then.rows.levels[row]?.key, count]);
  expect(Object.fromEntries(told)).toEqual({ inner: 12, between: 3, neither: 25 });
});
