import { describe, expect, test } from "vitest";
import { ethnicityItem } from "../../../src/analysis/children/ethnicity-item.js";
import { auditedItem } from "../../../src/analysis/places/audited-item.js";
import { sitesItem } from "../../../src/analysis/places/sites-item.js";
import { dataQualityItem } from "../../../src/analysis/quality/data-quality-item.js";
import { settled } from "../../../src/analysis/settled.js";
import { allocationItem } from "../../../src/analysis/workforce/allocation-item.js";
import { allocationTimes } from "../../../src/analysis/workforce/allocation-times.js";
import { parsePlan } from "../../../src/plan/load.js";
import { frameOf, tableOf } from "../../frames.js";
import { childLines, subjectOf } from "../subjects.js";

const internal = "internal" as const;
const observed = { from: "2026-01-01", to: "2026-11-16" };

describe("allocation", () => {
  const header = "law_type|application_date|allocation_date|closed_date";
  const rows = [
    ...Array(5).fill("public|2026-03-01|2026-03-03|"),
    ...Array(5).fill("public|2026-03-01|2026-03-07|"),
    "private|2026-11-01||",
    "private|2026-11-01|2026-12-01|",
    "private|2026-02-01|2026-02-04|2026-05-01",
  ];
  const subject = subjectOf(childLines(header, rows));
  const about = { plan: subject.plan, edition: internal };

  test("open children without a date of allocation by the day of the export are counted", () => {
    const result = allocationItem.result(allocationItem.count(subject), about);
    expect(result.tables[0]?.rows.map(({ names, cells }) => [names[1], cells[0], cells[1]])).toEqual([
      ["All open children", 2, 12],
      ["Public", 0, 10],
      ["Private", 2, 2],
    ]);
    expect(result.messages[0]?.text).toBe("2 open children (16.7%) have no practitioner yet.");
    expect(result.notes[0]).toContain("observed");
  });

  test("half were allocated between the second day and the sixth", () => {
    // Ten at risk: 5 after 2 days, 5 after 6: the curve stays at 0.5 between, and the median is the middle, 4. Each child is
    // a case of its own here.
    const { groups } = allocationTimes(subject, observed);
    expect(groups[0]).toMatchObject({
      curve: { key: "public", times: [2, 6], shares: [0.5, 0], atRisk: [10, 5], events: [5, 5] },
      median: { value: 4 },
    });
  });

  test("who waits since before the window is at risk from its start; who was allocated before it is not", () => {
    const before = [
      ...Array(10).fill("public|2025-12-22|2026-01-06|"),
      ...Array(7).fill("public|2025-12-22|2025-12-24|"),
    ];
    const { groups, unusable } = allocationTimes(
      subjectOf(childLines(header, [...before, "public||2026-02-01|", "public|2026-03-02|2026-03-01|"])),
      observed,
    );
    // Ten days old when the window began, allocated on the fifteenth.
    expect(groups[0]?.curve).toMatchObject({
      times: [15],
      atRisk: [10],
      events: [10],
      conditionalFrom: 10,
      units: 10,
    });
    expect(unusable).toBe(2);
  });

  test("it is refused without dates of closure, or of allocation", () => {
    expect(allocationItem.refusal(subjectOf(childLines("law_type", ["public"])))?.reason).toContain("open");
    const dates = subjectOf(childLines("application_date|closed_date", ["2026-01-01|"]));
    expect(allocationItem.refusal(dates)?.reason).toContain("neither");
  });
});

const places = subjectOf(
  childLines("service_area|court|law_type|audited|practitioner|application_date|closed_date", [
    "East|Alpha|public|Y|p1|2025-01-01|",
    "East|Alpha|private|N|p1|2026-06-01|",
    "East|Beta|private|N|p2|2026-06-01|",
    "West|Gamma|public||p2|2024-01-01|2024-02-01",
  ]),
);

