import { describe, expect, test } from "vitest";
import type { CheckReport } from "../../src/checks/finding.js";
import { foundRow } from "../../src/checks/finding.js";
import { runChecks } from "../../src/checks/run-checks.js";
import { gatherRows } from "../../src/frame/build-frame.js";
import { parsePlan } from "../../src/plan/load.js";
import { tableOf } from "../frames.js";

const planOf = (many = "{ latest: application_date }", more = "") =>
  parsePlan(
    `casedraw: 1
title: Test
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: children.csv }]
joins:
  - path: sent/episodes.csv
    key: child_id
    many: ${many}
    columns: { child_id: CHILD, application_date: DECOM, closed_date: DEC, practitioner: WORKER }
columns: { child_id: CHILD, gender: SEX, date_of_birth: DOB }
${more}`,
    { file: "plan.yaml" },
  );

const children = [
  "CHILD|SEX|DOB",
  "a|1|01/02/2016",
  "b|2|01/02/2016",
  "c|1|01/02/2016",
  "d|2|01/02/2016",
  "e|1|01/02/2016",
];

function check(episodes: readonly string[], plan = planOf()): CheckReport {
  return runChecks({
    plan,
    data: [tableOf("children.csv", children)],
    joins: [tableOf("sent/episodes.csv", ["CHILD|DECOM|DEC|WORKER", ...episodes])],
    lookups: [],
  });
}

const found = (report: CheckReport, code: string) =>
  report.findings
    .filter((finding) => finding.code === code)
    .map((finding) => ({
      ...finding,
      places: Array.from(finding.rows, (_, k) => Object.values(foundRow(finding, k)).join(" ")),
    }));

// Lines 2 to 6: a has two episodes, b one, c one without a beginning; d and e have none.
const episodes = [
  "a|01/02/2024|01/03/2024|W",
  "a|01/02/2026||W",
  "b|01/02/2026|01/01/2026|W",
  "c||01/05/2026|W",
  "x|01/02/2026||W",
];

