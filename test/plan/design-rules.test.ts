import { describe, expect, test } from "vitest";
import { problemsOf, readKeys } from "./reading.js";

type Rule = [what: string, keys: Record<string, string>, problems: string[]];

function refused(rules: Rule[]): void {
  test.each(rules)("%s is refused", (_, keys, problems) => {
    expect(problemsOf(keys)).toEqual(problems);
  });
}

const allowed = "use a standard or derived field, or a name given under fields or lookups";

describe("the plan's head", () => {
  const date = "3 reference_date: must be a real date written YYYY-MM-DD, got";
  refused([
    [
      "a later format",
      { casedraw: "2" },
      ["1 casedraw: must be 1, the plan format that this version reads, got 2."],
    ],
    [
      "a format in quotes",
      { casedraw: '"1"' },
      [
        '1 casedraw: must be 1, the plan format that this version reads, got the text "1" in quotes. Take the quotes away.',
      ],
    ],
    ["no title", { title: "" }, ["1 title: is missing: it must be a title."]],
    ["30 February", { reference_date: "2026-02-30" }, [`${date} "2026-02-30".`]],
    ["29 February in a common year", { reference_date: "2100-02-29" }, [`${date} "2100-02-29".`]],
    ["month 13", { reference_date: "2026-13-01" }, [`${date} "2026-13-01".`]],
    ["day 0", { reference_date: "2026-12-00" }, [`${date} "2026-12-00".`]],
    [
      "a day-first date",
      { reference_date: "16/11/2026" },
      [`${date} "16/11/2026". Did you mean "2026-11-16"?`],
    ],
    [
      "a day-first date with points",
      { reference_date: "1.2.2026" },
      [`${date} "1.2.2026". Did you mean "2026-02-01"?`],
    ],
    ["a month-first date", { reference_date: "11/16/2026" }, [`${date} "11/16/2026".`]],
    ["a date with a time", { reference_date: "2026-11-16T00:00:00" }, [`${date} "2026-11-16T00:00:00".`]],
    ["a short date", { reference_date: "2026-1-6" }, [`${date} "2026-1-6".`]],
    ["another unit", { unit: "family" }, ['4 unit: must be child or case, got "family".']],
    [
      "a misspelt unit",
      { unit: "chlid" },
      ['4 unit: must be child or case, got "chlid". Did you mean "child"?'],
    ],
    [
      "a prefix that a spreadsheet runs",
      { unit_id_prefix: "=A" },
      ["8 unit_id_prefix: must not start with = + - or @, which a spreadsheet takes for a formula."],
    ],
    [
      "a prefix with a minus",
      { unit_id_prefix: "-1" },
      ["8 unit_id_prefix: must not start with = + - or @, which a spreadsheet takes for a formula."],
    ],
    [
      "a blank prefix",
      { unit_id_prefix: '" "' },
      ['8 unit_id_prefix: must be text that stands before every unit id, got " ".'],
    ],
    [
      "an empty prefix",
      { unit_id_prefix: '""' },
      ['8 unit_id_prefix: must be text that stands before every unit id, got "".'],
    ],
    [
      "a control character in a prefix",
      { unit_id_prefix: '"a\\u0007b"' },
      ["8 unit_id_prefix: must have no control characters."],
    ],
    [
      "a blank beside a prefix",
      { unit_id_prefix: '"C "' },
      ["8 unit_id_prefix: must not begin or end with a blank."],
    ],
  ]);

  test("a leap day and a prefix of digits are fine", () => {
    expect(readKeys({ reference_date: "2028-02-29", unit_id_prefix: "007" })).toMatchObject({
      reference_date: "2028-02-29",
      unit_id_prefix: "007",
    });
  });
});

