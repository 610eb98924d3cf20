import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { problems, read, readKeys, refusal } from "./reading.js";

const head = `casedraw: 1
title: Autumn
reference_date: 2026-11-16
`;
/** Lines 4 to 8: what frames can share. */
const shared = `unit_id: [case_id, child_id]
data: [{ path: open.csv }]
columns: { case_id: Case, child_id: Child, law_type: Law, court: Court }
fields: { need: { column: CIN, type: category } }
cohort: { include: { law_type: public } }
`;

describe("a plan with frames", () => {
  test("gives each frame as a whole plan: its own keys, and the top's for the rest", () => {
    const plan = read(`${head}${shared}frames:
  current:
    sample: { size: 60, strata: [law_type] }
  audited-2:
    unit: case
    unit_id: case_id
    data: [{ path: audits.csv }]
    columns: { case_id: Number, audit_grade: Grade }
    cohort: {}
    sample: { size: 12, strata: [audit_grade] }
`);
    const { frames, ...top } = plan;
    // The top is a plan that only describes the data, the frame `current` the same with its sample.
    expect(top).toEqual(read(head + shared));
    expect(frames).toEqual({
      current: read(`${head}${shared}sample: { size: 60, strata: [law_type] }\n`),
      "audited-2": read(`${head}unit: case
unit_id: case_id
data: [{ path: audits.csv }]
columns: { case_id: Number, audit_grade: Grade }
fields: { need: { column: CIN, type: category } }
sample: { size: 12, strata: [audit_grade] }
`),
    });
  });

  test("replaces whole keys and merges nothing", () => {
    const plan = read(`${head}${shared}bands: { age: { from: [3] } }
frames:
  a: { bands: { delay: { over: [5] } }, columns: { case_id: C, child_id: D, law_type: L }, sample: { size: 1 } }
`);
    expect(plan.frames?.a?.bands).toEqual({ age: { from: [0, 1, 5, 10, 16] }, delay: { over: [5] } });
    expect(plan.frames?.a?.columns).toEqual({ case_id: "C", child_id: "D", law_type: "L" });
    expect(plan.bands.age.from).toEqual([3]);
  });

  test("knows a frame's own fields in that frame, and no other's", () => {
    const text = `${head}${shared}frames:
  a: { fields: { area: { column: A, type: category } }, sample: { size: 1, strata: [area] } }
  b: { sample: { size: 1, strata: [need] } }
`;
    expect(read(text).frames?.a?.sample?.strata).toEqual(["area"]);
    const unknown =
      "which is no field: use a standard or derived field, or a name given under fields or lookups.";
    expect(
      problems(
        text
          .replace("strata: [area]", "strata: [need]")
          .replace("  b: { sample: { size: 1, strata: [need]", "  b: { sample: { size: 1, strata: [area]"),
      ),
    ).toEqual([
      `10 frames.a.sample.strata[0]: names "need", ${unknown}`,
      `11 frames.b.sample.strata[0]: names "area", ${unknown}`,
    ]);
  });

  test("needs no data and no unit_id at the top where every frame gives its own", () => {
    const plan = read(`${head}columns: { case_id: C }
frames:
  a: { unit_id: case_id, data: [{ path: a.csv }], sample: { size: 1 } }
  b: { unit_id: [case_id], data: [{ path: b.csv }], sample: { size: 2 } }
`);
    expect(plan).toMatchObject({ unit_id: [], data: [] });
    expect(plan).not.toHaveProperty("sample");
    expect(plan.frames?.a?.unit_id).toEqual(["case_id"]);
    expect(plan.frames?.b?.data).toEqual([{ path: "b.csv", columns: {} }]);
  });

  test("shares nothing between frames", () => {
    const { frames } = read(`${head}${shared}frames:
  a: { sample: { size: 1 } }
  b: { sample: { size: 1 } }
`);
    expect(frames?.a?.columns).not.toBe(frames?.b?.columns);
    expect(frames?.a?.cohort.include).not.toBe(frames?.b?.cohort.include);
  });

  test.each([
    [
      "with what they share",
      `${shared}prefer: last_file\n`.replace("open.csv }", "open.csv }, { path: b.csv }"),
    ],
    ["without", ""],
  ])("printed as YAML and read again it is the same, %s", (_, top) => {
    const own =
      "unit_id: case_id, data: [{ path: a.csv }, { path: c.csv }], columns: { case_id: C }, fields: {}, cohort: {}";
    const plan = read(
      `${head}${top}unit_id_prefix: "007"
frames:
  b: { ${own}, sample: { size: 2, method: systematic, balance: [source] } }
  a: { ${own}, delay: { from: allocation_date }, sample: { size: 1, reserves: 0.07 } }
`,
    );
    expect(read(stringify(plan))).toEqual(plan);
    expect(read(JSON.stringify(plan))).toEqual(plan);
    expect(Object.keys(plan.frames ?? {})).toEqual(["b", "a"]);
    expect(readKeys({}).frames).toBeUndefined();
  });
});

