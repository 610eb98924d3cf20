import { describe, expect, test } from "vitest";
import { exclusionsOf, frameOf, refusalOf, tableOf, valuesOf } from "../frames.js";

const head = `
casedraw: 1
title: Test
reference_date: 2026-11-16
unit: child
`;
const plan = `${head}
unit_id: [case_id, child_id]
data: [{ path: children.csv }]
columns: { case_id: case ID, child_id: child ID, gender: gender, date_of_birth: dob, closed_date: closed }
`;
const children = (...rows: string[]) =>
  tableOf("children.csv", ["case ID|child ID|gender|dob|closed", ...rows]);

describe("codes", () => {
  test.each([
    ["b) Female", "female"],
    ["Female", "female"],
    ["  FEMALE\u00a0", "female"],
    ["2", "female"],
    ["F", "female"],
    ["a) Male", "male"],
    ["1", "male"],
    ["0", "unknown"],
    ["U", "unknown"],
    ["u) UNKNOWN", "unknown"],
    ["u)", "unknown"],
    ["9", "neither"],
    ["d)", "neither"],
    ["d) Neither/Indeterminate", "neither"],
    ["c)", "not_recorded"],
    ["c) Not stated/recorded (or unborn)", "not_recorded"],
    ["", "not_recorded"],
    ["#N/A", "not_recorded"],
    ["Boyish", "unmapped"],
    ["Female-identifying", "unmapped"],
    ["malevolent", "unmapped"],
    ["2 - Female", "female"],
    ["F: Female", "female"],
    ["c) Unknown", "unknown"], // c) is not stated: neither says anything else
    ["M - F", "unmapped"],
    ["F: M", "unmapped"],
    ["1) 2", "unmapped"],
    ["1-2", "unmapped"],
    ["a) Female", "unmapped"], // a) is male in the lists of Annex A
  ])("gender %j is %s", (raw, code) => {
    const frame = frameOf(plan, { data: [children(`1|1|${raw}||`)] });
    expect(valuesOf(frame, "gender")).toEqual({ "1_1": code });
  });

  const other = `${head}
unit_id: child_id
data: [{ path: x.csv }]
columns: { child_id: id, ethnicity: ethnicity, disability: disability, law_type: law }
`;
  test.each([
    ["a) WBRI", "WBRI", "white"],
    ["WBRI", "WBRI", "white"],
    ["wbri - White British", "WBRI", "white"],
    ["White \u2013 British", "WBRI", "white"],
    ["s) REFU", "REFU", "refused"],
    ["s) NOBT", "NOBT", "not_obtained"],
    ["q) CHNE", "CHNE", "chinese"],
    ["NOBT", "NOBT", "not_obtained"],
    ["Not known", "unknown", "unknown"],
    ["", "not_recorded", "not_recorded"],
    ["N/A", "not_recorded", "not_recorded"],
    ["Klingon", "unmapped", "unmapped"],
  ])("ethnicity %j is %s, in group %s", (raw, code, group) => {
    const frame = frameOf(other, { data: [tableOf("x.csv", ["id|ethnicity|disability|law", `1|${raw}||`])] });
    expect(valuesOf(frame, "ethnicity")).toEqual({ 1: code });
    expect(valuesOf(frame, "ethnic_group")).toEqual({ 1: group });
  });

  test.each([
    ["Y", "yes"],
    ["a) Yes", "yes"],
    ["N", "no"],
    ["b) No", "no"],
    ["c)", "unknown"],
    ["Not known", "unknown"],
    ["NOBT", "unmapped"],
    ["Nobody asked", "unmapped"],
    ["No - Yes", "unmapped"],
    ["N: Y", "unmapped"],
    ["1) No", "unmapped"],
    ["c) Not recorded", "not_recorded"],
  ])("disability %j is %s", (raw, code) => {
    const frame = frameOf(other, { data: [tableOf("x.csv", ["id|ethnicity|disability|law", `1||${raw}|`])] });
    expect(valuesOf(frame, "disability")).toEqual({ 1: code });
  });

  test("a value that no code set knows is counted and listed with its row, and does not stop the work", () => {
    const frame = frameOf(plan, {
      data: [children("1|1|Boyish||", "1|2|b) Female||", "2|1|Boyish||", "3|1|?||")],
    });
    const note = frame.notes.find((each) => each.code === "unmapped-values");
    expect(note?.count).toBe(3);
    expect(note?.details.values).toEqual([
      { value: "Boyish", count: 2, row: 2 },
      { value: "?", count: 1, row: 5 },
    ]);
    expect(frame.eligible.length).toBe(4);
  });

  test("the plan's values come first, in any case and spacing; a code that does not exist is refused", () => {
    const mapped = (code: string) => `${plan}values: { gender: { "Boyish": ${code} } }\n`;
    const frame = frameOf(mapped("male"), { data: [children("1|1| BOYISH ||")] });
    expect(valuesOf(frame, "gender")).toEqual({ "1_1": "male" });
    const error = refusalOf(() => frameOf(mapped("mail"), { data: [children("1|1|x||")] }));
    expect(error.code).toBe("VALUE_CODE_UNKNOWN");
    expect(error.message).toContain('Did you mean "male"?');
  });
});

