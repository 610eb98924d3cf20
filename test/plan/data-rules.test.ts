import { describe, expect, test } from "vitest";
import { problemsOf, readKeys } from "./reading.js";

type Rule = [what: string, keys: Record<string, string>, problems: string[]];

function refused(rules: Rule[]): void {
  test.each(rules)("%s is refused", (_, keys, problems) => {
    expect(problemsOf(keys)).toEqual(problems);
  });
}

describe("data", () => {
  const list = 'must be a list of files, each written "- path: FILE", got';
  const path = "must be the path of one local file";
  refused([
    ["one path", { data: "open.csv" }, [`6 data: ${list} "open.csv".`]],
    ["one file without a list", { data: "{ path: open.csv }" }, [`6 data: ${list} keys with values.`]],
    ["an empty list", { data: "[]" }, [`6 data: ${list} an empty list.`]],
    [
      "a path in the list",
      { data: "\n  - { path: a.csv }\n  - open.csv" },
      ['8 data[1]: must be a file with its path, such as "- path: open.csv", got "open.csv".'],
    ],
    [
      "no path",
      { data: "[{ sheet: Open }]" },
      ["6 data[0].path: is missing: it must be the path of one local file."],
    ],
    ["a blank path", { data: '[{ path: " " }]' }, [`6 data[0].path: ${path}, got " ".`]],
    ...["http://a.uk/x.csv", "https://a.uk/x.csv", "s3://b/x.csv", "s3:b/x.csv", "file:///x.csv"].map(
      (url): Rule => [
        url,
        { data: `[{ path: "${url}" }]` },
        [`6 data[0].path: ${path}, got "${url}". Download what a URL points to and name the copy.`],
      ],
    ),
    [
      "a control character in a path",
      { data: '[{ path: "a\\u0000.csv" }]' },
      [`6 data[0].path: ${path}, without control characters, got "a\\u0000.csv".`],
    ],
    [
      "a blank sheet",
      { data: '[{ path: a.xlsx, sheet: "" }]' },
      ['6 data[0].sheet: must be the name of a worksheet, got "".'],
    ],
    [
      "the same file twice",
      { data: "\n  - { path: a.csv }\n  - { path: b.csv }\n  - { path: a.csv }" },
      ["9 data[2]: is the same file as one before it; name each file once."],
    ],
    [
      "prefer with one file",
      { prefer: "last_file" },
      ["8 prefer: has no effect with one data file; take it out."],
    ],
    [
      "another prefer",
      { prefer: "first_file" },
      ['8 prefer: must be last_file, got "first_file". Did you mean "last_file"?'],
    ],
    [
      "prefer with child_ordinal",
      {
        data: "[{ path: a.csv }, { path: b.csv }]",
        unit_id: "[case_id, child_ordinal]",
        prefer: "last_file",
      },
      ["8 prefer: cannot go with child_ordinal, which never meets itself in another file; take one out."],
    ],
  ]);

  test("glob characters, drive letters and two sheets of one workbook are fine", () => {
    const data =
      "[{ path: 'list[1]*?.csv' }, { path: 'C:\\x.xlsx', sheet: A }, { path: 'C:\\x.xlsx', sheet: B }]";
    expect(readKeys({ data, prefer: "last_file" }).data.map((file) => file.path)).toEqual([
      "list[1]*?.csv",
      "C:\\x.xlsx",
      "C:\\x.xlsx",
    ]);
  });

  const own = (columns: string) => ({
    data: `[{ path: a.csv, columns: ${columns} }]`,
    fields:
      "{ need: { column: CIN, type: list }, weeks: { weeks_between: [application_date, closed_date] } }",
  });
  refused([
    [
      "a file's own derived field",
      own("{ age_band: A }"),
      ["6 data[0].columns.age_band: is worked out by casedraw and takes no column; take it out."],
    ],
    [
      "a file's own unknown field",
      own("{ neeed: A }"),
      [
        '6 data[0].columns.neeed: is not a standard field. Name other columns under fields, with their type. Did you mean "need"?',
      ],
    ],
    [
      "a file's own header for weeks",
      own("{ weeks: A }"),
      ["6 data[0].columns.weeks: is worked out from two dates and takes no column; take it out."],
    ],
    [
      "a file's own list of another field",
      own("{ need: { list: A } }"),
      [
        '6 data[0].columns.need: must be a column header, or "" where this file has no such column, got keys with values.',
      ],
    ],
    [
      "a file's own header for a lookup's field",
      {
        data: "[{ path: a.csv, columns: { size: S } }]",
        lookups: "[{ path: c.csv, from: court, to: { size: S } }]",
      },
      ["6 data[0].columns.size: is given by a lookup and takes no column; take it out."],
    ],
  ]);

  test("a file's own headers may name fields:, a list of factors, and say that a column is not there", () => {
    const columns = '{ need: N, factors: { list: F, separator: "|" }, court: "" }';
    expect(readKeys(own(columns)).data[0]?.columns).toEqual({
      need: "N",
      factors: { list: "F", separator: "|" },
      court: "",
    });
  });
});

