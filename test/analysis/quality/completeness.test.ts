import { expect, test } from "vitest";
import { ageItem } from "../../../src/analysis/children/age-item.js";
import { dataQualityItem } from "../../../src/analysis/quality/data-quality-item.js";
import { lawProfileItem } from "../../../src/analysis/work/law-profile-item.js";
import { protectTallies } from "../../../src/disclosure/protect-tallies.js";
import { childLines, subjectOf } from "../subjects.js";

const about = (subject: ReturnType<typeof subjectOf>) =>
  ({ plan: subject.plan, edition: "internal" }) as const;

test("an ethnicity is blank, refused or not obtained, or no code", () => {
  // Of 10: 4 known, 2 blank, 1 refused, 1 not obtained, 2 of no code.
  const subject = subjectOf(
    childLines("ethnicity", ["WBRI", "WBRI", "BAFR", "AIND", "", "", "REFU", "NOBT", "QQQQ", "ZZZZ"]),
  );
  const { tables } = dataQualityItem.result(dataQualityItem.count(subject), about(subject));
  const row = tables.at(-1)?.rows.find(({ names }) => names[0] === "Ethnicity");
  expect(row?.cells.slice(0, 4)).toEqual([10, 0.2, 0.2, 0.2]);
});

test("who has no known age cannot be worked out of who has one", () => {
  // Public law: 3 not yet born, 12 without a date of birth, 40 of 2015; private law: 1, 8 and 60. One place to look it up:
  // hiding the small count takes another of its column, and the numbers known must not give that one back.
  const of = (law: string, born: number, blank: number, unborn: number): string[] => [
    ...Array(born).fill(`${law}|2015-05-05`),
    ...Array(blank).fill(`${law}|`),
    ...Array(unborn).fill(`${law}|2026-12-01`),
  ];
  const subject = subjectOf(
    childLines("law_type|date_of_birth", [...of("public", 40, 12, 3), ...of("private", 60, 8, 1)]),
  );
  const tallies = [ageItem, lawProfileItem, dataQualityItem].flatMap((item) => item.count(subject).tallies);
  const shown = protectTallies(tallies, { threshold: 5, roundTo: 1 }).tallies;
  const age = shown.find(({ id }) => id === "age");
  const known = shown.find(({ id }) => id === "law-profile/age_years");
  const blankIn = (tally: typeof age) =>
    tally?.cells[tally.rows.levels.findIndex(({ key }) => key === "not_recorded")];
  expect(blankIn(known)).toEqual(blankIn(age));
  const total = shown.find(({ id }) => id === "data-quality/date_of_birth");
  expect(total?.rows.label).toBe("Date of birth");
  const rowOf = (tally: typeof age) =>
    tally?.rowTotals[tally.rows.levels.findIndex(({ key }) => key === "not_recorded")];
  expect(rowOf(total)).toEqual(rowOf(age));
});