describe("unit_id", () => {
  const names = (unit_id: string, more = {}) => ({ unit_id, ...more });
  refused([
    [
      "an empty list",
      names("[]"),
      [
        "5 unit_id: must be the name of a field, or a list of names such as [case_id, child_id], got an empty list.",
      ],
    ],
    ["a blank name", names('[case_id, ""]'), ['5 unit_id[1]: must be the name of a field, got "".']],
    [
      "a name twice",
      names("[case_id, case_id]"),
      ['5 unit_id[1]: is named twice, got "case_id" again; keep one.'],
    ],
    [
      "an unknown field",
      names("[case_id, chld_id]"),
      [
        '5 unit_id[1]: names "chld_id", which is no field: use a standard field, or a name given under fields. Did you mean "child_id"?',
      ],
    ],
    [
      "an unmapped field",
      names("[case_id, team]"),
      [
        "5 unit_id[1]: names team, which no file gives: map it under columns (team: HEADER), or name a unit by other fields.",
      ],
    ],
    [
      "a derived field",
      names("[case_id, age_band]"),
      [
        "5 unit_id[1]: names age_band, which casedraw works out later; use a standard field, or a name given under fields.",
      ],
    ],
    [
      "an ordinal without cases",
      { unit_id: "child_ordinal", columns: "{ child_id: Child }" },
      [
        "5 unit_id: names child_ordinal, which is worked out from case_id, and no file gives case_id: map it under columns, or name a unit by other fields.",
      ],
    ],
    [
      "a name of a person",
      { unit_id: "case_name", columns: "{ case_name: Name }" },
      [
        "5 unit_id: names case_name, which never reaches a frame; choose another field or name a unit by other fields.",
      ],
    ],
    [
      "a date of birth",
      { unit_id: "[case_id, date_of_birth]", columns: "{ case_id: C, date_of_birth: B }" },
      [
        "5 unit_id[1]: names date_of_birth, which is never in an output; use case_id, child_id or child_ordinal.",
      ],
    ],
    [
      "a list",
      { unit_id: "[case_id, factors]", columns: "{ case_id: C, factors: F }" },
      ["5 unit_id[1]: names factors, which is not one text a row; use case_id, child_id or child_ordinal."],
    ],
    [
      "a child's id of a case",
      { unit: "case" },
      ["5 unit_id[1]: names child_id, which belongs to the child, and the unit is the case; use case_id."],
    ],
    [
      "a child's number of a case",
      { unit: "case", unit_id: "[case_id, child_ordinal]" },
      [
        "5 unit_id[1]: names child_ordinal, which belongs to the child, and the unit is the case; use case_id.",
      ],
    ],
  ]);

  test("one name is a list of one; fields: may serve", () => {
    expect(readKeys({ unit_id: "case_id" }).unit_id).toEqual(["case_id"]);
    expect(readKeys({ unit_id: "[case_id, child_ordinal]" }).unit_id).toEqual(["case_id", "child_ordinal"]);
    expect(readKeys({ unit_id: "urn", fields: "{ urn: { column: URN, type: text } }" }).unit_id).toEqual([
      "urn",
    ]);
  });
});

describe("bands", () => {
  refused([
    [
      "bounds out of order",
      { bands: "{ age: { from: [0, 5, 1] } }" },
      ["8 bands.age.from[2]: must be more than 5, the bound before it, got 1."],
    ],
    [
      "a bound twice",
      { bands: "{ delay: { over: [26, 26] } }" },
      ["8 bands.delay.over[1]: must be more than 26, the bound before it, got 26."],
    ],
    [
      "no bound",
      { bands: "{ age: { from: [] } }" },
      ["8 bands.age.from: must be a list of whole years, such as [0, 1, 5, 10, 16], got an empty list."],
    ],
    [
      "half a year",
      { bands: "{ age: { from: [0.5] } }" },
      ["8 bands.age.from[0]: must be a whole number of 0 or more, got 0.5."],
    ],
    [
      "an age below 0",
      { bands: "{ age: { from: [-1, 0] } }" },
      ["8 bands.age.from[0]: must be a whole number of 0 or more, got -1."],
    ],
    [
      "0 weeks",
      { bands: "{ delay: { over: [0, 26] } }" },
      ["8 bands.delay.over[0]: must be a whole number of 1 or more, got 0."],
    ],
    [
      "a list without its key",
      { bands: "{ delay: [26] }" },
      ["8 bands.delay: must be keys with values (over), got a list."],
    ],
    [
      "the other's key",
      { bands: "{ delay: { from: [26] } }" },
      [
        "8 bands.delay.over: is missing: it must be a list of weeks, such as [26, 52, 100].",
        "8 bands.delay.from: is not a key that is known here; allowed is over.",
      ],
    ],
  ]);

  test("one kind alone leaves the other as it is", () => {
    expect(readKeys({ bands: "{ age: { from: [3] } }" }).bands).toEqual({
      age: { from: [3] },
      delay: { over: [26, 52, 100] },
    });
    expect(readKeys({ bands: "{ delay: { over: [3] } }" }).bands).toEqual({
      age: { from: [0, 1, 5, 10, 16] },
      delay: { over: [3] },
    });
  });
});