describe("columns", () => {
  const columns = (more: string) => ({ columns: `{ case_id: Case, child_id: Child, ${more} }` });
  const plain = "must be a column header; only factors may be { list: … } or { flags: … }, got";
  refused([
    [
      "a derived field",
      columns("age_band: A"),
      ["7 columns.age_band: is worked out by casedraw and takes no column; take it out."],
    ],
    [
      "a misspelt field",
      columns("gendr: A"),
      [
        '7 columns.gendr: is not a standard field. Name other columns under fields, with their type. Did you mean "gender"?',
      ],
    ],
    [
      "another column",
      columns("shoe_colour: A"),
      ["7 columns.shoe_colour: is not a standard field. Name other columns under fields, with their type."],
    ],
    ["a blank header", columns('team: ""'), [`7 columns.team: ${plain} "".`]],
    ["a list of another field", columns("team: { list: A }"), [`7 columns.team: ${plain} keys with values.`]],
    ["several headers", columns("team: [A, B]"), [`7 columns.team: ${plain} a list.`]],
    [
      "neither list nor flags",
      columns("factors: {}"),
      ["7 columns.factors.list: is missing: a column is { list: HEADER } or { flags: { CODE: HEADER } }."],
    ],
    [
      "list and flags",
      columns("factors: { list: F, flags: { a: A } }"),
      ["7 columns.factors.flags: cannot stand beside list: a column is one or the other."],
    ],
    [
      "flags with a separator",
      columns('factors: { flags: { a: A }, separator: ";" }'),
      ["7 columns.factors.separator: goes with list only; flags have one column each."],
    ],
    [
      "no flags",
      columns("factors: { flags: {} }"),
      ["7 columns.factors.flags: must hold at least one code with its header, got none."],
    ],
    [
      "a flag without a header",
      columns("factors: { flags: { a: } }"),
      ["7 columns.factors.flags.a: must be a column header, got nothing."],
    ],
    [
      "an empty separator",
      columns('factors: { list: F, separator: "" }'),
      ['7 columns.factors.separator: must be the text between two entries, such as ";", got "".'],
    ],
    [
      "a misspelt key",
      columns("factors: { lst: F }"),
      [
        '7 columns.factors.lst: is not a key that is known here; allowed are list, separator or flags. Did you mean "list"?',
      ],
    ],
    [
      "a list of factors",
      columns("factors: [A]"),
      [
        '7 columns.factors: must be a column header, { list: HEADER, separator: ";" } or { flags: { CODE: HEADER } }, got a list.',
      ],
    ],
  ]);

  test("factors may be a header, a list or flags", () => {
    expect(readKeys(columns("factors: F")).columns.factors).toBe("F");
    expect(readKeys(columns("factors: { list: F }")).columns.factors).toEqual({ list: "F", separator: ";" });
    expect(readKeys(columns('factors: { list: F, separator: " " }')).columns.factors).toEqual({
      list: "F",
      separator: " ",
    });
    expect(readKeys(columns("factors: { flags: { a: A } }")).columns.factors).toEqual({ flags: { a: "A" } });
  });
});

