import { describe, expect, test } from "vitest";
import { frameOf, tableOf } from "../frames.js";

/**
 * By hand, from the latest row of each: 1 ended, and an earlier row is open; 2 is open; 3 ended, and the earlier row too; 4 ended,
 * and of a row without a beginning nobody knows that it is the earlier one; 5 ended, and both earlier rows are open.
 */
const episodes = [
  "id|from|to",
  "1|01/02/2024|",
  "1|01/02/2025|01/03/2025",
  "2|01/02/2024|",
  "2|01/02/2025|",
  "3|01/02/2024|01/03/2024",
  "3|01/02/2025|01/03/2025",
  "4||",
  "4|01/02/2025|01/03/2025",
  "5|01/02/2023|",
  "5|01/02/2024|",
  "5|01/02/2026|01/03/2026",
];

function told(cohort: string, { many = "{ latest: application_date }", more = "" } = {}) {
  const yaml = `
casedraw: 1
title: t
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: x.csv }]
joins:
  - path: episodes.csv
    key: child_id
    many: ${many}
    columns: { application_date: from, closed_date: to }
columns: { child_id: id, team: team }
cohort: { ${cohort} }
${more}`;
  const frame = frameOf(yaml, {
    data: [tableOf("x.csv", ["id|team", "1|A", "2|A", "3|A", "4|A", "5|B"])],
    joins: [tableOf("episodes.csv", episodes)],
  });
  return frame.notes
    .filter(({ code }) => code === "cohort-earlier-row-open")
    .map(({ text, count, details }) => ({ text, count, ...details }));
}

const weeks = "fields: { weeks: { weeks_between: [application_date, closed_date] } }";

const tail =
  "by the closed_date of the latest row of episodes.csv alone, although an earlier row of the same child_id was never closed. " +
  "casedraw check lists those rows (CHECK_EARLIER_ROW_OPEN).";

describe("a cohort that goes by the end of the latest row", () => {
  test("says whom it leaves out, or lets in, though an earlier row was never closed", () => {
    const [open] = told("include: { closed_date: { blank: true } }");
    expect(open).toEqual({
      text: `2 children are left out ${tail}`,
      count: 2,
      file: "episodes.csv",
      field: "closed_date",
      left_out: 2,
      let_in: 0,
    });
    expect(told("exclude: { closed_date: { blank: false } }")).toEqual([open]);
    expect(told("include: { closed_date: { blank: false } }")[0]?.text).toBe(
      `2 children may be sampled ${tail}`,
    );
    // The same by what is worked out from the end: the delay of 1 would run on, and that of 5 would be another.
    expect(told("include: { delay_is_open: [yes] }")).toEqual([open]);
    expect(told("exclude: { delay_band: [up to 26] }")).toEqual([open]);
    expect(told("include: { weeks: { over: 26 } }", { more: weeks })).toEqual([open]);
    // Of 5 the end lies within the year before the reference date, of 1 it does not.
    expect(told("closed_within_days: 365")[0]?.text).toBe(
      `1 child is left out and 1 child may be sampled ${tail}`,
    );
  });

  test("counts nobody whom another condition has left out already", () => {
    expect(told("include: { team: [A], closed_date: { blank: true } }")[0]).toMatchObject({ count: 1 });
    expect(told("include: { team: [B], closed_date: { blank: false } }")[0]).toMatchObject({ let_in: 1 });
  });

  test("says nothing where the cohort does not go by it, or the earliest row counts", () => {
    expect(told("include: { team: [A] }")).toEqual([]);
    expect(
      told("include: { closed_date: { blank: true } }", { many: "{ earliest: application_date }" }),
    ).toEqual([]);
  });
});
