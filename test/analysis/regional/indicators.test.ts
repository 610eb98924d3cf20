import { describe, expect, test } from "vitest";
import { compareIndicator } from "../../../src/analysis/regional/compare-indicator.js";
import { areaFieldsOf, countIndicator } from "../../../src/analysis/regional/count-indicator.js";
import { indicatorsOf } from "../../../src/analysis/regional/indicators.js";
import { childLines, subjectOf } from "../subjects.js";
import { subjectOf as casesOf, type InventedCase, syntheticSubject } from "../windows.js";
import { areaOf, compared } from "./examples.js";

const derived = ["age_years", "age_band", "delay_days", "delay_is_open"] as const;

describe("the default indicators", () => {
  test("are those that the export carries; the others are refused with what is missing", () => {
    const subject = syntheticSubject({ rows: 3000, derived });
    const { defined, refused } = indicatorsOf(subject, "service_area");
    expect(defined.map(({ indicator }) => indicator.id)).toEqual([
      "open-over-26-weeks-public-law",
      "open-over-52-weeks",
      "open-over-100-weeks",
      "still-open-at-26-weeks-public-law",
      "weeks-open-within-a-year-public-law",
      "disability",
      "aged-under-1",
      "ethnicity-not-known",
    ]);
    expect(refused.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      "Children without a practitioner: The export does not have practitioner.",
      "Earlier application: The export does not have previous_application.",
      "Audited: The export does not have audited.",
    ]);
    const polarities = Object.fromEntries(defined.map(({ indicator }) => [indicator.id, indicator.polarity]));
    expect(polarities).toMatchObject({ "open-over-52-weeks": "lower_is_better", disability: undefined });
  });

  test("without a window, nothing is said of how long cases last", () => {
    const subject = syntheticSubject({ rows: 2000, observed: undefined, derived });
    const { refused } = indicatorsOf(subject, "service_area");
    expect(refused.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["Still open at 26 weeks, public law", "Weeks open within a year, public law"]),
    );
  });

  test("are not standardised for what they measure or choose by", () => {
    const { defined } = indicatorsOf(syntheticSubject({ rows: 2000, derived }), "service_area");
    const mixes = Object.fromEntries(defined.map(({ indicator, mix }) => [indicator.id, mix?.labels]));
    expect(mixes).toMatchObject({
      "aged-under-1": ["Law type"],
      "open-over-26-weeks-public-law": ["Age band"],
      disability: ["Age band", "Law type"],
    });
    expect(mixes["still-open-at-26-weeks-public-law"]).toBeUndefined();
  });
});

const byAuthority = (indicators: string) =>
  subjectOf(
    childLines("local_authority|law_type|disability", [
      "Kent|public|yes",
      "Kent|private|yes",
      "Essex|public|no",
      "Essex|private|yes",
    ]),
    { plan: ["compare:", `  indicators: [${indicators}]`] },
  );

describe("local authorities", () => {
  test("are compared in public law", () => {
    const subject = byAuthority("{ name: A, where: { disability: 'yes' } }");
    const [defined] = indicatorsOf(subject, "local_authority").defined;
    expect(defined?.indicator.of).toBe("children in public law");
    const found = compared(subject, { by: "local_authority" });
    expect(found.overall).toMatchObject({ value: 0.5 });
    expect(areaOf(found, "Kent")).toMatchObject({ numerator: 1, denominator: 1 });
    // By any other area, both laws count.
    expect(indicatorsOf(subject, "law_type").defined[0]?.indicator.of).toBe("children");
  });

  test("private law does not apply to them", () => {
    const subject = byAuthority("{ name: A, of: { law_type: private }, where: { disability: 'yes' } }");
    expect(indicatorsOf(subject, "local_authority")).toMatchObject({
      defined: [],
      refused: [{ name: "A", reason: expect.stringMatching(/\[z\]/) }],
    });
  });
});

