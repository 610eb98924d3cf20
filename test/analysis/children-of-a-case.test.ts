import { describe, expect, test } from "vitest";
import { delayByItem } from "../../src/analysis/delay/delay-by-item.js";
import { durationItem } from "../../src/analysis/delay/duration-item.js";
import { endingsItem } from "../../src/analysis/delay/endings-item.js";
import { openAgeItem } from "../../src/analysis/delay/open-age-item.js";
import { demandItem } from "../../src/analysis/demand/demand-item.js";
import { sitesItem } from "../../src/analysis/places/sites-item.js";
import { caseTypesItem } from "../../src/analysis/work/case-types-item.js";
import { lawProfileItem } from "../../src/analysis/work/law-profile-item.js";
import { allocationItem } from "../../src/analysis/workforce/allocation-item.js";
import { allocationTimes } from "../../src/analysis/workforce/allocation-times.js";
import { publishableCounts } from "../../src/workflow/analysis/publishable-counts.js";
import { subjectOf as exportOf, resultOf, rowsOf } from "./small-export.js";
import { childLines, subjectOf } from "./subjects.js";
import { subjectOf as windowOf } from "./windows.js";

const plain = (rows: readonly string[]) => rows.map((row) => row.replace(/ \([^)]*\)/g, ""));

describe("a case whose children are of both kinds of law", () => {
  // Cases 1 and 2 public, 3 private, 4 both, 5 not recorded.
  const rows = ["1|public|s31", "2|public|s31", "3|private|C100", "4|public|s31", "4|private|s31", "5||s31"];
  const subject = exportOf(["case_id", "law_type", "lead_application"], rows, { unit: "case" });

  test("is of a kind of its own, in rows and in columns, and these add up to all cases", () => {
    const result = resultOf(caseTypesItem, subject);
    const counts = (at: number): string[] => rowsOf(result, at).map((row) => row.replace(/,.*/, ""));
    expect(counts(0)).toEqual([
      "All cases / Public: 2",
      "All cases / Private: 1",
      "All cases / Private and public: 1",
      "All cases / Not recorded: 1",
    ]);
    expect(counts(1)).toEqual([
      "All cases / s31: 4",
      "All cases / C100: 1",
      "Public law / s31: 2",
      "Public law / C100: 0",
      "Private law / s31: 0",
      "Private law / C100: 1",
      "Private and public law / s31: 1",
      "Private and public law / C100: 0",
    ]);
    expect(result.notes).toContain("In the table and not in the picture: private and public law.");
  });

  test("is counted alike in every table of a publishable edition", () => {
    const counted = caseTypesItem.count(subject);
    expect(() => publishableCounts([counted], { threshold: 0, round_to: 1 })).not.toThrow();
  });

  test("has its own share of cases that have waited long", () => {
    const open = exportOf(
      ["case_id", "law_type", "application_date", "closed_date"],
      ["1|public|2026-11-01|", "2|public|2024-01-01|", "2|private|2024-01-01|"],
      { unit: "case" },
    );
    const { statistics = {} } = openAgeItem.count(open);
    expect(statistics["open_age_effect/over 52/private and public"]?.["base" as never]).toBe(1);
  });

  test("is in neither group of the two kinds of law, which are compared all the same", () => {
    const each = ["public", "private"].flatMap((law) =>
      Array.from({ length: 12 }, (_, at) => `${law}${at}|${law}|2026-0${1 + (at % 9)}-01|`),
    );
    const both = ["both|public|2026-06-01|", "both|private|2026-06-01|"];
    const mixed = subjectOf(["case_id|law_type|application_date|closed_date", ...each, ...both], {
      unit: "case",
      unitId: "case_id",
    });
    expect(lawProfileItem.refusal(mixed)).toBeUndefined();
    const [row] = resultOf(lawProfileItem, mixed).tables[0]?.rows ?? [];
    // Known of public and of private law: 12 cases each, without the one of both.
    expect(row?.cells.slice(-2)).toEqual([12, 12]);
  });

  test("is of known law in the share of a place, and each of its practitioners is one", () => {
    const places = subjectOf(
      [
        "case_id|service_area|law_type|practitioner|application_date|closed_date",
        "1|East|public|p1|2026-06-01|",
        "2|East|public|p1|2026-06-01|",
        "2|East|private|p2|2026-06-01|",
      ],
      { unit: "case", unitId: "case_id" },
    );
    const [row] = resultOf(sitesItem, places).tables[0]?.rows ?? [];
    // Two cases, of which one is of public law alone; two practitioners, p1 and p2.
    expect(row).toEqual({ names: ["East"], cells: [2, 0.5, 2, 0, { mark: "x" }, 2] });
  });
});

