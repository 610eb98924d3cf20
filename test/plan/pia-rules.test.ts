import { describe, expect, test } from "vitest";
import { messages, read } from "./reading.js";

const base = `casedraw: 1
title: Autumn
reference_date: 2026-11-16
`;
const withData = `${base}unit_id: case_id
data: [{ path: a.csv }]
columns: { case_id: Case, court: Court, application_date: Applied }
fields: { ending: { column: Ending, type: category }, weight: { column: Weight, type: number } }
`;

describe("a plan of an analysis", () => {
  test("is read with its defaults", () => {
    expect(
      read(
        `${withData}observed: { from: 2025-11-16, to: 2026-11-16 }\ndisclosure: {}\npia: { outcome: ending }`,
      ),
    ).toMatchObject({
      observed: { from: "2025-11-16", to: "2026-11-16" },
      disclosure: { threshold: 5, round_to: 5 },
      pia: { cohort: false, outcome: "ending" },
    });
  });

  test("without them it says nothing of them, so that manifests of samples stay as they were", () => {
    const plan = read(withData);
    for (const key of ["observed", "disclosure", "pia"]) expect(plan).not.toHaveProperty(key);
  });

  test("may take no export", () => {
    expect(read(`${base}pia: { sections: { complaints: c.md } }`)).toMatchObject({ data: [], unit_id: [] });
  });

  test.each([
    ["observed: { from: 2026-01-01, to: 2025-01-01 }", /observed\.to must be later than 2026-01-01/],
    [
      "observed: { from: 2026-01-01, to: 2026-11-17 }",
      /observed\.to must not be later than the reference date/,
    ],
    ["observed: { from: 2026-01-01 }", /observed\.to is missing/],
    ["disclosure: { threshold: -1 }", /disclosure\.threshold must be a whole number of 0 or more/],
    ["disclosure: { round_to: 0 }", /disclosure\.round_to must be a whole number of 1 or more/],
    ["pia: { outcome: weight }", /pia\.outcome names weight, which is no category but number/],
    ["pia: { outcome: endings }", /pia\.outcome names "endings", which is no field.*Did you mean "ending"/],
    [
      "pia: { fields: [endings] }",
      /pia\.fields\[0\] names "endings", which is no category.*Did you mean "ending"/,
    ],
    ["pia: { fields: [court] }", /pia\.fields\[0\] names "court", which is no category of the plan's own/],
    ["pia: { fields: [weight] }", /pia\.fields\[0\] names "weight", which is no category of the plan's own/],
    ["pia: { fields: [ending, ending] }", /pia\.fields\[1\] is named twice/],
    ["pia: { areas: region }", /pia\.areas names region, which no file gives/],
    ["pia: { areas: gender }", /pia\.areas must be service_area, dfj_area/],
    [
      "pia: { earlier: [{ path: b.csv, reference_date: 2026-11-16 }] }",
      /reference_date must be before the plan's own/,
    ],
    [
      "pia: { earlier: [{ path: b.csv, reference_date: 2025-01-01 }, { path: c.csv, reference_date: 2024-01-01 }] }",
      /earlier\[1\]\.reference_date must be after 2025-01-01/,
    ],
    ["pia: { sections: { complaint: c.md } }", /Did you mean "complaints"/],
    ["pia: { series: [] }", /pia\.series must be a list of paths, got an empty list/],
  ])("%s is refused", (keys, message) => {
    expect(messages(`${withData}${keys}`).join("\n")).toMatch(message);
  });

  test("without an export, what would say something of one is refused", () => {
    expect(
      messages(
        `${base}columns: { case_id: Case }\nobserved: { from: 2025-01-01, to: 2026-01-01 }\npia: { areas: court }`,
      ),
    ).toEqual([
      expect.stringMatching(/^columns has no effect without data/),
      expect.stringMatching(/^observed has no effect without data/),
      expect.stringMatching(/^pia\.areas has no effect without data/),
    ]);
  });

  test("beside frames it is refused", () => {
    expect(messages(`${withData}pia: {}\nframes: { all: { sample: { size: 3 } } }`)).toEqual([
      expect.stringMatching(/^pia has no effect beside frames/),
    ]);
  });
});
