import { describe, expect, test } from "vitest";
import { rules } from "../../src/checks/catalogue.js";
import { type CheckReport, foundRow } from "../../src/checks/finding.js";
import { runChecks } from "../../src/checks/run-checks.js";
import type { FrameInputs } from "../../src/frame/build-frame.js";
import { parsePlan } from "../../src/plan/load.js";
import { tableOf } from "../frames.js";

/** A plan whose headers are the names of the fields. */
function planOf(fields: readonly string[], more = "", unitId = "case_id, child_id"): FrameInputs["plan"] {
  return parsePlan(
    `casedraw: 1
title: Test
reference_date: 2026-11-16
unit: ${more.includes("unit: case") ? "case" : "child"}
unit_id: [${unitId}]
data: [{ path: export.csv }]
columns: { ${fields.map((field) => `${field}: ${field}`).join(", ")} }
${more.replace("unit: case", "")}
`,
    { file: "plan.yaml" },
  );
}

interface Case {
  readonly code: string;
  readonly says: string;
  /** The first line holds the headers, which are the fields; rows are lines 2 and on. */
  readonly lines: readonly string[];
  /** Lines that must be found, and none else. */
  readonly rows: readonly number[];
  readonly plan?: string;
  readonly unitId?: string;
}

function check(
  { lines, plan, unitId }: Pick<Case, "lines" | "plan" | "unitId">,
  extra: Partial<FrameInputs> = {},
): CheckReport {
  const headers = (lines[0] as string).split("|");
  return runChecks({
    plan: planOf(headers, plan, unitId),
    data: [tableOf("export.csv", lines)],
    joins: [],
    lookups: [],
    ...extra,
  });
}

function rowsOf(report: CheckReport, code: string): number[] {
  const rows = report.findings.flatMap((finding) =>
    finding.code === code ? Array.from(finding.rows, (_, k) => foundRow(finding, k).row) : [],
  );
  return [...new Set(rows)].sort((a, b) => a - b);
}

const ids = "case_id|child_id";

