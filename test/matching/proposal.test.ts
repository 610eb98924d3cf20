import { describe, expect, test } from "vitest";
import { buildFrame } from "../../src/frame/build-frame.js";
import { isoDate, isoDay } from "../../src/frame/calendar.js";
import { proposeReferenceDate, suggestWindow } from "../../src/matching/dates-of-files.js";
import { exportFile } from "../../src/matching/export-file.js";
import { isUnedited, markCsv, markPlan } from "../../src/matching/marks.js";
import { planText } from "../../src/matching/plan-text.js";
import { propose } from "../../src/matching/proposal.js";
import { proposeUnitId } from "../../src/matching/propose-unit-id.js";
import { proposeValues } from "../../src/matching/propose-values.js";
import { relateFiles } from "../../src/matching/relate-files.js";
import { scalar } from "../../src/matching/yaml-text.js";
import { parsePlan } from "../../src/plan/load.js";
import { tableOf, valuesOf } from "../frames.js";

const file = (path: string, ...lines: string[]) => exportFile(path, tableOf(path, lines));

describe("values", () => {
  // `/N.*/i` would make "no" of each of these; none of them is.
  test("what no code set knows is listed with its count and no code", () => {
    const { values } = proposeValues([
      file("a.csv", "disability", "N", "Not known", "N/A", "NOBT", "NOBT", "n.k.", "Awaiting", "#N/A", ""),
    ]);
    expect(values).toEqual([
      { field: "disability", value: "NOBT", count: 2, code: "" },
      { field: "disability", value: "Awaiting", count: 1, code: "" },
      { field: "disability", value: "n.k.", count: 1, code: "" },
    ]);
  });

  test("lettered and worded codes are known and not listed", () => {
    const { values } = proposeValues([
      file(
        "a.csv",
        "gender|ethnicity",
        "b) Female|a) WBRI",
        "Female|s) REFU",
        "u) UNKNOWN|s) NOBT",
        "2|WBRI",
      ),
    ]);
    expect(values).toEqual([]);
  });

  test("a synonym that differs in punctuation alone has its code; a letter or two could be anything", () => {
    const { values } = proposeValues([
      file("a.csv", "ethnicity", "White-British", "Black/African.", "W.", "European"),
    ]);
    expect(values.map(({ value, code }) => [value, code])).toEqual([
      ["Black/African.", "BAFR"],
      ["European", ""],
      ["W.", ""],
      ["White-British", "WBRI"],
    ]);
  });

  test("spellings of one place are brought together, the usual one first", () => {
    const { values } = proposeValues([
      file(
        "a.csv",
        "court|practitioner",
        "King's Lynn|A Smith",
        "King's Lynn|a smith",
        "King’s Lynn|A Smith",
        "LEEDS|",
        "Leeds|",
      ),
    ]);
    expect(values).toEqual([
      { field: "court", value: "King’s Lynn", count: 1, code: "King's Lynn" },
      { field: "court", value: "LEEDS", count: 1, code: "Leeds" },
    ]);
  });

  test("spellings meet by letters and digits, but one without any stands alone", () => {
    const { values } = proposeValues([
      file("a.csv", "team", "St. Albans & Luton", "St Albans and Luton", "St Albans and Luton", "?", "-"),
    ]);
    expect(values).toEqual([
      { field: "team", value: "St. Albans & Luton", count: 1, code: "St Albans and Luton" },
    ]);
  });

  test("unknown values that differ in punctuation keep a line each: a value map tells them apart", () => {
    const { values } = proposeValues([file("a.csv", "disability", "n.k.", "n k")]);
    expect(values.map(({ value }) => value)).toEqual(["n k", "n.k."]);
  });

  test("the plan does not say that all is known where values are not listed", () => {
    const names = Array.from({ length: 61 }, (_, i) => `Name ${i}`);
    const text = planText(
      propose([file("a.csv", "child ID|gender", ...names.map((name, i) => `${i}|${name}`))]),
      {
        title: "T",
        valueMap: "m.csv",
      },
    ).replaceAll("\n# ", " ");
    expect(text).not.toContain("is known.");
    expect(text).toContain("DECIDE: gender has 61 unknown values in 61 rows, which look like free text");
  });

  test("free text in a coded column is counted and not repeated", () => {
    const notes = Array.from({ length: 61 }, (_, i) => `remark ${i}`);
    const { values, unlisted } = proposeValues([file("a.csv", "disability", "Y", ...notes)]);
    expect(values).toEqual([]);
    expect(unlisted).toEqual([{ field: "disability", distinct: 61, count: 61 }]);
  });
});

