import { describe, expect, test } from "vitest";
import { completedDurationsItem } from "../../../src/analysis/delay/completed-durations-item.js";
import { openAgeItem } from "../../../src/analysis/delay/open-age-item.js";
import { openAgeChart } from "../../../src/charts/open-age-chart.js";
import { resultOf, rowsOf, subjectOf } from "../small-export.js";

const fields = ["case_id", "child_id", "law_type", "application_date", "closed_date"] as const;
// Days to 16 November 2026: 182 (26 weeks), 183, 364 (52 weeks), 365, 700 (100 weeks), 701.
const subject = subjectOf(fields, [
  "1|a|public|2026-05-18|",
  "2|b|public|2026-05-17|",
  "3|c|public|2025-11-17|",
  "4|d|private|2025-11-16|",
  "5|e|private|2024-12-16|",
  "6|f|private|2024-12-15|",
  "7|g|private||",
  "8|h|private|2020-01-01|2026-11-16",
]);
const result = resultOf(openAgeItem, subject);
const plain = (rows: readonly string[]) => rows.map((row) => row.replace(/ \([^)]*\)/, ""));

describe("ages of open cases", () => {
  test("bands end with their last day, closed cases are not counted, nor those of which nothing tells whether they are open", () => {
    expect(plain(rowsOf(result)).slice(0, 5)).toEqual([
      "All children / Up to 26 weeks: 1, 0.1667, 0.1667, 0.1667",
      "All children / Over 26 to 52 weeks: 2, 0.3333, 0.3333, 0.3333",
      "All children / Over 52 to 100 weeks: 2, 0.3333, 0.3333, 0.3333",
      "All children / Over 100 weeks: 1, 0.1667, 0.1667, 0.1667",
      "Public law / Up to 26 weeks: 1, 0.3333, 0.3333, 0.3333",
    ]);
    expect(result.base).toEqual({
      units: 6,
      unit: "open children",
      period: "16 November 2026",
      missing: 0,
      beside: "1 more has neither application date nor closed date, so it is not known whether it is open.",
    });
  });

  test("who ends after the reference date is open on it, and that is said", () => {
    const later = subjectOf(fields, [
      "1|a|public|2026-01-01|2026-11-16",
      "2|b|public|2026-01-01|2026-11-17",
      "3|c|public|2026-01-01|",
    ]);
    const { base, notes } = resultOf(openAgeItem, later);
    expect(base.units).toBe(2);
    expect(notes).toContain("1 child whose case ended after 16 November 2026 counts as open.");
    const ended = resultOf(completedDurationsItem, later);
    expect(ended.base).toMatchObject({
      units: 1,
      unit: "ended children",
      beside: "2 of all 3 have not ended, or lack a date.",
    });
    expect(ended.notes[0]).toBe("1 child whose case ended after 16 November 2026 counts as open.");
  });

  test("messages say of whom; nobody is no share; law types are asked about together", () => {
    expect(result.messages.map(({ text }) => text)[1]).toBe(
      "3 open children have waited over 52 weeks: 50.0% of those whose case is open on 16 November 2026 (95% interval 18.8% to 81.2%).",
    );
    const young = resultOf(
      openAgeItem,
      subjectOf(fields, ["1|a|public|2026-03-01|", "2|b|public|2026-03-01|"]),
    );
    expect(young.messages.map(({ text }) => text).slice(1)).toEqual([
      "No open child has waited over 52 weeks.",
    ]);
    expect(openAgeChart(young)?.title).toBe("No open child has waited over 52 weeks");
    const both = resultOf(
      openAgeItem,
      subjectOf(fields, ["1|a|public|2020-01-01|", "2|b|private|2020-01-01|", "3|c|private|2026-11-01|"]),
    );
    expect(both.enquiries).toHaveLength(1);
    expect(both.enquiries[0]?.text).toMatch(
      /^Of open children, 1 in public law \(100%, .*\) and 1 in private law \(50\.0%, .*\) have waited over 100 weeks: /,
    );
  });

  test("over each threshold, by law type", () => {
    // Wilson for 3 of 6: (3 + 1.920729 ± 1.959964·√(1.5 + .960365))/(6 + 3.841459) = .1876 and .8124.
    expect(rowsOf(result, 1)[1]).toBe("All children / Over 52 weeks: 3, 0.5000 (0.1876–0.8124)");
    expect(plain(rowsOf(result, 1))).toEqual([
      "All children / Over 26 weeks: 5, 0.8333",
      "All children / Over 52 weeks: 3, 0.5000",
      "All children / Over 100 weeks: 1, 0.1667",
      "Public law / Over 26 weeks: 2, 0.6667",
      "Public law / Over 52 weeks: 0, 0.0000",
      "Public law / Over 100 weeks: 0, 0.0000",
      "Private law / Over 26 weeks: 3, 1.0000",
      "Private law / Over 52 weeks: 3, 1.0000",
      "Private law / Over 100 weeks: 1, 0.3333",
    ]);
  });

  test("are never called how long cases take", () => {
    expect(result.notes.join(" ")).toContain("They are not how long cases take");
    const { title, subtitle, notes } = openAgeChart(result) ?? { notes: [] };
    expect(title).toBe("50.0% of open children have waited over 52 weeks");
    expect(subtitle).toContain("Ages of open cases");
    const words = [title, subtitle, ...notes, ...result.messages.map(({ text }) => text), result.method];
    expect(words.join(" ")).not.toMatch(/surviv|median|duration/i);
  });

  test("children of one case wait together: the interval is that of one case for each two children", () => {
    const pairs = subjectOf(
      fields,
      ["1", "2", "3", "4"].flatMap((id) =>
        ["a", "b"].map((child) => `${id}|${id}${child}|public|${id < "3" ? "2026-11-01" : "2025-11-10"}|`),
      ),
    );
    // 4 of 8 children are 2 of 4 cases: Wilson for 2 of 4, (2 + 1.920729 ± 1.959964·√(1 + .960365))/7.841459 = .1500 and .8500.
    expect(rowsOf(resultOf(openAgeItem, pairs), 1)[1]).toBe(
      "All children / Over 52 weeks: 4, 0.5000 (0.1500–0.8500)",
    );
  });

  test("where a band is hidden, a threshold goes by the bands on its other side", () => {
    const counted = openAgeItem.count(subject);
    const [tally] = counted.tallies;
    if (tally === undefined) throw new Error("no tally");
    const hide = (rows: readonly number[]) => ({
      ...counted,
      tallies: [
        {
          ...tally,
          rowTotals: tally.rowTotals.map((count, row) =>
            rows.includes(row) ? { mark: "c" as const } : count,
          ),
        },
      ],
    });
    const over = (rows: readonly number[]) =>
      plain(rowsOf(openAgeItem.result(hide(rows), { plan: subject.plan, edition: "publishable" }), 1)).slice(
        0,
        3,
      );
    expect(over([2, 3])).toEqual([
      "All children / Over 26 weeks: 5, 0.8333",
      "All children / Over 52 weeks: 3, 0.5000",
      "All children / Over 100 weeks: [c], [c]",
    ]);
    expect(over([0, 3])[1]).toBe("All children / Over 52 weeks: [c], [c]");
  });

  test("a design effect that is hidden takes the interval with it", () => {
    const counted = openAgeItem.count(subject);
    const statistics = Object.fromEntries(
      Object.keys(counted.statistics ?? {}).map((name) => [name, { mark: "c" as const }]),
    );
    const about = { plan: subject.plan, edition: "publishable" } as const;
    const without = openAgeItem.result({ ...counted, statistics }, about);
    expect(rowsOf(without, 1)[1]).toBe("All children / Over 52 weeks: 3, 0.5");
    expect(without.messages).toEqual([]);
    expect(openAgeChart(without)?.title).toBe("50.0% of open children have waited over 52 weeks");
  });
});

describe("what open ages are refused for", () => {
  test("no dates", () => {
    const none = subjectOf(["case_id", "child_id"], ["1|a"]);
    expect(openAgeItem.refusal(none)?.reason).toContain("application_date or closed_date");
  });

  test("closed cases only, with what they can say", () => {
    const closed = subjectOf(fields, ["1|a|public|2026-01-01|2026-11-10"]);
    expect(openAgeItem.refusal(closed)?.reason).toBe("No case in the export was open on 16 November 2026.");
    expect(openAgeItem.refusal(subject)).toBeUndefined();
  });

  test("open cases without any date", () => {
    const undated = subjectOf(fields, ["1|a|public||", "2|b|public|2026-01-01|2026-11-10"]);
    expect(openAgeItem.refusal(undated)?.reason).toContain(
      "No case without closed_date has application_date",
    );
  });
});

test("a start after the reference date is told", () => {
  const early = subjectOf(fields, ["1|a|public|2026-12-01|", "2|b|public|2026-01-01|"]);
  expect(resultOf(openAgeItem, early).notes.join(" ")).toContain(
    "Of the open children, 1 has a start after the reference date",
  );
});
