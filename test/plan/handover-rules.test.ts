import { describe, expect, test } from "vitest";
import { CasedrawError } from "../../src/errors.js";
import { drawnPlan, recordedPlan } from "../../src/plan/drawn-plan.js";
import { read } from "./reading.js";

const base = `casedraw: 1
title: T
reference_date: 2026-11-16
unit_id: [case_id]
data: [{ path: a.csv }]
columns: { case_id: Case, court: Court, service_area: Area, date_of_birth: Born, file_location: File }
`;

function messages(yaml: string): string[] {
  try {
    read(`${base}${yaml}`);
  } catch (error) {
    if (!(error instanceof CasedrawError)) throw error;
    return (error.details.problems as { path: string; message: string }[]).map(
      ({ path, message }) => `${path} ${message}`,
    );
  }
  return [];
}

describe("teams and handover", () => {
  test("are read with their defaults, and are no part of a draw", () => {
    const plan = read(
      `${base}teams: [{ name: North, where: { service_area: A1 } }, { name: Off site, capacity: 5, pairs: 2 }]\nhandover: { findings: [{ name: seen }], show: [file_location, month_of_birth] }`,
    );
    expect(plan.teams).toEqual([
      { name: "North", where: { service_area: ["A1"] }, pairs: 1 },
      { name: "Off site", capacity: 5, pairs: 2 },
    ]);
    expect(plan.handover).toEqual({
      findings: [{ name: "seen", answers: ["yes", "no", "not applicable"] }],
      show: ["file_location", "month_of_birth"],
      marking: "OFFICIAL-SENSITIVE",
    });
    for (const without of [recordedPlan(plan), drawnPlan(plan)])
      for (const key of ["teams", "handover"]) expect(without).not.toHaveProperty(key);
  });

  test("a team's name of 30 characters is one, as the rule says", () => {
    const name = "a".repeat(30);
    expect(read(`${base}teams: [{ name: ${name} }]`).teams).toEqual([{ name, pairs: 1 }]);
  });

  test("of a plan with frames hold for each of them", () => {
    const plan = read(
      `${base}teams: [{ name: North }]\nhandover: { findings: [{ name: seen }] }\nframes: { all: { sample: { size: 3 } } }`,
    );
    expect(plan.frames?.all).toMatchObject({ teams: [{ name: "North" }], handover: { show: [] } });
  });

  test.each([
    ["teams: [{ name: con }]", /teams\[0\]\.name must be a name of 1 to 30 letters/],
    ["teams: [{ name: ../x }]", /teams\[0\]\.name must be a name/],
    ["teams: [{ name: a-b }, { name: A B }]", /teams\[1\]\.name is too like "a-b"/],
    ["teams: [{ name: a, where: {} }]", /teams\[0\]\.where must name at least one field/],
    [
      "teams: [{ name: a, where: { region: x } }]",
      /teams\[0\]\.where\.region names region, which no file gives/,
    ],
    [
      "teams: [{ name: a, where: { date_of_birth: { blank: true } } }]",
      /date_of_birth, which the sample's list/,
    ],
    ["teams: [{ name: a, where: { court: { over: 3 } } }]", /compares dates or numbers/],
    ["handover: { findings: [] }", /handover\.findings must be a list/],
    ["handover: { findings: [{ name: Unit ID }] }", /a column that the worksheet has already/],
    ["handover: { findings: [{ name: read_by }] }", /a column that the worksheet has already/],
    ["handover: { findings: [{ name: 'Reserve  order ' }] }", /a column that the worksheet has already/],
    ["teams: [{ name: con' }]", /teams\[0\]\.name must be a name/],
    [`teams: [{ name: ${"a".repeat(31)} }]`, /teams\[0\]\.name must be a name/],
    ["teams: [{ name: A }, { name: a second reading }]", /teams\[1\]\.name is too like "A"/],
    ["teams: [{ name: a second reading }, { name: A }]", /teams\[0\]\.name is too like "A"/],
    ["handover: { findings: [{ name: a }, { name: A }] }", /a column that the worksheet has already/],
    ["handover: { findings: [{ name: overall_grade }] }", /individual work is not graded/],
    ["handover: { findings: [{ name: a, answers: ['x,y'] }] }", /must be an answer without commas/],
    ["handover: { findings: [{ name: a, answers: [x, x] }] }", /must differ, got "x" twice/],
    ["handover: { findings: [{ name: a }], show: [date_of_birth] }", /Did you mean "month_of_birth"/],
    ["handover: { findings: [{ name: a }], show: [practitioner] }", /practitioner, which no file gives/],
    ["handover: { findings: [{ name: a }], double_review: 1.5 }", /a share above 0 and below 1/],
    ["handover: { findings: [{ name: a }], double_review: 0 }", /a share above 0 and below 1/],
    ["handover: { findings: [{ name: a }], needed_by: 2026-01-01 }", /must not be before the reference date/],
    ["handover: { findings: [{ name: a }], marking: A&B }", /a marking of up to 80 characters/],
    [
      `handover: { findings: [{ name: a, answers: [${Array.from({ length: 6 }, (_, i) => String(i).repeat(50)).join(", ")}] }] }`,
      /at most 255 characters in all, got 305/,
    ],
  ])("refused: %s", (yaml, message) => {
    expect(messages(yaml).join("\n")).toMatch(message);
  });
});
