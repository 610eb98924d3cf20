import { describe, expect, test } from "vitest";
import { readSeries } from "../../../src/analysis/published/read-series.js";
import { publishedComparisons } from "../../../src/analysis/regional/published-comparisons.js";
import { tableOf } from "../../frames.js";
import { areaOf } from "./examples.js";

const header =
  "area|period|indicator|numerator|denominator|polarity|source|release_date|status|geography|unit";
const rowsOf = (lines: readonly string[]) => readSeries(tableOf("p.csv", [header, ...lines]), "p.csv");
const within26 = (area: string, period: string, count: string, n: string) =>
  `${area}|${period}|Within 26 weeks|${count}|${n}|higher_is_better|Ministry|2026-06-25|final|England|percent`;

describe("published figures by area", () => {
  const rows = rowsOf([
    within26("England", "2024-Q1", "5,000", "10,000"),
    within26("England", "2024-Q2", "5,200", "10,000"),
    within26("Avon", "2024-Q1", "150", "300"),
    within26("Avon", "2024-Q2", "110", "300"),
    within26("Kent", "2024-Q1", "160", "300"),
    within26("Kent", "2024-Q2", "165", "310"),
    within26("Old Essex", "2024-Q1", "90", "200"),
    within26("New Essex", "2024-Q2", "[c]", "200"),
    within26("Not known", "2024-Q2", "8", "20"),
    "England|2024|Mean weeks|41.2|||Ministry|2026-06-25|final|England|weeks",
    "Avon|2024|Mean weeks|39.5|||Ministry|2026-06-25|final|England|weeks",
    "Kent|2024|Mean weeks|44|||Ministry|2026-06-25|final|England|weeks",
    "England|2024|Applications|30|10,000||Ministry|2026-06-25|final|England|per 10,000",
    "Avon|2024|Applications|5|1,000||Ministry|2026-06-25|final|England|per 10,000",
    "Kent|2024|Applications|35|100||Ministry|2026-06-25|final|England|per 10,000",
    "Essex|2024|Applications|35|4,000||Ministry|2026-06-25|final|England|per 10,000",
    "England|2024|Orders|900|||Ministry|2026-06-25|final|England|orders",
  ]);
  const { comparisons, refused } = publishedComparisons(rows);
  const [share, mean, rate] = comparisons;
  if (share === undefined || mean === undefined || rate === undefined) throw new Error("no comparison");

  test("are compared in the latest period with the country", () => {
    expect(share.indicator).toMatchObject({
      kind: "share",
      period: "April to June 2024",
      polarity: "higher_is_better",
      published: { source: "Ministry", releaseDate: "25 June 2026", status: "final" },
    });
    expect(share.overall).toMatchObject({ value: 0.52 });
    expect(areaOf(share, "Avon")).toMatchObject({
      verdict: "lower",
      comparator: { of: "England", value: 0.52 },
    });
    expect(areaOf(share, "Kent")).toMatchObject({ verdict: "similar" });
    expect(areaOf(share, "Avon")).not.toHaveProperty("rank");
  });

  test("unknown areas are shown and not compared, hidden ones neither", () => {
    expect(share.areas.map(({ area }) => area)).toEqual(["Avon", "Kent", "New Essex", "Not known"]);
    expect(areaOf(share, "Not known")).toMatchObject({
      unknown: true,
      verdict: "untested",
      figure: { value: 0.4 },
    });
    expect(areaOf(share, "New Essex")).toMatchObject({ figure: { mark: "c" }, verdict: "untested" });
  });

  test("changes since the last period have Newcombe's interval", () => {
    // 110/300 less 150/300; Newcombe's method 10 from Wilson's bounds .3142–.4226 and .4438–.5562.
    const { change } = areaOf(share, "Avon");
    expect(change).toMatchObject({ since: "January to March 2024", verdict: "fell" });
    expect(change?.difference.value).toBeCloseTo(-40 / 300, 12);
    expect(change?.difference.lower).toBeCloseTo(-40 / 300 - Math.sqrt(0.0525 * 0.0525 + 0.0562 * 0.0562), 3);
    expect(areaOf(share, "Kent").change?.verdict).toBe("no clear change");
    expect(areaOf(share, "Kent").history).toEqual([
      { period: "January to March 2024", at: 8096, value: expect.closeTo(160 / 300, 12) },
      { period: "April to June 2024", at: 8097, value: expect.closeTo(165 / 310, 12) },
    ]);
  });

  test("an area that goes while another comes may have a new name", () => {
    expect(share.notes.slice(0, 3)).toEqual([
      "No figure for April to June 2024, so not compared: Old Essex (last January to March 2024).",
      "Not in the file from the beginning: New Essex (from April to June 2024) and Not known (from April to June 2024).",
      expect.stringMatching(/renamed/),
    ]);
  });

  test("figures without counts are listed and not tested", () => {
    expect(mean.indicator.kind).toBe("measurement");
    expect(mean.areas.map(({ area, figure, verdict }) => [area, figure, verdict])).toEqual([
      ["Avon", 39.5, "untested"],
      ["Kent", 44, "untested"],
    ]);
    expect(mean.messages).toEqual([]);
  });

  test("rates are tested by Poisson, where 10 events are expected; others could only be flagged as higher", () => {
    expect(rate.indicator.kind).toBe("rate");
    // 3 expected of 1,000, 0.3 of 100 and 12 of 4,000.
    expect(areaOf(rate, "Avon")).toMatchObject({ figure: { value: 50 }, verdict: "few" });
    expect(areaOf(rate, "Kent").verdict).toBe("few");
    expect(areaOf(rate, "Essex").verdict).toBe("higher");
    expect(rate.notes).toContainEqual("Fewer than 10 events expected, so never flagged: Avon and Kent.");
  });

  test("what is of the country alone is refused with the reason", () => {
    expect(refused).toEqual([
      expect.objectContaining({ name: "Orders", reason: expect.stringMatching(/Fewer than 2 areas/) }),
    ]);
  });
});

test("without a figure of the country the whole is the areas' sum, and says so", () => {
  const { comparisons } = publishedComparisons(
    rowsOf([within26("Avon", "2024-Q1", "40", "100"), within26("Kent", "2024-Q1", "60", "100")]),
  );
  expect(comparisons[0]?.overall).toMatchObject({ value: 0.5 });
  expect(comparisons[0]?.notes.join(" ")).toMatch(/the whole is the sum of the areas/);
});
