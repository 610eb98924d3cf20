import { describe, expect, test } from "vitest";
import { ageBand, delayBand } from "../../src/frame/bands.js";
import { completedYears, isoDate, isoDay, monthsBefore } from "../../src/frame/calendar.js";

// Day counts from the civil calendar: date -u -d 2026-11-16 +%s divided by 86,400 is 20,773.
test.each([
  ["1970-01-01", 0],
  ["2026-11-16", 20773],
  ["1900-03-01", -25508],
  ["2000-02-29", 11016],
  ["1904-01-01", -24107],
  ["1899-12-30", -25569],
])("%s is day %i and back", (iso, day) => {
  expect(isoDay(iso)).toBe(day);
  expect(isoDate(day)).toBe(iso);
});

test("every day of four centuries follows the one before", () => {
  let previous = isoDate(-40000);
  for (let day = -39999; day < 120000; day++) {
    const iso = isoDate(day);
    expect(iso > previous && isoDay(iso) === day).toBe(true);
    previous = iso;
  }
});

test.each([
  ["2026-08-31", 6, "2026-02-28"],
  ["2024-08-31", 6, "2024-02-29"],
  ["2026-11-16", 6, "2026-05-16"],
  ["2026-01-15", 13, "2024-12-15"],
])("%s less %i months is %s", (iso, months, expected) => {
  expect(monthsBefore(iso, months)).toBe(expected);
});

test.each([
  ["2020-02-29", "2025-02-28", 4],
  ["2020-02-29", "2025-03-01", 5],
  ["2016-11-16", "2026-11-16", 10],
  ["2016-11-17", "2026-11-16", 9],
])("born %s, on %s: %i", (birth, on, years) => {
  expect(completedYears(birth, on)).toBe(years);
});

describe("bands", () => {
  test.each([
    [182, "up to 26"],
    [183, "over 26 to 52"],
    [364, "over 26 to 52"],
    [365, "over 52 to 100"],
    [700, "over 52 to 100"],
    [701, "over 100"],
    [0, "up to 26"],
    [-1, "below 0"],
  ])("%i days is %s", (days, band) => {
    expect(delayBand(days, [26, 52, 100])).toBe(band);
  });

  test.each([
    [-1, "unborn"],
    [-2, "below 0"],
    [0, "0"],
    [1, "1 to 4"],
    [4, "1 to 4"],
    [5, "5 to 9"],
    [15, "10 to 15"],
    [16, "16 and over"],
  ])("age %i is %s", (years, band) => {
    expect(ageBand(years, [0, 1, 5, 10, 16])).toBe(band);
  });

  test("below a first bound above 0", () => {
    expect(ageBand(3, [5, 10])).toBe("below 5");
    expect(ageBand(-1, [5, 10])).toBe("unborn");
  });
});