describe("joins", () => {
  const join = (text: string) => ({ joins: `\n  - { path: f.csv, ${text} }` });
  const many = "must be error, list, { latest: FIELD } or { earliest: FIELD }, got";
  refused([
    [
      "one file without a list",
      { joins: "{ path: f.csv, key: case_id }" },
      [
        '8 joins: must be a list of files, each written "- { path: FILE, key: FIELD }", got keys with values.',
      ],
    ],
    [
      "no key",
      join("many: list"),
      ["9 joins[0].key: is missing: it must be the name of a field, or a list of names."],
    ],
    [
      "an unknown key",
      join("key: cse_id"),
      [
        '9 joins[0].key: names "cse_id", which is no field: use a standard field, or a name given under fields. Did you mean "case_id"?',
      ],
    ],
    [
      "an unmapped key",
      join("key: [case_id, team]"),
      [
        "9 joins[0].key[1]: names team, which no file gives: map it under columns (team: HEADER), or join by another field.",
      ],
    ],
    [
      "a derived key",
      join("key: child_ordinal"),
      [
        "9 joins[0].key: names child_ordinal, which casedraw works out later; use a standard field, or a name given under fields.",
      ],
    ],
    [
      "a name as key",
      join("key: case_name, columns: { case_name: Name }"),
      [
        "9 joins[0].key: names case_name, which never reaches a frame; choose another field or join by another field.",
      ],
    ],
    [
      "a key twice",
      join("key: [case_id, case_id]"),
      ['9 joins[0].key[1]: is named twice, got "case_id" again; keep one.'],
    ],
    [
      "a list as key",
      join("key: factors, columns: { factors: F }"),
      ["9 joins[0].key: names factors, of which a row can have several; join by a field with one value."],
    ],
    [
      "a list as key where cases are units",
      { ...join("key: factors, columns: { factors: F }"), unit: "case", unit_id: "case_id" },
      ["9 joins[0].key: names factors, of which a row can have several; join by a field with one value."],
    ],
    [
      "no key in the list",
      join("key: []"),
      ["9 joins[0].key: must be the name of a field, or a list of names, got an empty list."],
    ],
    [
      "another many",
      join("key: case_id, many: lst"),
      [`9 joins[0].many: ${many} "lst". Did you mean "list"?`],
    ],
    ["many as a list", join("key: case_id, many: [list]"), [`9 joins[0].many: ${many} a list.`]],
    [
      "an empty many",
      join("key: case_id, many: {}"),
      ["9 joins[0].many.latest: is missing: write { latest: FIELD } or { earliest: FIELD }."],
    ],
    [
      "latest and earliest",
      join("key: case_id, many: { latest: closed_date, earliest: closed_date }"),
      ["9 joins[0].many.earliest: cannot stand beside latest: keep one."],
    ],
    [
      "latest of a category",
      join("key: case_id, many: { latest: court }"),
      ["9 joins[0].many.latest: must name a date or number field, got court, which is neither."],
    ],
    [
      "latest of an unmapped field",
      join("key: case_id, many: { latest: last_activity_date }"),
      [
        "9 joins[0].many.latest: names last_activity_date, which no file gives: map it under columns (last_activity_date: HEADER), or name another field.",
      ],
    ],
    [
      "a later key of the plan",
      join("key: case_id, on_missing: drop"),
      [
        "9 joins[0].on_missing: is not a key that is known here; allowed are path, sheet, key, many or columns.",
      ],
    ],
    [
      '"" as a header',
      join('key: case_id, columns: { team: "" }'),
      [
        '9 joins[0].columns.team: must be a column header; only factors may be { list: … } or { flags: … }, got "".',
      ],
    ],
  ]);

  test("a key by itself is a list of one, and many is error", () => {
    expect(readKeys(join("key: case_id")).joins).toEqual([
      { path: "f.csv", key: ["case_id"], many: "error", columns: {} },
    ]);
  });

  test("latest may name a date or number that only the joined file gives", () => {
    const keys = {
      ...join("key: case_id, many: { earliest: episode }, columns: { last_activity_date: D, episode: E }"),
      fields: "{ episode: { column: Episode, type: number } }",
    };
    expect(readKeys(keys).joins[0]?.many).toEqual({ earliest: "episode" });
    expect(
      readKeys(join("key: case_id, many: { latest: last_activity_date }, columns: { last_activity_date: D }"))
        .joins,
    ).toHaveLength(1);
  });
});