describe("a field that a joined file gives", () => {
  test("is found at the row of that file that was taken, not at the child's", () => {
    const [closed] = found(check(episodes), "CHECK_CLOSED_BEFORE_START");
    expect(closed?.places).toEqual(["b sent/episodes.csv 4"]);
    expect(closed?.question).toBe(
      "In 1 row the date in column “DEC” of episodes.csv is before that in column “DECOM” of episodes.csv. Which of the two is right?",
    );
    // Of a's two episodes the later was taken, which stands first here; the child stands in row 2 of the data.
    const [future] = found(check(["a|01/12/2026||W", "a|01/02/2024|01/03/2024|W"]), "CHECK_DATE_IN_FUTURE");
    expect(future?.places).toEqual(["a sent/episodes.csv 2"]);
    const [earliest] = found(
      check(["a|01/12/2026||W", "a|01/11/2026|01/12/2026|W"], planOf("{ earliest: application_date }")),
      "CHECK_DATE_IN_FUTURE",
    );
    expect(earliest?.places).toEqual(["a sent/episodes.csv 3"]);
  });

  test("is named there too where it is why no sample can be drawn", () => {
    const plan = planOf(
      undefined,
      "cohort: { include: { closed_date: { blank: true } }, exclude_ids: out.csv }\n",
    );
    const episodesOf = ["a|01/02/2024|01/12/2026|W", "b|01/02/2026|02/12/2026|W", "c|01/02/2026||W"];
    const report = runChecks({
      plan,
      data: [tableOf("children.csv", children)],
      joins: [tableOf("sent/episodes.csv", ["CHILD|DECOM|DEC|WORKER", ...episodesOf])],
      lookups: [],
      excludeIds: tableOf("out.csv", ["unit_id|reason", "a|known"]),
    });
    expect(report.refusal?.code).toBe("FRAME_ERRORS");
    // a is out by the list: only b, whose episode stands in line 3.
    expect(report.refusal?.message).toContain("(CHECK_DATE_IN_FUTURE: sent/episodes.csv, row 3)");
  });

  test("is blank where its file has no row, which is asked once, of the files", () => {
    const report = check(episodes);
    const [missing, ...others] = found(report, "CHECK_VALUE_MISSING");
    expect(others).toEqual([]);
    expect(missing?.places).toEqual(["c sent/episodes.csv 5"]);
    expect(missing?.message).toBe(
      "1 row without application date (33% of the 3 that its file has a row for).",
    );
    expect(missing?.question).toBe(
      "Column “DECOM” of episodes.csv is blank or not recorded in 1 row (33%). Is it held elsewhere?",
    );
    const [stray, without] = found(report, "CHECK_FILES_UNMATCHED").sort((a, b) => a.count - b.count);
    expect(stray?.places).toEqual([" sent/episodes.csv 6"]);
    expect(stray?.question).toMatch(
      /^1 row of episodes.csv has no row in children.csv with the same “CHILD”\./,
    );
    expect(without?.places).toEqual(["d children.csv 5", "e children.csv 6"]);
    expect(without?.message).toBe(
      "2 rows of the export have no match in sent/episodes.csv (40% of all): practitioner, application date and closed date are not known of them.",
    );
    expect(without?.question).toMatch(
      /^2 rows of children.csv have no row in episodes.csv with the same “CHILD”\./,
    );
  });

  test("counts as blank or not among the rows that its file has", () => {
    const quality = check(episodes).quality.find(({ field }) => field === "application_date");
    expect(quality).toMatchObject({ rows: 3, missing: 1, invalid: 0 });
  });

  test("is unreadable there and not blank too", () => {
    const report = check([
      "a|soon||W",
      "b|01/02/2026||W",
      "c|01/02/2026||W",
      "d|01/02/2026||W",
      "e|01/02/2026||W",
    ]);
    expect(found(report, "CHECK_DATE_UNREADABLE").map(({ places }) => places)).toEqual([
      [" sent/episodes.csv 2"],
    ]);
    expect(found(report, "CHECK_VALUE_MISSING")).toEqual([]);
    expect(report.quality.find(({ field }) => field === "application_date")).toMatchObject({
      missing: 0,
      invalid: 1,
    });
  });

  test("does not make a child who has no row there bare, or of age with a case that is open", () => {
    const grown = children.map((line) => line.replace("01/02/2016", "01/02/2008"));
    const report = runChecks({
      plan: planOf(),
      data: [
        tableOf(
          "children.csv",
          grown.map((line) => line.replace(/\|[12]\|/, "||")),
        ),
      ],
      joins: [tableOf("sent/episodes.csv", ["CHILD|DECOM|DEC|WORKER", "a|01/02/2024||W"])],
      lookups: [],
    });
    expect(found(report, "CHECK_ADULT_NOW").map(({ places }) => places)).toEqual([["a children.csv 2"]]);
    const ids = parsePlan(
      "casedraw: 1\ntitle: T\nreference_date: 2026-11-16\nunit: child\nunit_id: child_id\ndata: [{ path: a.csv }]\n" +
        "joins: [{ path: b.csv, key: child_id, many: error }]\ncolumns: { child_id: id, gender: g, team: t, court: c, region: r }\n",
      { file: "plan.yaml" },
    );
    const bare = runChecks({
      plan: ids,
      data: [tableOf("a.csv", ["id", "1", "2"])],
      joins: [tableOf("b.csv", ["id|g|t|c|r", "1||||"])],
      lookups: [],
    });
    expect(found(bare, "CHECK_ROW_BARE").map(({ places }) => places)).toEqual([["1 a.csv 2"]]);
  });

  test("costs a draw nothing: which rows were taken is kept for a check only", () => {
    const inputs = {
      plan: planOf(),
      data: [tableOf("children.csv", children)],
      joins: [tableOf("sent/episodes.csv", ["CHILD|DECOM|DEC|WORKER", ...episodes])],
      lookups: [],
    };
    expect(gatherRows(inputs).joined[0]).not.toHaveProperty("trace");
    // a has the second of the joined rows, b the third, c the fourth; the first gives way to the second, the fifth is nobody's.
    const [part] = gatherRows(inputs, { traced: true }).joined;
    expect(part?.trace?.from).toEqual(Int32Array.of(1, 2, 3, -1, -1));
    expect(part?.trace?.taken).toEqual(Int32Array.of(1, 1, 2, 3, -1));
  });

  test("of which several are listed together stays with the child, and one alone has its own row", () => {
    const report = check(["a|01/12/2026||W", "a|02/12/2026||W", "b|01/12/2026||W"], planOf("list"));
    expect(report.refusal).toBeUndefined();
    const inputs = {
      plan: planOf("list"),
      data: [tableOf("children.csv", children)],
      joins: [tableOf("sent/episodes.csv", ["CHILD|DECOM|DEC|WORKER", "a|||W", "a|||V", "b|||W"])],
      lookups: [],
    };
    const [part] = gatherRows(inputs, { traced: true }).joined;
    expect(part?.trace?.from).toEqual(Int32Array.of(-1, 2, -1, -1, -1));
    expect(part?.trace?.taken).toEqual(Int32Array.of(0, 1, 2));
  });

  test("is named by the headers of every file that gives it, where files are stacked", () => {
    const plan = parsePlan(
      `casedraw: 1
title: Test
reference_date: 2026-11-16
unit: child
unit_id: child_id
data:
  - path: sent/open.csv
  - { path: sent/closed.csv, columns: { gender: Gender of child } }
columns: { child_id: ID, gender: SEX }
`,
      { file: "plan.yaml" },
    );
    const report = runChecks({
      plan,
      data: [
        tableOf("sent/open.csv", ["ID|SEX", "1|", "2|M"]),
        tableOf("sent/closed.csv", ["ID|Gender of child", "3|", "4|F"]),
      ],
      joins: [],
      lookups: [],
    });
    expect(found(report, "CHECK_VALUE_MISSING")[0]?.question).toBe(
      "Column “SEX” of open.csv or “Gender of child” of closed.csv is blank or not recorded in 2 rows (50%). Is it held elsewhere?",
    );
  });
});

