import { describe, expect, test } from "vitest";
import { type CheckReport, foundRow } from "../../src/checks/finding.js";
import { runChecks } from "../../src/checks/run-checks.js";
import { buildFrame, type FrameInputs } from "../../src/frame/build-frame.js";
import { parsePlan } from "../../src/plan/load.js";
import { tableOf, valuesOf } from "../frames.js";

const header = "case|child|visit|dob|sex|law|area|worker";

/** By hand: of case 10, a's birth and law type were put right, b stands as it was; c and d are of the last file alone. */
const old = [header, "10|a|1|01/02/2016|M|private|North|W", "10|b|1|01/02/2018|F|public|South|W"];
const corrected = [
  header,
  "10|a|1|01/02/2015|F|public|South|W",
  "10|b|1|01/02/2018|F|public|South|W",
  "20|c|1|01/02/2019|M|private|South|V",
];

function inputs(last: readonly string[], more = "unit_id: [case_id, child_id, visit]"): FrameInputs {
  const plan = parsePlan(
    `casedraw: 1
title: Test
reference_date: 2026-11-16
data: [{ path: old.csv }, { path: new.csv }]
prefer: last_file
columns: { case_id: case, child_id: child, date_of_birth: dob, gender: sex, law_type: law, service_area: area, practitioner: worker }
fields: { visit: { column: visit, type: text } }
${more}
`,
    { file: "plan.yaml" },
  );
  return { plan, data: [tableOf("old.csv", old), tableOf("new.csv", last)], joins: [], lookups: [] };
}

const comparing = [
  "CHECK_CHILD_REPEATED",
  "CHECK_ROW_REPEATED",
  "CHECK_CHILD_ID_CONFLICT",
  "CHECK_CHILD_TWO_IDS",
  "CHECK_SIBLINGS_DISAGREE",
  "CHECK_PRACTITIONER_TWO_AREAS",
];

const found = (report: CheckReport) =>
  report.findings
    .filter(({ code }) => comparing.includes(code))
    .map((finding) => [
      finding.code,
      Array.from(finding.rows, (_, k) => Object.values(foundRow(finding, k)).slice(1).join(" ")),
    ]);

describe("under prefer: last_file", () => {
  test("a row that was replaced is not at odds with the one that has replaced it", () => {
    expect(found(runChecks(inputs(corrected)))).toEqual([]);
    expect(found(runChecks(inputs(corrected, "unit: case\nunit_id: case_id")))).toEqual([]);
  });

  test("rows that stand are compared, also with those of a file before that nothing has replaced", () => {
    // b of the first file stands, because the last one has another visit of b; a child twice, of two law types and areas.
    const last = [...corrected.slice(0, 2), "10|b|2|01/02/2018|F|private|North|W"];
    expect(found(runChecks(inputs(last)))).toEqual([
      ["CHECK_CHILD_REPEATED", ["new.csv 3"]],
      ["CHECK_SIBLINGS_DISAGREE", ["old.csv 3", "new.csv 2", "new.csv 3"]],
      ["CHECK_SIBLINGS_DISAGREE", ["old.csv 3", "new.csv 2", "new.csv 3"]],
      ["CHECK_PRACTITIONER_TWO_AREAS", ["new.csv 3"]],
    ]);
  });

  test("what a replaced row says is no finding, and counts in no figure; as it came, every file has rows", () => {
    // Both were put right in the last file: a date of birth to come, a law type that nobody knows, a blank area.
    const wrong = [header, "10|a|1|01/02/2027|M|perhaps||W", "10|b|1|01/02/2018|F|public|SOUTH|W"];
    const of = (first: readonly string[], last: readonly string[]) => {
      const given = inputs(last);
      return runChecks({ ...given, data: [tableOf("old.csv", first), tableOf("new.csv", last)] });
    };
    const both = [header, "10|a|1|01/02/2015|F|public|South|W", "10|b|1|01/02/2018|F|public|South|W"];
    expect(of(wrong, both).findings).toEqual([]);
    expect(of(wrong, both).rowsRead).toBe(4);
    expect(of(wrong, both).quality.filter(({ area }) => area === undefined)).toContainEqual(
      expect.objectContaining({ field: "service_area", rows: 2, missing: 0 }),
    );
    // The same in the last file is found, at its own place.
    const found = of(both, wrong).findings.filter(({ fields }) => fields[0] === "date_of_birth");
    expect(found.map((finding) => foundRow(finding, 0))).toEqual([
      { unitId: "10_a_1", file: "new.csv", row: 2 },
    ]);
  });

  test("a date that cannot be read stops in a replaced row too, since the frame reads every row", () => {
    const wrong = [header, "10|a|1|31/02/2015|M|public|South|W"];
    const given = inputs(corrected);
    const report = runChecks({ ...given, data: [tableOf("old.csv", wrong), tableOf("new.csv", corrected)] });
    expect(report.findings.map(({ code, refuses, count }) => [code, refuses, count])).toContainEqual([
      "CHECK_DATE_UNREADABLE",
      true,
      1,
    ]);
    expect(report.refusal?.code).toBe("DATE_UNREADABLE");
  });

  test("a row that stands in both files is not said to be a twin, and keeps its number among its siblings", () => {
    const frame = buildFrame(
      inputs(corrected, "unit_id: child_id\ncohort: { include: { child_ordinal: { from: 1 } } }"),
    );
    expect(frame.notes.filter(({ code }) => code === "identical-children")).toEqual([]);
    // By date of birth over all rows read: a of 2015, a of 2016, then b twice; the last file's b is the fourth.
    expect(valuesOf(frame, "child_ordinal")).toEqual({ a: "1", b: "4", c: "1" });
  });
});
