import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { CasedrawError } from "../../src/errors.js";
import { parsePlan } from "../../src/plan/load.js";
import type { PlanProblem } from "../../src/plan/problems.js";
import { problems, problemsOf, read, readKeys, refusal } from "./reading.js";

describe("a plan without faults", () => {
  test("is read with its defaults", () => {
    expect(readKeys({})).toEqual({
      casedraw: 1,
      title: "Autumn",
      reference_date: "2026-11-16",
      unit: "child",
      unit_id: ["case_id", "child_id"],
      data: [{ path: "open.csv", columns: {} }],
      joins: [],
      lookups: [],
      columns: {
        case_id: "Case",
        child_id: "Child",
        law_type: "Law",
        application_date: "Issued",
        closed_date: "Closed",
        court: "Court",
      },
      fields: {},
      values: {},
      bands: { age: { from: [0, 1, 5, 10, 16] }, delay: { over: [26, 52, 100] } },
      delay: { from: "application_date", to: "closed_date" },
      cohort: { include: {}, exclude: {} },
    });
  });

  test("shares nothing with another plan", () => {
    const first = readKeys({ sample: "{ size: 1 }" });
    const second = readKeys({ sample: "{ size: 1 }" });
    expect(first.bands.age.from).not.toBe(second.bands.age.from);
    expect(first.cohort.include).not.toBe(second.cohort.include);
    expect(first.sample?.strata).not.toBe(second.sample?.strata);
  });
});