describe("unit id", () => {
  test("case and child id, where both are there; repeated ids are counted, also across files", () => {
    const a = file("a.csv", "case ID|child ID|law type", "1|1|public", "1|2|public", "2|1|public");
    expect(proposeUnitId([a])).toMatchObject({
      parts: ["case_id", "child_id"],
      rows: 3,
      repeated: 0,
      blank: 0,
    });
    const b = file("b.csv", "case ID|child ID|law type", "2|1|public", "|3|public");
    expect(proposeUnitId([a, b])).toMatchObject({ rows: 5, repeated: 1, acrossFiles: 1, blank: 1 });
  });

  test("without a child id children are numbered in their case", () => {
    expect(proposeUnitId([file("a.csv", "case ID|gender", "1|M", "1|F", "2|F")])).toMatchObject({
      parts: ["case_id", "child_ordinal"],
      repeated: 0,
    });
    expect(proposeUnitId([file("a.csv", "case ID|gender", "1|M", "2|F")]).parts).toEqual(["case_id"]);
  });

  test("what would tell repeated ids apart is named", () => {
    const found = proposeUnitId([file("a.csv", "child ID|URN|LS", "1|7|C2", "1|8|C2", "2|9|C2")]);
    expect(found).toMatchObject({ parts: ["child_id"], repeated: 1, acrossFiles: 0, helpful: ["URN"] });
  });

  test("a trailing .0 goes where the whole column is digits; leading zeros stay", () => {
    const same = file("a.csv", "child ID", "7.0", "7");
    expect(proposeUnitId([same]).repeated).toBe(1);
    expect(proposeUnitId([file("a.csv", "child ID", "007", "7")]).repeated).toBe(0);
  });

  test("an id that a spreadsheet would run asks for a prefix", () => {
    expect(proposeUnitId([file("a.csv", "child ID", "-1", "2")]).prefix).toBe(true);
  });
});