test("a case whose children are in two areas does not take the areas from the table of places", () => {
  const places = subjectOf(
    ["case_id|service_area|law_type", "1|East|public", "2|West|public", "3|East|public", "3|West|public"],
    { unit: "case", unitId: "case_id" },
  );
  expect(sitesItem.refusal(places)).toBeUndefined();
  const rows = resultOf(sitesItem, places).tables[0]?.rows ?? [];
  expect(rows.map(({ names, cells }) => [names[0], cells[0]])).toEqual([
    ["East", 1],
    ["More than one place", 1],
    ["West", 1],
  ]);
});

test("a court whose name begins with “All” is no area", () => {
  const places = subjectOf(
    childLines("service_area|court|law_type", [
      "East|Alpha|public",
      "West|All Saints|public",
      "West|All Saints|public",
    ]),
  );
  expect(resultOf(sitesItem, places).messages.map(({ text }) => text)).toEqual([
    "Of 2 places, West has the most children: 2.",
  ]);
});

describe("how long allocation took", () => {
  const observed = { from: "2026-01-01", to: "2026-11-16" };
  const header = "law_type|application_date|allocation_date|closed_date";
  const rows = [
    ...Array(10).fill("public|2026-03-01|2026-03-03|"),
    ...Array(10).fill("|2026-03-01|2026-03-07|"),
    ...Array(2).fill("private|2026-03-01|2026-03-07|2026-05-01"),
  ];
  const plan = [`observed: { from: ${observed.from}, to: ${observed.to} }`];

  test("is told of those whose law type is not recorded, and of kinds that are too few for a curve", () => {
    const subject = subjectOf(childLines(header, rows), { plan });
    const { groups, tooFew } = allocationTimes(subject, observed);
    expect(groups.map(({ curve, median }) => [curve.label, curve.units, median?.value])).toEqual([
      ["Public law", 10, 2],
      ["Law type not recorded", 10, 6],
    ]);
    expect(tooFew).toEqual(["Private law"]);
    expect(plain(rowsOf(resultOf(allocationItem, subject), 1))).toEqual([
      "Public law: 2, [x], [x]",
      "Law type not recorded: 6, [x], [x]",
      "Private law: [x], [x], [x]",
    ]);
  });

  test("is told of cases of both kinds of law", () => {
    const cases = Array.from({ length: 10 }, (_, at) =>
      ["public", "private"].map((law) => `${at}|${law}|2026-03-01|2026-03-03|`),
    ).flat();
    const subject = subjectOf([`case_id|${header}`, ...cases], { plan, unit: "case", unitId: "case_id" });
    const { groups } = allocationTimes(subject, observed);
    expect(groups.map(({ curve }) => [curve.label, curve.units])).toEqual([["Private and public law", 10]]);
  });
});

test("where cases are the units, nothing is said of children of one case", () => {
  const subject = subjectOf(
    ["case_id|law_type|application_date|allocation_date|closed_date", "1|public|2026-06-01||"],
    { unit: "case", unitId: "case_id" },
  );
  expect(resultOf(allocationItem, subject).uncertainty).not.toContain("children");
  const ages = ["public", "private"].flatMap((law) =>
    Array.from({ length: 12 }, (_, at) => `${law}${at}|${law}|2026-0${1 + (at % 9)}-01|`),
  );
  const profile = subjectOf(["case_id|law_type|application_date|closed_date", ...ages], {
    unit: "case",
    unitId: "case_id",
  });
  expect(lawProfileItem.refusal(profile)).toBeUndefined();
  expect(resultOf(lawProfileItem, profile).uncertainty).not.toContain("children of one case");
});

/** Cases of one kind of law that begin every 12 days of a year and last so many days. */
const yearOf = (law: string, days: number) =>
  Array.from({ length: 30 }, (_, at) => {
    const begun = Date.UTC(2025, 10, 17) + 12 * at * 86_400_000;
    const ended = begun + days * 86_400_000;
    const iso = (time: number) => new Date(time).toISOString().slice(0, 10);
    const closed = ended > Date.UTC(2026, 10, 16) ? "" : iso(ended);
    return { id: `${law}${at}`, law, applied: iso(begun), closed, outcome: closed === "" ? "" : "order" };
  });

