import { describe, expect, test } from "vitest";
import { exclusionsOf, frameOf, refusalOf, tableOf, valuesOf } from "../frames.js";

const head = "casedraw: 1\ntitle: t\nreference_date: 2026-11-16\n";
const child = `${head}unit_id: child_id\ndata: [{ path: x.csv }]\n`;

describe("cohort", () => {
  test("factors match by their slugs, whether they came from values, flags or the export", () => {
    const yaml = `${child}columns: { child_id: id, factors: { list: f, separator: ";" } }
values: { factors: { "dom ab": "DA" } }
cohort: { exclude: { factors: [DA] } }
`;
    const frame = frameOf(yaml, { data: [tableOf("x.csv", ["id|f", "1|dom ab", "2|neglect", "3|"])] });
    expect(exclusionsOf(frame)).toEqual({ 1: "exclude: factors" });
    const none = frameOf(yaml.replace("[DA]", "[not_recorded]"), {
      data: [tableOf("x.csv", ["id|f", "1|dom ab", "2|neglect", "3|"])],
    });
    expect(exclusionsOf(none)).toEqual({ 3: "exclude: factors" });
  });

  test("more rules than a byte counts", () => {
    const fields = Array.from({ length: 300 }, (_, i) => `f${i}`);
    const yaml = `${child}columns: { child_id: id }
fields: { ${fields.map((name) => `${name}: { column: c, type: category }`).join(", ")} }
cohort: { exclude: { ${fields.map((name, i) => `${name}: [v${i}]`).join(", ")} } }
`;
    const frame = frameOf(yaml, {
      data: [tableOf("x.csv", ["id|c", "1|v255", "2|v256", "3|v299", "4|other"])],
    });
    expect(exclusionsOf(frame)).toEqual({ 1: "exclude: f255", 2: "exclude: f256", 3: "exclude: f299" });
    expect(frame.eligible.length).toBe(1);
  });

  test("numbers: over is above, up_to and from and to include their ends", () => {
    const eligible = (condition: string) => {
      const yaml = `${child}columns: { child_id: id }\nfields: { n: { column: n, type: number } }\ncohort: { include: { n: ${condition} } }\n`;
      const frame = frameOf(yaml, { data: [tableOf("x.csv", ["id|n", "1|1", "2|2", "3|3", "4|"])] });
      return [...frame.eligible].map((unit) => frame.ids[unit]);
    };
    expect(eligible("{ over: 1, up_to: 3 }")).toEqual(["2", "3"]);
    expect(eligible("{ from: 2, to: 3 }")).toEqual(["2", "3"]);
    expect(eligible("{ over: 2 }")).toEqual(["3"]);
    expect(eligible("{ blank: true }")).toEqual(["4"]);
  });
});

describe("fields of several values", () => {
  const joined = (
    strata: string,
  ) => `${child}joins: [{ path: j.csv, key: child_id, many: list, columns: { closed_date: end } }]
columns: { child_id: id, application_date: start }
sample: { size: 1, strata: [${strata}] }
`;
  const tables = {
    data: [tableOf("x.csv", ["id|start", "1|01/01/2024"])],
    joins: [tableOf("j.csv", ["id|end", "1|01/02/2024", "1|01/02/2026"])],
  };

  test("no delay is worked out from several end dates: refused where the plan names it, left out elsewhere", () => {
    const error = refusalOf(() => frameOf(joined("delay_band"), tables));
    expect(error.code).toBe("DESIGN_FIELD_LIST");
    expect(error.details).toEqual({ field: "delay_band", source: "closed_date" });
    expect(frameOf(joined("").replace("strata: []", "strata: []"), tables).fields.has("delay_band")).toBe(
      false,
    );
  });

  test("they may be blank or not, and nothing else that needs one value", () => {
    const blank = `${joined("")}cohort: { exclude: { closed_date: { blank: false } } }\n`;
    expect(exclusionsOf(frameOf(blank, tables))).toEqual({ 1: "exclude: closed_date" });
    const closed = `${joined("")}cohort: { closed_within_days: 14 }\n`;
    expect(refusalOf(() => frameOf(closed, tables)).code).toBe("CONDITION_UNSUITABLE");
  });
});

describe("unit: case", () => {
  const cases = `${head}unit: case\nunit_id: case_id\ndata: [{ path: x.csv }]
columns: { case_id: case, law_type: law, application_date: start, closed_date: end }
`;
  const table = tableOf("x.csv", [
    "case|law|start|end",
    "open|public|01/01/2026|",
    "open||01/01/2026|01/10/2026",
    "closed|private|01/01/2026|01/07/2026",
    "closed|private|01/01/2026|01/07/2026",
    "mixed|private|01/01/2026|01/07/2026",
    "mixed|private|01/01/2026|01/08/2026",
  ]);

  test("a blank beside one value is that value; a case is open while any child is", () => {
    const frame = frameOf(`${cases}sample: { size: 1, strata: [law_type] }\n`, { data: [table] });
    expect(valuesOf(frame, "law_type")).toEqual({ open: "public", closed: "private", mixed: "private" });
    expect(valuesOf(frame, "closed_date")).toEqual({
      open: "",
      closed: "2026-07-01",
      mixed: "2026-07-01\u001e2026-08-01",
    });
    expect(frame.notes.map(({ code }) => code)).toEqual(["differs-within-case"]);
  });

  test("the delay of a case is that of its folded dates", () => {
    const agreeing = tableOf("x.csv", [
      "case|law|start|end",
      "open|public|01/01/2026|",
      "open|public|01/01/2026|01/10/2026",
    ]);
    const frame = frameOf(`${cases}sample: { size: 1, strata: [delay_band] }\n`, { data: [agreeing] });
    expect(valuesOf(frame, "delay_band")).toEqual({ open: "over 26 to 52" });
    expect(
      refusalOf(() => frameOf(`${cases}sample: { size: 1, strata: [delay_band] }\n`, { data: [table] })).code,
    ).toBe("DESIGN_FIELD_LIST");
  });

  test("case_children counts the children of the case", () => {
    const yaml = `${cases}sample: { size: 1, strata: [case_children] }\n`;
    expect(valuesOf(frameOf(yaml, { data: [table] }), "case_children")).toEqual({
      open: "2",
      closed: "2",
      mixed: "2",
    });
  });
});