describe("a plan with several faults", () => {
  const text = `casedraw: 1
refernce_date: 2026-11-16
title: Autumn
unit: chlid
unit_id: [case_id, child_idd]
data:
  - pth: open.csv
columns: { case_id: Case, gendr: Gender }
fields:
  need: { column: CIN, typ: category }
sample:
  size: lots
  strata: [need, gender, law_typ]
  cap: { team: 3 }
title: Spring
`;

  test("tells them all at once, by line, and nothing that only follows from another", () => {
    const known =
      "casedraw, title, reference_date, unit, unit_id, unit_id_prefix, data, prefer, joins, lookups, columns, fields, values, value_map, bands, delay, cohort, observed, disclosure, pia, compare, teams, handover, sample, linked or frames";
    expect(problems(text)).toEqual([
      `2 refernce_date: is not a key that is known here; allowed are ${known}. Did you mean "reference_date"?`,
      '4 unit: must be child or case, got "chlid". Did you mean "child"?',
      '5 unit_id[1]: names "child_idd", which is no field: use a standard field, or a name given under fields. Did you mean "child_id"?',
      '7 data[0].pth: is not a key that is known here; allowed are path, sheet or columns. Did you mean "path"?',
      '8 columns.gendr: is not a standard field. Name other columns under fields, with their type. Did you mean "gender"?',
      '10 fields.need.typ: is not a key that is known here; allowed are column, type, separator or weeks_between. Did you mean "type"?',
      '12 sample.size: must be a whole number of 1 or more, got "lots".',
      '13 sample.strata[2]: names "law_typ", which is no field: use a standard or derived field, or a name given under fields or lookups. Did you mean "law_type"?',
      '14 sample.cap: is not a key that is known here; allowed are size, method, strata, allocation, balance, targets, one_per, caps, reserves or avoid. Did you mean "caps"?',
      "15 title: is given twice, on lines 3 and 15; keep one.",
    ]);
  });

  // What a faulty mapping would have given is not known, so nothing is said to be unmapped.
  test.each([
    ["columns", "{ case_id: Case, child_id: Child, gendr: Gender }"],
    ["data", "[{ path: open.csv, column: { gender: Gender } }]"],
    ["joins", "[{ path: f.csv, keys: case_id, columns: { gender: Gender } }]"],
    ["lookups", "[{ path: f.csv, form: case_id, to: { gender: Gender } }]"],
    ["fields", "{ gender: { column: Gender, type: category } }"],
    ["delay", "{ form: closed_date }"],
  ])("a fault of %s is not told again where its fields are used", (key, value) => {
    const told = problemsOf({
      [key]: value,
      cohort: "{ include: { gender: male }, active_within_months: 6 }",
      sample: "{ size: 5, strata: [gender, age_band] }",
    });
    expect(told).toEqual([expect.stringContaining(` ${key}`)]);
  });

  test("gives programs path, line, message and suggestion", () => {
    const error = refusal(text);
    const found = error.details.problems as PlanProblem[];
    expect(error).toBeInstanceOf(CasedrawError);
    expect(error.details.file).toBe("plan.yaml");
    expect(found[1]).toEqual({
      path: "unit",
      line: 4,
      message: 'must be child or case, got "chlid". Did you mean "child"?',
      suggestion: "child",
    });
    expect(found[9]).not.toHaveProperty("suggestion");
    expect(found[4]).toMatchObject({ path: "columns.gendr", suggestion: "gender" });
  });

  test("one fault reads as one", () => {
    expect(
      refusal(
        "casedraw: 1\ntitle: T\nreference_date: 2026-11-16\nunit: case\nunit_id: case_id\ndata: [{ path: a.csv }]\ncolumns: { case_id: C }\nsample: { size: 0 }\n",
      ).message,
    ).toBe(
      `The plan has 1 problem (plan.yaml):
  line 8, sample.size: must be a whole number of 1 or more, got 0.
Correct it and run again; docs/plan.md explains every key.`,
    );
  });

  test("an empty mapping tells what every plan must have", () => {
    expect(problems("{}")).toEqual([
      "1 casedraw: is missing: it must be 1, the plan format that this version reads.",
      "1 title: is missing: it must be a title.",
      "1 reference_date: is missing: it must be a real date written YYYY-MM-DD.",
      "1 unit_id: is missing: it must be the name of a field, or a list of names such as [case_id, child_id].",
      '1 data: is missing: it must be a list of files, each written "- path: FILE". A report without an export has pia or compare instead.',
    ]);
  });

  test("what is an option of a command is no key", () => {
    expect(
      problems("casedraw: 1\ntitle: T\nreference_date: 2026-11-16\npia: { edition: publishable }"),
    ).toEqual([
      "4 pia.edition: is an option of the command, --edition publishable, and no key; take it out.",
    ]);
  });

  test("whatever is taken out of a plan or put in, it is read or refused with a code", () => {
    const lines = stringify(readKeys({ sample: "{ size: 10, strata: [law_type] }" })).split("\n");
    const piece = fc.oneof(
      fc.constantFrom(
        "[]",
        "{}",
        "-",
        "~",
        "''",
        "5",
        "size: 1",
        "- a",
        "? b",
        "&a x",
        "*a",
        "!!map {}",
        "{ a: [ { b: c } ] }",
      ),
      fc.string({ maxLength: 8 }),
      fc.constantFrom(...lines),
    );
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.nat(3), piece, fc.nat(6), (at, out, put, indent) => {
        const changed = lines.toSpliced(at, out, " ".repeat(indent) + put).join("\n");
        try {
          read(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(CasedrawError);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("a plan printed and read again", () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/).map((text) => `x_${text}`);
  const words = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
    .filter((text) => /\S/.test(text) && !/\p{Cc}/u.test(text));
  const tricky = fc.oneof(
    words,
    fc.constantFrom(
      "007",
      "yes",
      "null",
      "~",
      "1e3",
      "2026-11-16",
      "- a",
      "a: b",
      "#x",
      "true",
      "0x1F",
      "'",
      '"',
      "*a",
    ),
  );
  const path = tricky.filter((text) => !/^[A-Za-z][A-Za-z0-9+.-]+:/.test(text));
  const dictionary = <T>(value: fc.Arbitrary<T>, key = tricky) =>
    fc.dictionary(
      key.filter((text) => text !== "__proto__"),
      value,
      { maxKeys: 4 },
    );
  const ascending = (least: number) =>
    fc
      .uniqueArray(fc.integer({ min: least, max: 200 }), { minLength: 1, maxLength: 5 })
      .map((list) => list.toSorted((a, b) => a - b));
  const condition = fc.oneof(
    fc.array(tricky, { minLength: 1, maxLength: 3 }),
    tricky,
    fc.record({ blank: fc.boolean() }),
  );
  const plans = fc.record(
    {
      title: tricky,
      reference_date: fc
        .date({ min: new Date("1900-01-01"), max: new Date("2199-12-31"), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
      unit_id_prefix: fc.constantFrom("C", "007", "yes", "null"),
      data: fc.uniqueArray(
        fc.record(
          {
            path,
            sheet: tricky,
            columns: fc.record({ team: tricky, court: fc.constant("") }, { requiredKeys: [] }),
          },
          { requiredKeys: ["path"] },
        ),
        { selector: (file) => file.path, minLength: 1, maxLength: 3 },
      ),
      joins: fc.array(
        fc.record(
          {
            path,
            key: fc.constantFrom("case_id", ["case_id", "child_id"]),
            many: fc.constantFrom("error", "list", { latest: "application_date" }),
          },
          { requiredKeys: ["path", "key"] },
        ),
        { maxLength: 2 },
      ),
      lookups: fc.oneof(
        fc.constant([]),
        fc
          .tuple(
            path,
            fc.constantFrom("court", { court: "007" }),
            dictionary(tricky, word).filter((to) => Object.keys(to).length > 0),
          )
          .map(([at, from, to]) => [{ path: at, from, to }]),
      ),
      values: fc.record(
        { gender: dictionary(tricky, word), law_type: dictionary(tricky, word) },
        { requiredKeys: [] },
      ),
      bands: fc.record(
        { age: fc.record({ from: ascending(0) }), delay: fc.record({ over: ascending(1) }) },
        { requiredKeys: [] },
      ),
      cohort: fc.record(
        {
          include: fc.record({ law_type: condition, court: condition }, { requiredKeys: [] }),
          exclude: fc.record(
            {
              case_id: condition,
              delay_days: fc.constantFrom({ over: 1.5 }, { from: -3, to: 1e21 }),
              closed_date: fc.constant({ to: "2026-01-01" }),
            },
            { requiredKeys: [] },
          ),
          active_within_months: fc.integer({ min: 1, max: 40 }),
          exclude_ids: path,
        },
        { requiredKeys: [] },
      ),
      sample: fc.record(
        {
          size: fc.integer({ min: 1, max: 1e6 }),
          strata: fc.subarray(["law_type", "court", "delay_band"]),
          allocation: fc.constantFrom(
            { method: "equal" },
            { min: 0 },
            { min: 1, max: 1 },
            { method: "power" },
            { method: "power", exponent: 0.25, max: 9 },
            { method: "neyman", deviation_of: "delay_days" },
            { method: "optimal", deviation_of: "case_children", cost: { "007": 1.5 } },
          ),
          reserves: fc.oneof(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(100)),
        },
        { requiredKeys: ["size"] },
      ),
      design: fc.constantFrom(
        {},
        { method: "balanced", balance: ["delay_is_open", "source"] },
        { method: "systematic", balance: ["source"] },
        { one_per: "case_id" },
        { caps: { case_id: 1 }, targets: [{ where: { court: ["007"] }, at_least: 1 }] },
        { avoid: { sample: "./007" } },
        { avoid: { ids: "yes", share: 1e-3 } },
      ),
      framed: fc.boolean(),
    },
    { requiredKeys: ["title", "reference_date", "data", "design", "framed"] },
  );

  test("is the same plan", () => {
    fc.assert(
      fc.property(plans, ({ design, framed, sample, ...keys }) => {
        // One level for every field, so that a stratum can be named.
        const named = sample?.strata?.length === 1 ? {} : { allocation: { method: "equal" } };
        const drawn = sample === undefined ? undefined : { ...sample, ...named, ...design };
        const sampled = drawn === undefined ? {} : { sample: drawn };
        const written = {
          casedraw: 1,
          unit: "child",
          unit_id: ["case_id", "child_id"],
          columns: {
            case_id: "C",
            child_id: "D",
            law_type: "L",
            court: "K",
            application_date: "A",
            closed_date: "E",
          },
          ...keys,
          ...(framed && drawn !== undefined
            ? { frames: { all: sampled, "007": { ...sampled, cohort: {}, data: [{ path: "b.csv" }] } } }
            : sampled),
        };
        const plan = parsePlan(stringify(written, { aliasDuplicateObjects: false }), { file: "plan.yaml" });
        expect(parsePlan(stringify(plan), { file: "plan.yaml" })).toEqual(plan);
        expect(plan.title).toBe(keys.title);
        expect(plan.data.map((file) => file.path)).toEqual(keys.data.map((file) => file.path));
        if (drawn === undefined) return;
        const told = plan.frames === undefined ? [plan] : Object.values(plan.frames);
        for (const each of told) {
          expect(each.sample?.reserves).toBe((drawn.reserves ?? 0) + 0);
          expect(each.sample).toMatchObject({ method: "random", ...design });
        }
      }),
      { numRuns: 60 },
    );
  });

  test("also where every form is used", () => {
    const plan = read(`casedraw: 1
title: T
reference_date: 2026-11-16
unit: child
unit_id: urn
data: [{ path: a.csv, columns: { factors: { flags: { a: A } }, team: "" } }, { path: b.csv }]
prefer: last_file
joins: [{ path: j.csv, key: urn, many: { earliest: order } }]
lookups: [{ path: l.csv, from: { court: K }, to: { size: S } }]
columns: { court: Court, factors: { list: F }, application_date: A }
fields:
  urn: { column: URN, type: text }
  order: { column: O, type: date }
  all: { column: L, type: list, separator: "," }
  wait: { weeks_between: [application_date, order] }
delay: { to: order }
cohort: { include: { wait: { over: 1 }, all: [a], size: b } }
sample: { size: 3, strata: [size], allocation: { method: fixed, sizes: { "1": 1, b: 2 } } }
`);
    expect(parsePlan(stringify(plan), { file: "plan.yaml" })).toEqual(plan);
    expect(parsePlan(JSON.stringify(plan), { file: "plan.yaml" })).toEqual(plan);
  });
});