/** Day by day by hand against the reference date, 16 November 2026. */
const cases: readonly Case[] = [
  {
    code: "CHECK_DATE_UNREADABLE",
    says: "31 February; both rows, not only the first",
    lines: [`${ids}|closed_date`, "1|1|31/02/2026", "1|2|01/03/2026", "2|3|soon"],
    rows: [2, 4],
  },
  {
    code: "CHECK_DATE_YEAR_SHORT",
    says: "a year of two digits",
    lines: [`${ids}|closed_date`, "1|1|01/02/26", "1|2|01/03/2026"],
    rows: [2],
  },
  {
    code: "CHECK_DATE_ORDER_MIXED",
    says: "the month-first one among day-first dates",
    lines: [`${ids}|closed_date`, "1|1|25/02/2026", "1|2|02/25/2026", "2|3|01/02/2026"],
    rows: [3],
  },
  {
    code: "CHECK_NUMBER_UNREADABLE",
    says: "an age in words",
    lines: [`${ids}|age_recorded`, "1|1|4", "1|2|four"],
    rows: [3],
  },
  {
    code: "CHECK_UNIT_ID_BLANK",
    says: "each part of the id",
    lines: [`${ids}|gender`, "1||M", "1|2|M", "|3|F"],
    rows: [2, 4],
  },
  {
    code: "CHECK_UNIT_ID_UNSAFE",
    says: "what a spreadsheet would run",
    lines: [`${ids}`, "=1|1", "2|=2", "-3|4"],
    rows: [2, 4],
  },
  {
    code: "CHECK_UNIT_ID_REPEATED",
    says: "both rows of an id",
    lines: [`${ids}|gender`, "1|1|M", "1|2|M", "1|1|F"],
    rows: [2, 4],
  },
  {
    code: "CHECK_CHILD_REPEATED",
    says: "the second row of a child in a case, where the unit id counts children",
    lines: [`${ids}|gender`, "1|7|M", "1|7|F", "2|7|M"],
    rows: [3],
    unitId: "case_id, child_ordinal",
  },
  {
    code: "CHECK_ROW_REPEATED",
    says: "a copy in every field",
    lines: [`${ids}|gender`, "1|1|M", "1|1|M", "1|1|F"],
    rows: [3],
  },
  {
    code: "CHECK_ROWS_ALIKE",
    says: "siblings alike, where there is no child id",
    lines: ["case_id|gender", "1|M", "1|M", "1|F", "2|M"],
    rows: [2, 3],
    unitId: "case_id, child_ordinal",
  },
  {
    code: "CHECK_ROW_NO_RECORD",
    says: "a total, and headers among the rows; a name that begins so is none",
    lines: [
      `${ids}|gender|team`,
      "1|1|M|A",
      "Total|2||",
      "2|2|M|A",
      "case_id|child_id|gender|team",
      "Totalus|3|M|A",
      "GRAND TOTAL:|4||",
    ],
    rows: [3, 5, 7],
  },
  {
    code: "CHECK_ROW_BARE",
    says: "nothing but ids, beside three other fields; an unreadable date is something, and a total has its own rule",
    lines: [
      `${ids}|gender|team|closed_date`,
      "1|1||| ",
      "2|2|M||",
      "3|3|||soon",
      "Total|4|||",
      "5|5|||01/02/2026",
    ],
    rows: [2],
  },
  {
    code: "CHECK_ROW_BARE",
    says: "of two other fields blanks say nothing",
    lines: [`${ids}|gender|team`, "1|1||"],
    rows: [],
  },
  {
    code: "CHECK_CHILD_ID_CONFLICT",
    says: "two dates of birth of one id; an unknown gender is no conflict",
    lines: [
      `${ids}|date_of_birth|gender`,
      "1|7|01/02/2015|M",
      "2|7|01/03/2015|U",
      "3|8|01/02/2015|F",
      "4|8|01/02/2015|U",
    ],
    rows: [2, 3],
  },
  {
    code: "CHECK_CHILD_TWO_IDS",
    says: "same birth and gender in one case, not across cases",
    lines: [
      `${ids}|date_of_birth|gender`,
      "1|1|01/02/2015|M",
      "1|2|01/02/2015|M",
      "1|3|01/02/2015|F",
      "2|4|01/02/2015|M",
    ],
    rows: [2, 3],
  },
  {
    code: "CHECK_VALUE_MISSING",
    says: "blank and not recorded",
    lines: [`${ids}|gender`, "1|1|", "1|2|M", "2|3|not recorded"],
    rows: [2, 4],
  },
  {
    code: "CHECK_MISSING_AT_CLOSE",
    says: "a closed case without a practitioner, not an open one",
    lines: [`${ids}|practitioner|closed_date`, "1|1||01/10/2026", "2|2||", "3|3|A|01/10/2026"],
    rows: [2],
  },
  {
    code: "CHECK_VALUE_UNMAPPED",
    says: "no code of gender",
    lines: [`${ids}|gender`, "1|1|Q7", "1|2|M"],
    rows: [2],
  },
  {
    code: "CHECK_VALUE_PLACEHOLDER",
    says: "TBC as a team",
    lines: [`${ids}|team`, "1|1|TBC", "1|2|North", "2|3|Tbc "],
    rows: [2, 4],
  },
  {
    code: "CHECK_SPELLINGS",
    says: "the rarer spelling",
    lines: [`${ids}|court`, "1|1|St Mary’s", "2|2|st mary's", "3|3|St Mary’s", "4|4|Leeds"],
    rows: [3],
  },
  {
    code: "CHECK_DATE_IN_FUTURE",
    says: "after the reference date, not on it",
    lines: [`${ids}|closed_date`, "1|1|17/11/2026", "2|2|16/11/2026"],
    rows: [2],
  },
  {
    code: "CHECK_HEARING_IN_FUTURE",
    says: "after the reference date",
    lines: [`${ids}|first_hearing_date`, "1|1|17/11/2026", "2|2|16/11/2026"],
    rows: [2],
  },
  {
    code: "CHECK_DATE_LONG_AGO",
    says: "a placeholder of 1900",
    lines: [`${ids}|allocation_date`, "1|1|01/01/1900", "2|2|16/11/2008"],
    rows: [2],
  },
  {
    code: "CHECK_DATE_LONG_AGO",
    says: "by the calendar: 19 years to the day is not more than 19 years",
    lines: [`${ids}|allocation_date`, "1|1|15/11/2007", "2|2|16/11/2007", "3|3|18/11/2007"],
    rows: [2],
  },
  {
    code: "CHECK_CLOSED_BEFORE_START",
    says: "closed before the application; the same day is fine",
    lines: [
      `${ids}|application_date|closed_date`,
      "1|1|02/02/2026|01/02/2026",
      "2|2|02/02/2026|02/02/2026",
      "3|3|02/02/2026|",
    ],
    rows: [2],
  },
  {
    code: "CHECK_DATES_OUT_OF_ORDER",
    says: "allocated before the application",
    lines: [
      `${ids}|application_date|allocation_date`,
      "1|1|02/02/2026|01/02/2026",
      "2|2|02/02/2026|02/02/2026",
    ],
    rows: [2],
  },
  // 295 days from 1 January 2025 is 23 October 2025; 294 is 22 October.
  {
    code: "CHECK_DATE_BEFORE_BIRTH",
    says: "more than 294 days before the birth",
    lines: [
      `${ids}|date_of_birth|application_date`,
      "1|1|23/10/2025|01/01/2025",
      "2|2|22/10/2025|01/01/2025",
    ],
    rows: [2],
  },
  {
    code: "CHECK_DATE_BEFORE_BIRTH",
    says: "closed a day before the birth",
    lines: [`${ids}|date_of_birth|closed_date`, "1|1|02/02/2026|01/02/2026", "2|2|02/02/2026|02/02/2026"],
    rows: [2],
  },
  {
    code: "CHECK_DATE_WHILE_UNBORN",
    says: "up to 294 days before the birth",
    lines: [
      `${ids}|date_of_birth|application_date`,
      "1|1|23/10/2025|01/01/2025",
      "2|2|22/10/2025|01/01/2025",
      "3|3|01/01/2025|01/01/2025",
    ],
    rows: [3],
  },
  {
    code: "CHECK_CLOSED_OUTSIDE_WINDOW",
    says: "before the window, not on its first day",
    lines: [`${ids}|closed_date`, "1|1|15/11/2025", "2|2|16/11/2025"],
    rows: [2],
    plan: "observed: { from: 2025-11-16, to: 2026-10-31 }",
  },
  {
    code: "CHECK_CLOSED_AFTER_WINDOW",
    says: "after the window and before the reference date",
    lines: [`${ids}|closed_date`, "1|1|31/10/2026", "2|2|01/11/2026", "3|3|17/11/2026"],
    rows: [3],
    plan: "observed: { from: 2025-11-16, to: 2026-10-31 }",
  },
  {
    code: "CHECK_ADULT_AT_START",
    says: "18 on the day of the application",
    lines: [
      `${ids}|date_of_birth|application_date`,
      "1|1|01/03/2008|01/03/2026",
      "2|2|02/03/2008|01/03/2026",
    ],
    rows: [2],
  },
  {
    code: "CHECK_ADULT_AT_START",
    says: "26 by now, without an application",
    lines: [`${ids}|date_of_birth`, "1|1|16/11/2000", "2|2|17/11/2000"],
    rows: [2],
  },
  {
    code: "CHECK_ADULT_NOW",
    says: "18 today and open; not one who closed before the birthday",
    lines: [
      `${ids}|date_of_birth|closed_date`,
      "1|1|16/11/2008|",
      "2|2|17/11/2008|",
      "3|3|16/11/2008|15/11/2026",
      "4|4|16/10/2008|17/10/2026",
    ],
    rows: [2, 5],
  },
  {
    code: "CHECK_UNBORN",
    says: "due within 294 days: 6 September 2027 is the 294th",
    lines: [`${ids}|date_of_birth`, "1|1|06/09/2027", "2|2|07/09/2027", "3|3|16/11/2026"],
    rows: [2],
  },
  {
    code: "CHECK_BIRTH_IN_FUTURE",
    says: "due later than any child",
    lines: [`${ids}|date_of_birth`, "1|1|06/09/2027", "2|2|07/09/2027"],
    rows: [3],
  },
  {
    code: "CHECK_AGE_IMPOSSIBLE",
    says: "below −1 and 26",
    lines: [`${ids}|age_recorded`, "1|1|-2", "2|2|-1", "3|3|26", "4|4|17"],
    rows: [2, 4],
  },
  {
    code: "CHECK_AGE_DISAGREES",
    says: "ten years of age on 16 November 2026; 10.9 is ten",
    lines: [
      `${ids}|date_of_birth|age_recorded`,
      "1|1|16/11/2016|10.9",
      "2|2|16/11/2016|11",
      "3|3|17/11/2016|9",
      "4|4||3",
    ],
    rows: [3],
  },
  {
    code: "CHECK_LAW_TYPE_CONTRADICTS",
    says: "section 31 in private law, section 8 in public; section 14A can be either",
    lines: [
      `${ids}|law_type|lead_application`,
      "1|1|private|s31 care",
      "2|2|public|s8 child arrangements",
      "3|3|public|s31",
      "4|4|private|s14A special guardianship",
      "5|5|private|Section 8",
    ],
    rows: [2, 3],
  },
  {
    code: "CHECK_PUBLIC_WITHOUT_AUTHORITY",
    says: "public law only",
    lines: [`${ids}|law_type|local_authority`, "1|1|public|", "2|2|private|", "3|3|public|Leeds"],
    rows: [2],
  },
  {
    code: "CHECK_PRIVATE_WITH_AUTHORITY",
    says: "private law only",
    lines: [`${ids}|law_type|local_authority`, "1|1|private|Leeds", "2|2|private|", "3|3|public|Leeds"],
    rows: [2],
  },
  {
    code: "CHECK_SIBLINGS_DISAGREE",
    says: "both of a case; a blank and a spelling are no difference",
    lines: [`${ids}|court`, "1|1|Leeds", "1|2|York", "2|3|Leeds", "2|4|LEEDS", "3|5|", "3|6|Leeds"],
    rows: [2, 3],
  },
  {
    code: "CHECK_PRACTITIONER_TWO_AREAS",
    says: "rows outside the main area",
    lines: [
      `${ids}|practitioner|service_area`,
      "1|1|P1|A1",
      "2|2|P1|A1",
      "3|3|P1|A2",
      "4|4|P2|A2",
      "5|5|P3|A2",
    ],
    rows: [4],
  },
  {
    code: "CHECK_TEAM_TWO_AREAS",
    says: "rows outside the main area",
    lines: [`${ids}|team|service_area`, "1|1|T1|A1", "2|2|T1|A1", "3|3|T1|A2", "4|4|T2|A2", "5|5|T3|A2"],
    rows: [4],
  },
];