describe("the plan's indicators", () => {
  const of = (indicators: string) =>
    subjectOf(
      childLines("service_area|disability|gender", [
        "A|yes|female",
        "A||female",
        "A|no|",
        "B|yes|male",
        "B||",
        "B|no|female",
      ]),
      { plan: ["compare:", `  indicators: [${indicators}]`] },
    );

  test("a unit that meets all conditions has it, one that fails one has not, and otherwise it is not known", () => {
    const subject = of("{ name: A, where: { disability: 'yes', gender: female } }");
    const found = compared(subject);
    // A: yes; not known (disability blank); no. B: no (male); not known; no.
    expect(areaOf(found, "A")).toMatchObject({ numerator: 1, denominator: 2 });
    expect(areaOf(found, "B")).toMatchObject({ numerator: 0, denominator: 2 });
  });

  test("blanks are known of a condition on blanks", () => {
    const found = compared(of("{ name: A, where: { disability: { blank: true } } }"));
    expect(areaOf(found, "A")).toMatchObject({ numerator: 1, denominator: 3 });
  });

  test("of nobody are refused; a value that no unit has is said", () => {
    expect(
      indicatorsOf(of("{ name: A, of: { gender: neither }, where: { disability: 'yes' } }"), "service_area")
        .refused,
    ).toEqual([
      expect.objectContaining({ name: "A", reason: expect.stringMatching(/holds none of what it is of/) }),
    ]);
  });

  test("names that files cannot tell apart get ids of their own", () => {
    const { defined } = indicatorsOf(
      of("{ name: 'A b', where: { disability: 'yes' } }, { name: 'A, b', where: { disability: 'no' } }"),
      "service_area",
    );
    expect(defined.map(({ indicator }) => indicator.id)).toEqual(["a-b", "a-b-2"]);
  });

  test("how long cases last is not asked of cases chosen by their ending", () => {
    const cases: InventedCase[] = Array.from({ length: 40 }, (_, at) => ({
      id: `c${at}`,
      applied: "2025-12-01",
      closed: at % 2 === 0 ? "2026-03-01" : "",
    }));
    const subject = casesOf(cases, {
      observed: { from: "2025-11-16", to: "2026-11-16" },
      more: "compare: { indicators: [{ name: A, of: { closed_date: { blank: true } }, still_open_at: 26 }] }",
    });
    expect(indicatorsOf(subject, "law_type").refused).toEqual([
      expect.objectContaining({ reason: expect.stringMatching(/^It chooses cases by closed_date/) }),
    ]);
  });
});

