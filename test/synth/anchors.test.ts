import { describe, expect, test } from "vitest";
import { caseRows, isoDay, openOn, readExport, share } from "./read-export.js";

// Published figures: Cafcass annual and quarterly statistics 2019/20 to 2023/24, Ministry of Justice family court
// statistics, as in the design's table of anchors. Tolerances are about three standard errors at 54,000 rows.
const seed = "314159";
const national = readExport({ rows: 54_000, seed });
const reference = isoDay("2026-11-16");
const windowFrom = isoDay("2025-11-16");
const openChildren = national.filter(openOn(reference));
const newChildren = national.filter((row) => row.applied > windowFrom);

const within = (actual: number, expected: number, tolerance: number): void => {
  expect(actual).toBeGreaterThan(expected - tolerance);
  expect(actual).toBeLessThan(expected + tolerance);
};

describe("families and law types", () => {
  test("1.63 children an open case, 1.55 a new one", () => {
    within(openChildren.length / caseRows(openChildren).length, 1.63, 0.03);
    within(newChildren.length / caseRows(newChildren).length, 1.55, 0.03);
  });

  test("67.3 % of new children are in private law", () => {
    within(
      share(newChildren, (row) => row.lawType === "private"),
      0.673,
      0.012,
    );
  });

  test("ethnicity is recorded for 94.2 % in public and 83.4 % in private law", () => {
    const recorded = (lawType: string) =>
      share(
        national.filter((row) => row.lawType === lawType),
        (row) => !["", "NOBT", "REFU"].includes(row.ethnicity),
      );
    within(recorded("public"), 0.942, 0.01);
    within(recorded("private"), 0.834, 0.01);
  });
});

describe("durations of completed cases", () => {
  const completed = (rows: typeof national, ...caseTypes: string[]) =>
    caseRows(rows).filter((row) => row.closed !== undefined && caseTypes.includes(row.caseType));
  const meanWeeks = (rows: typeof national) =>
    rows.reduce((sum, row) => sum + (row.closed as number) - row.applied, 0) / rows.length / 7;

  test("s31: a mean of 41 to 46 weeks and 32 to 36 % within 26 weeks (2024 and 2025)", () => {
    const s31 = completed(national, "s31");
    within(meanWeeks(s31), 43.5, 3);
    within(
      share(s31, (row) => (row.closed as number) - row.applied <= 182),
      0.34,
      0.025,
    );
  });

  test("s31 in the quarter to March 2023: 46 weeks", () => {
    const quarter = readExport({ rows: 54_000, seed, referenceDate: "2023-03-31", windowFrom: "2023-01-01" });
    within(meanWeeks(completed(quarter, "s31")), 46, 3);
  });

  test("private law beyond a safeguarding letter: 61 weeks; a letter alone is quick", () => {
    within(meanWeeks(completed(national, "s7", "r16.4")), 61, 3);
    within(meanWeeks(completed(national, "safeguarding letter only")), 6.5, 1);
  });
});

describe("delay of open children in January 2023", () => {
  const day = isoDay("2023-01-31");
  const open = readExport({ rows: 54_000, seed, referenceDate: "2023-01-31" }).filter(openOn(day));
  const shareOver = (weeks: number, lawType?: string) =>
    share(open, (row) => day - row.applied > weeks * 7 && (lawType === undefined || row.lawType === lawType));

  test("15,000 of 53,463 over 52 weeks", () => {
    within(shareOver(52), 15_000 / 53_463, 0.017);
  });

  test("835 in public and 3,500 in private law over 100 weeks", () => {
    within(shareOver(100, "public"), 835 / 53_463, 0.004);
    within(shareOver(100, "private"), 3_500 / 53_463, 0.007);
  });

  test("on the default date, after years of a smaller caseload, somewhat fewer", () => {
    const over = (lawType: string, days: number) =>
      share(
        openChildren.filter((row) => row.lawType === lawType),
        (row) => reference - row.applied > days,
      );
    within(over("public", 364), 0.19, 0.03);
    within(over("private", 364), 0.3, 0.03);
    within(over("public", 700), 0.029, 0.01);
    within(over("private", 700), 0.1, 0.015);
  });
});

describe("the caseload's path", () => {
  test("from March 2023 to May 2024 open cases fall from 32,904 to 29,819", () => {
    const rows = readExport({ rows: 54_000, seed, referenceDate: "2024-05-31", windowFrom: "2023-03-31" });
    const before = rows.filter(openOn(isoDay("2023-03-31")));
    const after = rows.filter(openOn(isoDay("2024-05-31")));
    within(caseRows(after).length / caseRows(before).length, 29_819 / 32_904, 0.035);
    within(before.length / caseRows(before).length, 53_463 / 32_904, 0.03);
    within(after.length / caseRows(after).length, 48_528 / 29_819, 0.03);

    const year = rows.filter(
      (row) => row.applied >= isoDay("2023-04-01") && row.applied <= isoDay("2024-03-31"),
    );
    within(caseRows(year).length / caseRows(after).length, 55_830 / 29_819, 0.065);
    within(year.length / caseRows(year).length, 86_419 / 55_830, 0.03);
  });

  test("from March 2020 to April 2021 they rise from 30,136 to 38,185", () => {
    const cases = caseRows(
      readExport({ rows: 54_000, seed, referenceDate: "2021-04-30", windowFrom: "2020-03-31" }),
    );
    const ratio =
      cases.filter(openOn(isoDay("2021-04-30"))).length / cases.filter(openOn(isoDay("2020-03-31"))).length;
    within(ratio, 38_185 / 30_136, 0.04);
  });
});