describe("lookups", () => {
  const lookup = (text: string) => ({ lookups: `\n  - { path: c.csv, ${text} }` });
  refused(
    [
      [
        "no new field",
        lookup("from: court, to: {}"),
        ["9 lookups[0].to: must name at least one field, got none."],
      ],
      [
        "a name with a capital",
        lookup("from: court, to: { DFJ: D }"),
        [
          '9 lookups[0].to.DFJ: must be a name in lower case: letters, digits and _, a letter first, got "DFJ".',
        ],
      ],
      [
        "a derived field",
        lookup("from: court, to: { source: S }"),
        ["9 lookups[0].to.source: is the name of a field that casedraw works out; choose another."],
      ],
      [
        "a field of the plan's own",
        { ...lookup("from: court, to: { need: S }"), fields: "{ need: { column: N, type: text } }" },
        ["9 lookups[0].to.need: is also given under fields; keep one."],
      ],
      [
        "a mapped field",
        lookup("from: court, to: { law_type: S }"),
        ["9 lookups[0].to.law_type: is also mapped under columns; keep one."],
      ],
      [
        "a field of an earlier lookup",
        {
          lookups:
            "\n  - { path: a.csv, from: court, to: { region: R } }\n  - { path: b.csv, from: court, to: { region: R } }",
        },
        ["10 lookups[1].to.region: is also given by a lookup before this one; keep one."],
      ],
      [
        "an unknown from",
        lookup("from: cuort, to: { region: R }"),
        [
          '9 lookups[0].from: names "cuort", which is no field: use a standard field, or a name given under fields. Did you mean "court"?',
        ],
      ],
      [
        "an unmapped from",
        lookup("from: team, to: { region: R }"),
        [
          "9 lookups[0].from: names team, which no file gives: map it under columns (team: HEADER), or take this lookup out.",
        ],
      ],
      [
        "a derived from",
        lookup("from: age_band, to: { region: R }"),
        [
          "9 lookups[0].from: names age_band, which casedraw works out later; use a standard field, or a name given under fields.",
        ],
      ],
      [
        "what a later lookup gives",
        {
          lookups:
            "\n  - { path: a.csv, from: dfj_area, to: { region: R } }\n  - { path: b.csv, from: court, to: { dfj_area: D } }",
        },
        ["9 lookups[0].from: names dfj_area, which no lookup before this one gives; put that lookup first."],
      ],
      [
        "two fields looked up",
        lookup("from: { court: C, team: T }, to: { region: R }"),
        ["9 lookups[0].from: must name one field, got several."],
      ],
      [
        "no field looked up",
        lookup("from: {}, to: { region: R }"),
        ["9 lookups[0].from: must name one field, got none."],
      ],
      [
        "a header said twice",
        lookup("from: { court: C }, from_header: C, to: { region: R }"),
        ["9 lookups[0].from_header: says again what { FIELD: HEADER } says under from: keep one."],
      ],
      [
        "a list looked up",
        { columns: "{ case_id: C, child_id: D, factors: F }", ...lookup("from: factors, to: { region: R }") },
        [
          "9 lookups[0].from: names factors, of which a unit can have several; look up a field with one value.",
        ],
      ],
    ].map(([what, keys, problems]) => [what, keys, problems] as Rule),
  );

  test("one may use what an earlier one gives, with its own header", () => {
    const keys = {
      lookups:
        "[{ path: a.csv, from: { court: Court name }, to: { dfj_area: D } }, { path: b.xlsx, sheet: S, from: dfj_area, to: { size: Z } }]",
    };
    expect(readKeys(keys).lookups).toEqual([
      { path: "a.csv", from: "court", from_header: "Court name", to: { dfj_area: "D" } },
      { path: "b.xlsx", sheet: "S", from: "dfj_area", to: { size: "Z" } },
    ]);
  });
});