describe("rules", () => {
  test.each(cases)("$code: $says", ({ code, rows, ...given }) => {
    expect(rowsOf(check(given), code)).toEqual(rows);
  });

  /** Held by the planted faults, or below by files of their own. */
  const elsewhere = [
    "CHECK_NO_ROWS",
    "CHECK_COLUMN_DOUBTFUL",
    "CHECK_VALUE_MAP_UNMATCHED",
    "CHECK_COLUMN_MISSING",
    "CHECK_JOIN_KEY_REPEATED",
    "CHECK_JOIN_TIE",
    "CHECK_LOOKUP_KEY_REPEATED",
    "CHECK_FILES_UNMATCHED",
    "CHECK_EARLIER_ROW_OPEN",
    "CHECK_AREA_STOPS",
    "CHECK_AREA_GAP",
    "CHECK_MONTH_GAP",
    "CHECK_BIRTHS_1_JANUARY",
    "CHECK_DATES_FIRST_OF_MONTH",
    "CHECK_MISSING_BY_AREA",
    "CHECK_MISSING_BY_ETHNICITY",
  ];

  test("every rule has a test, a code of its own and words for explain", () => {
    const codes = rules.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect([...new Set([...cases.map(({ code }) => code), ...elsewhere])].sort()).toEqual([...codes].sort());
    for (const rule of rules) {
      expect(rule.code).toMatch(/^CHECK_[A-Z0-9_]+$/);
      expect(rule.title).not.toMatch(/\.$/);
      expect(rule.meaning).toMatch(/\.$/);
      expect(rule.ask).toMatch(/\.$/);
    }
  });

  test("names that most areas share are said once, and no row is flagged", () => {
    const teams = ["Team 1", "Team 2", "Team 3", "Team 4"];
    const lines = teams.flatMap((team, at) => [`${at}|a${at}|${team}|A1`, `9${at}|b${at}|${team}|A2`]);
    const report = check({ lines: [`${ids}|team|service_area`, ...lines] });
    const [finding] = report.findings.filter(({ code }) => code === "CHECK_TEAM_TWO_AREAS");
    expect(finding?.rows).toHaveLength(0);
    expect(finding?.message).toContain("do not tell teams apart");
  });
});

