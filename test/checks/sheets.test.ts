import { expect, test } from "vitest";
import { runChecks } from "../../src/checks/run-checks.js";
import { buildFrame } from "../../src/frame/build-frame.js";
import { parsePlan } from "../../src/plan/load.js";
import { refusalOf, tableOf } from "../frames.js";

/** A sheet of one workbook. */
const sheet = (name: string, ...lines: string[]) => ({ ...tableOf("export.xlsx", lines), sheet: name });

const top = `casedraw: 1
title: Test
reference_date: 2026-11-16
unit: child
unit_id: child_id
`;

test("a header that one sheet lacks is blank in that sheet alone", () => {
  const plan = parsePlan(
    `${top}data: [{ path: export.xlsx, sheet: Open }, { path: export.xlsx, sheet: Closed }]
columns: { child_id: child, gender: sex }
`,
    { file: "plan.yaml" },
  );
  const inputs = {
    plan,
    data: [sheet("Open", "child", "1", "2"), sheet("Closed", "child|sex", "3|M", "4|F", "5|")],
    joins: [],
    lookups: [],
  };
  const report = runChecks(inputs);
  expect(report.findings.map(({ code, message }) => [code, message])).toContainEqual([
    "CHECK_COLUMN_MISSING",
    'export.xlsx, sheet "Open" has no column "sex" for gender.',
  ]);
  // By hand: both rows of the first sheet are blank, and one of the second.
  expect(report.quality).toEqual([
    { field: "gender", area: undefined, rows: 5, missing: 3, unmapped: 0, invalid: 0 },
  ]);
  expect(refusalOf(() => buildFrame(inputs)).message).toContain(
    'export.xlsx, sheet "Open" has no column "sex" for gender; where it truly has none, write',
  );
});

test("a sheet that cannot be looked up does not take another with it", () => {
  const plan = parsePlan(
    `${top}data: [{ path: export.xlsx, sheet: Open }]
lookups:
  - { path: places.xlsx, sheet: Courts, from: court, to: { region: Region } }
  - { path: places.xlsx, sheet: Teams, from: team, to: { service_area: Area } }
columns: { child_id: child, court: court, team: team }
`,
    { file: "plan.yaml" },
  );
  const place = (name: string, ...lines: string[]) => ({ ...tableOf("places.xlsx", lines), sheet: name });
  const report = runChecks({
    plan,
    data: [sheet("Open", "child|court|team", "1|Leeds|A", "2|York|B")],
    joins: [],
    lookups: [place("Courts", "court|Area", "Leeds|North"), place("Teams", "team|Area", "A|East", "B|")],
  });
  expect(
    report.findings.filter(({ code }) => code === "CHECK_COLUMN_MISSING").map(({ message }) => message),
  ).toEqual(['places.xlsx, sheet "Courts" has no column "Region" for what the plan looks up.']);
  expect(report.areaField).toBe("service_area");
});