describe("cases of both kinds of law among many of one", () => {
  // Open for over a year, so that there is a mean up to 52 weeks.
  const older = ["public", "private"].flatMap((law) =>
    Array.from({ length: 15 }, (_, at) => ({ id: `o${law}${at}`, law, applied: "2025-09-01", closed: "" })),
  );
  const single = [...yearOf("public", 90), ...yearOf("private", 30), ...older];
  const mixed = (size: number) =>
    Array.from({ length: size }, (_, at) =>
      ["public", "private"].map((law) => ({
        id: `both${at}`,
        law,
        applied: "2026-01-01",
        closed: at % 3 === 0 ? "2026-03-01" : "",
        outcome: "order",
      })),
    ).flat();
  const declared = {
    observed: { from: "2025-11-16", to: "2026-11-16" },
    unit: "case" as const,
    more: "pia: { outcome: case_type }",
  };
  const alone = windowOf(single, declared);
  const among = windowOf([...single, ...mixed(1)], declared);
  const lawsOf = (item: typeof demandItem, at: number): unknown[] => [
    ...new Set(resultOf(item, among).tables[at]?.rows.map(({ names }) => names[0])),
  ];

  test("leave months their columns by law type, and have their own", () => {
    expect(among.frame.fields.get("law_type")?.kind).toBe("list");
    const [months, before] = [among, alone].map((subject) => demandItem.count(subject).tallies[1]);
    expect(months?.columns.levels.map(({ label }) => label)).toEqual([
      "Public",
      "Private",
      "Private and public",
    ]);
    expect(before?.columns.levels).toHaveLength(2);
    expect(months?.columnTotals).toEqual([...(before?.columnTotals ?? []), 1]);
    expect(lawsOf(demandItem, 0)).toEqual([
      "All cases",
      "Public law",
      "Private law",
      "Private and public law",
    ]);
    expect(resultOf(demandItem, among).notes).toContain(
      "In the table and not in the picture: private and public law.",
    );
  });

  test("leave curves and averages by law type as they are without them", () => {
    expect(lawsOf(durationItem, 0)).toEqual(["Public law", "Private law"]);
    const [now, before] = [durationItem.count(among), durationItem.count(alone)];
    expect(now.curves).toEqual(before.curves);
    expect(before.statistics).toHaveProperty("difference_52");
    expect(now.statistics).toEqual(before.statistics);
  });

  test("leave the test of whether the two law types end alike", () => {
    const [now, before] = [endingsItem.count(among), endingsItem.count(alone)];
    expect(before.statistics?.["gray.order"]).toBeDefined();
    expect(now.statistics?.["gray.order"]).toEqual(before.statistics?.["gray.order"]);
  });

  test("have a curve of their own where there are enough, and the two law types are compared as before", () => {
    const many = windowOf([...single, ...mixed(30)], declared);
    const [now, before] = [durationItem.count(many), durationItem.count(alone)];
    expect(now.curves?.[0]?.groups.map(({ label, units }) => [label, units])).toEqual([
      ["Public law", 45],
      ["Private law", 45],
      ["Private and public law", 30],
    ]);
    for (const name of ["difference_52", "median.public", "median.private"])
      expect(now.statistics?.[name]).toEqual(before.statistics?.[name]);
    const rows = resultOf(endingsItem, many).tables[0]?.rows ?? [];
    const tested = rows
      .filter(({ names }) => names[1]?.toLowerCase() === "order")
      .map(({ cells }) => typeof cells.at(-1));
    expect(tested).toEqual(["number", "number", "object"]);
  });
});

test("one such case does not take the areas from who waits longer", () => {
  const window = {
    plan: ["observed: { from: 2025-11-16, to: 2026-11-16 }"],
    unit: "case",
    unitId: "case_id",
  } as const;
  const months = [
    "2025-12",
    ...Array.from({ length: 10 }, (_, at) => `2026-${String(at + 1).padStart(2, "0")}`),
  ];
  const cases = ["East", "West"].flatMap((area) =>
    Array.from({ length: 44 }, (_, at) => {
      const end = at % 4 === 3 ? "" : `${months[at % months.length]}-15`;
      return `${area}${at}|${area}|2025-0${1 + (at % 6)}-01|${end}`;
    }),
  );
  const header = "case_id|service_area|application_date|closed_date";
  const both = ["both|East|2025-03-01|2026-07-01", "both|West|2025-03-01|2026-07-01"];
  const subject = subjectOf([header, ...cases, ...both], window);
  expect(delayByItem.refusal(subject)).toBeUndefined();
  const tally = delayByItem.count(subject).tallies.find(({ id }) => id === "delay-by-service_area");
  expect(tally?.rows.levels.map(({ label, unknown }, row) => [label, unknown, tally.rowTotals[row]])).toEqual(
    [
      ["East", undefined, 44],
      ["West", undefined, 44],
      ["More than one place", true, 1],
    ],
  );
});
