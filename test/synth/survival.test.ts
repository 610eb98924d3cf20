import { describe, expect, test } from "vitest";
import { type ChildRow, caseRows, isoDay, readExport } from "./read-export.js";

/**
 * Kaplan–Meier share of cases that last more than so many days, with delayed entry: a case that was open at the
 * window's start is at risk only from then (Klein and Moeschberger 2003, section 4.6). Written apart from the code.
 */
function lastsLonger(
  cases: readonly ChildRow[],
  windowFrom: number,
  reference: number,
  days: number,
): number {
  const spans = cases.map((row) => ({
    enter: Math.max(0, windowFrom - row.applied),
    leave: (row.closed ?? reference) - row.applied,
    ended: row.closed !== undefined,
  }));
  let surviving = 1;
  for (let day = 0; day <= days; day++) {
    const atRisk = spans.filter((span) => span.enter <= day && span.leave >= day).length;
    const ended = spans.filter((span) => span.ended && span.leave === day).length;
    if (ended > 0) surviving *= 1 - ended / atRisk;
  }
  return surviving;
}

// Planted values: one less the share closed by that week, read off the table of curves: the share that lasts to that
// day at least, so the last day counted is the one before. Tolerances are about three standard errors.
describe.each([
  { window: "a year", windowFrom: "2025-11-16" },
  { window: "fifteen weeks", windowFrom: "2026-08-04" },
])("a window of $window gives the planted curves back", ({ windowFrom }) => {
  const cases = caseRows(readExport({ rows: 54_000, seed: "314159", windowFrom }));
  test.each([
    { caseType: "s31", weeks: 26, planted: 0.66, tolerance: 0.025 },
    { caseType: "s31", weeks: 52, planted: 0.33, tolerance: 0.025 },
    { caseType: "s7", weeks: 52, planted: 0.336, tolerance: 0.025 },
    { caseType: "r16.4", weeks: 100, planted: 0.617, tolerance: 0.04 },
    { caseType: "safeguarding letter only", weeks: 6, planted: 0.451, tolerance: 0.025 },
  ])("$caseType at $weeks weeks: $planted", ({ caseType, weeks, planted, tolerance }) => {
    const estimate = lastsLonger(
      cases.filter((row) => row.caseType === caseType),
      isoDay(windowFrom),
      isoDay("2026-11-16"),
      weeks * 7 - 1,
    );
    expect(Math.abs(estimate - planted)).toBeLessThan(tolerance);
  });
});