describe("what a frame cannot be built with", () => {
  test("a column that the file lacks is named, and the rest is judged", () => {
    const plan = planOf(["case_id", "child_id", "gender", "ethnicity"]);
    const report = runChecks({
      plan,
      data: [tableOf("export.csv", [`${ids}|gender`, "1|1|"])],
      joins: [],
      lookups: [],
    });
    expect(report.refusal?.code).toBe("FIELD_NOT_FOUND");
    expect(report.findings[0]).toMatchObject({
      code: "CHECK_COLUMN_MISSING",
      fields: ["ethnicity"],
      refuses: true,
    });
    expect(rowsOf(report, "CHECK_VALUE_MISSING")).toEqual([2]);
    expect(report.notRun.map(({ code }) => code)).toContain("CHECK_MISSING_BY_ETHNICITY");
  });

  test("an export without its unit id is judged all the same", () => {
    const plan = planOf(["case_id", "child_id", "gender"]);
    const report = runChecks({
      plan,
      data: [tableOf("export.csv", ["case_id|gender", "1|Q7"])],
      joins: [],
      lookups: [],
    });
    expect(report.notRun.map(({ code }) => code)).toContain("CHECK_UNIT_ID_REPEATED");
    const [unmapped] = report.findings.filter(({ code }) => code === "CHECK_VALUE_UNMAPPED");
    expect(unmapped && foundRow(unmapped, 0)).toEqual({ unitId: "", file: "export.csv", row: 2 });
  });

  test("all faults of all columns are listed at once, with the reader's own refusal", () => {
    const report = check({
      lines: [
        `${ids}|closed_date|application_date|age_recorded`,
        "1|1|31/02/2026|01/01/2026|x",
        "2|2|01/03/2026|1/1/26|3",
      ],
    });
    expect(report.findings.slice(0, 3).map(({ code }) => code)).toEqual([
      "CHECK_DATE_UNREADABLE",
      "CHECK_DATE_YEAR_SHORT",
      "CHECK_NUMBER_UNREADABLE",
    ]);
    expect(report.refusal?.message).toMatch(/^Date cannot be read/);
    // Unreadable is not missing.
    expect(report.quality.find(({ field }) => field === "application_date")).toMatchObject({
      rows: 2,
      missing: 0,
      invalid: 1,
    });
  });

  test("nothing is judged by a column of both orders", () => {
    const report = check({
      lines: [
        `${ids}|application_date|closed_date`,
        "1|1|25/02/2026|01/01/2026",
        "2|2|02/25/2026|01/01/2026",
      ],
    });
    expect(report.notRun.map(({ code }) => code)).toContain("CHECK_CLOSED_BEFORE_START");
    expect(report.setAside).toEqual(["application_date"]);
    const read = ({ field, rows, blank, unreadable, setAside }: (typeof report.columns)[number]) => ({
      field,
      rows,
      blank,
      unreadable,
      setAside,
    });
    // None of its cells is blank: only the month-first one cannot be read, and nothing is gone by.
    expect(report.columns.slice(2).map(read)).toEqual([
      { field: "application_date", rows: 2, blank: 0, unreadable: 1, setAside: true },
      { field: "closed_date", rows: 2, blank: 0, unreadable: 0, setAside: false },
    ]);
  });

  const joinPlan = (many: string): FrameInputs["plan"] =>
    parsePlan(
      `casedraw: 1
title: Test
reference_date: 2026-11-16
unit: child
unit_id: [case_id, child_id]
data: [{ path: export.csv }]
joins: [{ path: more.csv, key: case_id, many: ${many}, columns: { case_id: case_id, closed_date: closed, team: team } }]
lookups: [{ path: courts.csv, from: court, from_header: court, to: { region: region } }]
columns: { case_id: case_id, child_id: child_id, court: court }
`,
      { file: "plan.yaml" },
    );
  const data = [tableOf("export.csv", [`${ids}|court`, "1|1|Leeds", "2|2|York"])];
  const courts = tableOf("courts.csv", [
    "court|region",
    "Leeds|North",
    "York|North",
    "Leeds|South",
    "York|South",
  ]);
  const twice = ["case_id|closed|team", "1|01/02/2026|T", "1|01/03/2026|T", "9|01/03/2026|T"];

  test("repeated keys of joined and lookup files are listed by the rows of those files", () => {
    const report = runChecks({
      plan: joinPlan("error"),
      data,
      joins: [tableOf("more.csv", twice)],
      lookups: [courts],
    });
    expect(rowsOf(report, "CHECK_JOIN_KEY_REPEATED")).toEqual([3]);
    expect(rowsOf(report, "CHECK_LOOKUP_KEY_REPEATED")).toEqual([4, 5]);
    const [finding] = report.findings.filter(({ code }) => code === "CHECK_LOOKUP_KEY_REPEATED");
    expect(finding && foundRow(finding, 0)).toEqual({ unitId: "", file: "courts.csv", row: 4 });
  });

  test("ties for the latest are listed, and an earlier row is none", () => {
    const tie = [...twice, "1|01/03/2026|U"];
    const report = runChecks({
      plan: joinPlan("{ latest: closed_date }"),
      data,
      joins: [tableOf("more.csv", tie)],
      lookups: [tableOf("courts.csv", ["court|region", "Leeds|North"])],
    });
    expect(rowsOf(report, "CHECK_JOIN_TIE")).toEqual([5]);
    // Case 2 has no row in more.csv, row 4 of it matches none, and York is not in the lookup.
    expect(
      report.findings.flatMap((each) => (each.code === "CHECK_FILES_UNMATCHED" ? [each.message] : [])),
    ).toEqual([
      "1 row of more.csv matches no row of the export.",
      "1 row of the export has no match in more.csv (50% of all): team and closed date are not known of it.",
      "1 row of the export has a value that courts.csv does not list.",
    ]);
  });
});

