import { describe, expect, test } from "vitest";
import { completedDurationsItem } from "../../../src/analysis/delay/completed-durations-item.js";
import { delayByItem } from "../../../src/analysis/delay/delay-by-item.js";
import { durationItem } from "../../../src/analysis/delay/duration-item.js";
import { longestStretch } from "../../../src/analysis/delay/empty-stretch.js";
import { endingsItem } from "../../../src/analysis/delay/endings-item.js";
import { observe } from "../../../src/analysis/delay/observation.js";
import { readCurve } from "../../../src/analysis/delay/read-curve.js";
import { startCohortsItem, startQuarters } from "../../../src/analysis/delay/start-cohorts-item.js";
import { thresholdsItem } from "../../../src/analysis/delay/thresholds-item.js";
import { watch } from "../../../src/analysis/delay/watched.js";
import type { About, Counted, Subject } from "../../../src/analysis/item.js";
import type { Interval95, ResultTable } from "../../../src/analysis/result.js";
import { isMarked, type Tally } from "../../../src/analysis/tally.js";
import { cohortsChart } from "../../../src/charts/cohorts-chart.js";
import { delayByChart } from "../../../src/charts/delay-by-chart.js";
import { incidenceChart } from "../../../src/charts/incidence-chart.js";
import { survivalChart } from "../../../src/charts/survival-chart.js";
import { coarsenCurves } from "../../../src/disclosure/coarsen-curves.js";
import { protectTallies } from "../../../src/disclosure/protect-tallies.js";
import { isoDate, isoDay } from "../../../src/frame/calendar.js";
import { stream } from "../../../src/random/streams.js";
import { kaplanMeier } from "../../../src/statistics/kaplan-meier.js";
import { survivalAt } from "../../../src/statistics/survival-share.js";
import { type Declared, type InventedCase, subjectOf, syntheticSubject } from "../windows.js";

const [from, to] = ["2025-11-16", "2026-11-16"];
const observed = { from, to };

/** A case that begins so many days before (minus: after) the window, and ends after so many days; open beyond the window. */
function caseOf(id: string, before: number, lasts: number, more: Partial<InventedCase> = {}): InventedCase {
  const begun = isoDay(from) - before;
  const end = begun + lasts;
  return { id, applied: isoDate(begun), closed: end > isoDay(to) ? "" : isoDate(end), ...more };
}

function aboutOf(subject: Subject): About {
  return { plan: subject.plan, edition: "internal" };
}

/** Every unit and statistic that is a count, hidden. */
function hiddenOf({ tallies, statistics = {}, curves = [] }: Counted): Counted {
  const c = { mark: "c" } as const;
  return {
    tallies: tallies.map(
      (tally): Tally => ({
        ...tally,
        cells: tally.cells.map((row) => row.map(() => c)),
        rowTotals: tally.rowTotals.map(() => c),
        columnTotals: tally.columnTotals.map(() => c),
        total: c,
      }),
    ),
    statistics: Object.fromEntries(Object.keys(statistics).map((name) => [name, c])),
    curves: coarsenCurves(curves, { threshold: 1_000_000, round_to: 5 }),
  };
}

/** Days until a planted curve is down at u: 30.4 % end evenly over 26 weeks, the rest evenly over the next 74. */
function planted(u: number): number {
  return Math.floor(u < 0.304 ? (u / 0.304) * 182 : 182 + ((u - 0.304) / 0.696) * 518);
}

/** Three cases a day since 700 days before the window, S(26 weeks) = .696; only what an export of the kind would hold. */
function simulated(holds: (begun: number, ended: number) => boolean): InventedCase[] {
  const next = stream("planted curve", "synth");
  const cases: InventedCase[] = [];
  for (let day = isoDay(from) - 700; day <= isoDay(to); day++) {
    for (let k = 0; k < 3; k++) {
      const ended = day + planted(next());
      if (!holds(day, ended)) continue;
      cases.push({
        id: String(cases.length),
        applied: isoDate(day),
        closed: ended > isoDay(to) ? "" : isoDate(ended),
      });
    }
  }
  return cases;
}