describe("several files", () => {
  const open = file(
    "open.csv",
    "case ID|child ID|gender|law type|court|closed date",
    "1|1|F|public|Leeds|",
    "2|1|M|public|York|",
  );
  const closed = file(
    "closed.csv",
    "case ID|child ID|gender|law type|court|Date closed",
    "3|1|F|public|Leeds|01/11/2026",
  );

  test("files of one shape are stacked, whatever a header is called", () => {
    expect(relateFiles([open, closed]).data).toEqual([open, closed]);
  });

  test("a file with the case id is joined; its keys are tested both ways", () => {
    const factors = file("factors.csv", "case ID|Factor", "1|Neglect", "1|Abuse", "9|Neglect");
    expect(relateFiles([open, factors]).joins).toMatchObject([
      { key: ["case_id"], keys: 2, repeated: 1, dataMatched: 1, dataRows: 2, matched: 2, gives: ["factors"] },
    ]);
  });

  test("the date of which the latest row can be told is proposed, day first", () => {
    const audits = file(
      "audits.csv",
      "case ID|child ID|audit date|audit grade",
      "1|1|02/12/2025|good",
      "1|1|01/11/2026|poor",
      "2|1|01/01/2026|good",
    );
    const { joins } = relateFiles([open, audits]);
    expect(joins[0]).toMatchObject({
      key: ["case_id", "child_id"],
      repeated: 1,
      latest: { header: "audit date", ties: 0 },
    });
    const text = planText(propose([open, audits]), { title: "T", valueMap: "m.csv" });
    const plan = parsePlan(text, { file: "plan.yaml" });
    expect(plan.joins[0]).toMatchObject({
      many: { latest: "audit_date" },
      columns: { audit_date: "audit date" },
    });
    expect(plan.fields).toEqual({ audit_date: { column: "audit date", type: "date" } });
  });

  test("a file with each court once is looked up; one that tells nothing new is not used", () => {
    const courts = file("courts.csv", "Court name|Region", "leeds|North", "York|North", "Hull|North");
    const found = relateFiles([open, courts, file("again.csv", "court", "Leeds")]);
    expect(found.lookups).toMatchObject([{ from: "court", gives: ["region"], values: 2, matched: 2 }]);
    expect(found.unused).toMatchObject([
      { why: "none of its columns is a standard field that the data lack" },
    ]);
  });

  test("a file that is not used says why: what it shares, or that it shares nothing", () => {
    const data = file("a.csv", "child ID|practitioner|law type", "1|P1|public", "2|P2|public");
    const hours = file("hours.csv", "practitioner|Hours", "P1|30", "P2|37");
    const supervision = file("supervision.csv", "practitioner|Held on", "P1|01/02/2026", "P1|01/03/2026");
    const other = file("other.csv", "Hours", "3");
    expect(relateFiles([data, hours, supervision, other]).unused.map(({ why }) => why)).toEqual([
      "none of its columns is a standard field that the data lack",
      "it has several rows for one practitioner, which it shares with the data",
      "it shares no id, no place and no person with the data",
    ]);
  });

  test("a reference date that only a file outside the plan tells says so", () => {
    const data = file(
      "a.csv",
      "child ID|law type|application date",
      "1|public|02/03/2026",
      "2|private|01/02/2026",
    );
    const hours = (key: string) => file("b.csv", `${key}|date left`, "1|16/11/2026", "2|01/11/2026");
    const outside = propose([data, hours("case worker")]).reference;
    expect(outside).toMatchObject({
      date: "2026-11-16",
      evidence:
        'the last day on which anything is recorded, in "date left" (b.csv), a file that the plan does not read',
    });
    const text = planText(propose([data, hours("case worker")]), { title: "T", valueMap: "m.csv" });
    expect(text.replaceAll("\n# ", " ")).toContain("(b.csv), a file that the plan does not read.");
    const joined = file("c.csv", "child ID|closed date", "1|16/11/2026", "2|01/11/2026");
    expect(propose([data, joined]).reference.evidence).toMatch(/\(c\.csv\)$/);
  });

  test("columns of a joined or looked-up file that the plan takes nothing from are named", () => {
    const audits = file(
      "audits.csv",
      "case ID|child ID|audit date|audit grade|court",
      "1|1|02/12/2025|good|York",
    );
    const courts = file("courts.csv", "court|Region|Judges", "Leeds|North|4", "York|North|2");
    const text = planText(propose([open, audits, courts]), { title: "T", valueMap: "m.csv" });
    expect(text).toContain('# Not read: "audit date", "court" (court comes from another file).');
    expect(text).toContain('# Not read: "Judges".');
  });

  test("the latest row goes by the day, as a run does: two times of one day tell no row apart", () => {
    const audits = file(
      "audits.csv",
      "case ID|audit date|audit grade",
      "1|2026-11-01 09:00|good",
      "1|1 Nov 2026|poor",
      "2|2026-01-01 10:00|good",
    );
    expect(relateFiles([open, audits]).joins[0]?.latest).toEqual({ header: "audit date", ties: 1 });
  });

  const planOf = (...files: ReturnType<typeof file>[]) =>
    parsePlan(planText(propose(files, "2026-11-16"), { title: "T", valueMap: "m.csv" }), { file: "p" });
  const work = (path: string, header: string, gives: string, ...keys: string[]) =>
    file(path, `child ID|${header}|${gives}`, ...keys.map((key, at) => `${key}|0${at + 1}/02/2025|${path}`));
  const children = file("a.csv", "child ID|law type|gender", "1|public|F", "2|private|M", "3|private|M");

  test("a date that only may be a field chooses a row under a name of its own, and each join has its own", () => {
    const plan = planOf(
      children,
      work("b.csv", "Case start date", "practitioner", "1", "1"),
      work("c.csv", "Case start date", "team", "1", "1"),
    );
    expect(plan.joins.map(({ many }) => many)).toEqual([
      { latest: "case_start_date" },
      { latest: "case_start_date_2" },
    ]);
    expect(plan.fields).toEqual({
      case_start_date: { column: "Case start date", type: "date" },
      case_start_date_2: { column: "Case start date", type: "date" },
    });
  });

  test("a date that the data give too chooses a row without taking the data's place", () => {
    const data = file("a.csv", "child ID|application date|gender", "1|01/01/2024|F", "2|02/01/2024|M");
    const history = work("b.csv", "application date", "practitioner", "1", "1");
    const plan = planOf(data, history);
    const frame = buildFrame({ plan, data: [data.table], joins: [history.table], lookups: [] });
    expect(plan.joins[0]?.many).toEqual({ latest: "application_date_2" });
    expect(valuesOf(frame, "application_date")).toEqual({ 1: "2024-01-01", 2: "2024-01-02" });
  });

  test("only a key of the data that stands in several rows needs a choice among them", () => {
    const plan = planOf(children, file("b.csv", "child ID|practitioner", "1|A", "2|B", "8|A", "8|B"));
    expect(plan.joins[0]?.many).toBe("error");
  });

  test("a join that is left to be decided adds no field", () => {
    expect(planOf(children, work("b.csv", "Seen on", "practitioner", "8", "8")).fields).toEqual({});
  });

  test("a value is counted where the plan takes it from", () => {
    const data = file("a.csv", "child ID|court|gender", "1|Leeds|Boy?", "2|York|M");
    const more = file("b.csv", "child ID|gender|disability", "1|Boy?|Maybe", "2|Boy?|Y");
    const elsewhere = file("c.csv", "child ID|disability", "8|Perhaps");
    expect(
      propose([data, more, elsewhere]).values.map(({ field, value, count }) => [field, value, count]),
    ).toEqual([
      ["gender", "Boy?", 1],
      ["disability", "Maybe", 1],
    ]);
  });

  test("closures of another sheet of the workbook are none of the data's", () => {
    const sheetOf = (sheet: string, ...lines: string[]) =>
      exportFile("x.xlsx", { ...tableOf("x.xlsx", lines), sheet });
    // A sheet of its own, of referrals whose closures fill the year before those of the data.
    const daysFrom = (first: string): string[] =>
      Array.from({ length: 60 }, (_, at) => isoDate(isoDay(first) + 6 * at));
    const cases = sheetOf(
      "Cases",
      "case ID|child ID|application date|closed date|gender",
      ...[...daysFrom("2025-11-20"), ""].map((day, at) => `${at}|${at}|2025-01-01|${day}|F`),
    );
    const referrals = sheetOf(
      "Referrals",
      "case ID|closed date|Outcome",
      ...daysFrom("2024-11-25").map((day, at) => `${at}|${day}|x`),
    );
    expect(propose([cases], "2026-11-16").window).toMatchObject({ closures: 60 });
    expect(propose([cases, referrals], "2026-11-16").window).toEqual(propose([cases], "2026-11-16").window);
  });

  test("a header that the data and a joined file both have is given by the data", () => {
    const more = file("more.csv", "case ID|child ID|gender|audited", "1|1|F|Y", "2|1|M|N");
    const plan = parsePlan(planText(propose([open, more], "2026-11-16"), { title: "T", valueMap: "m.csv" }), {
      file: "p",
    });
    expect(plan.data[0]?.columns).toEqual({ gender: "gender" });
    expect(plan.joins[0]?.columns).toMatchObject({ audited: "audited" });
  });
});