test("audited records are counted by law type and area, of those known", () => {
  const result = auditedItem.result(auditedItem.count(places), { plan: places.plan, edition: internal });
  expect(result.tables[0]?.rows.map(({ names, cells }) => [names[1], ...cells])).toEqual([
    ["All children", 1, 3, 1 / 3],
    ["Public", 1, 1, 1],
    ["Private", 0, 2, 0],
    ["East", 1, 3, 1 / 3],
    ["West", 0, 0, { mark: "x" }],
  ]);
  expect(result.base.missing).toBe(1);
  expect(auditedItem.refusal(subjectOf(childLines("court", ["a"])))?.instead).toContain("audited");
});

test("sites have their children, mix, delay, audits and practitioners", () => {
  expect(sitesItem.internalOnly?.(places.plan)).toBe(true);
  const result = sitesItem.result(sitesItem.count(places), { plan: places.plan, edition: internal });
  const none = { mark: "x" };
  expect(result.tables[0]?.rows.map(({ names, cells }) => [...names, ...cells])).toEqual([
    ["East", "All courts", 3, 1 / 3, 3, 1 / 3, 1, 2],
    ["East", "Alpha", 2, 0.5, 2, 0.5, 1, 1],
    ["East", "Beta", 1, 0, 1, 0, 0, 1],
    ["West", "All courts", 1, 1, 0, none, 0, 0],
    ["West", "Gamma", 1, 1, 0, none, 0, 0],
  ]);
  expect(result.messages.map(({ text }) => text)).toEqual(["Of 2 places, East has the most children: 3."]);
  expect(sitesItem.refusal(subjectOf(childLines("law_type", ["public"])))?.reason).toContain("neither");
});

test("no place is the largest where two are alike, or one is not shown", () => {
  const alike = subjectOf(childLines("service_area", ["East", "East", "West", "West", "South"]));
  const about = { plan: alike.plan, edition: internal };
  const counted = sitesItem.count(alike);
  expect(sitesItem.result(counted, about).messages).toEqual([]);
  // As disclosure control leaves it: West is hidden.
  const tallies = counted.tallies.map((tally) => ({
    ...tally,
    rowTotals: tally.rowTotals.map((count, at) =>
      tally.rows.levels[at]?.key.endsWith("West") ? ({ mark: "c" } as const) : count,
    ),
  }));
  const { tables, messages } = sitesItem.result({ ...counted, tallies }, about);
  expect(tables[0]?.rows.map(({ cells }) => cells[0])).toContainEqual({ mark: "c" });
  expect(messages).toEqual([]);
});