describe("unit ids", () => {
  test("parts are trimmed, joined by an underscore, and leading zeros stay", () => {
    expect(frameOf(plan, { data: [children(" 008453|2 |||")] }).ids).toEqual(["008453_2"]);
  });

  test("a trailing .0 goes only where the whole column is digits", () => {
    expect(frameOf(plan, { data: [children("12.0|1|||", "13|1|||")] }).ids).toEqual(["12_1", "13_1"]);
    expect(frameOf(plan, { data: [children("12.0|1|||", "A13|1|||")] }).ids).toEqual(["12.0_1", "A13_1"]);
  });

  test("a repeated id is an error that lists both places", () => {
    const error = refusalOf(() => frameOf(plan, { data: [children("1|1|||", "2|1|||", "1|1|||")] }));
    expect(error.code).toBe("UNIT_ID_DUPLICATE");
    expect(error.message).toContain("1_1 (children.csv, row 2 and children.csv, row 4)");
  });

  test("where a joined file has one row a unit, the refusal says that it goes under data", () => {
    const joined = (many: string): string => `casedraw: 1
title: T
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: episodes.csv }]
joins: [{ path: header.csv, key: child_id, many: ${many}, columns: { child_id: id, gender: sex } }]
columns: { child_id: id }
`;
    const messageOf = (many: string, ids: readonly string[]): string =>
      refusalOf(() =>
        frameOf(joined(many), {
          data: [tableOf("episodes.csv", ["id", ...ids])],
          joins: [tableOf("header.csv", ["id|sex", "1|F", "2|M"])],
        }),
      ).message;
    const advice =
      "header.csv has one row for each child_id: if a unit may have several rows in episodes.csv, name header.csv under data and the other under joins.";
    expect(messageOf("error", ["1", "1", "2"])).toContain(advice);
    // Nobody knows whether each child stands once in it.
    expect(messageOf("list", ["1", "1", "2"])).not.toContain("under data");
    // One id of eleven is likelier a fault.
    const eleven = Array.from({ length: 11 }, (_, at) => `${at}`);
    expect(messageOf("error", [...eleven, "1"])).not.toContain("under data");
  });

  test("parts that join to the same text are the same id", () => {
    const error = refusalOf(() => frameOf(plan, { data: [children("1|2_3|||", "1_2|3|||")] }));
    expect(error.code).toBe("UNIT_ID_DUPLICATE");
  });

  test("a blank part, a control character and a formula are refused with their row", () => {
    expect(refusalOf(() => frameOf(plan, { data: [children("1|1|||", "1|#N/A|||")] })).details).toMatchObject(
      {
        field: "child_id",
        rows: [3],
      },
    );
    expect(refusalOf(() => frameOf(plan, { data: [children("1\u0007|1|||")] })).code).toBe("UNIT_ID_UNSAFE");
    const formula = refusalOf(() => frameOf(plan, { data: [children("+1|1|||")] }));
    expect(formula.code).toBe("UNIT_ID_UNSAFE");
    expect(formula.message).toContain("unit_id_prefix");
    expect(frameOf(`${plan}unit_id_prefix: C\n`, { data: [children("+1|1|||")] }).ids).toEqual(["C+1_1"]);
  });
});