describe("dates", () => {
  const dated = (header: string, field: string | undefined, ...dates: (readonly [string, number])[]) => ({
    path: "a.csv",
    header,
    field,
    days: dates.map(([date]) => isoDay(date)),
    counts: dates.map(([, count]) => count),
  });

  test("the reference date is the latest of the past; births and hearings ahead do not count", () => {
    const columns = [
      dated("closed date", "closed_date", ["2026-10-01", 3], ["2026-11-14", 2]),
      dated("first hearing date", "first_hearing_date", ["2027-02-01", 9]),
      dated("expected date of birth", undefined, ["2027-03-01", 9]),
    ];
    expect(proposeReferenceDate(columns)).toMatchObject({ date: "2026-11-14", later: 0 });
  });

  test("a few dates far after all others are taken for errors, and counted", () => {
    const usual = dated("application date", "application_date", ["2026-11-10", 900], ["2062-11-10", 2]);
    expect(proposeReferenceDate([usual])).toMatchObject({ date: "2026-11-10", later: 2 });
    const many = dated("application date", "application_date", ["2026-11-10", 90], ["2062-11-10", 8]);
    expect(proposeReferenceDate([many])).toMatchObject({ date: "2062-11-10" });
  });

  test("in a small export too: the further apart, the fewer rows it takes; of a handful nobody can tell", () => {
    const of = (rows: number, last: string, others = "2026-07-01") =>
      proposeReferenceDate([dated("closed date", "closed_date", [others, rows], [last, 1])]);
    expect(of(100, "2066-03-01")).toMatchObject({ date: "2026-07-01", later: 1 });
    expect(of(19, "2066-03-01")).toMatchObject({ date: "2026-07-01", later: 1 });
    // Seven months after the rest is nothing unusual in a hundred rows.
    expect(of(100, "2027-02-01")).toMatchObject({ date: "2027-02-01", later: 0 });
    const few = of(5, "2066-03-01");
    expect(few.date).toBeUndefined();
    expect(few.evidence).toBe('one date, in "closed date" (a.csv), lies years after all others');
    expect(of(5, "2027-02-01").date).toBe("2027-02-01");
  });

  test("a trickle of dates in the weeks after a steady flow is taken for errors", () => {
    // Ten a day from 1 August to 16 November; then 3 in 40 days, where the flow would have brought 400.
    const start = Date.UTC(2026, 7, 1) / 86_400_000;
    const flow = Array.from({ length: 108 }, (_, day): [string, number] => [
      new Date((start + day) * 86_400_000).toISOString().slice(0, 10),
      10,
    ]);
    const of = (...after: [string, number][]) =>
      proposeReferenceDate([dated("activity", "last_activity_date", ...flow, ...after)]);
    expect(flow.at(-1)?.[0]).toBe("2026-11-16");
    expect(of()).toMatchObject({ date: "2026-11-16", later: 0 });
    expect(of(["2026-11-30", 2], ["2026-12-26", 1])).toMatchObject({ date: "2026-11-16", later: 3 });
    // Less than four weeks on it may be a holiday: one date on 13 December, none before.
    expect(of(["2026-12-13", 1])).toMatchObject({ date: "2026-12-13", later: 0 });
    expect(of(["2026-12-14", 1])).toMatchObject({ date: "2026-11-16", later: 1 });
    // More than 1 in 200 rows are no errors of typing.
    expect(of(["2026-11-30", 2], ["2026-12-26", 4])).toMatchObject({ date: "2026-12-26", later: 0 });
  });

  test("a last date before children were born is no reference date; an unborn child and a typing error are", () => {
    const left = dated("date left", undefined, ["2014-10-12", 1]);
    const of = (birth: string, rows: number, after = 1) =>
      proposeReferenceDate([left, dated("DOB", "date_of_birth", ["2012-01-01", rows], [birth, after])]);
    const early = of("2019-05-04", 4);
    expect(early.date).toBeUndefined();
    expect(early.evidence).toBe(
      'the last day on which anything is recorded, 2014-10-12 in "date left" (a.csv), lies before the birth of 1 row',
    );
    // 42 weeks on is 2 August 2015.
    expect(of("2015-08-02", 4).date).toBe("2014-10-12");
    expect(of("2015-08-03", 4).date).toBeUndefined();
    expect(of("2019-05-04", 199).date).toBe("2014-10-12");
    expect(of("2019-05-04", 198).date).toBeUndefined();
  });

  test("births alone say no reference date", () => {
    const { date, evidence } = proposeReferenceDate([dated("DOB", "date_of_birth", ["2016-03-01", 5])]);
    expect(date).toBeUndefined();
    expect(evidence).toBe("the only dates are of births, which do not tell when the data were extracted");
  });

  test("a window is suggested where closures run on to the end beside open cases", () => {
    const closed = dated(
      "closed",
      "closed_date",
      ["2026-01-05", 1],
      ["2026-10-01", 2],
      ["2026-10-20", 3],
      ["2026-11-12", 4],
    );
    expect(suggestWindow(closed, 50, "2026-11-16")).toEqual({
      from: "2026-10-01",
      to: "2026-11-16",
      closures: 9,
      open: 50,
      earlier: 1,
    });
    // 12 November and 28 days is 10 December; on the day after, closures have stopped.
    expect(suggestWindow(closed, 50, "2026-12-10")).toMatchObject({ to: "2026-12-10" });
    expect(suggestWindow(closed, 50, "2026-12-11")).toEqual({
      none:
        "Closing dates stop on 2026-11-12, 29 days before the reference date, though 50 rows are open: ask the data's " +
        "owner whether closures since are left out.",
    });
    expect(suggestWindow(closed, 0, "2026-11-16")).toMatchObject({ none: expect.stringContaining("closed") });
    expect(suggestWindow(undefined, 50, "2026-11-16")).toMatchObject({
      none: expect.stringContaining("open cases"),
    });
  });
});