test("a lookup that lists no value of the export is told as such", () => {
  const plan = parsePlan(
    `casedraw: 1
title: t
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: export.csv }]
columns: { child_id: id, court: court }
lookups: [{ path: courts.csv, from: court, to: { region: region } }]
`,
    { file: "plan.yaml" },
  );
  const report = runChecks({
    plan,
    data: [tableOf("export.csv", ["id|court", "1|Leeds", "2|York"])],
    joins: [],
    lookups: [tableOf("courts.csv", ["court|region", "E1|North"])],
  });
  const [finding] = report.findings.filter(({ code }) => code === "CHECK_FILES_UNMATCHED");
  expect(finding?.message).toBe(
    "courts.csv lists none of the values that the export has: 2 rows have one, and nothing is looked up for any.",
  );
});

describe("the report", () => {
  const report = check({
    lines: [
      `${ids}|gender|service_area|local_authority|law_type`,
      "1|1||A1|Leeds|public",
      "2|2|Q7|A1||public",
      "3|3|M|A2||private",
      "4|4|Q8|A2||private",
    ],
  });

  test("counts by area, worst first, of the rows that could have it", () => {
    const [authority] = report.findings.filter(({ code }) => code === "CHECK_PUBLIC_WITHOUT_AUTHORITY");
    expect(authority?.byArea).toEqual({ field: "service_area", areas: [{ area: "A1", count: 1, of: 2 }] });
  });

  test("holds the quality of each field, whole and by area; a local authority only in public law", () => {
    expect(report.areaField).toBe("service_area");
    expect(report.quality.filter(({ field }) => field === "gender")).toEqual([
      { field: "gender", area: undefined, rows: 4, missing: 1, unmapped: 2, invalid: 0 },
      { field: "gender", area: "A1", rows: 2, missing: 1, unmapped: 1, invalid: 0 },
      { field: "gender", area: "A2", rows: 2, missing: 0, unmapped: 1, invalid: 0 },
    ]);
    expect(report.quality.find(({ field }) => field === "local_authority")).toMatchObject({
      rows: 2,
      missing: 1,
    });
  });

  test("says how each column was read and which values no code set knows", () => {
    expect(report.columns.find(({ field }) => field === "gender")).toEqual({
      field: "gender",
      file: "export.csv",
      headers: ["gender"],
      asked: ["gender"],
      kind: "category",
      coded: true,
      rows: 4,
      blank: 1,
      unmapped: 2,
      unreadable: 0,
      setAside: false,
    });
    expect(report.unmappedValues).toEqual([
      { field: "gender", file: "export.csv", header: "gender", value: "Q7", count: 1, firstRow: 3 },
      { field: "gender", file: "export.csv", header: "gender", value: "Q8", count: 1, firstRow: 5 },
    ]);
  });

  test("has errors first and nothing where there is nothing to say", () => {
    expect(check({ lines: [`${ids}|gender`, "1|1|M"] }).findings).toEqual([]);
  });
});