test("case_children counts a corrected child once", () => {
  const yaml = `${head}unit_id: [case_id, child_id]\nprefer: last_file\ndata: [{ path: a.csv }, { path: b.csv }]
columns: { case_id: case, child_id: id }\nsample: { size: 1, strata: [case_children] }\n`;
  const frame = frameOf(yaml, {
    data: [tableOf("a.csv", ["case|id", "7|1", "7|2", "8|1"]), tableOf("b.csv", ["case|id", "7|1"])],
  });
  expect(valuesOf(frame, "case_children")).toEqual({ "7_2": "2", "8_1": "1", "7_1": "2" });
});

test("ages from birth dates and recorded ages that agree are one level", () => {
  const yaml = `${child}columns: { child_id: id, date_of_birth: dob, age_recorded: age }\nsample: { size: 1, strata: [age_years] }\n`;
  const frame = frameOf(yaml, {
    data: [tableOf("x.csv", ["id|dob|age", "1|01/01/2020|", "2||6.5", "3|01/02/2020|9"])],
  });
  expect(valuesOf(frame, "age_years")).toEqual({ 1: "6", 2: "6", 3: "6" });
  expect(new Set(frame.fields.get("age_years")?.levels).size).toBe(
    frame.fields.get("age_years")?.levels.length,
  );
});

describe("joins", () => {
  test("a key that the data lacks, and a rank that the joined file lacks, are refused", () => {
    const yaml = (join: string) =>
      `${child}joins: [${join}]\ncolumns: { child_id: id, application_date: start }\n`;
    const data = [tableOf("x.csv", ["id|start", "1|01/01/2026"])];
    const joins = [tableOf("j.csv", ["id|team", "1|A", "1|B"])];
    const rank =
      "{ path: j.csv, key: child_id, many: { latest: application_date }, columns: { team: team } }";
    expect(refusalOf(() => frameOf(yaml(rank), { data, joins })).code).toBe("FIELD_NOT_FOUND");
  });

  test("many rows of one unmatched key", () => {
    const rows = Array.from({ length: 200_000 }, () => "9|x");
    const yaml = `${child}joins: [{ path: j.csv, key: child_id, many: list, columns: { team: team } }]\ncolumns: { child_id: id }\n`;
    const frame = frameOf(yaml, {
      data: [tableOf("x.csv", ["id", "1"])],
      joins: [tableOf("j.csv", ["id|team", ...rows])],
    });
    expect(frame.notes[0]?.count).toBe(200_000);
  });

  test("a birth date in a key is not repeated", () => {
    const yaml = `${child}joins: [{ path: j.csv, key: [child_id, date_of_birth], columns: { team: team } }]
columns: { child_id: id, date_of_birth: dob }\n`;
    const data = [tableOf("x.csv", ["id|dob", "1|01/02/2015"])];
    const joins = [tableOf("j.csv", ["id|dob|team", "1|01/02/2015|A", "1|01/02/2015|B"])];
    const error = refusalOf(() => frameOf(yaml, { data, joins }));
    expect(error.message).toContain("child_id 1 + date_of_birth stands at");
    expect(error.message).not.toContain("2015");
  });
});

test("a lookup does not repeat people in its notes", () => {
  const yaml = `${child}lookups: [{ path: l.csv, from: practitioner, to: { team: Team } }]\ncolumns: { child_id: id, practitioner: worker }\n`;
  const frame = frameOf(yaml, {
    data: [tableOf("x.csv", ["id|worker", "1|Jane Smith"])],
    lookups: [tableOf("l.csv", ["worker|Team", "Somebody|A"])],
  });
  expect(frame.notes[0]?.text).toBe("l.csv: 1 row has a practitioner that is not in it.");
});

test("a lookup that matches nothing says so", () => {
  const yaml = `${child}lookups: [{ path: l.csv, from: team, to: { region: Region } }]\ncolumns: { child_id: id, team: Team }\n`;
  const told = (listed: string) =>
    frameOf(yaml, {
      data: [tableOf("x.csv", ["id|Team", "1|A", "2|B", "3|B", "4|"])],
      lookups: [tableOf("l.csv", ["Team|Region", `${listed}|North`])],
    }).notes.map(({ text }) => text);
  expect(told("E1")).toEqual([
    'l.csv: none of the 3 rows that have a team has one that is in it: "A" (1 ×), "B" (2 ×).',
  ]);
  expect(told("A")).toEqual(['l.csv: 2 rows have a team that is not in it: "B" (2 ×).']);
});

test("weeks between two dates", () => {
  const yaml = `${child}columns: { child_id: id, application_date: a, allocation_date: b }\nfields: { w: { weeks_between: [application_date, allocation_date] } }\n`;
  const frame = frameOf(yaml, {
    data: [
      tableOf("x.csv", ["id|a|b", "1|01/01/2026|15/01/2026", "2|01/01/2026|", "3|02/01/2026|01/01/2026"]),
    ],
  });
  expect(valuesOf(frame, "w")).toEqual({ 1: "2", 2: "", 3: String(-1 / 7) });
});
