import { describe, expect, test } from "vitest";
import type { Counted } from "../../../src/analysis/item.js";
import { compareIndicator } from "../../../src/analysis/regional/compare-indicator.js";
import type { DefinedIndicator } from "../../../src/analysis/regional/defined-indicator.js";
import type { JudgedCount } from "../../../src/analysis/regional/judge-counts.js";
import { mixWords, noSlack, otherwiseOf } from "../../../src/analysis/regional/other-methods.js";
import { coarsenCurves } from "../../../src/disclosure/coarsen-curves.js";
import { protectStatistics } from "../../../src/disclosure/protect-statistics.js";
import { protectTallies } from "../../../src/disclosure/protect-tallies.js";
import { subjectOf } from "../subjects.js";
import { areaOf, compared, disabilityBy, times } from "./examples.js";

const hundreds = (counts: readonly number[]): string[] =>
  counts.flatMap((count, at) => [
    ...times(count, `A${at + 1}|public|yes`),
    ...times(100 - count, `A${at + 1}|public|no`),
  ]);

const published = ({ tallies, statistics = {} }: Counted): Counted => ({
  tallies: protectTallies(tallies, { threshold: 5, roundTo: 5 }).tallies,
  statistics: protectStatistics(statistics, { threshold: 5, roundTo: 5 }),
});

describe("how areas vary", () => {
  test("is not said of a publication that hides the low ones", () => {
    const subject = disabilityBy(hundreds([40, 50, 60, 30, 20, 3]));
    expect(compared(subject).variation?.tauSquared).toBeGreaterThan(0);
    const shown = compared(subject, { publishable: true, change: published });
    expect(areaOf(shown, "A6").figure).toEqual({ mark: "c" });
    expect(shown).not.toHaveProperty("variation");
    expect(shown.notes.join("\n")).toMatch(/How much areas vary is not said.*because they are small/);
    expect(JSON.stringify(shown.messages)).not.toMatch(/vary/);
    for (const { otherwise } of shown.areas) expect(otherwise).not.toHaveProperty("overdispersed");
  });

  test("widens nothing where it is no more than chance", () => {
    const found = compared(disabilityBy(hundreds([30, 30, 31, 29, 30, 30, 31, 29, 30, 45])));
    expect(found.variation?.tauSquared).toBe(0);
    expect(areaOf(found, "A10").verdict).toBe("higher");
    for (const { otherwise } of found.areas) expect(otherwise).not.toHaveProperty("overdispersed");
    expect(found.depends.join("\n")).not.toMatch(/overdispersion/);
  });
});

test("the level is that of all areas, also where some are hidden", () => {
  const counts = Array.from({ length: 21 }, (_, at) => (at < 4 ? 3 : 40));
  const subject = disabilityBy(hundreds(counts));
  const shown = compared(subject, { publishable: true, change: published });
  expect(shown.tested?.areas).toBeLessThanOrEqual(17);
  expect(shown.rule.confidence).toBe(0.998);
});

test("children of one case that differ make nothing surer", () => {
  // Of each two of a case one has it: their squares are 0, and in area B they are alike once.
  const rows = Array.from({ length: 80 }, (_, at) => {
    const has = Math.floor(at / 2) % 8 === 0 ? at % 4 < 2 : at % 2 === 0;
    return `c${at}|f${Math.floor(at / 2)}|${at < 40 ? "A" : "B"}|${has ? "yes" : "no"}`;
  });
  const found = compared(
    subjectOf(["child_id|case_id|service_area|disability", ...rows], {
      plan: ["compare:", "  indicators: [{ name: A, where: { disability: 'yes' } }]"],
    }),
  );
  expect(found.designEffect).toBe(1);
});