describe("what an export can say", () => {
  const windowed = simulated((_, ended) => ended >= isoDay(from));
  const fortnight = simulated((_, ended) => ended > isoDay(to) - 14);

  test("a whole window: the planted 69.6 % lies within the interval of the delayed-entry estimate", () => {
    const subject = subjectOf(windowed, { observed });
    expect(durationItem.refusal(subject)).toBeUndefined();
    const { tables } = thresholdsItem.result(thresholdsItem.count(subject), aboutOf(subject));
    const [still, , ofEnded] = (tables[0] as ResultTable).rows[0]?.cells ?? [];
    const { lower, upper } = still as Interval95;
    expect(lower).toBeLessThan(0.696);
    expect(upper).toBeGreaterThan(0.696);
    expect(upper - lower).toBeLessThan(0.06);
    expect(ofEnded).toBeGreaterThan(0.6);
  });

  test("open cases and a fortnight's endings: naive Kaplan–Meier says .97 and more; a claimed year is refused", () => {
    const subject = subjectOf(fortnight, { observed });
    const naive = kaplanMeier({
      exit: fortnight.map(({ applied, closed }) =>
        Math.max(0.5, isoDay(closed === "" ? to : closed) - isoDay(applied)),
      ),
      event: fortnight.map(({ closed }) => (closed === "" ? 0 : 1)),
    });
    expect(survivalAt(naive, 182).survival).toBeGreaterThan(0.95);
    expect(observe(subject).shape).toBe("part-closed");
    expect(durationItem.refusal(subject)?.reason).toContain(
      "for 50 of its 52 weeks none is: endings lie within 2 weeks",
    );
    expect(observe(subjectOf(fortnight, { observed: undefined })).shape).toBe("part-closed");
    // Declared as what it is, a window of a fortnight, it is taken.
    const short = subjectOf(fortnight, { observed: { from: "2026-11-03", to } });
    expect(observe(short).shape).toBe("window");
  });

  test.each([
    [
      "open-only",
      (ended: number) => ended > isoDay(to),
      "no ending is in it",
      "How long have open cases waited?",
    ],
    [
      "closed-only",
      (ended: number) => ended >= isoDay(from) && ended <= isoDay(to),
      "Every case",
      "How long had the cases taken that ended?",
    ],
  ] as const)(
    "%s: curves, means and tests are refused with the alternative",
    (shape, holds, reason, instead) => {
      const cases = simulated((_, ended) => holds(ended)).slice(0, 300);
      for (const declared of [{ observed: undefined }, { observed }] as Declared[]) {
        const subject = subjectOf(cases, declared);
        expect(observe(subject).shape).toBe(shape);
        for (const item of [durationItem, thresholdsItem, delayByItem, startCohortsItem, endingsItem]) {
          expect(item.refusal(subject)?.instead).toContain(instead);
        }
      }
      expect(durationItem.refusal(subjectOf(cases, { observed: undefined }))?.reason).toContain(reason);
    },
  );

  test("without dates nothing is said", () => {
    const cases = [caseOf("1", 10, 20)].map((one) => ({ ...one, applied: "" }));
    expect(observe(subjectOf(cases)).shape).toBe("undated");
  });
});

test("endings spread over a year leave no stretch; a month without any is improbable, a holiday is not", () => {
  const days = (holds: (day: number) => boolean) =>
    Float64Array.from(Array.from({ length: 365 }, (_, day) => day).filter(holds));
  const window = { from: 0, to: 364 };
  expect(
    longestStretch(
      days(() => true),
      window,
    ),
  ).toEqual({ days: 0, improbable: false });
  expect(
    longestStretch(
      days((day) => day < 100 || day >= 114),
      window,
    ),
  ).toEqual({ days: 14, improbable: false });
  expect(
    longestStretch(
      days((day) => day >= 60),
      window,
    ),
  ).toEqual({ days: 60, improbable: true });
  // Two endings in a year are too few to wonder at: (2 + 1)·(1 − 200/365)² > .001.
  expect(longestStretch(Float64Array.of(100, 301), window)).toEqual({ days: 200, improbable: false });
});