describe("child_ordinal", () => {
  const annexA = `${head}
unit_id: [case_id, child_ordinal]
data: [{ path: children.csv }]
columns: { case_id: case ID, gender: gender, date_of_birth: dob, team: team }
`;
  const list = (...rows: string[]) => tableOf("children.csv", ["case ID|gender|dob|team", ...rows]);

  test("by date of birth, blank last, then by the other fields in byte order of their names", () => {
    const frame = frameOf(annexA, {
      data: [list("7|F||B", "7|M|01/01/2015|B", "7|F|01/01/2012|B", "7|F|01/01/2015|Z", "8|M||A")],
    });
    expect(valuesOf(frame, "date_of_birth")).toEqual({
      "7_1": "2012-01-01",
      "7_2": "2015-01-01",
      "7_3": "2015-01-01",
      "7_4": "",
      "8_1": "",
    });
    // `gender` comes before `team`: female is 7_2 although her team sorts last.
    expect(valuesOf(frame, "gender")).toMatchObject({ "7_2": "female", "7_3": "male" });
  });

  test("does not depend on the order of rows", () => {
    const rows = ["7|F||B", "7|M|01/01/2015|B", "7|F|01/01/2012|B", "7|F|01/01/2015|Z", "8|M||A"];
    const one = frameOf(annexA, { data: [list(...rows)] });
    const two = frameOf(annexA, { data: [list(...rows.toReversed())] });
    for (const name of ["team", "gender", "date_of_birth"])
      expect(valuesOf(two, name)).toEqual(valuesOf(one, name));
  });

  test("rows that agree in everything are reported with both places", () => {
    const frame = frameOf(annexA, { data: [list("7|F|01/01/2015|B", "7|b) Female|2015-01-01|B")] });
    const note = frame.notes.find((each) => each.code === "identical-children");
    expect(note?.count).toBe(1);
    expect(note?.text).toContain("children.csv, row 2 and children.csv, row 3");
    expect(frame.ids).toEqual(["7_1", "7_2"]);
  });

  test("counts over all rows read, so an excluded sibling keeps its number", () => {
    const frame = frameOf(`${annexA}cohort: { include: { gender: [male] } }\n`, {
      data: [list("7|F|01/01/2012|B", "7|M|01/01/2015|B")],
    });
    expect([...frame.eligible].map((unit) => frame.ids[unit])).toEqual(["7_2"]);
  });
});

test("a date of birth that cannot be read is not repeated, another date is", () => {
  const refused = (row: string) => refusalOf(() => frameOf(plan, { data: [children(row)] })).message;
  expect(refused("1|1|F|31/02/2015|")).toContain("99/99/9999 (children.csv, row 2");
  expect(refused("1|1|F||31/02/2015")).toContain('"31/02/2015" (children.csv, row 2');
});