describe("a fault of a plan with frames", () => {
  const sampled = "sample: { size: 1 }";

  test.each<[what: string, text: string, told: string[]]>([
    ["no frame", "frames: {}", ["9 frames: must hold at least one frame, got none."]],
    [
      "a list",
      "frames: [a]",
      ["9 frames: must be names, each with the keys of its own frame, among them sample, got a list."],
    ],
    [
      "a sample at the top",
      `sample: { size: 5 }\nframes: { a: { ${sampled} } }`,
      ["9 sample: cannot stand beside frames, each of which has its own; take it out."],
    ],
    [
      "a link at the top",
      `linked: { by: case_id }\nframes: { a: { ${sampled} } }`,
      ["9 linked: cannot stand beside frames; make the linked sample a plan of its own."],
    ],
    [
      "a frame without a sample",
      `frames:\n  a: { ${sampled} }\n  b: { cohort: {} }`,
      [
        "11 frames.b.sample: is missing: it must be keys with values (size, method, strata, allocation, balance, targets, one_per, caps …).",
      ],
    ],
    [
      "a frame with nothing",
      "frames:\n  a:",
      [expect.stringMatching(/^10 frames\.a: must be keys with values \(.*\), got nothing\.$/)],
    ],
    [
      "a misspelt sample, once",
      "frames:\n  a: { smaple: { size: 5 } }",
      [expect.stringMatching(/^10 frames\.a\.smaple: is not a key .* Did you mean "sample"\?$/)],
    ],
    [
      "a key that frames do not have",
      `frames:\n  a: { ${sampled}, linked: { by: case_id } }`,
      [
        expect.stringMatching(
          /^10 frames\.a\.linked: is not a key that is known here; allowed are .* cohort or sample\.$/,
        ),
      ],
    ],
    [
      "another date",
      `frames:\n  a: { reference_date: 2026-11-17, ${sampled} }`,
      [`10 frames.a.reference_date: must be the plan's own, "2026-11-16", got "2026-11-17"; take it out.`],
    ],
    ...["Current", "-a", "a b", "../a", "con", "com1", ""].map((name): [string, string, string[]] => [
      `the name ${JSON.stringify(name)}`,
      `frames:\n  ${JSON.stringify(name)}: { ${sampled} }`,
      [
        `10 frames${/^\w+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`}: must be a name that can be a folder's: lower-case letters, digits, - and _, a letter or digit first, got ${JSON.stringify(name)}.`,
      ],
    ]),
  ])("%s", (_, text, told) => {
    expect(problems(`${head}${shared}${text}\n`)).toEqual(told);
  });

  test("is told where its key stands: in the frame, or at the top and there once", () => {
    expect(
      problems(
        `${head}${shared.replace("law_type: public", "law_typ: public")}refernce: 1
frames:
  a:
    sample: { size: lots, strata: [need, gender] }
  b-2:
    columns: { case_id: C, child_id: D, law_type: L, gendr: G }
    fields: { need: { column: N, typ: text } }
    sample:
      size: 5
      caps: { team: 3 }
      strata: [need, law_tpe]
`,
      ),
    ).toEqual([
      '8 cohort.include.law_typ: names "law_typ", which is no field: use a standard or derived field, or a name given under fields or lookups. Did you mean "law_type"?',
      expect.stringMatching(
        /^9 refernce: is not a key that is known here; allowed are casedraw, .* or frames\.( Did you mean .*)?$/,
      ),
      '12 frames.a.sample.size: must be a whole number of 1 or more, got "lots".',
      "12 frames.a.sample.strata[1]: names gender, which no file gives: map it under columns (gender: HEADER), or take it out of strata.",
      '14 frames["b-2"].columns.gendr: is not a standard field. Name other columns under fields, with their type. Did you mean "gender"?',
      '15 frames["b-2"].fields.need.typ: is not a key that is known here; allowed are column, type, separator or weeks_between. Did you mean "type"?',
      '19 frames["b-2"].sample.strata[1]: names "law_tpe", which is no field: use a standard or derived field, or a name given under fields or lookups. Did you mean "law_type"?',
    ]);
  });

  test("of the top that not every frame has names the frames", () => {
    const text = `${head}${shared}frames:
  a: { ${sampled} }
  b: { columns: { case_id: C, child_id: D }, ${sampled} }
  c: { columns: { case_id: E, child_id: F }, ${sampled} }
`;
    const lacking =
      "8 cohort.include.law_type: names law_type, which no file gives: map it under columns (law_type: HEADER), or take this condition out.";
    expect(problems(text)).toEqual([`${lacking} This is so in the frames b, c.`]);
    expect(problems(text.replace(/ {2}c:.*\n/, ""))).toEqual([`${lacking} This is so in the frame b.`]);
    expect(problems(text.replace(/ {2}a:.*\n/, ""))).toEqual([lacking]);
  });

  test("data and unit_id that neither a frame nor the top gives are missing in the frame", () => {
    const text = `${head}columns: { case_id: C }
frames:
  a: { unit_id: case_id, data: [{ path: a.csv }], ${sampled} }
  b: { ${sampled} }
`;
    expect(problems(text)).toEqual([
      "7 frames.b.unit_id: is missing: it must be the name of a field, or a list of names such as [case_id, child_id]. The plan itself gives none.",
      '7 frames.b.data: is missing: it must be a list of files, each written "- path: FILE". The plan itself gives none.',
    ]);
    // Misspelt, at the top or in the frame, is no reason to say that it is missing too.
    const misspelt = text
      .replace("columns:", "dat: [{ path: a.csv }]\ncolumns:")
      .replace("b: {", "b: { unitid: case_id,");
    expect(problems(misspelt)).toEqual([
      expect.stringMatching(/^4 dat: .* Did you mean "data"\?$/),
      expect.stringMatching(/^8 frames\.b\.unitid: .* Did you mean "unit_id"\?$/),
    ]);
    const wrong = text.replace("columns:", "data: open.csv\ncolumns:").replace("b: {", "b: { unit_id: [],");
    expect(problems(wrong)).toEqual([
      '4 data: must be a list of files, each written "- path: FILE", got "open.csv".',
      "8 frames.b.unit_id: must be the name of a field, or a list of names such as [case_id, child_id], got an empty list.",
    ]);
  });

  test("a faulty mapping of one frame hides what it would have given, there alone", () => {
    const text = `${head}${shared}frames:
  a: { colums: { gender: G }, sample: { size: 5, strata: [gender] } }
  b: { sample: { size: 5, strata: [gender] } }
`;
    expect(problems(text)).toEqual([
      expect.stringMatching(/^10 frames\.a\.colums: .* Did you mean "columns"\?$/),
      "11 frames.b.sample.strata[0]: names gender, which no file gives: map it under columns (gender: HEADER), or take it out of strata.",
    ]);
  });

  test("a stand-in does not reach past its frame", () => {
    const error = refusal(
      `${head}${shared}frames:\n  a: { sample: 5 }\n  b: { sample: { strata: [law_type] } }\n`,
    );
    expect(error.details.problems).toEqual([
      expect.objectContaining({ path: "frames.a.sample", line: 10 }),
      expect.objectContaining({ path: "frames.b.sample.size", line: 11 }),
    ]);
  });
});
