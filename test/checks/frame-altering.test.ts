import { describe, expect, test } from "vitest";
import { rules } from "../../src/checks/catalogue.js";
import { refuseFrameErrors } from "../../src/checks/frame-altering.js";
import { recordRules } from "../../src/checks/record-rules.js";
import { runChecks } from "../../src/checks/run-checks.js";
import { buildFrame, type FrameInputs } from "../../src/frame/build-frame.js";
import { parsePlan } from "../../src/plan/load.js";
import { refusalOf, tableOf } from "../frames.js";

const planOf = (cohort: string, unitId = "case_id, child_id"): ReturnType<typeof parsePlan> =>
  parsePlan(
    `casedraw: 1
title: Test
reference_date: 2026-11-16
unit: child
unit_id: [${unitId}]
data: [{ path: export.csv }]
columns: { case_id: case, child_id: child, closed_date: closed }
cohort: ${cohort}
`,
    { file: "plan.yaml" },
  );

const closedLater = tableOf("export.csv", ["case|child|closed", "1|1|01/12/2026", "2|2|", "3|3|01/11/2026"]);
const inputs = (plan: ReturnType<typeof parsePlan>, table = closedLater) => ({
  plan,
  data: [table],
  joins: [],
  lookups: [],
});

const refuse = (built: FrameInputs): void => refuseFrameErrors(built, buildFrame(built));

describe("errors that change who can be drawn", () => {
  test("a rule that refuses draws is among those that a draw looks at", () => {
    const refusing = rules.filter(({ refuses }) => refuses !== undefined);
    expect(refusing.length).toBeGreaterThan(5);
    expect(recordRules).toEqual(expect.arrayContaining(refusing));
  });

  test("a future closing date is refused where the cohort goes by it, with code, row and what to do", () => {
    const plan = planOf("{ include: { closed_date: { blank: true } } }");
    const error = refusalOf(() => refuse(inputs(plan)));
    expect(error.code).toBe("FRAME_ERRORS");
    expect(error.message).toContain("CHECK_DATE_IN_FUTURE: export.csv, row 2)");
    // The likeliest first: the day of the export, then its owner, then the few that stay wrong.
    expect(error.message).toMatch(
      /reference_date, and correct that; else ask the data’s owner .* stay wrong, .*cohort\.exclude_ids/,
    );
    expect(error.message).toContain("cohort.exclude_ids");
    expect(error.details.findings).toEqual([
      { code: "CHECK_DATE_IN_FUTURE", fields: ["closed_date"], count: 1, unit_ids: ["1_1"] },
    ]);
    expect(runChecks(inputs(plan)).refusal?.code).toBe("FRAME_ERRORS");
  });

  test.each([
    "{ include: { delay_is_open: [yes] } }",
    "{ exclude: { delay_band: [over 100] } }",
    "{ include: { weeks: { up_to: 52 } } }",
    "{ include: { ended_in: { blank: true } } }",
  ])("it is refused too where the cohort goes by a field that is worked out from it: %s", (cohort) => {
    const plan = parsePlan(
      `casedraw: 1
title: Test
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: export.csv }]
columns: { child_id: child, application_date: begun, closed_date: closed }
fields: { weeks: { weeks_between: [application_date, closed_date] } }
lookups: [{ path: days.csv, from: closed_date, to: { ended_in: quarter } }]
cohort: ${cohort}
`,
      { file: "plan.yaml" },
    );
    const table = tableOf("export.csv", ["child|begun|closed", "1|01/11/2026|01/12/2026", "2|01/10/2026|"]);
    const days = tableOf("days.csv", ["closed|quarter", "01/12/2026|autumn"]);
    const error = refusalOf(() => refuse({ ...inputs(plan, table), lookups: [days] }));
    expect(error.message).toContain("CHECK_DATE_IN_FUTURE: export.csv, row 2)");
  });

  test("it does not stop a draw whose cohort does not go by it", () => {
    const plan = planOf("{}");
    expect(() => refuse(inputs(plan))).not.toThrow();
    const report = runChecks(inputs(plan));
    expect(report.refusal).toBeUndefined();
    expect(report.findings.map(({ code, refuses }) => [code, refuses])).toEqual([
      ["CHECK_DATE_IN_FUTURE", false],
    ]);
  });

  test("units of the exclusion list are out, whatever is wrong with them", () => {
    const plan = planOf("{ include: { closed_date: { blank: true } }, exclude_ids: list.csv }");
    const listed = { ...inputs(plan), excludeIds: tableOf("list.csv", ["unit_id|reason", "1_1|wrong date"]) };
    expect(() => refuse(listed)).not.toThrow();
    expect(runChecks(listed).findings.map(({ refuses }) => refuses)).toEqual([false]);
  });

  test("a date of a joined file is placed at the row of that file that was taken", () => {
    const plan = parsePlan(
      `casedraw: 1
title: Test
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: children.csv }]
joins:
  - path: episodes.csv
    key: child_id
    many: { latest: application_date }
    columns: { child_id: CHILD, application_date: FROM, closed_date: TO }
columns: { child_id: CHILD }
cohort: { include: { closed_date: { blank: true } } }
`,
      { file: "plan.yaml" },
    );
    const built: FrameInputs = {
      plan,
      data: [tableOf("children.csv", ["CHILD", "a", "b"])],
      joins: [
        tableOf("episodes.csv", [
          "CHILD|FROM|TO",
          "a|01/02/2026|",
          "a|01/02/2024|01/02/2025",
          "b|01/02/2024|01/03/2024",
          "b|01/02/2026|01/12/2026",
        ]),
      ],
      lookups: [],
    };
    // b stands in row 3 of the data; the episode that is wrong, in row 5 of its own file.
    const error = refusalOf(() => refuse(built));
    expect(error.message).toContain("(CHECK_DATE_IN_FUTURE: episodes.csv, row 5)");
    expect(error.details.findings).toEqual([
      { code: "CHECK_DATE_IN_FUTURE", fields: ["closed_date"], count: 1, unit_ids: ["b"] },
    ]);
  });

  test("a child twice in a case is refused where the unit id counts children", () => {
    const plan = planOf("{}", "case_id, child_ordinal");
    const twice = tableOf("export.csv", ["case|child|closed", "1|7|", "1|7|01/11/2026", "2|7|"]);
    const error = refusalOf(() => refuse(inputs(plan, twice)));
    expect(error.message).toContain("CHECK_CHILD_REPEATED: export.csv, row 3)");
    expect(error.message).not.toContain("reference_date");
  });

  test("a header among the rows is found although headers have digits, as ids do", () => {
    const plan = parsePlan(
      `casedraw: 1
title: Test
reference_date: 2026-11-16
unit: child
unit_id: [child_id]
data: [{ path: export.csv }]
columns: { child_id: ID 2 }
`,
      { file: "plan.yaml" },
    );
    const table = tableOf("export.csv", ["ID 2", "C7", "id 2", "C8"]);
    const error = refusalOf(() => refuse(inputs(plan, table)));
    expect(error.message).toContain("CHECK_ROW_NO_RECORD: export.csv, row 3)");
  });
});