describe("age and delay", () => {
  const timed = `${head}
unit_id: child_id
data: [{ path: x.csv }]
columns: { child_id: id, date_of_birth: dob, age_recorded: age, application_date: start, closed_date: end }
sample: { size: 1, strata: [delay_band, delay_is_open] }
cohort: { include: { delay_days: { from: -5000 }, age_years: { from: -9 } } }
`;
  const one = (cells: string) =>
    frameOf(timed, { data: [tableOf("x.csv", ["id|dob|age|start|end", `1|${cells}`])] });

  test.each([
    ["18/05/2026|", "182", "up to 26", "yes"],
    ["17/05/2026|", "183", "over 26 to 52", "yes"],
    ["17/11/2025|", "364", "over 26 to 52", "yes"],
    ["16/11/2025|", "365", "over 52 to 100", "yes"],
    ["16/12/2024|", "700", "over 52 to 100", "yes"],
    ["15/12/2024|", "701", "over 100", "yes"],
    ["01/01/2024|01/07/2024", "182", "up to 26", "no"],
    ["01/01/2024|02/07/2024", "183", "over 26 to 52", "no"],
    ["16/11/2026|17/11/2026", "0", "up to 26", "yes"],
    ["01/07/2024|01/06/2024", "-30", "below 0", "no"],
  ])("delay of %s", (cells, days, band, open) => {
    const frame = one(`||${cells}`);
    expect(valuesOf(frame, "delay_days")).toEqual({ 1: days });
    expect(valuesOf(frame, "delay_band")).toEqual({ 1: band });
    expect(valuesOf(frame, "delay_is_open")).toEqual({ 1: open });
  });

  test.each([
    ["17/11/2026|||", "-1", "unborn"],
    ["16/11/2026|||", "0", "0"],
    ["16/11/2025|||", "1", "1 to 4"],
    ["17/11/2010|||", "15", "10 to 15"],
    ["16/11/2010|||", "16", "16 and over"],
    ["|6.138||", "6", "5 to 9"],
    ["|-1||", "-1", "unborn"],
    ["01/01/2020|12||", "6", "5 to 9"],
  ])("age of %s", (cells, years, band) => {
    const start = "01/01/2026";
    const [dob, age] = cells.split("|");
    const frame = one(`${dob}|${age}|${start}|`);
    expect(valuesOf(frame, "age_years")).toEqual({ 1: years });
    expect(valuesOf(frame, "age_band")).toEqual({ 1: band });
  });

  test("a blank start or birth is not recorded", () => {
    const frame = frameOf(timed.replace(/cohort:.*\n/, ""), {
      data: [tableOf("x.csv", ["id|dob|age|start|end", "1||||"])],
    });
    expect(valuesOf(frame, "delay_band")).toEqual({ 1: "not_recorded" });
    expect(valuesOf(frame, "age_band")).toEqual({ 1: "not_recorded" });
  });
});

describe("cohort", () => {
  test("each exclusion under the first reason that applies; the identity holds", () => {
    const frame = frameOf(
      `${plan.replace("closed_date: closed", "closed_date: closed, law_type: law, application_date: start")}
cohort:
  include: { closed_date: { blank: true }, law_type: [public] }
  exclude: { gender: [male] }
  active_within_months: 6
  exclude_ids: out.csv
`,
      {
        data: [
          tableOf("children.csv", [
            "case ID|child ID|gender|dob|closed|law|start",
            "1|1|F|||public|16/05/2026",
            "1|2|F|||public|15/05/2026",
            "1|3|M|||public|16/11/2026",
            "1|4|F|||private|16/11/2026",
            "1|5|F||01/11/2026|private|16/11/2026",
            "1|6|M||01/11/2026|public|16/11/2026",
            "1|7|F|||public|17/11/2026",
            "1|8|F|||public|",
          ]),
        ],
        excludeIds: tableOf("out.csv", ["unit_id|reason", "1_6|conflict of interest", "9_9|moved"]),
      },
    );
    expect(exclusionsOf(frame)).toEqual({
      "1_2": "active_within_months",
      "1_3": "exclude: gender",
      "1_4": "include: law_type",
      "1_5": "include: closed_date",
      "1_6": "exclude_ids",
      "1_7": "active_within_months",
      "1_8": "active_within_months",
    });
    const excluded = frame.exclusion.reasons.reduce((sum, { count }) => sum + count, 0);
    const { rowsRead, superseded, folded } = frame.accounting;
    expect(rowsRead).toBe(frame.eligible.length + excluded + superseded + folded);
    expect(frame.notes.find((note) => note.code === "exclude-ids-unmatched")?.details).toEqual({
      unit_ids: ["9_9"],
    });
  });

  test("closed in the fortnight before the reference date, both ends in", () => {
    const frame = frameOf(`${plan}cohort: { closed_within_days: 14 }\n`, {
      data: [
        children("1|1|||02/11/2026", "1|2|||01/11/2026", "1|3|||16/11/2026", "1|4|||17/11/2026", "1|5|||"),
      ],
    });
    expect([...frame.eligible].map((unit) => frame.ids[unit])).toEqual(["1_1", "1_3"]);
  });

  test("a value of the cohort that no unit has is said; a code that does not exist is refused", () => {
    const team = plan.replace("gender: gender,", "gender: gender, case_type: type,");
    const data = [
      tableOf("children.csv", [
        "case ID|child ID|gender|dob|closed|type",
        "1|1||||Safeguarding  Letter only",
      ]),
    ];
    const kept = frameOf(`${team}cohort: { exclude: { case_type: [safeguarding letter only, s8] } }\n`, {
      data,
    });
    expect(kept.eligible.length).toBe(0);
    expect(kept.notes.find((note) => note.code === "cohort-value-absent")?.details).toMatchObject({
      values: ["s8"],
    });
    const error = refusalOf(() =>
      frameOf(`${plan}cohort: { include: { gender: [femal] } }\n`, { data: [children("1|1|||")] }),
    );
    expect(error.code).toBe("CONDITION_UNSUITABLE");
    expect(error.message).toContain('Did you mean "female"?');
  });
});

