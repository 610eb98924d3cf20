import { describe, expect, test } from "vitest";
import {
  childLevelFields,
  dateFields,
  derivedNeeds,
  fieldKind,
  fieldNames,
  isListField,
  lookupFields,
  mappedFields,
} from "../../src/plan/fields.js";
import { derivedFields, standardFields } from "../../src/plan/types.js";
import { readKeys } from "./reading.js";

const columns =
  "{ case_id: Case, child_id: Child, case_name: Name, law_type: Law, court: Court, ethnicity: Ethnicity, age_recorded: Age }";

describe("mappedFields", () => {
  test("gathers the plan's columns, files' own and lookups', in the order of the outputs", () => {
    const plan = readKeys({
      columns,
      data: '[{ path: a.csv, columns: { closed_date: Closed, team: "" } }, { path: b.csv }]',
      joins: "[{ path: f.csv, key: case_id, columns: { factors: Factor } }]",
      lookups: "[{ path: c.csv, from: court, to: { region: Region, size: Size } }]",
    });
    expect(mappedFields(plan)).toEqual([
      "case_id",
      "child_id",
      "case_name",
      "ethnicity",
      "law_type",
      "court",
      "region",
      "closed_date",
      "factors",
      "age_recorded",
    ]);
    expect(lookupFields(plan)).toEqual(["size"]);
  });
});

describe("fieldNames", () => {
  test("holds mapped fields but names, what can be derived, then the plan's own", () => {
    const plan = readKeys({
      columns,
      fields: "{ need: { column: CIN, type: category } }",
      lookups: "[{ path: c.csv, from: court, to: { size: Size } }]",
    });
    expect(fieldNames(plan)).toEqual([
      "case_id",
      "child_id",
      "ethnicity",
      "law_type",
      "court",
      "age_recorded",
      "child_ordinal",
      "age_years",
      "age_band",
      "ethnic_group",
      "case_children",
      "source",
      "need",
      "size",
    ]);
  });

  test("has delay where both its dates are there, and not by one of them", () => {
    const dates = "{ case_id: Case, child_id: Child, application_date: Issued }";
    const plan = { columns: dates, fields: "{ order: { column: Order, type: date } }" };
    expect(fieldNames(readKeys(plan))).not.toContain("delay_band");
    expect(fieldNames(readKeys({ ...plan, delay: "{ to: order }" }))).toEqual(
      expect.arrayContaining(["delay_days", "delay_band", "delay_is_open"]),
    );
  });

  test("says for every derived field what it comes from", () => {
    const delay = { from: "application_date", to: "closed_date" };
    const needs = derivedFields.map((name) => [name, derivedNeeds(name, delay)]);
    expect(Object.fromEntries(needs)).toEqual({
      child_ordinal: [["case_id"]],
      age_years: [["date_of_birth", "age_recorded"]],
      age_band: [["date_of_birth", "age_recorded"]],
      delay_days: [["application_date"], ["closed_date"]],
      delay_band: [["application_date"], ["closed_date"]],
      delay_is_open: [["application_date"], ["closed_date"]],
      ethnic_group: [["ethnicity"]],
      case_children: [["case_id"]],
      source: [],
    });
  });
});

describe("isListField", () => {
  const keys = {
    columns,
    fields: "{ needs: { column: N, type: list }, need: { column: CIN, type: category } }",
    joins:
      "[{ path: f.csv, key: case_id, many: list, columns: { case_id: Id, team: Team } }, { path: g.csv, key: case_id, columns: { region: R } }]",
  };

  test.each([
    ["factors", true],
    ["needs", true],
    ["need", false],
    ["team", true],
    ["region", false],
    ["case_id", false],
    ["age_band", false],
  ])("%s: %s", (name, expected) => {
    expect(isListField(readKeys(keys), name)).toBe(expected);
  });

  test("what belongs to the child is a list where the unit is the case", () => {
    const plan = readKeys({ ...keys, unit: "case", unit_id: "case_id" });
    expect(childLevelFields.every((name) => isListField(plan, name))).toBe(true);
    expect(isListField(plan, "law_type")).toBe(false);
    expect(isListField(plan, "ethnic_group")).toBe(true);
  });
});

test("fieldKind knows standard, derived and the plan's own fields", () => {
  const plan = readKeys({
    fields:
      "{ order: { column: O, type: date }, weeks: { weeks_between: [application_date, closed_date] }, constructor: { column: C, type: text } }",
  });
  const kinds = [...standardFields, ...derivedFields, "order", "weeks", "constructor"].map((name) => [
    name,
    fieldKind(plan, name),
  ]);
  const named = (kind: string) => kinds.filter((each) => each[1] === kind).map(([name]) => name);
  expect(named("date")).toEqual([...dateFields, "order"]);
  expect(named("number")).toEqual([
    "age_recorded",
    "child_ordinal",
    "age_years",
    "delay_days",
    "case_children",
    "weeks",
  ]);
  expect(named("text")).toEqual(["case_id", "child_id", "case_name", "file_location", "constructor"]);
  expect(named("list")).toEqual(["factors"]);
});