describe("cohort", () => {
  const include = (text: string, more = {}) => ({ cohort: `\n  include: ${text}`, ...more });
  const dates = { columns: "{ case_id: C, child_id: D, date_of_birth: B, closed_date: E, factors: F }" };
  const form =
    "a value, a list of values, { blank: true or false }, { from: …, to: … } or { over: …, up_to: … }";
  refused([
    [
      "an unknown field",
      include("{ law_typ: public }"),
      [`9 cohort.include.law_typ: names "law_typ", which is no field: ${allowed}. Did you mean "law_type"?`],
    ],
    [
      "an unmapped field",
      include("{ team: A }"),
      [
        "9 cohort.include.team: names team, which no file gives: map it under columns (team: HEADER), or take this condition out.",
      ],
    ],
    [
      "an age that cannot be known",
      include("{ age_years: { over: 3 } }"),
      [
        "9 cohort.include.age_years: names age_years, which is worked out from date_of_birth or age_recorded, and no file gives date_of_birth or age_recorded: map it under columns, or take this condition out.",
      ],
    ],
    [
      "a name",
      include("{ case_name: A }", { columns: "{ case_id: C, child_id: D, case_name: N }" }),
      [
        "9 cohort.include.case_name: names case_name, which never reaches a frame; choose another field or take this condition out.",
      ],
    ],
    [
      "an empty list",
      include("{ court: [] }"),
      ["9 cohort.include.court: must be a value or a list of values, got an empty list."],
    ],
    ["no condition", include("{ court: }"), [`9 cohort.include.court: must be ${form}, got nothing.`]],
    [
      "an empty test",
      include("{ court: {} }"),
      [`9 cohort.include.court: must be ${form}, got an empty { }.`],
    ],
    [
      "two kinds of test",
      include("{ closed_date: { blank: false, from: 2026-01-01 } }"),
      [
        "9 cohort.include.closed_date.from: cannot stand beside blank: a condition is one of blank, from and to, over and up_to.",
      ],
    ],
    [
      "an unknown test",
      include("{ closed_date: { before: 2026-01-01 } }"),
      [
        "9 cohort.include.closed_date.before: is not a key that is known here; allowed are blank, from, to, over or up_to.",
      ],
    ],
    [
      "a range back in time",
      include("{ closed_date: { from: 2026-02-01, to: 2026-01-31 } }"),
      ["9 cohort.include.closed_date.to: must not be before from (2026-02-01), got 2026-01-31."],
    ],
    [
      "a date and a number",
      include("{ closed_date: { from: 2026-02-01, to: 3 } }"),
      ["9 cohort.include.closed_date.to: must be a date where from is one, and a number where from is one."],
    ],
    [
      "a day-first date",
      include("{ closed_date: { from: 01/02/2026 } }"),
      [
        '9 cohort.include.closed_date.from: must be a number, or a real date written YYYY-MM-DD, got "01/02/2026". Did you mean "2026-02-01"?',
      ],
    ],
    [
      "nothing between",
      include("{ delay_days: { over: 5, up_to: 5 } }"),
      ["9 cohort.include.delay_days.up_to: must be more than over (5), got 5."],
    ],
    [
      "over a date",
      include("{ closed_date: { over: 5 } }"),
      ["9 cohort.include.closed_date.over: compares numbers, and closed_date is a date; use from and to."],
    ],
    [
      "a number range of dates",
      include("{ closed_date: { from: 5 } }"),
      [
        "9 cohort.include.closed_date.from: must be a real date written YYYY-MM-DD, as closed_date is, got 5.",
      ],
    ],
    [
      "dates of a number",
      include("{ delay_days: { to: 2026-01-01 } }"),
      ["9 cohort.include.delay_days.to: must be a number, as delay_days is, got 2026-01-01."],
    ],
    [
      "a range of a category",
      include("{ court: { over: 5 } }"),
      [
        "9 cohort.include.court.over: compares dates or numbers, and court holds neither; give the values that match.",
      ],
    ],
    [
      "a range of a list",
      include("{ factors: { from: 5 } }", dates),
      [
        "9 cohort.include.factors.from: compares dates or numbers, and factors holds neither; give the values that match.",
      ],
    ],
    [
      "a value that is no date",
      include("\n    closed_date:\n      - 2026-01-01\n      - 01/02/2026"),
      [
        '12 cohort.include.closed_date[1]: must be a real date written YYYY-MM-DD, as closed_date is, got "01/02/2026".',
      ],
    ],
    [
      "a value that is no number",
      include("{ delay_days: many }"),
      ['9 cohort.include.delay_days: must be a number, as delay_days is, got "many".'],
    ],
    [
      "the ages of a case",
      { ...include("{ age_years: { over: 3 } }", dates), unit: "case", unit_id: "case_id" },
      [
        "9 cohort.include.age_years: compares age_years, of which a case can have several, one a child; give the values that match.",
      ],
    ],
    [
      "closed_within_days below 0",
      { cohort: "{ closed_within_days: -1 }" },
      ["8 cohort.closed_within_days: must be a whole number of 0 or more, got -1."],
    ],
    [
      "closed_within_days with open cases only",
      { cohort: "{ closed_within_days: 14, include: { closed_date: { blank: true } } }" },
      [
        "8 cohort.closed_within_days: goes instead of include: { closed_date: { blank: true } }, which leaves no closed case; keep one.",
      ],
    ],
    [
      "closed_within_days without closed cases",
      { cohort: "{ closed_within_days: 14, exclude: { closed_date: { blank: false } } }" },
      [
        "8 cohort.closed_within_days: goes instead of exclude: { closed_date: { blank: false } }, which leaves no closed case; keep one.",
      ],
    ],
    [
      "closed_within_days without a date",
      { cohort: "{ closed_within_days: 14 }", columns: "{ case_id: C, child_id: D }" },
      [
        "8 cohort.closed_within_days: names closed_date, which no file gives: map it under columns (closed_date: HEADER), or take this key out.",
      ],
    ],
    [
      "active_within_months of 0",
      { cohort: "{ active_within_months: 0 }" },
      ["8 cohort.active_within_months: must be a whole number of 1 or more, got 0."],
    ],
    [
      "active_within_months without a date",
      { cohort: "{ active_within_months: 6 }", columns: "{ case_id: C, child_id: D }" },
      [
        "8 cohort.active_within_months: needs last_activity_date, allocation_date or application_date, and no file gives one: map one under columns, or take this key out.",
      ],
    ],
    [
      "a list of excluded ids",
      { cohort: "{ exclude_ids: [A-1] }" },
      ["8 cohort.exclude_ids: must be the path of one local file, got a list."],
    ],
  ]);

  test("values, tests and ranges, a single value as a list of one", () => {
    const cohort = `
  include:
    law_type: public
    court: [A, 007]
    closed_date: { from: 2026-01-01, to: 2026-01-01 }
    delay_days: { over: 182, up_to: 700.5 }
    case_children: { from: 2 }
  exclude:
    closed_date: 2026-11-16
    delay_days: [0, 1]
    application_date: { blank: true }
  closed_within_days: 0`;
    expect(readKeys({ cohort }).cohort).toEqual({
      include: {
        law_type: ["public"],
        court: ["A", "007"],
        closed_date: { from: "2026-01-01", to: "2026-01-01" },
        delay_days: { over: 182, up_to: 700.5 },
        case_children: { from: 2 },
      },
      exclude: { closed_date: ["2026-11-16"], delay_days: ["0", "1"], application_date: { blank: true } },
      closed_within_days: 0,
    });
  });

  test("the plan's order is kept", () => {
    const { include } = readKeys({ cohort: "{ include: { law_type: a, court: b, case_id: c } }" }).cohort;
    expect(Object.keys(include)).toEqual(["law_type", "court", "case_id"]);
  });
});