describe("several files", () => {
  const two = `${head}
unit_id: [case_id, child_id]
data: [{ path: open.csv }, { path: closed.csv, columns: { closed_date: Date closed } }]
columns: { case_id: case ID, child_id: child ID, gender: gender, closed_date: closed }
`;
  const open = (...rows: string[]) => tableOf("open.csv", ["case ID|child ID|gender|closed", ...rows]);
  const closed = (...rows: string[]) =>
    tableOf("closed.csv", ["case ID|child ID|gender|Date closed", ...rows]);

  test("stack, each with its own headers", () => {
    const frame = frameOf(two, { data: [open("1|1|F|"), closed("2|1|M|01/02/2026")] });
    expect(valuesOf(frame, "closed_date")).toEqual({ "1_1": "", "2_1": "2026-02-01" });
    expect(frame.accounting.rowsRead).toBe(2);
  });

  test("the same unit in both is an error, or superseded by the last file", () => {
    const data = [open("1|1|F|", "1|2|F|"), closed("1|1|M|01/02/2026")];
    const error = refusalOf(() => frameOf(two, { data }));
    expect(error.code).toBe("UNIT_ID_DUPLICATE");
    expect(error.message).toContain("open.csv, row 2 and closed.csv, row 2");
    const frame = frameOf(`${two}prefer: last_file\n`, { data });
    expect(valuesOf(frame, "gender")).toEqual({ "1_1": "male", "1_2": "female" });
    expect(frame.accounting).toEqual({ rowsRead: 3, superseded: 1, folded: 0 });
  });

  test("a header that one file lacks is an error until the plan says that it has none", () => {
    const bare = tableOf("open.csv", ["case ID|child ID|gender", "1|1|F"]);
    const data = [bare, closed("2|1|M|01/02/2026")];
    const error = refusalOf(() => frameOf(two, { data }));
    expect(error.code).toBe("FIELD_NOT_FOUND");
    expect(error.message).toContain('open.csv has no column "closed"');
    expect(error.message).toContain('write closed_date: ""');
    const said = two.replace("{ path: open.csv }", '{ path: open.csv, columns: { closed_date: "" } }');
    expect(valuesOf(frameOf(said, { data }), "closed_date")).toEqual({ "1_1": "", "2_1": "2026-02-01" });
  });
});

