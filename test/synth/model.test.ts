import { describe, expect, test } from "vitest";
import { dayNumber, dayTexts, readIsoDate, yearBefore } from "../../src/synth/calendar.js";
import { choose, runningTotals } from "../../src/synth/choose.js";
import { drawDuration, durationCurves, longestDuration, survival } from "../../src/synth/durations.js";
import { dfjAreas, heardElsewhere, servedElsewhere, serviceAreaNames } from "../../src/synth/geography.js";
import { idSequence } from "../../src/synth/identity.js";
import { dailyInflow } from "../../src/synth/inflow.js";
import { courtLookup, serviceAreaShares } from "../../src/synth/places.js";
import { tracks } from "../../src/synth/tracks.js";

describe("calendar", () => {
  // Excel's documentation gives 39448; the others are days since 30 December 1899 by Python's datetime.
  test.each([
    [1900, 3, 1, 61],
    [2000, 2, 29, 36_585],
    [2008, 1, 1, 39_448],
    [2026, 11, 16, 46_342],
    [2025, 13, 1, 46_023],
  ])("%i-%i-%i is Excel's day %i", (year, month, date, serial) => {
    expect(dayNumber(year, month, date)).toBe(serial);
  });

  test("writes every day from the first year to the last", () => {
    const text = dayTexts(2023, 2024);
    expect(text(dayNumber(2023, 1, 1))).toBe("01/01/2023");
    expect(text(dayNumber(2024, 2, 29))).toBe("29/02/2024");
    expect(text(dayNumber(2024, 12, 31))).toBe("31/12/2024");
    expect(() => text(dayNumber(2025, 1, 1))).toThrow(RangeError);
  });

  test("a year before 29 February is 28 February", () => {
    expect(yearBefore(readIsoDate("2024-02-29", "date"))).toEqual(readIsoDate("2023-02-28", "date"));
  });
});

describe("choose", () => {
  test("falls in proportion to the weights, never on one of nought", () => {
    const totals = runningTotals([0, 1, 0, 3]);
    expect([0, 0.2499, 0.25, 0.9999].map((u) => choose(totals, u))).toEqual([1, 1, 3, 3]);
  });
});

describe("durations", () => {
  test("every curve rises from none closed to all", () => {
    for (const curve of Object.values(durationCurves)) {
      expect(curve).toHaveLength(25);
      expect(curve[0]).toBe(0);
      expect(curve.at(-1)).toBe(1000);
      for (let i = 1; i < curve.length; i++) expect(curve[i]).toBeGreaterThanOrEqual(curve[i - 1] as number);
    }
  });

  test("survival is a straight line between the weeks", () => {
    const left = survival(durationCurves.s31);
    expect(left[0]).toBe(1);
    expect(left[182]).toBeCloseTo(0.66, 12);
    // Half-way from 26 weeks (0.660) to 32 (0.547): 23 weeks and 21 days.
    expect(left[203]).toBeCloseTo(0.6035, 12);
    expect(left[longestDuration + 1]).toBe(0);
  });

  test("a duration is the inverse of the curve, and never less than is known", () => {
    const left = survival(durationCurves.s31);
    const draw = (atLeast: number, u: number) => drawDuration(durationCurves.s31, left, atLeast, u);
    expect(draw(0, 0.34)).toBe(182);
    expect(draw(0, 0.3399)).toBe(181);
    // Among the 0.66 that reach 182 days, half close by 0.67 closed: 52 weeks.
    expect(draw(182, 0.5)).toBe(364);
    for (let day = 0; day < 1800; day += 7)
      if ((left[day] as number) > 0) {
        expect(draw(day, 0)).toBeGreaterThanOrEqual(day);
        expect(draw(day, 0.999999)).toBeLessThanOrEqual(longestDuration);
      }
  });
});

describe("inflow", () => {
  // Every case lasts ten days exactly, so that the cases open at a month's end are the inflow of its last ten days.
  const tenDays = Float64Array.from({ length: longestDuration + 2 }, (_, days) => (days <= 10 ? 1 : 0));

  test("follows the published path at every month's end", () => {
    const first = dayNumber(2020, 1, 1);
    const inflow = dailyInflow(first, dayNumber(2026, 11, 16), tenDays);
    const onDay = (year: number, month: number, date: number) => inflow[dayNumber(year, month, date) - first];
    expect(onDay(2020, 2, 10)).toBeCloseTo(3_013.6, 9);
    expect(onDay(2021, 4, 30)).toBeCloseTo(3_818.5, 9);
    expect(onDay(2023, 3, 31)).toBeCloseTo(3_290.4, 9);
    expect(onDay(2024, 5, 1)).toBeCloseTo(2_981.9, 9);
    expect(onDay(2026, 11, 16)).toBeCloseTo(2_981.9, 9);
    // 31 March 2022 lies 335 of 700 days between the second and third anchors.
    expect(onDay(2022, 3, 31)).toBeCloseTo((38_185 + (335 / 700) * (32_904 - 38_185)) / 10, 9);
  });

  test("is never negative under the durations in use", () => {
    const left = new Float64Array(longestDuration + 2);
    for (const track of tracks)
      for (const [days, share] of survival(track.duration).entries())
        left[days] = (left[days] as number) + track.share * share;
    const inflow = dailyInflow(dayNumber(2010, 1, 1), dayNumber(2099, 12, 31), left);
    expect(Math.min(...inflow)).toBeGreaterThan(100);
    expect(Math.max(...inflow)).toBeLessThan(260);
  });
});

describe("tables", () => {
  test("shares sum to one", () => {
    const sum = (shares: readonly number[]) => shares.reduce((total, share) => total + share, 0);
    expect(sum(tracks.map(({ share }) => share))).toBeCloseTo(1, 12);
    expect(sum(serviceAreaShares)).toBeCloseTo(1, 12);
    for (const track of tracks) {
      expect(sum(track.familySizes)).toBeCloseTo(1, 12);
      expect(sum(track.openings.map(({ share }) => share))).toBeCloseTo(1, 12);
      expect(track.ages).toHaveLength(18);
    }
  });

  test("the geography names nothing twice and refers only to what it has", () => {
    const authorities = dfjAreas.flatMap((area) => Object.keys(area.authorities));
    const names = dfjAreas.map((area) => area.name);
    expect(new Set(authorities).size).toBe(153);
    expect(authorities).toHaveLength(153);
    expect(new Set(names).size).toBe(43);
    expect(dfjAreas.filter((area) => area.region === "Wales")).toHaveLength(3);
    expect(new Set(dfjAreas.map((area) => area.region)).size).toBe(9 + 1);
    expect(Object.keys(serviceAreaNames)).toHaveLength(17);
    for (const area of dfjAreas) expect(serviceAreaNames).toHaveProperty(area.serviceArea);
    for (const [name, code] of Object.entries(servedElsewhere)) {
      expect(authorities).toContain(name);
      expect(serviceAreaNames).toHaveProperty(code);
    }
    for (const [name, { dfjArea }] of Object.entries(heardElsewhere)) {
      expect(authorities).toContain(name);
      expect(names).toContain(dfjArea);
    }
    const courts = courtLookup().map(({ court }) => court);
    expect(new Set(courts).size).toBe(courts.length);
  });
});

test("ids ascend without a gap where they are many, and spread where they are few", () => {
  const next = idSequence(60_000, 5_000_000, () => 0.999);
  expect([next(), next()]).toEqual(["060001", "060002"]);
  const spread = idSequence(60_000, 1_150, () => 0.5);
  expect([spread(), spread()]).toEqual(["061000", "062000"]);
});