describe("a column that is likely the wrong one", () => {
  const unmappedOf = (report: CheckReport) =>
    report.findings.filter(({ code }) => code === "CHECK_VALUE_UNMAPPED");
  const children = (count: number, cell: (k: number) => string): string[] =>
    Array.from({ length: count }, (_, k) => `${k}|${k}|${cell(k)}`);

  test("is put to the officer and not to the data's owner, where hardly a value is understood", () => {
    // 9 of 10 filled cells are unknown; of 8 of 10 the values are asked about.
    const nine = check({
      lines: [`${ids}|gender`, ...children(11, (k) => (k === 10 ? "" : k === 0 ? "M" : "Q"))],
    });
    expect(unmappedOf(nine)).toMatchObject([
      {
        message:
          "9 rows whose gender no code set knows, of 10 that are filled in: is “gender” the right column?",
      },
    ]);
    expect(unmappedOf(nine)[0]?.question).toBeUndefined();
    const eight = check({ lines: [`${ids}|gender`, ...children(10, (k) => (k < 2 ? "M" : "Q"))] });
    expect(unmappedOf(eight)[0]?.question).toContain(
      "In column “gender” of export.csv, 8 rows have none of the usual codes.",
    );
  });

  test("of places has another value in nearly every case: no area, and no value in any word", () => {
    const lines = (own: number) => [
      `${ids}|service_area|gender`,
      ...children(20, (k) => `${k < own ? `Quorvex${k}` : "North"}|${k < 3 ? "" : "F"}`),
    ];
    // 17 of 20 cases differ: 16 values of their own and North. Of 16 of 20 it is an area still.
    const names = check({ lines: lines(16) });
    expect(names.findings.map(({ code }) => code)).toContain("CHECK_COLUMN_DOUBTFUL");
    expect(names.areaField).toBeUndefined();
    expect(names.quality.filter(({ area }) => area !== undefined)).toEqual([]);
    expect(JSON.stringify(names.findings)).not.toContain("Quorvex");
    const areas = check({ lines: lines(15) });
    expect(areas.findings.map(({ code }) => code)).not.toContain("CHECK_COLUMN_DOUBTFUL");
    expect(areas.areaField).toBe("service_area");
  });

  test("leaves the next field of places to be the area", () => {
    const rows = children(30, (k) => `Quorvex${k}|${k % 2 === 0 ? "Leeds" : "York"}`);
    expect(check({ lines: [`${ids}|service_area|court`, ...rows] }).areaField).toBe("court");
  });
});

