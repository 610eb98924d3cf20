import { describe, expect, test } from "vitest";
import { nestedLinks } from "../../../src/analysis/regional/nested-links.js";
import { nestedTable, nestedTally, withoutFew } from "../../../src/analysis/regional/nested-table.js";
import { tabulate } from "../../../src/analysis/tabulate.js";
import type { Tally } from "../../../src/analysis/tally.js";
import { protectTallies } from "../../../src/disclosure/protect-tallies.js";
import { childLines, subjectOf } from "../subjects.js";

/** Local authority and DFJ area: so many children of each. */
const lives = [
  ["Kent", "South", 96],
  ["Medway", "South", 1],
  ["York", "North", 85],
  ["Essex", "North", 20],
] as const;

const subject = subjectOf(
  childLines(
    "local_authority|dfj_area",
    lives.flatMap(([local, area, count]) => Array.from({ length: count }, () => `${local}|${area}`)),
  ),
  { plan: ["disclosure: { threshold: 5, round_to: 1 }"] },
);
const nested = nestedTally(subject) as Tally;
const areas = tabulate(subject, {
  id: "areas",
  universe: nested.universe,
  rows: "dfj_area",
  units: subject.units,
});
const rounding = { threshold: 5, roundTo: 1 };
const about = { plan: subject.plan, edition: "publishable" as const };

function hiddenIn(tally: Tally): string[] {
  return tally.rows.levels.flatMap(({ key }, row) =>
    typeof tally.rowTotals[row] === "object" ? [key.split("\u001f").join("/")] : [],
  );
}

describe("an area's total beside the places that lie in it", () => {
  test("without the links the one place of few could be worked out: 97 less 96", () => {
    const { tallies } = protectTallies([areas, nested], rounding);
    expect(hiddenIn(tallies[1] as Tally)).not.toContain("Kent/South");
    expect(hiddenIn(tallies[0] as Tally)).toEqual([]);
  });

  test("with them a second number is hidden", () => {
    const links = nestedLinks(subject, "dfj_area");
    // Of each area its rows and all others, and itself and all others.
    expect(links.map(({ rowTotals }) => rowTotals)).toEqual([
      [96, 1, 105],
      [97, 105],
      [85, 20, 97],
      [105, 97],
    ]);
    const { tallies } = protectTallies([areas, nested, ...links], rounding);
    const hidden = [...hiddenIn(tallies[0] as Tally), ...hiddenIn(tallies[1] as Tally)];
    expect(hidden).toContain("Medway/South");
    expect(hidden.includes("Kent/South") || hidden.includes("South")).toBe(true);
  });

  test("a place that lies in two areas ties neither of them", () => {
    const both = subjectOf(
      childLines("local_authority|dfj_area|court", [
        "Kent|South|A",
        "Kent|South|B",
        "York|North|C",
        "York|North|C",
      ]),
    );
    expect(nestedLinks(both, "court").map(({ id }) => id)).toEqual([
      "regional/nested in court C",
      "court in court C",
    ]);
  });
});

test("for publication places of few are not listed, and the caption says so", () => {
  const { tallies } = protectTallies([areas, nested, ...nestedLinks(subject, "dfj_area")], rounding);
  const shown = withoutFew(tallies[1] as Tally, nested, 5);
  const { rows, caption } = nestedTable(shown, about);
  expect(rows.map(({ names }) => names.join("/"))).toEqual(["Essex/North", "York/North", "Kent/South"]);
  expect(caption).toMatch(/; places of 1 to 5 are not listed$/);
  expect(nestedTable(nested, { ...about, edition: "internal" }).rows).toHaveLength(4);
});