describe("the window, by hand", () => {
  const cases = [
    caseOf("old", 100, 150), // 100 days old when the window began, ends at 150
    caseOf("new", -10, 40), // began in it, ends at 40
    caseOf("open", -300, 900), // began on day 300 of 365, still open: 65 days
    caseOf("same", -5, 0), // half a day
    caseOf("first", 30, 30), // ends on the first day: half a day from 30
    caseOf("before", 50, 20), // ended before the window
    { id: "late", applied: "2026-12-01", closed: "" },
    { id: "after", applied: "2026-01-01", closed: "2026-12-24" }, // 319 days to the window's end
    { id: "back", applied: "2026-03-01", closed: "2026-02-01" },
    { id: "blank", applied: "", closed: "2026-02-01" },
  ];
  const subject = subjectOf(cases);

  test("entry, exit and event", () => {
    const { units, entry, exit, event } = watch(subject);
    const rows = Array.from(units, (unit, at) => [subject.frame.ids[unit], entry[at], exit[at], event[at]]);
    expect(rows).toEqual([
      ["old_1", 100, 150, 1],
      ["new_1", 0, 40, 1],
      ["open_1", 0, 65, 0],
      ["same_1", 0, 0.5, 1],
      ["first_1", 30, 30.5, 1],
      ["after_1", 0, 319, 0],
    ]);
  });

  test("who is left out is counted and said", () => {
    const { notes, base } = durationItem.result(durationItem.count(subject), aboutOf(subject));
    expect(base).toMatchObject({ units: 6, missing: 1 });
    expect(notes[0]).toBe(
      "Left out, because the dates do not fit the observation window: children that ended before it (1); began after it (1); " +
        "ended before it began (1); have no date of their beginning (1).",
    );
    expect(notes[1]).toBe("Counted as open at the window's end: children that ended after it (1).");
  });
});

// 20 single-child cases from the window's first day: half end after 95, 104 … 176 days, half are open to the end.
const half = Array.from({ length: 20 }, (_, k) => caseOf(String(k), 0, k < 10 ? 95 + 9 * k : 900));

describe("curves", () => {
  test("S, at risk and the medians by hand; below 10 at risk a curve ends", () => {
    const counted = durationItem.count(subjectOf(half));
    const [set] = counted.curves ?? [];
    const [group] = set?.groups ?? [];
    if (set === undefined || group === undefined) throw new Error("a curve");
    // Before: all 20; after: 10 of 20. 10 are still at risk at 364 days, and nobody beyond 365.
    expect(readCurve(set, group, 91)).toMatchObject({ share: { value: 1 }, atRisk: 20 });
    expect(readCurve(set, group, 182)).toMatchObject({
      share: { value: expect.closeTo(0.5, 12) },
      atRisk: 10,
    });
    expect(readCurve(set, group, 700)).toEqual({ mark: "x" });
    // Mean up to 364: (95 + 104 + … + 176 + 10·364)/20 = (1355 + 3640)/20 = 249.75 days.
    expect(counted.statistics?.["mean_52.public"]).toMatchObject({
      value: expect.closeTo(249.75, 10),
      base: 10,
    });
    expect(counted.statistics?.["mean_100.public"]).toBeUndefined();
  });

  test("siblings that end together widen the interval", () => {
    const width = (children: number): number => {
      const [all, ended] = [60 / children, 30 / children];
      const cases = Array.from({ length: all }, (_, k) =>
        caseOf(String(k), 0, k < ended ? 20 + Math.floor((k * 330) / (ended - 1)) : 900, { children }),
      );
      const [set] = durationItem.count(subjectOf(cases)).curves ?? [];
      const read = set?.groups[0] && readCurve(set, set.groups[0], 182);
      if (read === undefined || isMarked(read)) throw new Error("a share");
      return read.share.upper - read.share.lower;
    };
    // Three children a case: a third of the cases, so √3 times the standard error, a little less wide on the log-log scale.
    expect(width(3) / width(1)).toBeGreaterThan(1.6);
    expect(width(3) / width(1)).toBeLessThan(1.8);
  });

  test("all hidden: no figure, no message, no crash", () => {
    const subject = subjectOf(half, { observed, more: "pia: { outcome: case_type }" });
    for (const item of [durationItem, thresholdsItem, endingsItem, delayByItem]) {
      const shown = item.result(hiddenOf(item.count(subject)), aboutOf(subject));
      expect(shown.messages).toEqual([]);
      const cells = shown.tables.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
      for (const cell of cells) expect(isMarked(cell) || typeof cell === "string").toBe(true);
    }
  });
});