describe("joins", () => {
  const joined = (many: string) => `${head}
unit_id: child_id
data: [{ path: x.csv }]
joins: [{ path: episodes.csv, key: child_id, many: ${many}, columns: { application_date: start, case_type: type } }]
columns: { child_id: id, gender: gender }
`;
  const data = [tableOf("x.csv", ["id|gender", "1|F", "2|M", "3|F"])];
  const episodes = (...rows: string[]) => [tableOf("episodes.csv", ["id|start|type", ...rows])];

  test("latest and earliest by a date; unmatched rows and keys are counted", () => {
    const joins = episodes("1|01/02/2024|a", "1|01/03/2024|b", "1||c", "2|01/01/2024|d", "9|01/01/2020|e");
    const latest = frameOf(joined("{ latest: application_date }"), { data, joins });
    expect(valuesOf(latest, "case_type")).toEqual({ 1: "b", 2: "d", 3: "not_recorded" });
    const earliest = frameOf(joined("{ earliest: application_date }"), { data, joins });
    expect(valuesOf(earliest, "case_type")).toEqual({ 1: "a", 2: "d", 3: "not_recorded" });
    expect(latest.notes.map(({ code, count }) => [code, count])).toEqual([
      ["join-rows-unmatched", 1],
      ["join-keys-unmatched", 1],
    ]);
    expect(latest.matched.joins).toEqual([4]);
  });

  test("a tie, and several rows where one was expected, are errors with both rows", () => {
    const tie = episodes("1|01/03/2024|a", "1|01/03/2024|b");
    const error = refusalOf(() => frameOf(joined("{ latest: application_date }"), { data, joins: tie }));
    const blank = refusalOf(() =>
      frameOf(joined("{ latest: application_date }"), { data, joins: episodes("1||a", "1||b") }),
    );
    expect(blank.code).toBe("JOIN_TIE");
    expect(blank.message).toContain(
      "have no application_date, so neither is the latest application_date for",
    );
    expect(error.code).toBe("JOIN_TIE");
    expect(error.details.rows).toEqual([2, 3]);
    expect(refusalOf(() => frameOf(joined("error"), { data, joins: tie })).code).toBe("JOIN_KEY_DUPLICATE");
  });

  test("list gathers distinct values in byte order", () => {
    const joins = episodes("1|01/03/2024|b", "1|01/03/2024|a", "1||b", "2||");
    const frame = frameOf(joined("list"), { data, joins });
    expect(valuesOf(frame, "case_type")).toEqual({ 1: "a\u001eb", 2: "", 3: "" });
  });

  test("a mapped header in the data and in the joined file needs one of them named", () => {
    const yaml = `${head}
unit_id: child_id
data: [{ path: x.csv }]
joins: [{ path: episodes.csv, key: child_id }]
columns: { child_id: id, gender: gender }
`;
    const joins = [tableOf("episodes.csv", ["id|gender", "1|M"])];
    expect(refusalOf(() => frameOf(yaml, { data, joins })).code).toBe("FIELD_IN_TWO_FILES");
    const named = yaml.replace("key: child_id", "key: child_id, columns: { gender: gender }");
    expect(valuesOf(frameOf(named, { data, joins }), "gender")).toEqual({
      1: "male",
      2: "not_recorded",
      3: "not_recorded",
    });
  });
});

test("lookups give geography to the frame; values that are not in them are counted and listed", () => {
  const frame = frameOf(
    `${head}
unit_id: child_id
data: [{ path: x.csv }]
lookups: [{ path: courts.csv, from: court, to: { dfj_area: DFJ area, region: Region } }]
columns: { child_id: id, court: Court name }
`,
    {
      data: [tableOf("x.csv", ["id|Court name", "1|Leeds", "2|Leeds ", "3|Nowhere", "4|"])],
      lookups: [tableOf("courts.csv", ["Court|DFJ area|Region", "Leeds|West Yorkshire|Yorkshire"])],
    },
  );
  expect(valuesOf(frame, "region")).toEqual({
    1: "Yorkshire",
    2: "Yorkshire",
    3: "not_recorded",
    4: "not_recorded",
  });
  expect(frame.notes.map(({ code, count }) => [code, count])).toEqual([["lookup-values-unmatched", 1]]);
});

