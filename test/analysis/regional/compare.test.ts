import { describe, expect, test } from "vitest";
import type { Counted } from "../../../src/analysis/item.js";
import { protectStatistics } from "../../../src/disclosure/protect-statistics.js";
import { protectTallies } from "../../../src/disclosure/protect-tallies.js";
import { areaOf, compared, disabilityBy, times } from "./examples.js";

/** Areas of 100 children in which so many have a disability. */
const hundreds = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).flatMap(([area, count]) => [
    ...times(count, `${area}|public|yes`),
    ...times(100 - count, `${area}|public|no`),
  ]);

describe("shares by area", () => {
  const found = compared(
    disabilityBy([
      ...hundreds({ Avon: 50, "A10 Kent": 20, "A2 Essex": 22 }),
      ...times(9, "Rutland|public|yes"),
      ...times(12, "|public|yes"),
      ...times(5, "Avon|public|"),
    ]),
  );

  test("stand by name, numbers as numbers, unknown areas last", () => {
    expect(found.areas.map(({ area }) => area)).toEqual([
      "A2 Essex",
      "A10 Kent",
      "Avon",
      "Rutland",
      "Not recorded",
    ]);
  });

  test("are of those known, beside the rest of the whole", () => {
    // The whole is 50 + 20 + 22 + 9 + 12 of 321 known.
    expect(found.overall).toMatchObject({ value: 113 / 321 });
    expect(areaOf(found, "Avon")).toMatchObject({
      numerator: 50,
      denominator: 100,
      figure: { value: 0.5 },
      comparator: { of: "the rest of England", value: 63 / 221 },
      verdict: "higher",
    });
    expect(areaOf(found, "Avon").expected).toBeCloseTo((100 * 63) / 221, 12);
    expect(areaOf(found, "Avon").ratio?.value).toBeCloseTo(0.5 / (63 / 221), 12);
  });

  test("of fewer than 10 are never flagged, and of no known area never compared", () => {
    expect(areaOf(found, "Rutland")).toMatchObject({ figure: { value: 1 }, verdict: "few" });
    expect(areaOf(found, "Not recorded")).toMatchObject({
      unknown: true,
      verdict: "untested",
      numerator: 12,
    });
    expect(areaOf(found, "Not recorded")).not.toHaveProperty("comparator");
    expect(found.tested).toEqual({ areas: 3, byChance: expect.closeTo(0.15, 12) });
    expect(found.notes).toContainEqual(
      expect.stringMatching(/^Fewer than 10 children, so never flagged: Rutland\.$/),
    );
    expect(found.notes).toContainEqual(expect.stringMatching(/^Left out of children.*: 5\.$/));
  });

  test("are told in a sentence with what chance alone would flag", () => {
    expect(found.messages[0]).toMatchObject({
      text: expect.stringMatching(
        /^Disability: higher in Avon and lower in A2 Essex and A10 Kent \(95% limits; chance alone would flag 1 area in about 7 comparisons like this one\)\.$/,
      ),
      headline: "3 of 3 areas differ",
    });
  });
});

describe("the mix of cases", () => {
  // As counted North has 190/400 and South 140/400. Of either law North has less: 60 and 10 % against 80 and 20 %.
  const simpson = [
    ...times(180, "North|public|yes"),
    ...times(120, "North|public|no"),
    ...times(10, "North|private|yes"),
    ...times(90, "North|private|no"),
    ...times(80, "South|public|yes"),
    ...times(20, "South|public|no"),
    ...times(60, "South|private|yes"),
    ...times(240, "South|private|no"),
  ];
  const found = compared(disabilityBy(simpson, ["standardise: [law_type]"]));

  test("may turn a difference round, and the comparison says so (Simpson's paradox)", () => {
    expect(areaOf(found, "North")).toMatchObject({ verdict: "higher", otherwise: { standardised: "lower" } });
    expect(areaOf(found, "South")).toMatchObject({ verdict: "lower", otherwise: { standardised: "higher" } });
    expect(found.depends).toContainEqual(
      expect.stringMatching(
        /^North: higher than the comparator as counted, and lower once the mix of cases \(law type\)/,
      ),
    );
  });

  test("expected numbers are at the rest's rates, by hand", () => {
    // 300·.8 + 100·.2 and 100·.6 + 300·.1
    expect(areaOf(found, "North").expectedForMix).toBeCloseTo(260, 10);
    expect(areaOf(found, "South").expectedForMix).toBeCloseTo(90, 10);
    expect(areaOf(found, "North").ratioForMix?.value).toBeCloseTo(190 / 260, 10);
  });

  test("directly standardised shares have the whole's mix, half and half, and are ranked with bounds", () => {
    expect(areaOf(found, "North").standardised?.value).toBeCloseTo(0.5 * 0.6 + 0.5 * 0.1, 12);
    expect(areaOf(found, "South").standardised?.value).toBeCloseTo(0.5 * 0.8 + 0.5 * 0.2, 12);
    expect(areaOf(found, "South").rank).toEqual({ value: 1, lower: 1, upper: 1 });
    expect(areaOf(found, "North").rank).toEqual({ value: 2, lower: 2, upper: 2 });
    const { lower = 0, upper = 0 } = areaOf(found, "North").standardised ?? {};
    // Standard error by hand: √(¼·.6·.4/300 + ¼·.1·.9/100) = .0206.
    expect((upper - lower) / 2).toBeGreaterThan(1.5 * 0.0206);
    expect((upper - lower) / 2).toBeLessThan(2.5 * 0.0206);
  });

  test("an area that lacks a kind of case is not ranked, and nothing is weighted anew", () => {
    const west = [...times(30, "West|public|yes"), ...times(70, "West|public|no")];
    const three = compared(disabilityBy([...simpson, ...west], ["standardise: [law_type]"]));
    expect(areaOf(three, "West")).not.toHaveProperty("rank");
    expect(areaOf(three, "West").unranked).toMatch(/A kind of case that the whole has is lacking here/);
    expect(areaOf(three, "North").rank?.value).toBe(2);
    expect(three.notes.join("\n")).toMatch(/Not standardised directly.*: West\./);
  });

  test("is not allowed for what the indicator itself measures, or where the plan wants none", () => {
    const none = compared(disabilityBy(simpson, ["standardise: []"]));
    expect(none).not.toHaveProperty("standardisedFor");
    expect(areaOf(none, "North").otherwise).not.toHaveProperty("standardised");
  });
});