test("coarsened curves: grid points with more than the threshold ended since and still at risk, whole percent, rounded counts", () => {
  const [set] = durationItem.count(subjectOf(half)).curves ?? [];
  if (set === undefined) throw new Error("a curve");
  const [coarse] = coarsenCurves([set], { threshold: 5, round_to: 5 });
  // The ten endings lie between 13 and 26 weeks; nobody ends after.
  expect(coarse?.groups[0]).toMatchObject({
    times: [0, 182],
    shares: [1, 0.5],
    atRisk: [20, 10],
    events: [0, 10],
  });
  const [strict] = coarsenCurves([set], { threshold: 10, round_to: 5 });
  expect(strict?.groups[0]?.times).toEqual([0]);
  const [none] = coarsenCurves([set], { threshold: 20, round_to: 5 });
  expect(none?.groups[0]).toMatchObject({ hidden: true, times: [], units: 0 });
  if (coarse?.groups[0] === undefined) throw new Error("a group");
  expect(readCurve(coarse, coarse.groups[0], 364)).toEqual({ mark: "c" });
});

describe("endings", () => {
  // 40 cases from the window's first day: 30 end after 10, 22 … 358 days, of 15 in a row 10 by an order, 4 withdrawn, 1 blank.
  const outcomeOf = (k: number): string =>
    k === 14 ? "" : [2, 6, 9, 12].includes(k) ? "withdrawn" : "order";
  const cases = Array.from({ length: 40 }, (_, k) =>
    caseOf(String(k), 0, k < 30 ? 10 + 12 * k : 900, { outcome: k < 30 ? outcomeOf(k % 15) : "" }),
  );
  const subject = subjectOf(cases, { observed, more: "pia: { outcome: case_type }" });
  const counted = endingsItem.count(subject);

  test("shares by hand, the blank a way of its own", () => {
    const { tables } = endingsItem.result(counted, aboutOf(subject));
    const rows = (tables[0] as ResultTable).rows.map(({ names, cells }) => [
      names[1],
      (cells[1] as Interval95).value,
    ]);
    expect(rows.map(([name]) => name)).toEqual(["order", "withdrawn", "Not recorded", "Still open"]);
    for (const [k, share] of [0.5, 0.2, 0.05, 0.25].entries()) expect(rows[k]?.[1]).toBeCloseTo(share, 12);
  });

  test("published, a small way of ending is hidden, and never alone", () => {
    const [set] = coarsenCurves(counted.curves ?? [], { threshold: 5, round_to: 5 });
    const shown = set?.groups.filter(({ times }) => times.includes(364)).map(({ key }) => key);
    expect(shown).toEqual(["order", "still open"]);
  });

  test("without an outcome it is refused", () => {
    expect(endingsItem.refusal(subjectOf(cases))?.instead).toContain("outcome");
    expect(incidenceChart(endingsItem.result(counted, aboutOf(subject)), counted)?.description).toContain(
      "order 50%",
    );
  });
});

describe("start cohorts", () => {
  test("quarters that begin in the window; the last 26 weeks are immature", () => {
    const quarters = startQuarters({ from: "2025-11-16", to: "2026-11-16" });
    expect(quarters.map(({ label, mature }) => [label, mature])).toEqual([
      ["January to March 2026", true],
      ["April to June 2026", false],
      ["July to September 2026", false],
      ["October to December 2026", false],
    ]);
  });

  test("a window of a year is too short to tell a change", () => {
    expect(startCohortsItem.refusal(subjectOf(half))?.reason).toContain("has 1.");
  });

  test("a planted fall is told, and drawn", () => {
    const window = { from: "2024-01-01", to };
    const cases = Array.from({ length: 1000 }, (_, k) => {
      const quarter = Math.floor(k / 100);
      const begun = isoDay("2024-01-01") + quarter * 91 + (k % 90);
      const end = begun + (k % 100 < 80 - 8 * quarter ? 250 : 60);
      return { id: String(k), applied: isoDate(begun), closed: end > isoDay(to) ? "" : isoDate(end) };
    });
    const subject = subjectOf(cases, { observed: window });
    expect(startCohortsItem.refusal(subject)).toBeUndefined();
    const result = startCohortsItem.result(startCohortsItem.count(subject), aboutOf(subject));
    expect(result.messages[0]?.text).toContain("fell from quarter to quarter");
    expect(cohortsChart(result)?.title).toBe("Share still open after 26 weeks fell by start quarter");
    expect(result.tables[0]?.rows.at(-1)?.cells[2]).toBe("immature");
  });
});

