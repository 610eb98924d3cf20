import { expect, test } from "vitest";
import { completenessOf } from "../../../src/analysis/quality/completeness.js";
import { countIndicator } from "../../../src/analysis/regional/count-indicator.js";
import { indicatorsOf } from "../../../src/analysis/regional/indicators.js";
import { withField } from "../../../src/analysis/subject-fields.js";
import { fieldOf, tabulate } from "../../../src/analysis/tabulate.js";
import type { Tally } from "../../../src/analysis/tally.js";
import { protectTallies } from "../../../src/disclosure/protect-tallies.js";
import { childLines, subjectOf } from "../subjects.js";
import { times } from "./examples.js";

const exportOf = (rows: readonly string[]) => subjectOf(childLines("service_area|ethnicity", rows));

function countedOf(subject: ReturnType<typeof exportOf>): Tally {
  const { defined } = indicatorsOf(subject, "service_area");
  const own = defined.find(({ indicator }) => indicator.id === "ethnicity-not-known");
  if (own === undefined) throw new Error("no indicator");
  expect(own.notes.join()).toContain("declined (REFU) or was not obtained (NOBT)");
  return countIndicator(subject, own, "service_area", { unknownAsNo: true }).tallies[0] as Tally;
}

/** How complete the field is by area, as the analysis tells of the quality of data. */
function completenessTally(subject: ReturnType<typeof exportOf>): Tally {
  const field = completenessOf(fieldOf(subject, "ethnic_group"));
  return tabulate(withField(subject, field), {
    id: "complete",
    universe: "children",
    rows: "ethnic_group",
    columns: "service_area",
  });
}

const mixed = [
  ...times(30, "North|WBRI"),
  ...times(12, "North|REFU"),
  ...times(2, "North|NOBT"),
  ...times(1, "North|Martian"),
  ...times(40, "South|AIND"),
  ...times(10, "South|"),
];

test("counts whoever is of no known group: declined, not obtained and not understood as well as blank", () => {
  const subject = exportOf(mixed);
  const { rows, columns, cells } = countedOf(subject);
  expect(columns.levels.map(({ key }) => key).sort()).toEqual(["North", "South"]);
  const at = (area: string) => columns.levels.findIndex(({ key }) => key === area);
  // 12 declined, 2 not obtained and 1 not understood; 10 blank.
  expect([cells[0]?.[at("North")], cells[0]?.[at("South")]]).toEqual([15, 10]);
  expect([cells[1]?.[at("North")], cells[1]?.[at("South")]]).toEqual([30, 40]);
  // No one level is of all those 25; the others are those of whom it is recorded.
  expect(rows.levels.map(({ of }) => of)).toEqual([
    undefined,
    { field: "ethnic_group", level: "Recorded" },
    undefined,
  ]);
});

test("is tied to one level where that level is all of them", () => {
  const { rows } = countedOf(exportOf([...times(30, "North|WBRI"), ...times(7, "South|REFU")]));
  expect(rows.levels[0]?.of).toEqual({ field: "ethnic_group", level: "refused" });
});

test("every tie is to a level of the same children", () => {
  for (const rows of [mixed, [...times(30, "North|WBRI"), ...times(7, "South|REFU"), "South|AIND"]]) {
    const subject = exportOf(rows);
    const own = countedOf(subject);
    const complete = completenessTally(subject);
    for (const [row, { of }] of own.rows.levels.entries()) {
      if (of === undefined) continue;
      const there = complete.rows.levels.findIndex(({ key }) => key === of.level);
      const areas = own.columns.levels.map(({ key }) => key);
      const same = areas.map(
        (area) => complete.cells[there]?.[complete.columns.levels.findIndex(({ key }) => key === area)],
      );
      expect(same, of.level).toEqual(own.cells[row]);
    }
  }
});

test("a group that is small is not worked out of who is not known and who declined", () => {
  // North: 30 declined and 3 blank; 33 not known and 30 who declined would tell of the 3.
  const subject = exportOf([
    ...times(12, "North|WBRI"),
    ...times(30, "North|REFU"),
    ...times(3, "North|"),
    ...times(40, "South|AIND"),
    ...times(20, "South|REFU"),
    ...times(10, "South|"),
  ]);
  const tallies = [countedOf(subject), completenessTally(subject)];
  const shown = protectTallies(tallies, { threshold: 5, roundTo: 1 }).tallies;
  const north = (tally: Tally | undefined, key: string): unknown => {
    const row = tally?.rows.levels.findIndex((level) => level.key === key) ?? -1;
    const column = tally?.columns.levels.findIndex((level) => level.key === "North") ?? -1;
    return tally?.cells[row]?.[column];
  };
  expect(north(shown[1], "not_recorded")).toEqual({ mark: "c" });
  expect([north(shown[0], "yes"), north(shown[1], "refused")]).not.toEqual([33, 30]);
});