describe("an earlier row that was never closed", () => {
  const code = "CHECK_EARLIER_ROW_OPEN";
  const long = [
    "a|01/02/2024||W", // left open; the latest is open too
    "a|01/02/2026||W",
    "b|01/02/2024||W", // left open; the latest is closed
    "b|01/02/2026|01/03/2026|W",
    "c||01/03/2026|W",
    "c|01/02/2026||W",
    "d||  |W", // without a beginning nobody knows that it is earlier
    "d|01/02/2026||W",
    "x|01/02/2024||W", // no child of the data
    "x|01/02/2026||W",
  ];

  test("is found with its row and unit, and how many are closed by their latest row", () => {
    const [finding, ...others] = found(check(long), code);
    expect(others).toEqual([]);
    expect(finding?.places).toEqual(["a sent/episodes.csv 2", "b sent/episodes.csv 4"]);
    expect(finding?.message).toBe(
      "2 rows of sent/episodes.csv have no closed date, although a later row of the same child ID is taken instead; for 1 of these the later row is closed, and that is what counts.",
    );
    expect(finding?.question).toBe(
      "In episodes.csv, 2 rows have no “DEC”, although a later row of the same “CHILD” has begun. When did they end?",
    );
  });

  test("is not one whose date cannot be read, and nothing is said where all rows or the earliest are taken", () => {
    expect(found(check(["a|01/02/2024|soon|W", "a|01/02/2026||W"]), code)).toEqual([]);
    expect(found(check(long, planOf("list")), code)).toEqual([]);
    expect(found(check(long, planOf("{ earliest: application_date }")), code)).toEqual([]);
  });

  test("goes by the plan's own end where that is a field of its own", () => {
    const plan = parsePlan(
      `casedraw: 1
title: Test
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: children.csv }]
joins: [{ path: sent/episodes.csv, key: child_id, many: { latest: application_date }, columns: { child_id: CHILD, application_date: DECOM } }]
columns: { child_id: CHILD }
fields: { ended: { column: DEC, type: date } }
delay: { from: application_date, to: ended }
`,
      { file: "plan.yaml" },
    );
    expect(found(check(long, plan), code).map(({ fields, places }) => [fields, places])).toEqual([
      [["ended"], ["a sent/episodes.csv 2", "b sent/episodes.csv 4"]],
    ]);
  });
});

test("a joined file with several rows for one key is told, whatever another joined file lacks", () => {
  const plan = parsePlan(
    `casedraw: 1
title: Test
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: children.csv }]
joins:
  - { path: workers.csv, key: child_id, columns: { practitioner: WORKER } }
  - { path: visits.csv, key: child_id, many: { latest: seen }, columns: { team: TEAM } }
columns: { child_id: CHILD }
fields: { seen: { column: SEEN, type: date } }
`,
    { file: "plan.yaml" },
  );
  const report = runChecks({
    plan,
    data: [tableOf("children.csv", ["CHILD|SEEN", "a|01/02/2026"])],
    joins: [
      tableOf("workers.csv", ["CHILD|WORKER", "a|W", "a|V"]),
      tableOf("visits.csv", ["CHILD|TEAM", "a|T", "a|U"]),
    ],
    lookups: [],
  });
  expect(found(report, "CHECK_JOIN_KEY_REPEATED").map(({ places }) => places)).toEqual([[" workers.csv 3"]]);
  expect(report.findings.some(({ code }) => code === "CHECK_COLUMN_MISSING")).toBe(true);
});