test("values that no lookup has are not repeated where they look like names", () => {
  const people = Array.from({ length: 20 }, (_, at) => `Ann Example ${at}`);
  const long = "A remark about somebody that is far longer than the name of any court is";
  const note = (cells: readonly string[]) =>
    frameOf(
      `${head}
unit_id: child_id
data: [{ path: x.csv }]
lookups: [{ path: courts.csv, from: court, to: { region: Region } }]
columns: { child_id: id, court: Court }
`,
      {
        data: [tableOf("x.csv", ["id|Court", ...cells.map((cell, at) => `${at}|${cell}`)])],
        lookups: [tableOf("courts.csv", ["Court|Region", "Leeds|Yorkshire"])],
      },
    ).notes[0];
  const [names, few] = [note(people), note(["York", "York", long, "Leeds"])];
  expect(JSON.stringify(names)).not.toContain("Example");
  expect(names?.count).toBe(20);
  expect(few?.text).toBe('courts.csv: 3 rows have a court that is not in it: "York" (2 ×).');
  expect(few?.details.values).toEqual([{ value: "York", count: 2 }]);
});

test("a number that a condition names is a number, however it is written", () => {
  const frame = frameOf(
    `${head}
unit_id: child_id
data: [{ path: x.csv }]
columns: { child_id: id }
fields: { visits: { column: visits, type: number } }
cohort: { include: { visits: [7.0, 08, "-0.50"] } }
`,
    { data: [tableOf("x.csv", ["id|visits", "1|7", "2|8.0", "3|-.5", "4|70", "5|"])] },
  );
  expect(exclusionsOf(frame)).toEqual({ 4: "include: visits", 5: "include: visits" });
  expect(frame.notes).toEqual([]);
});

describe("factors", () => {
  const saidOf = (rows: readonly string[], more = "") =>
    frameOf(
      `${head}
unit_id: child_id
data: [{ path: x.csv }]
columns: { child_id: id, factors: { list: Factors, separator: ";" } }
${more}`,
      { data: [tableOf("x.csv", ["id|Factors", ...rows])] },
    ).notes.flatMap(({ code, text }) => (code === "factors-alike" ? [text] : []));

  test("that is said of those in several files too, and of a header that flags one", () => {
    const alike = (columns: string, data: readonly (readonly string[])[]) =>
      frameOf(
        `${head}
unit_id: child_id
data: [{ path: a.csv }, { path: b.csv${columns} }]
columns: { child_id: id, factors: { list: Factors, separator: ";" } }
`,
        { data: data.map((lines, at) => tableOf(at === 0 ? "a.csv" : "b.csv", lines)) },
      ).notes.flatMap(({ code, text }) => (code === "factors-alike" ? [text] : []));
    const under = ["id|Factors", "1|Age <5", "2|Neglect"];
    expect(alike("", [under, ["id|Factors", "3|Age >5", "4|Drugs"]])).toEqual([
      'a.csv, column "Factors" and b.csv, column "Factors": factors that differ in a sign only are counted as one: "Age <5" and "Age >5" (age_5). ' +
        "Where they are not one, give each a code of its own in the plan (values: factors).",
    ]);
    expect(alike("", [under, ["id|Factors", "3|Age <5", "4|neglect"]])).toEqual([]);
    const flagged = (code: string) =>
      alike(`, columns: { factors: { flags: { ${code}: "Age >5" } } }`, [under, ["id|Age >5", "3|Y", "4|N"]]);
    expect(flagged("age_5")).toHaveLength(1);
    expect(flagged("over_5")).toEqual([]);
  });

  test("those that differ in a sign only are counted as one, and that is said", () => {
    const rows = ["1|Child under 5", "2|Age <5; Neglect", "3|Age >5", "4|neglect"];
    expect(saidOf(rows)).toEqual([
      'x.csv, column "Factors": factors that differ in a sign only are counted as one: "Age <5" and "Age >5" (age_5). ' +
        "Where they are not one, give each a code of its own in the plan (values: factors).",
    ]);
    const given = 'values: { factors: { "Age <5": under_5, "Age >5": over_5 } }\n';
    expect(saidOf(rows, given)).toEqual([]);
    expect(
      saidOf(["1|Domestic-abuse", "2|Domestic abuse", "3|domestic_ABUSE ", "4|Domestic (abuse)"]),
    ).toEqual([]);
    const words = Array.from({ length: 61 }, (_, i) => `${i}|Words of ${i} <`);
    expect(saidOf([...words, "99|Words of 1 >"])[0]).toContain(
      "1 code, which may be somebody's words and are not shown",
    );
  });

  test("lists are slugs, distinct and sorted; the plan's values come first", () => {
    const frame = frameOf(
      `${head}
unit_id: child_id
data: [{ path: x.csv }]
columns: { child_id: id, factors: { list: Factors, separator: ";" } }
values: { factors: { "DV": domestic_abuse } }
`,
      { data: [tableOf("x.csv", ["id|Factors", "1|Parental conflict; dv;;Domestic  abuse", "2|"])] },
    );
    expect(valuesOf(frame, "factors")).toEqual({ 1: "domestic_abuse\u001eparental_conflict", 2: "" });
  });

  test("flags", () => {
    const frame = frameOf(
      `${head}
unit_id: child_id
data: [{ path: x.csv }]
columns: { child_id: id, factors: { flags: { neglect: "Neglect (Y/N)", abuse: Abuse } } }
`,
      { data: [tableOf("x.csv", ["id|Neglect (Y/N)|Abuse", "1|Y|yes", "2|N|", "3|n|perhaps", "4||1"])] },
    );
    expect(valuesOf(frame, "factors")).toEqual({ 1: "abuse\u001eneglect", 2: "", 3: "", 4: "abuse" });
    expect(frame.notes.map(({ code, count }) => [code, count])).toEqual([["unmapped-values", 1]]);
  });
});