describe("a publishable edition", () => {
  const subject = disabilityBy(
    [
      ...hundreds({ Avon: 61, Kent: 33, Essex: 38 }),
      ...times(4, "Bath|public|yes"),
      ...times(90, "Bath|public|no"),
    ],
    ["standardise: [law_type]"],
  );
  const found = compared(subject, {
    publishable: true,
    change: ({ tallies, statistics = {} }) => ({
      tallies: protectTallies(tallies, { threshold: 5, roundTo: 5 }).tallies,
      statistics: protectStatistics(statistics, { threshold: 5, roundTo: 5 }),
    }),
  });

  test("hides what rests on a hidden count, and says nothing of it", () => {
    const bath = areaOf(found, "Bath");
    expect(bath).toMatchObject({
      numerator: { mark: "c" },
      figure: { mark: "c" },
      verdict: "untested",
      otherwise: {},
    });
    for (const key of ["comparator", "expected", "ratio", "standardised", "rank", "pValue"])
      expect(bath).not.toHaveProperty(key);
    expect(JSON.stringify(found.messages)).not.toContain("Bath");
  });

  test("ranks nobody where a number is hidden: the place that is missing would tell how large it is", () => {
    const share = (area: string, yes: number) =>
      ["public", "private"].flatMap((law) => [
        ...times(yes, `${area}|${law}|yes`),
        ...times(300 - yes, `${area}|${law}|no`),
      ]);
    const protect = {
      publishable: true as const,
      change: ({ tallies, statistics = {} }: Counted) => ({
        tallies: protectTallies(tallies, { threshold: 5, roundTo: 5 }).tallies,
        statistics: protectStatistics(statistics, { threshold: 5, roundTo: 5 }),
      }),
    };
    const large = [share("Avon", 60), share("Kent", 33), share("Essex", 38)].flat();
    const withBath = disabilityBy([...large, ...share("Bath", 2)], ["standardise: [law_type]"]);
    expect(areaOf(compared(withBath), "Essex").rank?.value).toBe(2);
    const hiding = compared(withBath, protect);
    for (const area of hiding.areas) expect(area).not.toHaveProperty("rank");
    expect(areaOf(hiding, "Essex").unranked).toMatch(/ranks would tell of it/);
    expect(hiding.notes).toContain(
      "Nothing is ranked: the places of areas would tell of the numbers that are hidden.",
    );
    const open = compared(disabilityBy(large, ["standardise: [law_type]"]), protect);
    expect(areaOf(open, "Essex").rank?.value).toBe(2);
    expect(open.notes.join(" ")).not.toContain("Nothing is ranked");
  });

  test("claims nothing that rounding alone could make", () => {
    const shown = found.areas.filter(({ numerator }) => typeof numerator === "number");
    const exact = compared(subject);
    for (const { area, verdict } of shown)
      if (verdict === "higher" || verdict === "lower") expect(areaOf(exact, area).verdict).toBe(verdict);
    expect(found.uncertainty).toMatch(/Counts are rounded/);
  });
});

test("hidden counts anywhere make no number that is none", () => {
  const subject = disabilityBy(hundreds({ Avon: 61, Kent: 33, Essex: 38 }));
  for (const hide of ["total", "column", "cell"] as const) {
    const found = compared(subject, {
      publishable: true,
      change: ({ tallies: [tally], statistics = {} }) => {
        if (tally === undefined) throw new Error("no tally");
        const mark = { mark: "c" } as const;
        return {
          statistics,
          tallies: [
            hide === "total"
              ? { ...tally, total: mark, rowTotals: tally.rowTotals.map(() => mark) }
              : hide === "column"
                ? { ...tally, columnTotals: tally.columnTotals.map((count, at) => (at === 0 ? mark : count)) }
                : {
                    ...tally,
                    cells: tally.cells.map((line) => line.map((count, at) => (at === 0 ? mark : count))),
                  },
          ],
        };
      },
    });
    expect(JSON.stringify(found)).not.toMatch(/null|NaN/);
    if (hide === "total") expect(found.areas.every(({ verdict }) => verdict === "untested")).toBe(true);
  }
});