describe("sample", () => {
  const sample = (text: string) => ({ sample: `\n  size: 10\n  ${text}` });
  const wide =
    "{ case_id: C, child_id: D, case_name: N, date_of_birth: B, closed_date: E, application_date: A, factors: F, law_type: L, file_location: W }";
  const sizesRule = 'strata with the number of each, such as { "private / over 52 to 100": 40 }';
  const strata = (name: string, more = {}) => ({ columns: wide, ...sample(`strata: [${name}]`), ...more });
  refused([
    [
      "no size",
      { sample: "{ strata: [] }" },
      ["8 sample.size: is missing: it must be a whole number of 1 or more."],
    ],
    [
      "another method",
      sample("method: balancd"),
      ['10 sample.method: must be random, systematic or balanced, got "balancd". Did you mean "balanced"?'],
    ],
    [
      "one stratum field without a list",
      sample("strata: law_type"),
      ['10 sample.strata: must be a list of fields, such as [law_type, delay_band], got "law_type".'],
    ],
    [
      "a field twice",
      sample("strata: [court, law_type, court]"),
      ['10 sample.strata[2]: is named twice, got "court" again; keep one.'],
    ],
    [
      "an unknown field",
      sample("strata: [law_type, delay_bnd]"),
      [`10 sample.strata[1]: names "delay_bnd", which is no field: ${allowed}. Did you mean "delay_band"?`],
    ],
    [
      "an unmapped field",
      sample("strata: [gender]"),
      [
        "10 sample.strata[0]: names gender, which no file gives: map it under columns (gender: HEADER), or take it out of strata.",
      ],
    ],
    [
      "a delay without its end",
      { ...sample("strata: [delay_band]"), columns: "{ case_id: C, child_id: D, application_date: A }" },
      [
        "10 sample.strata[0]: names delay_band, which is worked out from closed_date, and no file gives closed_date: map it under columns, or take it out of strata.",
      ],
    ],
    [
      "a delay without dates",
      { ...sample("strata: [delay_band]"), columns: "{ case_id: C, child_id: D }" },
      [
        "10 sample.strata[0]: names delay_band, which is worked out from application_date and closed_date, and no file gives application_date and closed_date: map them under columns, or take it out of strata.",
      ],
    ],
    [
      "a group without ethnicity",
      sample("strata: [ethnic_group]"),
      [
        "10 sample.strata[0]: names ethnic_group, which is worked out from ethnicity, and no file gives ethnicity: map it under columns, or take it out of strata.",
      ],
    ],
    [
      "an id",
      strata("case_id"),
      [
        "10 sample.strata[0]: names case_id, which tells units apart and makes no groups; take it out of strata.",
      ],
    ],
    [
      "an ordinal",
      strata("child_ordinal"),
      [
        "10 sample.strata[0]: names child_ordinal, which tells units apart and makes no groups; take it out of strata.",
      ],
    ],
    [
      "a name",
      strata("case_name"),
      [
        "10 sample.strata[0]: names case_name, which never reaches a frame; choose another field or take it out of strata.",
      ],
    ],
    [
      "a date of birth",
      strata("date_of_birth"),
      ["10 sample.strata[0]: names date_of_birth, a date, which makes no groups; use age_band."],
    ],
    [
      "a date of delay",
      strata("closed_date"),
      ["10 sample.strata[0]: names closed_date, a date, which makes no groups; use delay_band."],
    ],
    [
      "free text",
      strata("file_location"),
      [
        "10 sample.strata[0]: names file_location, which holds free text and makes no groups; a field with few values is type: category.",
      ],
    ],
    [
      "factors",
      strata("factors"),
      [
        "10 sample.strata[0]: names factors, of which a unit can have several, so it makes no strata. Take it out, or declare a yes/no column for the one that matters under fields with type: category.",
      ],
    ],
    [
      "a child's field of a case",
      strata("age_band", { unit: "case", unit_id: "case_id" }),
      [
        "10 sample.strata[0]: names age_band, of which a case can have several, one a child; take it out of strata, or write unit: child.",
      ],
    ],
    [
      "what a many: list join gives",
      {
        ...sample("strata: [team]"),
        joins: "[{ path: f.csv, key: case_id, many: list, columns: { team: T } }]",
      },
      [
        "10 sample.strata[0]: names team, of which a unit can have several, so it makes no strata. Take it out, or let its join take one row with many: { latest: FIELD }.",
      ],
    ],
    [
      "min above max",
      sample("allocation: { min: 5, max: 4 }"),
      ["10 sample.allocation.max: must not be less than min (5), got 4."],
    ],
    [
      "a max of 0",
      sample("allocation: { max: 0 }"),
      ["10 sample.allocation.max: must be a whole number of 1 or more, got 0."],
    ],
    [
      "half a min",
      sample("allocation: { min: 0.5 }"),
      [`10 sample.allocation.min: must be a whole number of 0 or more, or ${sizesRule}, got 0.5.`],
    ],
    [
      "another method of allocation",
      sample("allocation: { method: nyman }"),
      [
        '10 sample.allocation.method: must be proportional, equal, power, neyman, optimal or fixed, got "nyman". Did you mean "neyman"?',
      ],
    ],
    [
      "a method by itself",
      sample("allocation: equal"),
      [
        '10 sample.allocation: must be keys with values (method, min, max, exponent, deviation_of, proportions, cost, sizes), got "equal".',
      ],
    ],
    [
      "sizes under proportional",
      sample("allocation: { sizes: { all: 10 } }"),
      [
        "10 sample.allocation.sizes: has no effect under method: proportional; take it out, or write method: fixed.",
      ],
    ],
    [
      "fixed without sizes",
      sample("allocation: { method: fixed }"),
      ["10 sample.allocation.sizes: is missing: method: fixed needs the number of each stratum."],
    ],
    [
      "fixed with min and max",
      sample("allocation: { method: fixed, min: 1, max: 5, sizes: { all: 10 } }"),
      [
        "10 sample.allocation.min: has no effect under method: fixed; take it out.",
        "10 sample.allocation.max: has no effect under method: fixed; take it out.",
      ],
    ],
    [
      "sizes that do not add up",
      sample("allocation: { method: fixed, sizes: { all: 9 } }"),
      ["10 sample.allocation.sizes: must add up to size (10), got 9."],
    ],
    [
      "a stratum where there are none",
      sample("allocation: { method: fixed, sizes: { public: 10 } }"),
      [
        '10 sample.allocation.sizes.public: names a stratum, and the plan has no strata: the one stratum is called "all".',
      ],
    ],
    [
      "a stratum with too few levels",
      sample(
        "strata: [law_type, court]\n  allocation: { method: fixed, sizes: { public: 4, public / A: 6 } }",
      ),
      [
        '11 sample.allocation.sizes.public: must hold one level of each of law_type, court, with " / " between them, got 1.',
      ],
    ],
    [
      "half a case",
      sample("allocation: { method: fixed, sizes: { all: 9.5 } }"),
      ["10 sample.allocation.sizes.all: must be a whole number of 0 or more, got 9.5."],
    ],
  ]);

  test("fixed sizes may have 0, and a level with its own slash", () => {
    const text = "strata: [court]\n  allocation: { method: fixed, sizes: { 'A \\/ B': 10, C: 0 } }";
    expect(readKeys(sample(text)).sample?.allocation).toEqual({
      method: "fixed",
      sizes: { "A \\/ B": 10, C: 0 },
    });
  });

  test("what it does not say", () => {
    expect(readKeys({ sample: "{ size: 10 }" }).sample).toEqual({
      size: 10,
      method: "random",
      strata: [],
      allocation: { method: "proportional" },
      reserves: 0,
    });
    expect(readKeys(sample("allocation: { max: 3 }")).sample?.allocation).toEqual({
      method: "proportional",
      max: 3,
    });
  });
});

describe("keys of later versions are unknown", () => {
  test.each(["travel"])("%s", (key) => {
    expect(problemsOf({ [key]: "{ a: 1 }" })).toEqual([
      expect.stringMatching(
        new RegExp(
          `^8 ${key}: is not a key that is known here; allowed are casedraw, title, .* sample, linked or frames\\.$`,
        ),
      ),
    ]);
  });
});