describe("data quality", () => {
  const subject = subjectOf(
    childLines("service_area|law_type|gender|local_authority", [
      "East|public|M|Leeds",
      "East|private|Klingon|",
      "West|public||",
      "West|private|u) unknown|",
    ]),
  );
  const about = { plan: subject.plan, edition: internal };

  test("what is blank, what is said not to be known and what is not understood are told apart, worst first", () => {
    const result = dataQualityItem.result(dataQualityItem.count(subject), about);
    const all = result.tables.find(({ id }) => id === "data_quality");
    // Local authority of the two in public law only; gender of all four.
    expect(all?.rows.map(({ names, cells }) => [names[0], ...cells])).toEqual([
      ["Gender", 4, 0.25, 0.25, 0.25, ""],
      ["Local authority", 2, 0.5, 0, 0, ""],
      ["Law type", 4, 0, 0, 0, ""],
      ["Service area", 4, 0, 0, 0, ""],
    ]);
    const east = result.tables[0]?.rows.find(({ names }) => names.join() === "Gender,East");
    expect(east?.cells).toEqual([2, 0, 0, 0.5]);
    expect(result.messages[0]?.text).toBe(
      "Gender is not known for 75.0% of children (blank, said not to be known, or not understood), and local authority for 50.0% of children in public law.",
    );
  });

  test("who was asked and refused is not known, here as in the table of ethnic groups", () => {
    // 20 children: 1 blank, 1 refused, 1 not obtained, 1 not understood.
    const rows = [...Array(16).fill("WBRI"), "", "REFU", "NOBT", "Martian"];
    const children = subjectOf(childLines("ethnicity", rows));
    const about = { plan: children.plan, edition: internal };
    const quality = dataQualityItem.result(dataQualityItem.count(children), about);
    const groups = ethnicityItem.result(ethnicityItem.count(children), about);
    expect(quality.tables[0]?.rows[0]?.cells).toEqual([20, 0.05, 0.1, 0.05, ""]);
    expect(groups.base.missing).toBe(4);
    expect([...quality.messages, ...groups.messages].map(({ text }) => text)).toEqual([
      "Ethnicity is not known for 20.0% of children (blank, said not to be known, or not understood).",
      "Ethnic group is not known for 4 of 20 children (20.0%).",
    ]);
  });

  test("children of whom a joined file has no row are told once, and gaps beyond of the others", () => {
    // By hand: 20 children, 15 with a row in episodes.csv; of these 3 have no beginning and 1 no ethnicity (6.7 %).
    const yaml = `casedraw: 1
title: t
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: x.csv }]
joins:
  - path: episodes.csv
    key: child_id
    columns: { application_date: from, ethnicity: origin, closed_date: to }
columns: { child_id: id, gender: sex }
`;
    const plan = parsePlan(yaml, { file: "plan.yaml" });
    const frame = frameOf(yaml, {
      data: [
        tableOf("x.csv", ["id|sex", ...Array.from({ length: 20 }, (_, i) => `${i}|${i === 0 ? "" : "F"}`)]),
      ],
      joins: [
        tableOf("episodes.csv", [
          "id|from|origin|to",
          ...Array.from(
            { length: 15 },
            (_, i) => `${i}|${i < 3 ? "" : "01/02/2026"}|${i === 3 ? "" : "WBRI"}|`,
          ),
        ]),
      ],
    });
    const units = Int32Array.from(frame.ids, (_, unit) => unit);
    const children = { frame, plan, units };
    const result = dataQualityItem.result(settled(dataQualityItem.count(children)), {
      plan,
      edition: internal,
    });
    expect(result.messages.map(({ text }) => text)).toEqual([
      "5 of 20 children (25.0%) have no row in episodes.csv, so nothing from it is known of them.",
      "Application date is not known for 20.0% of children with a row in episodes.csv (blank, said not to be known, or not understood), " +
        "and ethnicity for 6.7% and gender for 5.0% of children.",
    ]);
    // The table has all: 8 of 20 without a beginning.
    const all = result.tables.find(({ id }) => id === "data_quality");
    expect(all?.rows[0]?.cells.slice(0, 2)).toEqual([20, 0.4]);
    // The number is exact: a publishable edition does not have it.
    expect(dataQualityItem.count(children, "publishable")).not.toHaveProperty("lacking");
    // Of some units only, those are counted.
    const some = { ...children, units: units.filter((unit) => unit < 16) };
    expect(dataQualityItem.count(some).lacking).toMatchObject([{ file: "episodes.csv", units: 1 }]);
  });

  test("levels that say nothing keep their codes, so that tables of the field hold the same numbers", () => {
    const tally = dataQualityItem.count(subject).tallies.find(({ rows }) => rows.field === "gender");
    expect(tally?.rows.levels.map(({ key }) => key).sort()).toEqual([
      "Recorded",
      "not_recorded",
      "unknown",
      "unmapped",
    ]);
  });

  test("a hidden count hides its shares and the message", () => {
    const counted = dataQualityItem.count(subject);
    const hidden = counted.tallies.map((tally) => ({
      ...tally,
      rowTotals: tally.rowTotals.map(() => ({ mark: "c" as const })),
    }));
    const result = dataQualityItem.result({ tallies: hidden }, { ...about, edition: "publishable" });
    expect(result.messages).toEqual([]);
    expect(result.tables.find(({ id }) => id === "data_quality")?.rows[0]?.cells[1]).toEqual({ mark: "c" });
  });
});