describe("what is said", () => {
  const saying = (report: CheckReport, code: string) =>
    report.findings.filter((each) => each.code === code).map(({ message, question }) => [message, question]);

  test("of a young person without any closing dates is not that the case was open", () => {
    const without = saying(check({ lines: [`${ids}|date_of_birth`, "1|1|16/11/2008"] }), "CHECK_ADULT_NOW");
    expect(without).toEqual([
      [
        "1 row of a young person who is 18 or over; the export has no closing dates.",
        "In 1 row the young person is 18 or over. Is the case still open, and is the date of birth (column “date_of_birth” of export.csv) right?",
      ],
    ]);
    const open = saying(
      check({ lines: [`${ids}|date_of_birth|closed_date`, "1|1|16/11/2008|"] }),
      "CHECK_ADULT_NOW",
    );
    expect(open[0]?.[0]).toContain("turned 18 before the case closed");
    // Where the export has ages and no dates of birth, the age is what may be wrong.
    const aged = check({ lines: [`${ids}|age_recorded`, "1|1|18", "2|2|27"] }).findings;
    for (const code of ["CHECK_ADULT_NOW", "CHECK_ADULT_AT_START"]) {
      const found = aged.find((each) => each.code === code);
      expect(found?.fields).toEqual(["age_recorded"]);
      expect(found?.question).toContain("column “age_recorded” of export.csv");
      expect(found?.question).not.toContain("date of birth");
    }
  });

  test("of ages leaves out how many are far apart where none is", () => {
    const lines = [`${ids}|date_of_birth|age_recorded`, "1|1|16/11/2016|11"];
    const near = saying(check({ lines }), "CHECK_AGE_DISAGREES");
    expect(near[0]?.[0]).toBe("1 row with a recorded age that is not that of the date of birth.");
    expect(near[0]?.[1]).not.toContain("0 of them");
    const far = saying(check({ lines: [...lines, "2|2|16/11/2016|13"] }), "CHECK_AGE_DISAGREES");
    expect(far[0]?.[0]).toContain("of the date of birth, 1 of them by two years or more.");
  });

  test("of a blank id has the right article", () => {
    const report = check({ lines: [`${ids}|ethnicity`, "1|1|"], unitId: "case_id, child_id, ethnicity" });
    expect(saying(report, "CHECK_UNIT_ID_BLANK")).toMatchObject([
      ["1 row without an ethnicity, which the unit id is made of.", expect.anything()],
    ]);
  });

  test("to the data's owner has no folder, and nothing of the officer's own lookup", () => {
    const plan = parsePlan(
      `casedraw: 1
title: Test
reference_date: 2026-11-16
unit: child
unit_id: [case_id]
data: [{ path: export.csv }]
joins: [{ path: /home/someone/more.csv, key: case_id, many: error, columns: { case_id: case_id, team: team } }]
lookups: [{ path: courts.csv, from: court, from_header: court, to: { region: region } }]
columns: { case_id: case_id, court: court }
`,
      { file: "plan.yaml" },
    );
    const report = runChecks({
      plan,
      data: [tableOf("export.csv", ["case_id|court", "1|Leeds", "2|York"])],
      joins: [tableOf("/home/someone/more.csv", ["case_id|team", "1|T"])],
      lookups: [tableOf("courts.csv", ["court|region", "Leeds|North", "Leeds|South"])],
    });
    expect(saying(report, "CHECK_FILES_UNMATCHED")).toEqual([
      [
        "1 row of the export has no match in /home/someone/more.csv (50% of all): team is not known of it.",
        "1 row of export.csv has no row in more.csv with the same “case_id”. Is that right, or were the files made on different days or from different records?",
      ],
      ["1 row of the export has a value that courts.csv does not list.", undefined],
    ]);
    expect(saying(report, "CHECK_LOOKUP_KEY_REPEATED")).toMatchObject([[expect.anything(), undefined]]);
  });
});

test("a list without rows is asked about by its name, beside one that has some", () => {
  const lines = [`${ids}|gender`, "1|1|M"];
  const plan = planOf(["case_id", "child_id", "gender"]);
  const run = (data: readonly (readonly string[])[]) =>
    runChecks({
      plan: { ...plan, data: data.map((_, at) => ({ path: `sent/${at + 1}.csv`, columns: {} })) },
      data: data.map((each, at) => tableOf(`sent/${at + 1}.csv`, each)),
      joins: [],
      lookups: [],
    });
  const asked = (data: readonly (readonly string[])[]) =>
    run(data).findings.flatMap(({ code, question }) => (code === "CHECK_NO_ROWS" ? [question] : []));
  const words = "has headers and no rows. Is the list empty, or was something left out?";
  expect(asked([lines.slice(0, 1)])).toEqual([`1.csv ${words}`]);
  expect(asked([lines, lines.slice(0, 1)])).toEqual([`2.csv ${words}`]);
  expect(asked([lines])).toEqual([]);
});

test("a question about a column names its file without the folder", () => {
  const plan = {
    ...planOf(["case_id", "child_id", "closed_date"]),
    data: [{ path: "/home/x.csv", columns: {} }],
  };
  const table = tableOf("/home/x.csv", [`${ids}|closed_date`, "1|1|soon"]);
  const [finding] = runChecks({ plan, data: [table], joins: [], lookups: [] }).findings;
  expect(finding?.question).toMatch(/^In column "closed_date" of x\.csv, 1 row cannot/);
});

