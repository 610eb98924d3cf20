import { describe, expect, test } from "vitest";
import { backlogItem, backlogPoints } from "../../../src/analysis/demand/backlog-item.js";
import { demandItem } from "../../../src/analysis/demand/demand-item.js";
import { clearanceOf, flowItem, flowOf } from "../../../src/analysis/demand/flow-item.js";
import { monthEnds, partMonthNotes, wholeMonths } from "../../../src/analysis/demand/months.js";
import { overTimeItem } from "../../../src/analysis/demand/over-time-item.js";
import { seasonalityItem, yearToDate } from "../../../src/analysis/demand/seasonality-item.js";
import type { Counted, Item, Subject } from "../../../src/analysis/item.js";
import type { Tally } from "../../../src/analysis/tally.js";
import { sideOfOne } from "../../../src/analysis/trend-words.js";
import { protectStatistics } from "../../../src/disclosure/protect-statistics.js";
import { protectTallies } from "../../../src/disclosure/protect-tallies.js";
import { fewCases, longWindow, risingCases, trendSubject, winter } from "../trend-subjects.js";

const few = trendSubject(fewCases, winter);
const rising = trendSubject(risingCases, longWindow);

function resultOf(item: Item, subject: Subject, counted = item.count(subject)) {
  return item.result(counted, { plan: subject.plan, edition: "internal" });
}

/** As the publishable edition has it, with every table of the analysis protected together. */
function protectedBy(counted: Counted): Counted {
  return {
    tallies: protectTallies(counted.tallies, { threshold: 5, roundTo: 5 }).tallies,
    statistics: protectStatistics(counted.statistics ?? {}, { threshold: 5, roundTo: 5 }),
  };
}

describe("months", () => {
  test("only whole months count, and what is left out is said", () => {
    const months = wholeMonths(winter);
    expect(months.map(({ key }) => key)).toEqual(["2025-12", "2026-01", "2026-02", "2026-03"]);
    expect(months[2]).toMatchObject({ label: "February 2026", year: 2026, month: 2 });
    expect(partMonthNotes({ observed: winter }, months)).toEqual([
      "Whole months only: 16 November 2025 to 30 November 2025 are left out, because only a part of their month was observed.",
    ]);
    expect(wholeMonths({ from: "2025-12-02", to: "2025-12-31" })).toEqual([]);
  });

  test("the backlog is known at month ends within the window, and on the day before it", () => {
    expect(monthEnds(winter).map(({ key }) => key)).toEqual([
      "2025-11",
      "2025-12",
      "2026-01",
      "2026-02",
      "2026-03",
    ]);
    expect(monthEnds({ from: "2025-12-01", to: "2026-01-30" }).map(({ key }) => key)).toEqual([
      "2025-11",
      "2025-12",
    ]);
  });
});

describe("refusals", () => {
  test.each([demandItem, seasonalityItem, flowItem, backlogItem])(
    "$id is refused without a window",
    (item) => {
      const refusal = item.refusal(trendSubject(fewCases, winter, ""));
      expect(refusal?.reason).toContain("(observed)");
      expect(refusal?.instead).toContain("published series");
    },
  );

  test("seasonality needs more than twelve months, and says how many there are", () => {
    expect(seasonalityItem.refusal(few)?.reason).toBe(
      "A comparison with the year before by month needs 13 whole months; the observation window of 16 November 2025 to 31 March 2026 has 4.",
    );
    expect(seasonalityItem.refusal(rising)).toBeUndefined();
  });

  test("an export of closed cases only carries no trend", () => {
    const closed = fewCases.filter((row) => !row.endsWith("|"));
    expect(flowItem.refusal(trendSubject(closed, winter))?.reason).toContain("it was chosen by having ended");
  });
});

test("a ratio is above or below 1 only where its whole interval is", () => {
  const side = (value: number, lower: number, upper: number) => sideOfOne({ value, lower, upper });
  expect(side(1.2, 1.01, 1.4)).toBe("above");
  expect(side(1.2, 1, 1.4)).toBeUndefined();
  expect(side(0.8, 0.7, 1)).toBeUndefined();
  expect(side(0.8, 0.7, 0.99)).toBe("below");
  expect(sideOfOne({ mark: "c" })).toBeUndefined();
});