describe("fields", () => {
  const field = (text: string) => ({ fields: `\n  need: ${text}` });
  const form = "{ column: HEADER, type: TYPE } or { weeks_between: [DATE_FIELD, DATE_FIELD] }";
  refused([
    ["a header alone", field("CIN"), [`9 fields.need: must be ${form}, got "CIN".`]],
    [
      "no type",
      field("{ column: CIN }"),
      ["9 fields.need.type: is missing: it must be category, text, number, date or list."],
    ],
    ["no column", field("{ type: date }"), [`9 fields.need.column: is missing: a field is ${form}.`]],
    [
      "another type",
      field("{ column: CIN, type: categry }"),
      [
        '9 fields.need.type: must be category, text, number, date or list, got "categry". Did you mean "category"?',
      ],
    ],
    [
      "a separator without a list",
      field('{ column: CIN, type: text, separator: ";" }'),
      ["9 fields.need.separator: goes with type: list only, and this is type: text."],
    ],
    [
      "weeks with a column",
      field("{ column: CIN, weeks_between: [application_date, closed_date] }"),
      ["9 fields.need.column: cannot stand beside weeks_between, which needs no column."],
    ],
    [
      "weeks from one date",
      field("{ weeks_between: [application_date] }"),
      ["9 fields.need.weeks_between: must be two date fields in a list, got a list."],
    ],
    [
      "weeks between the same date",
      field("{ weeks_between: [closed_date, closed_date] }"),
      ["9 fields.need.weeks_between[1]: must be another date than the first, got closed_date for both."],
    ],
    [
      "weeks to a category",
      field("{ weeks_between: [closed_date, court] }"),
      [
        "9 fields.need.weeks_between[1]: must name a date field, got court, which is none; a date of your own goes under fields with type: date.",
      ],
    ],
    [
      "weeks to a misspelt date",
      field("{ weeks_between: [closed_dat, application_date] }"),
      [
        '9 fields.need.weeks_between[0]: must name a date field, got "closed_dat"; a date of your own goes under fields with type: date. Did you mean "closed_date"?',
      ],
    ],
    [
      "weeks to an unmapped date",
      field("{ weeks_between: [closed_date, allocation_date] }"),
      [
        "9 fields.need.weeks_between[1]: names allocation_date, which no file gives: map it under columns (allocation_date: HEADER), or take this field out.",
      ],
    ],
    [
      "a name with a capital",
      { fields: "{ Need: { column: CIN, type: text } }" },
      ['8 fields.Need: must be a name in lower case: letters, digits and _, a letter first, got "Need".'],
    ],
    [
      "a standard field",
      { fields: "{ gender: { column: G, type: category } }" },
      ["8 fields.gender: is a standard field; map it under columns instead."],
    ],
    [
      "a derived field",
      { fields: "{ age_band: { column: G, type: category } }" },
      ["8 fields.age_band: is the name of a field that casedraw works out; choose another."],
    ],
  ]);

  test("weeks may lie between dates of the plan's own, and a list has a separator", () => {
    const plan = readKeys({
      fields:
        '{ order: { column: O, type: date }, w: { weeks_between: [application_date, order] }, l: { column: L, type: list }, m: { column: M, type: list, separator: "|" } }',
    });
    expect(plan.fields).toEqual({
      order: { column: "O", type: "date" },
      w: { weeks_between: ["application_date", "order"] },
      l: { column: "L", type: "list", separator: ";" },
      m: { column: "M", type: "list", separator: "|" },
    });
  });
});