describe("plans of other shapes", () => {
  test("of cases take siblings for one unit, and refuse a case of two files", () => {
    const plan = parsePlan(
      `casedraw: 1
title: Test
reference_date: 2026-11-16
unit: case
unit_id: [case_id]
data: [{ path: a.csv }, { path: b.csv }]
columns: { case_id: case_id, child_id: child_id, closed_date: closed }
cohort: { include: { closed_date: { blank: true } } }
`,
      { file: "plan.yaml" },
    );
    const run = (b: readonly string[], prefer?: "last_file") =>
      runChecks({
        plan: prefer === undefined ? plan : { ...plan, prefer },
        data: [
          tableOf("a.csv", ["case_id|child_id|closed", "1|1|", "1|2|01/12/2026", "2|3|"]),
          tableOf("b.csv", ["case_id|child_id|closed", ...b]),
        ],
        joins: [],
        lookups: [],
      });
    const apart = run(["3|4|"]);
    expect(rowsOf(apart, "CHECK_UNIT_ID_REPEATED")).toEqual([]);
    // The sibling's future date is an error, but the folded case has an open child: it can be drawn as it is.
    expect(apart.findings.map(({ code, refuses }) => [code, refuses])).toEqual([
      ["CHECK_DATE_IN_FUTURE", false],
    ]);
    expect(apart.refusal).toBeUndefined();
    const both = run(["2|3|"]);
    expect(rowsOf(both, "CHECK_UNIT_ID_REPEATED")).toEqual([2, 4]);
    expect(both.refusal?.code).toBe("UNIT_ID_DUPLICATE");
    const later = run(["2|3|"], "last_file");
    expect(rowsOf(later, "CHECK_UNIT_ID_REPEATED")).toEqual([]);
    expect(later.refusal).toBeUndefined();
  });

  test("that prefer the last file refuse only what stands twice in it", () => {
    const plan = parsePlan(
      `casedraw: 1
title: Test
reference_date: 2026-11-16
unit: child
unit_id: [case_id, child_id]
prefer: last_file
data: [{ path: a.csv }, { path: b.csv }]
columns: { case_id: case_id, child_id: child_id, gender: gender }
`,
      { file: "plan.yaml" },
    );
    const run = (b: readonly string[]) =>
      runChecks({
        plan,
        data: [
          tableOf("a.csv", ["case_id|child_id|gender", "1|1|M", "2|2|F"]),
          tableOf("b.csv", ["case_id|child_id|gender", ...b]),
        ],
        joins: [],
        lookups: [],
      });
    expect(run(["1|1|F"]).refusal).toBeUndefined();
    expect(rowsOf(run(["1|1|F"]), "CHECK_UNIT_ID_REPEATED")).toEqual([]);
    const twice = run(["1|1|F", "1|1|M"]);
    expect(twice.refusal?.code).toBe("UNIT_ID_DUPLICATE");
    expect(rowsOf(twice, "CHECK_UNIT_ID_REPEATED")).toEqual([2, 3]);
  });

  test("with factors in flag columns count what is neither yes nor no, and offer no code for it", () => {
    const plan = parsePlan(
      `casedraw: 1
title: Test
reference_date: 2026-11-16
unit: child
unit_id: [case_id]
data: [{ path: export.csv }]
columns: { case_id: case_id, factors: { flags: { neglect: Neglect, drugs: Drugs } } }
`,
      { file: "plan.yaml" },
    );
    const report = runChecks({
      plan,
      data: [tableOf("export.csv", ["case_id|Neglect|Drugs", "1|Y|perhaps", "2|N|perhaps", "3||Y"])],
      joins: [],
      lookups: [],
    });
    const [finding] = report.findings.filter(({ code }) => code === "CHECK_VALUE_UNMAPPED");
    expect(finding).toMatchObject({
      count: 2,
      message: '2 rows with neither yes nor no in a column that flags factors (column "Drugs").',
    });
    expect(report.columns.at(-1)).toMatchObject({
      field: "factors",
      headers: ["Neglect", "Drugs"],
      kind: "list",
      rows: 3,
      // No row has both columns blank.
      blank: 0,
      unmapped: 2,
    });
    // A value map cannot say what a flag means.
    expect(report.unmappedValues).toEqual([]);
    expect(report.refusal).toBeUndefined();
  });
});

test("rows of the value map that match nothing are listed by its rows, for the officer", () => {
  const plan = { ...planOf(["case_id", "child_id", "gender"]), value_map: "map.csv" };
  const report = runChecks({
    plan,
    data: [tableOf("export.csv", [`${ids}|gender`, "1|1|007", "2|2|Boyish"])],
    joins: [],
    lookups: [],
    valueMap: tableOf("map.csv", ["field|value|count|code", "gender|7|1|male", "gender|Boyish|1|male"]),
  });
  const [finding] = report.findings.filter(({ code }) => code === "CHECK_VALUE_MAP_UNMATCHED");
  expect(finding?.message).toBe("1 row of map.csv gives a code to a value that is not in the data.");
  expect(finding?.question).toBeUndefined();
  expect(finding && foundRow(finding, 0)).toEqual({ unitId: "", file: "map.csv", row: 2 });
  expect(rowsOf(report, "CHECK_VALUE_UNMAPPED")).toEqual([2]);
});