describe("words of rounded counts", () => {
  const about = {
    expected: 50,
    kind: "share",
    whole: { count: 50_000, n: 100_000 },
    designEffect: 1,
    confidence: 0.95,
  } as const;
  const slack = { count: 2, effect: 0.05, expected: 0.5 };
  const judged = (verdict: JudgedCount["verdict"]): JudgedCount => ({
    rest: false,
    against: 0.5,
    pValue: 0.01,
    isHigher: true,
    adjustedP: 0.01,
    verdict,
    byAdjusted: verdict,
  });

  // P(X ≥ 60) = .02844 and P(X = 60) = .01084 of 100 at a half: mid-P .0460.
  test("the mix of cases: the least and the most that they allow", () => {
    expect(mixWords({ count: 60, n: 100 }, { ...about, slack: noSlack })).toEqual(["higher", "higher"]);
    expect(mixWords({ count: 60, n: 100 }, { ...about, slack })).toEqual(["similar", "higher"]);
    expect(mixWords({ count: 52, n: 100 }, { ...about, slack })).toEqual(["similar", "similar"]);
  });

  test("nothing is said to depend on the method where rounding may be what makes the difference", () => {
    const high = [judged("higher"), judged("higher")] as const;
    const of = (standardised: ReturnType<typeof mixWords>, own: typeof high = high) =>
      otherwiseOf(own, { standardised, isOne: true });
    expect(of(["similar", "higher"])).toEqual({});
    expect(of(["similar", "similar"])).toEqual({ standardised: "similar" });
    expect(of(["lower", "lower"])).toEqual({ standardised: "lower" });
    expect(of(["higher", "higher"], [judged("similar"), judged("higher")])).toEqual({});
    expect(of(["higher", "higher"], [judged("similar"), judged("similar")])).toEqual({
      standardised: "higher",
    });
    expect(of(undefined)).toEqual({});
  });
});

describe("how many areas were tested", () => {
  const flagged = { pValue: 0.01, isHigher: true, verdict: "higher", rest: false, against: 0.5 } as const;
  const adjusted = (least: "similar" | "higher", most: "similar" | "higher") =>
    otherwiseOf(
      [
        { ...flagged, adjustedP: 0.2, byAdjusted: least },
        { ...flagged, adjustedP: 0.01, byAdjusted: most },
      ],
      { standardised: undefined, isOne: false },
    );

  test("takes a flag away also where only the rounded numbers leave it open", () => {
    expect(adjusted("similar", "similar")).toEqual({ adjusted: "similar" });
    expect(adjusted("similar", "higher")).toEqual({ adjusted: "similar" });
    expect(adjusted("higher", "higher")).toEqual({ adjusted: "higher" });
  });
});

describe("a share still open in a publication", () => {
  const group = {
    key: "A",
    label: "A",
    times: [0, 91, 182, 273],
    shares: [1, 1, 0.9, 0.7],
    lower: [1, 1, 0.8, 0.5],
    upper: [1, 1, 0.95, 0.8],
    atRisk: [60, 60, 54, 42],
    events: [0, 0, 6, 12],
    conditionalFrom: 0,
    units: 60,
  };
  const counts = { cells: [[60]], rowTotals: [60], columnTotals: [60], total: 60, disjoint: true };
  const levels = [{ key: "A", label: "A" }];
  const countedAt = (base: number): Counted => ({
    tallies: [
      {
        id: "regional/open",
        universe: "children",
        rows: { field: "f", label: "F", levels: [{ key: "yes", label: "Yes" }] },
        columns: { field: "area", label: "Area", levels },
        ...counts,
      },
    ],
    statistics: protectStatistics(
      {
        "value.A": { value: 0.9, lower: 0.8, upper: 0.95, base, step: 0.01 },
        "p.A": { value: 0.00001, base, step: 0.0001 },
        "against.A": { value: 0.7, base, step: 0.01 },
      },
      { threshold: 5, roundTo: 5 },
    ),
    curves: coarsenCurves([{ id: "regional/open", groups: [group] }], { threshold: 5, round_to: 5 }),
  });
  const definedAt = (weeks: number): DefinedIndicator => ({
    indicator: {
      id: "open",
      name: "Open",
      kind: "survival",
      measure: { key: "value", label: "%", kind: "share", interval: true },
      of: "children",
      period: "a year",
    },
    counting: { of: {}, what: { stillOpenAt: weeks }, universe: "children" },
    notes: [],
  });
  const { plan } = disabilityBy(hundreds([30]));
  const found = (weeks: number, base: number) =>
    compareIndicator(definedAt(weeks), countedAt(base), { plan, edition: "publishable" });

  test("has the curve's points where so many ended as a statistic rests on", () => {
    // 6 ended by 182 days, which a statistic may not rest on; 18 by 273.
    expect(countedAt(18).curves?.[0]?.groups[0]?.times).toEqual([0, 273]);
  });

  test("is hidden where the curve has no point, whatever it rests on itself", () => {
    expect(areaOf(found(26, 18), "A")).toMatchObject({ figure: { mark: "c" }, verdict: "untested" });
    expect(areaOf(found(39, 6), "A").figure).toEqual({ mark: "c" });
    expect(areaOf(found(39, 18), "A").figure).toMatchObject({ value: 0.9 });
    expect(found(30, 18).notes.join("\n")).toMatch(/multiples of 13 weeks/);
  });

  test("has no p-value of 0", () => {
    expect(areaOf(found(39, 18), "A").pValue).toBe(0.0001);
  });
});