describe("demand", () => {
  test("new children and cases by month and law type", () => {
    const [, children, cases] = demandItem.count(few).tallies as [Tally, Tally, Tally];
    expect(children.rowTotals).toEqual([4, 1, 0, 1]);
    expect(cases.rowTotals).toEqual([2, 1, 0, 1]);
    expect(children.columns.levels.map(({ key }) => key)).toEqual(["public", "private"]);
    expect(children.cells).toEqual([
      [0, 4],
      [1, 0],
      [0, 0],
      [1, 0],
    ]);
    expect(children.columnTotals).toEqual([2, 4]);
  });

  test("a case begins with its first child and ends with its last", () => {
    const subject = trendSubject(
      [
        ...fewCases,
        "G|1|public|2026-01-05|",
        "G|2|public|2025-12-01|2026-02-01",
        "H|1|public|2025-12-02|2026-01-02",
        "H|2|public|2025-12-02|2026-02-02",
      ],
      winter,
    );
    const [, , begun, , ended] = flowItem.count(subject).tallies as [Tally, Tally, Tally, Tally, Tally];
    // Beside those of the few: G and H begin in December; H ends in February, and G goes on.
    expect(begun.rowTotals).toEqual([4, 1, 0, 1]);
    expect(ended.rowTotals).toEqual([1, 1, 1, 1]);
  });

  test("with fewer than twelve months there are no limits, and no sign", () => {
    const { tables, notes, messages } = resultOf(demandItem, few);
    expect(tables[1]?.rows[0]?.cells).toEqual([{ mark: "x" }, { mark: "x" }, { mark: "x" }]);
    expect(notes[0]).toBe(
      "4 months are too few for limits, which take 12: nothing says which month is unusual.",
    );
    expect(messages).toEqual([]);
  });

  test("limits, signs and the ratio to the year before", () => {
    const { tables, messages } = resultOf(demandItem, rising);
    // By hand: mean 150/13; moving ranges 2 eleven times and 19, which is above 3.267·41/12 and left out; 2.66·2 = 5.32.
    const [mean, lower, upper] = (tables[1]?.rows[0]?.cells ?? []) as number[];
    expect(mean).toBeCloseTo(11.5385, 4);
    expect(lower).toBeCloseTo(6.2185, 4);
    expect(upper).toBeCloseTo(16.8585, 4);
    const december = tables[0]?.rows.find(({ names }) => names[1] === "December 2025");
    expect(december?.cells.at(-1)).toBe("above upper limit");
    expect(december?.cells.slice(0, 2)).toEqual([30, 30]);
    expect(december?.cells[2]).toMatchObject({ value: 30 / 9 });
    expect(tables[0]?.rows[0]?.cells[2]).toEqual({ mark: "x" });
    expect(messages.map(({ text }) => text)).toEqual([
      "New children a month: the latest, 30, is above the upper limit (mean 12).",
      expect.stringMatching(/^New children a month in public law: the latest, 15, is above/),
      expect.stringMatching(/^New children a month in private law: the latest, 15, is above/),
      expect.stringMatching(
        /^In December 2025 there were more than a year before: new cases were 3\.33 \(95% interval 1\./,
      ),
    ]);
  });

  test("a month that is not shown takes limits, signs and messages of its series with it", () => {
    const counted = demandItem.count(rising);
    const hidden = counted.tallies.map((tally, at) =>
      at === 0
        ? tally
        : {
            ...tally,
            rowTotals: tally.rowTotals.map((one, row) => (row === 12 ? { mark: "c" as const } : one)),
          },
    );
    const { tables, messages, notes } = resultOf(demandItem, rising, { tallies: hidden });
    expect(tables[1]?.rows[0]?.cells[0]).toEqual({ mark: "x" });
    expect(tables[0]?.rows[12]?.cells).toEqual([{ mark: "c" }, { mark: "c" }, { mark: "c" }, { mark: "x" }]);
    expect(messages.every(({ text }) => text.includes("law"))).toBe(true);
    expect(notes).toContain("A series with a month that is not shown has no limits.");
  });
});

describe("seasonality", () => {
  test("the months that two years share", () => {
    const [, children, cases] = seasonalityItem.count(rising).tallies as [Tally, Tally, Tally];
    const found = yearToDate(cases);
    expect(found).toMatchObject({ year: 2025, span: "December", ratio: { value: 30 / 9 } });
    const { tables, messages } = resultOf(seasonalityItem, rising);
    expect(tables[0]?.measures.map(({ label }) => label)).toEqual(["2024", "2025"]);
    expect(tables[0]?.rows[0]).toEqual({ names: ["January"], cells: [{ mark: "x" }, 11] });
    expect(messages[0]?.text).toMatch(
      /^In December 2025, more cases began than in the same months of 2024: 3\.33/,
    );
    expect(children.total).toBe(150);
  });
});

describe("flow and backlog", () => {
  test("in, out and the difference; cases ended for each new one", () => {
    const counted = flowItem.count(few);
    expect(flowOf(counted, { plan: few.plan })).toEqual({
      months: ["2025-12", "2026-01", "2026-02", "2026-03"],
      begun: [4, 1, 0, 1],
      ended: [2, 1, 0, 1],
      net: [2, 0, 0, 0],
    });
    // Of cases: E, B and D ended; B, C, D and F began.
    expect(clearanceOf(counted, { plan: few.plan })).toMatchObject({ value: 0.75 });
    expect(resultOf(flowItem, few).messages[0]?.text).toMatch(
      /^No clear difference between cases ended and begun, December 2025 to March 2026: 3 ended and 4 began/,
    );
  });

  test("those open at each month’s end by age; what ends on the day is not open at its end", () => {
    const points = backlogPoints(backlogItem.count(few));
    expect(points.map(({ total }) => total)).toEqual([4, 6, 6, 6, 6]);
    // A began 182 days before 30 November, which is within 26 weeks, and 213 before the end of December.
    expect(points.map(({ bands }) => bands.map(({ count }) => count))).toEqual([
      [4, 0, 0, 0],
      [4, 2, 0, 0],
      [4, 2, 0, 0],
      [4, 2, 0, 0],
      [4, 2, 0, 0],
    ]);
  });

  test("the backlog ages only where rounding cannot have made it so", () => {
    // 80 wait from before the window, 10 of them over 52 weeks when it begins; 40 more come in its last month, when all 80 do.
    const row = (id: string, begun: string): string => `${id}|1|public|${begun}|`;
    const waiting = trendSubject(
      [
        ...Array.from({ length: 10 }, (_, k) => row(`old${k}`, "2023-01-10")),
        ...Array.from({ length: 70 }, (_, k) => row(`waits${k}`, "2024-11-10")),
        ...Array.from({ length: 40 }, (_, k) => row(`new${k}`, "2025-12-10")),
        "ended|1|public|2025-01-10|2025-02-10",
      ],
      longWindow,
    );
    const counted = backlogItem.count(waiting);
    const said = (slack: number) => {
      const tallies = counted.tallies.map((tally) => ({ ...tally, slack }));
      return resultOf(backlogItem, waiting, { ...counted, tallies }).messages[1]?.text;
    };
    expect(said(0)).toMatch(/has lasted over 52 weeks grew: 12\.5% on .*, 66\.7% on /);
    expect(said(2)).toContain("grew");
    expect(said(9)).toContain("did not clearly change");
  });

  test("each month’s end is the one before with the net of flow", () => {
    const totals = backlogPoints(backlogItem.count(rising)).map(({ total }) => total as number);
    const { net } = flowOf(flowItem.count(rising), { plan: rising.plan });
    expect(totals.slice(1)).toEqual(net.map((change, at) => (totals[at] as number) + (change as number)));
  });

  test("the last month’s end is linked with the open children of other tables where it is the reference date", () => {
    const universes = backlogItem
      .count(few)
      .tallies.slice(3)
      .map(({ universe }) => universe);
    expect(universes.at(-1)).toBe("open children");
    expect(universes[0]).toBe("children open on 2025-11-30");
  });

  test("where a month’s beginnings are hidden no month’s end is shown, or the one would tell the other", () => {
    const counted = protectedBy(backlogItem.count(few));
    expect(
      backlogPoints(counted).every(({ total, bands }) =>
        [total, ...bands.map(({ count }) => count)].every((one) => typeof one === "object"),
      ),
    ).toBe(true);
    const { messages, notes, tables } = resultOf(backlogItem, few, counted);
    expect(messages).toEqual([]);
    expect(notes.join(" ")).toContain("could be worked out from the backlog");
    expect(JSON.stringify(tables)).not.toMatch(/NaN|null/);
  });

  test.each([demandItem, seasonalityItem, flowItem, backlogItem])(
    "$id stands suppression and rounding",
    (item) => {
      for (const subject of [few, rising]) {
        if (item.refusal(subject) !== undefined) continue;
        const result = resultOf(item, subject, protectedBy(item.count(subject)));
        expect(JSON.stringify(result)).not.toMatch(/NaN|null|undefined/);
      }
    },
  );
});

describe("over time", () => {
  test("is refused for one export", () => {
    expect(overTimeItem.refusal(few)?.reason).toBe(
      "The plan names no earlier export, and one export tells of one day.",
    );
  });

  test("open caseload and shares at each export’s date, oldest first", () => {
    const before = { from: "2025-06-01", to: "2025-11-30" };
    const earlier = trendSubject(
      fewCases
        .slice(0, 2)
        .concat("E|1|private|2025-11-20|", "E|2|private|2025-11-20|", "Z|1|public|2023-01-01|"),
      before,
    );
    const subject = { ...few, earlier: [earlier] };
    expect(overTimeItem.refusal(subject)).toBeUndefined();
    const { tables, messages } = resultOf(overTimeItem, subject);
    expect(tables[0]?.rows).toEqual([
      { names: ["Open children", "30 November 2025"], cells: [5] },
      { names: ["Open children", "31 March 2026"], cells: [6] },
    ]);
    const over26 = tables[1]?.rows.filter(({ names }) => names[0] === "Over 26 weeks");
    // One of five, Z; two of six, both children of A.
    expect(over26?.map(({ cells }) => cells[0])).toEqual([
      expect.objectContaining({ value: 0.2 }),
      expect.objectContaining({ value: 2 / 6 }),
    ]);
    expect(messages[1]?.text).toBe(
      "Over 26 weeks: no clear change, 20.0% of open children on 30 November 2025 and 33.3% on 31 March 2026.",
    );
  });
});
