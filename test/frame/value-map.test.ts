import { describe, expect, test } from "vitest";
import { frameOf, refusalOf, tableOf, valuesOf } from "../frames.js";

const plan = `casedraw: 1
title: Test
reference_date: 2026-11-16
unit_id: child_id
data: [{ path: children.csv }]
columns: { child_id: child ID, gender: gender, case_type: type, date_of_birth: dob, factors: { list: factors, separator: ";" } }
value_map: map.csv
`;
const data = [
  tableOf("children.csv", [
    "child ID|gender|type|dob|factors",
    "1|Boy|s31||Neglect; DV",
    "2|Girl|S31||",
    "3|=x|s7||DV",
  ]),
];
const mapped = (yaml: string, ...lines: string[]) =>
  frameOf(yaml, { data, valueMap: tableOf("map.csv", ["field|value|count|code", ...lines]) });

describe("a value map", () => {
  test("gives codes as if they stood in the plan's values", () => {
    const frame = mapped(
      plan,
      "gender|BOY |1|male",
      "gender|'=x|1|unknown",
      "case_type|S31|1|s31",
      "factors|DV|2|domestic_abuse",
    );
    expect(valuesOf(frame, "gender")).toEqual({ 1: "male", 2: "female", 3: "unknown" });
    expect(valuesOf(frame, "case_type")).toEqual({ 1: "s31", 2: "s31", 3: "s7" });
    expect(valuesOf(frame, "factors")).toEqual({
      1: "domestic_abuse\u001eneglect",
      2: "",
      3: "domestic_abuse",
    });
    expect(frame.matched.valueMap).toBe(4);
  });

  test("takes blank codes and remarks for nothing", () => {
    const frame = mapped(plan, "gender|=x|1|", "# a remark|||male", "|||");
    expect(valuesOf(frame, "gender")).toMatchObject({ 3: "unmapped" });
    expect(frame.matched.valueMap).toBe(0);
  });

  test("says which of its values are not in the data", () => {
    const frame = mapped(plan, "gender|Chap|1|male", "gender|Boy|1|male");
    expect(frame.notes.find(({ code }) => code === "value-map-unmatched")).toMatchObject({
      count: 1,
      text: "map.csv: 1 of 2 values with a code is not in the data (row 2).",
    });
    expect(frame.matched.valueMap).toBe(1);
  });

  test("says the same of fields that a lookup gives, and takes what the lookup's own key column has for data", () => {
    const yaml = plan
      .replace("case_type: type,", "court: court,")
      .concat("lookups: [{ path: courts.csv, from: court, to: { region: area } }]\n");
    const frame = frameOf(yaml, {
      data: [tableOf("children.csv", ["child ID|gender|court|dob|factors", "1|Boy|Leeds||"])],
      lookups: [tableOf("courts.csv", ["court|area", "Ledes|Yorks"])],
      valueMap: tableOf("map.csv", [
        "field|value|code",
        "region|Yorks|Yorkshire",
        "region|Lancs|Lancashire",
        "court|Ledes|Leeds",
      ]),
    });
    expect(valuesOf(frame, "region")).toEqual({ 1: "Yorkshire" });
    expect(frame.notes.filter(({ code }) => code === "value-map-unmatched")).toMatchObject([
      { count: 1, text: "map.csv: 1 of 3 values with a code is not in the data (row 3)." },
    ]);
    expect(frame.matched.valueMap).toBe(2);
  });

  test("may repeat what the plan's values say, and may not say otherwise", () => {
    const values = `${plan}values: { gender: { boy: male } }\n`;
    expect(valuesOf(mapped(values, "gender|Boy|1|male"), "gender")).toMatchObject({ 1: "male" });
    const refused = refusalOf(() => mapped(values, "gender|Boy|1|female"));
    expect(refused.code).toBe("VALUE_MAP_CONFLICT");
    expect(refused.message).toBe(
      'Value map gives a value two codes: each value has one, got "female" for a value of gender that has "male" ' +
        "(map.csv, row 2, and the plan, values.gender). Keep one of them.",
    );
    expect(refusalOf(() => mapped(plan, "gender|Boy|1|male", "gender| boy|1|unknown"))).toMatchObject({
      code: "VALUE_MAP_CONFLICT",
      details: { row: 3 },
    });
  });

  test.each([
    ["gendr|Boy|1|male", "VALUE_MAP_INVALID", "Did you mean gender?"],
    ["team|A|1|b", "VALUE_MAP_INVALID", "must be a field that the plan maps"],
    ["date_of_birth|x|1|y", "VALUE_MAP_INVALID", "only categories and lists of the export have codes"],
    ["age_band|x|1|y", "VALUE_MAP_INVALID", "field"],
    ["|Boy|1|male", "VALUE_MAP_INVALID", 'column "field"'],
    ["gender||1|male", "VALUE_MAP_INVALID", 'column "value"'],
    ["gender|Boy|1|Male", "VALUE_CODE_UNKNOWN", 'Did you mean "male"?'],
  ])("%s is refused: %s", (line, code, said) => {
    const refused = refusalOf(() => mapped(plan, line));
    expect(refused.code).toBe(code);
    expect(refused.message).toContain(said);
    expect(refused.message).toContain("map.csv, row 2");
  });

  test.each(["field", "value", "code"])("a map without the column %s is refused", (lost) => {
    const header = ["field", "value", "count", "code"].filter((name) => name !== lost).join("|");
    const refused = refusalOf(() => frameOf(plan, { data, valueMap: tableOf("map.csv", [header]) }));
    expect(refused.code).toBe("VALUE_MAP_INVALID");
    expect(refused.message).toContain(`got none headed "${lost}" (map.csv)`);
  });
});