describe("values", () => {
  refused([
    [
      "an unknown field",
      { values: "{ gendr: { Boy: male } }" },
      [
        '8 values.gendr: is no field; use a standard field, or a name given under fields or lookups. Did you mean "gender"?',
      ],
    ],
    [
      "a derived field",
      { values: "{ age_band: { Boy: male } }" },
      [
        "8 values.age_band: is worked out by casedraw and has no raw values; give values for the field that it comes from.",
      ],
    ],
    [
      "an id",
      { values: "{ case_id: { a: b } }" },
      ["8 values.case_id: takes no codes: it holds text as it stands. Only categories and lists do."],
    ],
    [
      "a date",
      { values: "{ closed_date: { a: b } }" },
      ["8 values.closed_date: takes no codes: it holds a date. Only categories and lists do."],
    ],
    [
      "one text",
      { values: "{ gender: male }" },
      ['8 values.gender: must be raw values with the code of each, got "male".'],
    ],
    ["no code", { values: "{ gender: { Boy: } }" }, ["8 values.gender.Boy: must be a code, got nothing."]],
    [
      "two codes for one value",
      { values: '{ gender: { Boy: male, " bOY": female } }' },
      [
        '8 values.gender[" bOY"]: is given another code already (male): case and blanks make no difference; keep one.',
      ],
    ],
  ]);

  test("a field that no file gives may have values, and a blank cell a code", () => {
    expect(readKeys({ values: '{ gender: { Boy: male, boy: male, "": unknown } }' }).values).toEqual({
      gender: { Boy: "male", boy: "male", "": "unknown" },
    });
  });
});

describe("delay", () => {
  refused([
    [
      "a category",
      { delay: "{ to: court }" },
      [
        "8 delay.to: must name a date field, got court, which is none; a date of your own goes under fields with type: date.",
      ],
    ],
    [
      "an unknown date",
      { delay: "{ from: aplication_date }" },
      [
        '8 delay.from: must name a date field, got "aplication_date"; a date of your own goes under fields with type: date. Did you mean "application_date"?',
      ],
    ],
    [
      "one date for both",
      { delay: "{ from: closed_date }" },
      ["8 delay.to: must be another date than from, got closed_date for both."],
    ],
    [
      "another key",
      { delay: "{ form: closed_date }" },
      ['8 delay.form: is not a key that is known here; allowed are from or to. Did you mean "from"?'],
    ],
  ]);

  test("its dates need be mapped only where delay is used", () => {
    expect(readKeys({ delay: "{ to: first_hearing_date }" }).delay).toEqual({
      from: "application_date",
      to: "first_hearing_date",
    });
  });
});

describe("what outputs never show", () => {
  const private_ = (keys: Record<string, string>) =>
    problemsOf(keys).map((line) => line.replace(/^\d+ /, ""));

  test("a name may not come in by a lookup", () => {
    const lookups = "\n  - { path: c.csv, from: law_type, to: { case_name: Name } }";
    expect(private_({ lookups })).toEqual([
      "lookups[0].to.case_name: is a name, and names never reach a frame; leave it out.",
    ]);
  });

  test("a name or a birth date may not come in under another name, nor as weeks", () => {
    const columns =
      "{ case_id: A, child_id: B, law_type: C, case_name: N, date_of_birth: D, application_date: E, closed_date: F }";
    const fields =
      "{ n: { column: N, type: category }, d: { column: D, type: text }, w: { weeks_between: [date_of_birth, application_date] } }";
    expect(private_({ columns, fields })).toEqual([
      "fields.n.column: is the column of case_name, which outputs never show; take this field out.",
      "fields.d.column: is the column of date_of_birth, which outputs never show; take this field out.",
      "fields.w.weeks_between: names date_of_birth, and weeks from it would give the birth date away in every output; use age_band.",
    ]);
  });

  test("nor with another apostrophe, which readers take for the same", () => {
    const columns =
      "{ case_id: A, child_id: B, law_type: C, case_name: Child’s name, application_date: E, closed_date: F }";
    const fields = '{ n: { column: "Child\'s name", type: category } }';
    expect(private_({ columns, fields })).toEqual([
      "fields.n.column: is the column of case_name, which outputs never show; take this field out.",
    ]);
  });

  test("nor under its header written otherwise, which readers take for the same", () => {
    const columns =
      "{ case_id: A, child_id: B, law_type: C, date_of_birth: Date of birth, application_date: E, closed_date: F }";
    const fields = '{ d: { column: "DATE  OF BIRTH", type: date } }';
    expect(private_({ columns, fields })).toEqual([
      "fields.d.column: is the column of date_of_birth, which outputs never show; take this field out.",
    ]);
  });

  test("one file under two spellings is one file", () => {
    expect(private_({ data: "[{ path: a.csv }, { path: ./a.csv }]" })).toEqual([
      "data[1]: is the same file as one before it; name each file once.",
    ]);
  });
});