describe("the plan's text", () => {
  test.each([
    "Child's: need, [1]",
    "yes",
    "#N/A",
    "007",
    "a # b",
    "- x",
    'say "x"',
    "nbsp\u00a0here",
    "",
    "…",
    "true",
    "Öffnung",
  ])("%j is written so that a plan reads the same", (header) => {
    if (header === "") return;
    const text = `casedraw: 1\ntitle: ${scalar(header)}\nreference_date: 2026-11-16\nunit_id: case_id\ndata: [{ path: a.csv }]\ncolumns: { case_id: ${scalar(header)} }\n`;
    const plan = parsePlan(text, { file: "p" });
    expect(plan).toMatchObject({ title: header, columns: { case_id: header } });
  });

  test("nothing that is only suggested is active", () => {
    const text = planText(
      propose([
        file(
          "a.csv",
          "child ID|DECOM|Area|law type",
          "1|01/02/2024|North|public",
          "2|03/02/2024|South|private",
        ),
      ]),
      { title: "T", valueMap: "m.csv" },
    );
    const plan = parsePlan(text, { file: "p" });
    expect(plan.columns).toEqual({ child_id: "child ID", law_type: "law type" });
    expect(plan.observed).toBeUndefined();
    expect(plan.cohort).toEqual({ include: {}, exclude: {} });
    expect(text).toContain("  # application_date: DECOM\n");
    expect(text).toContain("  # service_area: Area\n");
    expect(text).toContain("  # region: Area\n");
  });

  test("columns of yes and no are offered as flags of factors, and work", () => {
    const a = file("a.csv", "child ID|Neglect (Y/N)|Domestic abuse|Seen|N", "1|Y|No|yes|5", "2|N|Yes|yes|6");
    const text = planText(propose([a], "2026-11-16"), { title: "T", valueMap: "m.csv" });
    expect(parsePlan(text, { file: "p" }).columns.factors).toBeUndefined();
    const plan = parsePlan(text.replace("  # factors:", "  factors:"), { file: "p" });
    expect(plan.columns.factors).toEqual({
      flags: { neglect: "Neglect (Y/N)", domestic_abuse: "Domestic abuse" },
    });
  });

  test("what is left to be decided is right once the # is taken away", () => {
    const text = planText(
      propose([
        file(
          "a.csv",
          "child ID|DECOM|DEC|kind: of, home",
          "1|01/02/2024||x",
          "2|03/02/2024||x",
          "3|03/02/2024||y",
          "4|03/02/2024||y",
        ),
        file("b.csv", "child ID|Final order date", "1|01/05/2024"),
      ]),
      { title: "T", valueMap: "m.csv" },
    );
    const decided = text
      .replace("  # application_date", "  application_date")
      .replace(/^# (fields:|joins:|cohort:| {2})/gm, "$1")
      .replace("    columns: { child_id: child ID, closed_date", "    columns: { closed_date");
    const plan = parsePlan(decided, { file: "p" });
    expect(plan.columns.application_date).toBe("DECOM");
    expect(plan.fields).toMatchObject({ kind_of_home: { column: "kind: of, home", type: "category" } });
    expect(plan.joins).toMatchObject([
      { path: "b.csv", key: ["child_id"], columns: { closed_date: "Final order date" } },
    ]);
  });
});

test("a mark tells an edited file from one as it was written", () => {
  const plan = markPlan("casedraw: 1\n");
  expect(isUnedited(plan, "plan")).toBe(true);
  expect(isUnedited(plan.replace("1", "2"), "plan")).toBe(false);
  expect(isUnedited(`${plan}# more\n`, "plan")).toBe(false);
  expect(isUnedited("casedraw: 1\n", "plan")).toBe(false);
  expect(isUnedited("", "plan")).toBe(false);
  expect(isUnedited(plan, "csv")).toBe(false);
  const csv = markCsv("field,value,count,code\ngender,Boy,2,\n");
  expect(csv).toMatch(/,,,\n$/);
  expect(isUnedited(csv, "csv")).toBe(true);
  expect(isUnedited(csv, "plan")).toBe(false);
  expect(isUnedited(csv.replace("Boy,2,", "Boy,2,male"), "csv")).toBe(false);
});