describe("how long cases last", () => {
  // Of 60 in public law half end, case k after 10 + 2k days; of 60 in private law one in six.
  const cases = [0, 1].flatMap((law) =>
    Array.from({ length: 60 }, (_, at): InventedCase => {
      const day = (shift: number) =>
        new Date(Date.UTC(2025, 10, 16) + shift * 86_400_000).toISOString().slice(0, 10);
      const begun = at * 3;
      return {
        id: `${law}-${at}`,
        law: law === 0 ? "public" : "private",
        applied: day(begun),
        closed: at % (law === 0 ? 2 : 6) === 0 ? day(begun + 10 + 2 * at) : "",
      };
    }),
  );
  const subject = casesOf(cases, {
    observed: { from: "2025-11-16", to: "2026-11-16" },
    more: "compare: { indicators: [{ name: Open, still_open_at: 26 }, { name: Weeks, weeks_within: 26 }] }",
  });
  const both = indicatorsOf(subject, "law_type").defined.map((defined) =>
    compareIndicator(defined, countIndicator(subject, defined, "law_type"), {
      plan: subject.plan,
      edition: "internal",
    }),
  );

  test("the share still open at 26 weeks, by hand, against the rest", () => {
    const [open] = both;
    if (open === undefined) throw new Error("no comparison");
    // All begin in the window and are watched beyond 182 days but for the last: S = 30/60 and 50/60.
    expect(areaOf(open, "Public").figure).toMatchObject({ value: expect.closeTo(0.5, 10) });
    expect(areaOf(open, "Private").figure).toMatchObject({ value: expect.closeTo(50 / 60, 10) });
    expect(areaOf(open, "Public")).toMatchObject({
      verdict: "lower",
      denominator: 60,
      comparator: { of: "the other areas", value: expect.closeTo(50 / 60, 10) },
    });
    expect(open.overall).toMatchObject({ value: expect.closeTo(80 / 120, 10) });
    // 10/60 from 2/3 of all, which varies by 2/9·(1/60 + 1/60): z = −3.873; 2·pnorm of it in R.
    expect(areaOf(open, "Public").pValue).toBeCloseTo(0.00010751117673, 10);
    expect(areaOf(open, "Private").pValue).toBeCloseTo(0.00010751117673, 10);
  });

  test("an area of few cases, or in which few endings are due, is not tested, and the page says so", () => {
    const more = (outcome: string, count: number, children: number, ended: number) =>
      Array.from({ length: count }, (_, at) => ({
        id: `${outcome}-${at}`,
        outcome,
        applied: "2025-12-01",
        closed: at < ended ? "2025-12-20" : "",
        children,
      }));
    // 67 of 242 children end: of 57, 25 and 40 one expects 16, 7 and 11.
    const mixed = casesOf(
      [
        ...cases.map(({ law = "", ...one }) => ({ ...one, law, outcome: law })),
        ...more("third", 19, 3, 9),
        ...more("fourth", 25, 1, 0),
        ...more("fifth", 20, 2, 0),
      ],
      {
        observed: { from: "2025-11-16", to: "2026-11-16" },
        more: "compare: { indicators: [{ name: Open, still_open_at: 26 }] }",
      },
    );
    const [defined] = indicatorsOf(mixed, "case_type").defined;
    if (defined === undefined) throw new Error("no indicator");
    const counted = countIndicator(mixed, defined, "case_type");
    const open = compareIndicator(defined, counted, { plan: mixed.plan, edition: "internal" });
    const found = Object.fromEntries(open.areas.map(({ area, verdict }) => [area, verdict]));
    expect(found).toMatchObject({ third: "untested", fourth: "untested", fifth: "higher" });
    expect(open.tested?.areas).toBe(3);
    expect(open.notes).toContain(
      "Too few to say, because fewer than 20 cases are followed there or, were it like the whole, fewer than 10 children would be seen to end by then: fourth and third.",
    );
  });

  test("weeks open within 26, by hand", () => {
    const weeks = both[1];
    if (weeks === undefined) throw new Error("no comparison");
    // Half last 10 + 2k days, k = 0, 2 … 58, 68 on average; the others 182: (½·68 + ½·182)/7.
    expect(areaOf(weeks, "Public").figure).toMatchObject({ value: expect.closeTo((34 + 91) / 7, 8) });
    expect(areaOf(weeks, "Public").verdict).toBe("lower");
    expect(areaOf(weeks, "Public")).not.toHaveProperty("rank");
  });

  test("curves of the whole and of each area come with the share", () => {
    const [defined] = indicatorsOf(subject, "law_type").defined;
    if (defined === undefined) throw new Error("no indicator");
    const [set] = countIndicator(subject, defined, "law_type").curves ?? [];
    expect(set?.groups.map(({ label }) => label)).toEqual(["All areas", "Public", "Private"]);
  });
});

test("areas can be compared by fields of places with several values", () => {
  const subject = subjectOf(childLines("service_area|court|gender", ["A|X|female", "B|X|male"]));
  expect(areaFieldsOf(subject)).toEqual(["service_area"]);
});

test("children of one family make what is found less sure", () => {
  const rows = (size: number) =>
    Array.from(
      { length: 120 },
      (_, at) =>
        `c${at}|f${Math.floor(at / size)}|${at < 60 ? "A" : "B"}|${Math.floor(at / 4) % (at < 60 ? 2 : 4) === 0 ? "yes" : "no"}`,
    );
  const of = (size: number) =>
    compared(
      subjectOf(["child_id|case_id|service_area|disability", ...rows(size)], {
        plan: ["compare:", "  indicators: [{ name: A, where: { disability: 'yes' } }]"],
      }),
    );
  expect(of(1).designEffect).toBeCloseTo(1, 12);
  // Families of four, all alike, make each count four times as variable, and somewhat more with few of them.
  expect(of(4).designEffect).toBeGreaterThan(3.5);
  expect(areaOf(of(4), "A").pValue).toBeGreaterThan(3 * (areaOf(of(1), "A").pValue as number));
});