describe("unit: case", () => {
  const cases = `${head.replace("unit: child", "unit: case")}
unit_id: case_id
data: [{ path: children.csv }]
columns: { case_id: case ID, gender: gender, law_type: law, practitioner: worker, date_of_birth: dob }
`;
  const list = (...rows: string[]) => tableOf("children.csv", ["case ID|gender|law|worker|dob", ...rows]);

  test("children fold into their case: what is theirs becomes a list, what is the case's stays", () => {
    const frame = frameOf(cases, {
      data: [list("7|F|public|A|01/01/2015", "8|M|private|B|", "7|M|public|C|01/01/2019")],
    });
    expect(frame.ids).toEqual(["7", "8"]);
    expect(valuesOf(frame, "gender")).toEqual({ 7: "female\u001emale", 8: "male" });
    expect(valuesOf(frame, "law_type")).toEqual({ 7: "public", 8: "private" });
    expect(valuesOf(frame, "age_band")).toEqual({ 7: "10 to 15\u001e5 to 9", 8: "" });
    expect(valuesOf(frame, "practitioner")).toEqual({ 7: "A\u001eC", 8: "B" });
    expect(frame.notes.map(({ code, count }) => [code, count])).toEqual([["differs-within-case", 1]]);
    expect(frame.accounting).toEqual({ rowsRead: 3, superseded: 0, folded: 1 });
  });

  test("exclusion is judged on the case", () => {
    const frame = frameOf(`${cases}cohort: { include: { gender: [male] } }\n`, {
      data: [list("7|F|public|A|", "7|M|public|A|", "8|F|public|A|")],
    });
    expect(exclusionsOf(frame)).toEqual({ 8: "include: gender" });
  });

  test("a case in two files is an error, or the last file's", () => {
    const stacked = cases.replace("[{ path: children.csv }]", "[{ path: a.csv }, { path: b.csv }]");
    const data = [
      tableOf("a.csv", ["case ID|gender|law|worker|dob", "7|F|public|A|", "7|M|public|A|", "9|F|public|A|"]),
      tableOf("b.csv", [
        "case ID|gender|law|worker|dob",
        "8|F|public|A|",
        "7|F|private|A|",
        "7|F|private|A|",
      ]),
    ];
    expect(refusalOf(() => frameOf(stacked, { data })).code).toBe("UNIT_ID_DUPLICATE");
    const frame = frameOf(`${stacked}prefer: last_file\n`, { data });
    expect(valuesOf(frame, "law_type")).toEqual({ 9: "public", 8: "public", 7: "private" });
    expect(frame.accounting).toEqual({ rowsRead: 6, superseded: 2, folded: 1 });
  });
});