describe("who waits", () => {
  const cases = Array.from({ length: 200 }, (_, k) =>
    caseOf(
      String(k),
      0,
      k % 4 === 0 || k % 20 === 1 ? 900 : k % 2 === 0 ? 200 + (k % 160) : 20 + ((k * 7) % 330),
      {
        gender: k % 2 === 0 ? "male" : "female",
      },
    ),
  );

  test("a planted difference by gender is told with its interval; a level without enough is not compared", () => {
    const all = [...cases, caseOf("few", 0, 30, { gender: "neither" })];
    const subject = subjectOf(all);
    const result = delayByItem.result(delayByItem.count(subject), aboutOf(subject));
    const male = result.tables[0]?.rows.find(({ names }) => names[1] === "Male");
    expect(((male?.cells[0] ?? { lower: 0 }) as Interval95).lower).toBeGreaterThan(0);
    expect(result.messages[0]?.text).toMatch(/^Cases of (?:boys|girls) last/);
    expect(result.tables[0]?.rows.find(({ names }) => names[1] === "Neither")?.cells[0]).toEqual({
      mark: "x",
    });
    expect(delayByChart(result)?.title.split(" ").length).toBeLessThanOrEqual(10);
  });
});

test("completed durations are labelled as such", () => {
  const subject = subjectOf([caseOf("1", 10, 100), caseOf("2", 10, 300)], { observed: undefined });
  expect(completedDurationsItem.refusal(subject)).toBeUndefined();
  const result = completedDurationsItem.result(completedDurationsItem.count(subject), aboutOf(subject));
  expect(result.method).toContain("completed durations: they are not how long cases last");
  // Median of 100 and 300 days: 200.
  expect(result.tables[1]?.rows[0]?.cells[0]).toBeCloseTo(200 / 7, 12);
  expect(completedDurationsItem.refusal(subjectOf(half))?.instead).toContain("still open after 26, 52");
});

describe("the synthetic export of one year", () => {
  // s31 and its like have 34.0 % ended by 26 weeks and 67.0 % by 52 (the table of src/synth/durations.ts); the track that is
  // s31 alone is taken by its case type. Days are whole, and the day of the threshold itself is still to come: the share that
  // lasts beyond it is a little less than the table's.
  test("the planted curve of care cases is recovered", () => {
    const subject = syntheticSubject({ rows: 12_000 });
    const field = subject.frame.fields.get("case_type");
    const units = subject.units.filter((unit) => field?.levels[field.codes[unit] as number] === "s31");
    const counted = durationItem.count({ ...subject, units });
    const [set] = counted.curves ?? [];
    const [group] = set?.groups ?? [];
    if (set === undefined || group === undefined) throw new Error("a curve");
    for (const [weeks, share] of [
      [26, 0.66],
      [52, 0.33],
    ] as const) {
      const read = readCurve(set, group, weeks * 7);
      if (isMarked(read)) throw new Error("a share");
      expect(read.share.lower).toBeLessThan(share);
      expect(read.share.upper).toBeGreaterThan(share);
    }
    const chart = survivalChart(durationItem.result(counted, aboutOf(subject)), counted);
    expect(chart?.title).toMatch(/^Half of cases last more than \d+\.\d weeks$/);
    const result = durationItem.result(counted, aboutOf(subject));
    const figure = /more than (\S+) weeks/.exec(chart?.title as string)?.[1];
    expect(result.messages[0]?.text).toMatch(/^Half of .*cases, counted by child, last more than /);
    expect(result.messages[0]?.text).toContain(`last more than ${figure} weeks (95% interval`);
  }, 60_000);
});

test("a quarter is hidden with any of its months, for the others would give that one", () => {
  // From December 2025 to October 2026, 12 cases begin a month, and 3 in March: 27 in the quarter.
  const months = [
    "2025-12",
    ...Array.from({ length: 10 }, (_, at) => `2026-${String(at + 1).padStart(2, "0")}`),
  ];
  const cases = months.flatMap((month) =>
    Array.from(
      { length: month === "2026-03" ? 3 : 12 },
      (_, at): InventedCase => ({
        id: `${month}-${at}`,
        applied: `${month}-10`,
        closed: at % 2 === 0 ? `${month}-20` : "",
      }),
    ),
  );
  const subject = subjectOf(cases);
  const counted = startCohortsItem.count(subject);
  const childrenIn = (tallies: readonly Tally[]) =>
    startCohortsItem
      .result({ ...counted, tallies }, aboutOf(subject))
      .tables[0]?.rows.slice(0, 2)
      .map(({ cells }) => cells[1]);
  expect(childrenIn(counted.tallies)).toEqual([27, 36]);
  const { tallies } = protectTallies(counted.tallies, { threshold: 5, roundTo: 1 });
  expect(childrenIn(tallies)?.[0]).toEqual({ mark: "c" });
});
