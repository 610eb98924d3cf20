import { describe, expect, test } from "vitest";
import { problemsOf, readKeys } from "./reading.js";

type Rule = [what: string, keys: Record<string, string>, problems: string[]];

function refused(rules: Rule[]): void {
  test.each(rules)("%s is refused", (_, keys, problems) => {
    expect(problemsOf(keys)).toEqual(problems);
  });
}

const columns =
  "{ case_id: C, child_id: D, case_name: N, gender: G, date_of_birth: B, ethnicity: X, disability: Y, law_type: L, practitioner: P, team: T, region: R, application_date: A, closed_date: E, factors: F, file_location: W }";
const fields =
  "{ need: { column: N1, type: category }, note: { column: N2, type: text }, score: { column: N3, type: number }, order: { column: N4, type: date }, langs: { column: N5, type: list }, wait: { weeks_between: [application_date, order] } }";

/** A plan with many fields and this sample; its size is on line 10, its first further key on line 11. */
function sample(text: string, more: Record<string, string> = {}): Record<string, string> {
  return { columns, fields, sample: `\n  size: 10\n  ${text}`, ...more };
}

const asCase = { unit: "case", unit_id: "case_id" };
const several = "[{ path: f.csv, key: case_id, many: list, columns: { court: K } }]";

describe("method and the keys that go with it", () => {
  const randomOnly = "take it out, or write method: random.";
  refused([
    [
      "balanced without balance",
      sample("method: balanced"),
      [
        "9 sample.balance: is missing: method: balanced needs the fields whose levels the sample is to reproduce; method: random with strata needs none.",
      ],
    ],
    [
      "systematic without balance",
      sample("method: systematic"),
      [
        "9 sample.balance: is missing: method: systematic needs the fields that units are sorted by; method: random with strata needs none.",
      ],
    ],
    [
      "a misspelt balance, once",
      sample("method: balanced\n  balanc: [gender]"),
      [
        '12 sample.balanc: is not a key that is known here; allowed are size, method, strata, allocation, balance, targets, one_per, caps, reserves or avoid. Did you mean "balance"?',
      ],
    ],
    [
      "balance under random",
      sample("balance: [gender]"),
      [
        "11 sample.balance: has no effect under method: random; take it out, or write method: systematic or balanced.",
      ],
    ],
    [
      "targets under systematic",
      sample(
        "method: systematic\n  balance: [gender]\n  targets: [{ where: { disability: yes }, at_least: 1 }]",
      ),
      [
        "13 sample.targets: has no effect under method: systematic; take it out, or write method: random or balanced.",
      ],
    ],
    [
      "whatever is for random only under another",
      sample(
        "method: balanced\n  balance: [gender]\n  one_per: case_id\n  caps: { team: 3 }\n  avoid: { sample: spring }",
      ),
      [
        `13 sample.one_per: has no effect under method: balanced; ${randomOnly}`,
        `14 sample.caps: has no effect under method: balanced; ${randomOnly}`,
        `15 sample.avoid: has no effect under method: balanced; ${randomOnly}`,
      ],
    ],
    [
      "a misspelt method, without what follows from it",
      sample("method: balancd\n  balance: [gender]"),
      ['11 sample.method: must be random, systematic or balanced, got "balancd". Did you mean "balanced"?'],
    ],
  ]);

  const apart = "each changes the probabilities of inclusion in its own way; keep one.";
  test.each([
    ["one_per: case_id", "targets: [{ where: { gender: male }, at_least: 1 }]", "targets", "one_per"],
    ["one_per: case_id", "caps: { team: 3 }", "caps", "one_per"],
    ["one_per: case_id", "avoid: { sample: spring }", "avoid", "one_per"],
    ["caps: { team: 3 }", "avoid: { sample: spring }", "avoid", "caps"],
    ["targets: [{ where: { gender: male }, at_least: 1 }]", "avoid: { sample: s }", "avoid", "targets"],
  ])("%s beside %s is refused", (first, second, refusedKey, beside) => {
    expect(problemsOf(sample(`${first}\n  ${second}`))).toEqual([
      `12 sample.${refusedKey}: cannot stand beside ${beside}: ${apart}`,
    ]);
  });

  test("targets and caps go together, under random", () => {
    const text = "targets: [{ where: { gender: male }, at_least: 1 }]\n  caps: { team: 3 }";
    expect(readKeys(sample(text)).sample).toMatchObject({ method: "random", caps: { team: 3 } });
  });
});

describe("balance", () => {
  const balanced = (names: string, more: Record<string, string> = {}) =>
    sample(`method: balanced\n  balance: [${names}]`, more);
  const none = "or take it out of balance; method: random with strata needs no balance field.";
  const at = "12 sample.balance[0]: names";
  const groups = "which makes no groups;";
  const declared = "use a column with few values, declared under fields with type: category.";
  refused([
    [
      "one field without a list",
      sample("method: balanced\n  balance: gender"),
      ['12 sample.balance: must be a list of fields, such as [age_band, gender], got "gender".'],
    ],
    [
      "an empty list",
      balanced(""),
      ["12 sample.balance: must be a list of fields, such as [age_band, gender], got an empty list."],
    ],
    [
      "a field twice",
      balanced("gender, need, gender"),
      ['12 sample.balance[2]: is named twice, got "gender" again; keep one.'],
    ],
    [
      "a misspelt field",
      balanced("gendr"),
      [
        `${at} "gendr", which is no field: use a standard or derived field, or a name given under fields or lookups. Did you mean "gender"?`,
      ],
    ],
    [
      "a field that the export lacks",
      balanced("court"),
      [`${at} court, which no file gives: map it under columns (court: HEADER), ${none}`],
    ],
    [
      "a group that the export lacks the field of",
      balanced("ethnic_group", { columns: "{ case_id: C, child_id: D, application_date: A }" }),
      [
        `${at} ethnic_group, which is worked out from ethnicity, and no file gives ethnicity: map it under columns, ${none}`,
      ],
    ],
    ["a name", balanced("case_name"), [expect.stringContaining("case_name, which never reaches a frame")]],
    [
      "an id",
      balanced("child_id"),
      [`${at} child_id, which tells units apart and makes no groups; take it out of balance.`],
    ],
    [
      "an ordinal",
      balanced("child_ordinal"),
      [`${at} child_ordinal, which tells units apart and makes no groups; take it out of balance.`],
    ],
    ["a date of birth", balanced("date_of_birth"), [`${at} date_of_birth, a date, ${groups} use age_band.`]],
    ["a date of delay", balanced("closed_date"), [`${at} closed_date, a date, ${groups} use delay_band.`]],
    ["another date", balanced("order"), [`${at} order, a date, ${groups} ${declared}`]],
    ["an age", balanced("age_years"), [`${at} age_years, a number, ${groups} use age_band.`]],
    ["a delay", balanced("delay_days"), [`${at} delay_days, a number, ${groups} use delay_band.`]],
    ["another number", balanced("score"), [`${at} score, a number, ${groups} ${declared}`]],
    ["weeks between dates", balanced("wait"), [`${at} wait, a number, ${groups} ${declared}`]],
    [
      "free text",
      balanced("note"),
      [`${at} note, which holds free text and makes no groups; a field with few values is type: category.`],
    ],
    [
      "a field of strata",
      sample("method: balanced\n  strata: [law_type]\n  balance: [gender, law_type]"),
      [
        "13 sample.balance[1]: names law_type, which is in strata too, and the units of a stratum all have one value of it; take it out of balance.",
      ],
    ],
    ...(
      [
        ["factors", {}],
        ["langs", {}],
        ["age_band", asCase],
        ["court", { joins: several }],
      ] as const
    ).map(
      ([name, more]): Rule => [
        `${name}, of which a unit can have several, under systematic`,
        sample(`method: systematic\n  balance: [${name}]`, more),
        [
          `${at} ${name}, of which a unit can have several, so that units cannot be sorted by it. Take it out, or write method: balanced.`,
        ],
      ],
    ),
  ]);

  test("categories, lists and bands balance; categories and bands sort", () => {
    const names = ["age_band", "delay_band", "delay_is_open", "gender", "ethnic_group", "need", "region"];
    const lists = ["factors", "langs"];
    const read = (method: string, list: string[]) =>
      readKeys(sample(`method: ${method}\n  balance: [${list.join(", ")}]`)).sample?.balance;
    expect(read("balanced", [...names, ...lists])).toEqual([...names, ...lists]);
    expect(read("systematic", names)).toEqual(names);
  });

  test("what belongs to the child balances cases", () => {
    const plan = readKeys(sample("method: balanced\n  balance: [age_band, gender]", asCase));
    expect(plan.sample?.balance).toEqual(["age_band", "gender"]);
  });
});

describe("targets", () => {
  const targets = (text: string) => sample(`targets:\n    - ${text}`);
  const at = "12 sample.targets[0]";
  refused([
    [
      "no list",
      sample("targets: { where: { gender: male }, at_least: 1 }"),
      [
        "11 sample.targets: must be a list of targets, each written { where: { FIELD: CONDITION }, at_least: NUMBER }, got keys with values.",
      ],
    ],
    [
      "no group",
      targets("{ at_least: 1 }"),
      [`${at}.where: is missing: it must be fields, each with the values or the range that match.`],
    ],
    [
      "a group without a condition",
      targets("{ where: {}, at_least: 1 }"),
      [`${at}.where: must hold at least one field with its condition, got none.`],
    ],
    [
      "no number",
      targets("{ where: { gender: male } }"),
      [`${at}.at_least: is missing: it must be a whole number of 1 or more.`],
    ],
    [
      "0",
      targets("{ where: { gender: male }, at_least: 0 }"),
      [`${at}.at_least: must be a whole number of 1 or more, got 0.`],
    ],
    [
      "more than the sample",
      targets("{ where: { gender: male }, at_least: 11 }"),
      [`${at}.at_least: must not be more than size (10), got 11.`],
    ],
    [
      "a field that the export lacks",
      targets("{ where: { court: A }, at_least: 1 }"),
      [
        `${at}.where.court: names court, which no file gives: map it under columns (court: HEADER), or take this target out; a sample needs none.`,
      ],
    ],
    [
      "a name",
      targets("{ where: { case_name: A }, at_least: 1 }"),
      [expect.stringContaining("where.case_name: names case_name, which never reaches a frame")],
    ],
    [
      "a date of birth",
      targets("{ where: { date_of_birth: { from: 2020-01-01 } }, at_least: 1 }"),
      [
        `${at}.where.date_of_birth: names date_of_birth, which is never in an output; use age_years or age_band.`,
      ],
    ],
    [
      "a range of a category",
      targets("{ where: { gender: { over: 5 } }, at_least: 1 }"),
      [
        `${at}.where.gender.over: compares dates or numbers, and gender holds neither; give the values that match.`,
      ],
    ],
    [
      "another key",
      targets("{ where: { gender: male }, atleast: 1 }"),
      [
        `${at}.atleast: is not a key that is known here; allowed are where or at_least. Did you mean "at_least"?`,
      ],
    ],
  ]);

  test("every condition of the cohort, and as many as the sample", () => {
    const text =
      "{ where: { gender: male, factors: [a, b], age_years: { over: 3 }, closed_date: { blank: true } }, at_least: 10 }";
    expect(readKeys(targets(text)).sample?.targets).toEqual([
      {
        where: {
          gender: ["male"],
          factors: ["a", "b"],
          age_years: { over: 3 },
          closed_date: { blank: true },
        },
        at_least: 10,
      },
    ]);
  });
});

describe("one_per", () => {
  const onePer = (name: string, more: Record<string, string> = {}) => sample(`one_per: ${name}`, more);
  const at = "11 sample.one_per: names";
  const apart = "which does not tell what belongs together; name case_id or a category.";
  refused([
    ["a list", onePer("[case_id]"), ["11 sample.one_per: must be the name of a field, got a list."]],
    [
      "a field that the export lacks",
      onePer("court"),
      [
        `${at} court, which no file gives: map it under columns (court: HEADER), or take one_per out; each unit is then drawn for itself.`,
      ],
    ],
    [
      "a derived field",
      onePer("age_band"),
      [`${at} age_band, which casedraw works out later; use a standard field, or a name given under fields.`],
    ],
    [
      "the case where it is the unit",
      onePer("case_id", asCase),
      [`${at} case_id, which names the unit itself, so that no two units share a value; take it out.`],
    ],
    [
      "the case where it is the unit by another name",
      onePer("case_id", { unit: "case", unit_id: "note" }),
      [`${at} case_id, which names the unit itself, so that no two units share a value; take it out.`],
    ],
    [
      "the whole unit id",
      onePer("child_id", { unit_id: "child_id" }),
      [`${at} child_id, which names the unit itself, so that no two units share a value; take it out.`],
    ],
    ["a date", onePer("closed_date"), [`${at} closed_date, a date, ${apart}`]],
    ["a number", onePer("score"), [`${at} score, a number, ${apart}`]],
    [
      "a list field",
      onePer("factors"),
      [`${at} factors, of which a unit can have several; name a field with one value.`],
    ],
    [
      "free text",
      onePer("note"),
      [
        `${at} note, which holds free text; a field whose values are families is case_id, or type: category under fields.`,
      ],
    ],
  ]);

  test.each(["case_id", "child_id", "practitioner", "need"])("%s will do", (name) => {
    expect(readKeys(onePer(name)).sample?.one_per).toBe(name);
  });
});

describe("caps", () => {
  const caps = (text: string, more: Record<string, string> = {}) => sample(`caps: ${text}`, more);
  const apart = "which does not tell what belongs together; cap an id, a category or a text.";
  refused([
    [
      "a number alone",
      caps("3"),
      [
        '11 sample.caps: must be fields, each with the most units of one value, such as { practitioner: 3 }, got "3".',
      ],
    ],
    ["no field", caps("{}"), ["11 sample.caps: must name at least one field, got none."]],
    ["a cap of 0", caps("{ team: 0 }"), ["11 sample.caps.team: must be a whole number of 1 or more, got 0."]],
    [
      "half a case",
      caps("{ team: 2.5 }"),
      ["11 sample.caps.team: must be a whole number of 1 or more, got 2.5."],
    ],
    [
      "a field that the export lacks",
      caps("{ court: 3 }"),
      [
        "11 sample.caps.court: names court, which no file gives: map it under columns (court: HEADER), or take this cap out; the sample may then hold more of one value.",
      ],
    ],
    [
      "the unit id",
      caps("{ child_id: 3 }", { unit_id: "child_id" }),
      [
        "11 sample.caps.child_id: names child_id, which names the unit itself, so that no two units share a value; take it out.",
      ],
    ],
    [
      "a list field",
      caps("{ langs: 3 }"),
      ["11 sample.caps.langs: names langs, of which a unit can have several; name a field with one value."],
    ],
    [
      "what a case has several of",
      caps("{ gender: 3 }", asCase),
      ["11 sample.caps.gender: names gender, of which a unit can have several; name a field with one value."],
    ],
    ["a date", caps("{ order: 3 }"), [`11 sample.caps.order: names order, a date, ${apart}`]],
    [
      "a number",
      caps("{ child_ordinal: 3 }"),
      [`11 sample.caps.child_ordinal: names child_ordinal, a number, ${apart}`],
    ],
  ]);

  test("categories, texts, bands and part of the unit id", () => {
    const given = { practitioner: 3, team: 10, note: 1, age_band: 5, case_id: 1 };
    expect(readKeys(caps(JSON.stringify(given))).sample?.caps).toEqual(given);
  });
});

describe("avoid", () => {
  const avoid = (text: string) => sample(`avoid: ${text}`);
  const forms = "avoid is { sample: DIR } or { ids: FILE.csv, share: 0.2 }.";
  const share = "11 sample.avoid.share: must be a share above 0 and below 1, such as 0.2, got";
  refused([
    ["nothing", avoid("{}"), [`11 sample.avoid.sample: is missing: ${forms}`]],
    [
      "a path by itself",
      avoid("spring"),
      ['11 sample.avoid: must be keys with values (sample, ids, share), got "spring".'],
    ],
    [
      "a folder and a list",
      avoid("{ sample: spring, ids: a.csv, share: 0.2 }"),
      [
        `11 sample.avoid.ids: cannot stand beside sample: ${forms}`,
        `11 sample.avoid.share: cannot stand beside sample: ${forms}`,
      ],
    ],
    [
      "a list without its share",
      avoid("{ ids: a.csv }"),
      [
        "11 sample.avoid.share: is missing: it must be a share above 0 and below 1, such as 0.2, of the others' probability.",
      ],
    ],
    [
      "a share without its list",
      avoid("{ share: 0.2 }"),
      ["11 sample.avoid.ids: is missing: it must be the path of a CSV file with the column unit_id."],
    ],
    ["a share of 0", avoid("{ ids: a.csv, share: 0 }"), [`${share} 0.`]],
    ["a share of 1", avoid("{ ids: a.csv, share: 1 }"), [`${share} 1.`]],
    [
      "a URL",
      avoid("{ sample: 'https://a.uk/x' }"),
      [
        `11 sample.avoid.sample: must be the path of an earlier sample's folder, got "https://a.uk/x". Download what a URL points to and name the copy.`,
      ],
    ],
  ]);

  test("a folder, or a list with a share", () => {
    expect(readKeys(avoid("{ sample: ../spring }")).sample?.avoid).toEqual({ sample: "../spring" });
    expect(readKeys(avoid("{ ids: a.csv, share: 0.25 }")).sample?.avoid).toEqual({
      ids: "a.csv",
      share: 0.25,
    });
  });
});

describe("linked", () => {
  const linked = (text: string, more: Record<string, string> = {}) => ({
    columns,
    fields,
    linked: text,
    ...more,
  });
  const at = "9 linked.by: names";
  refused([
    ["no field", linked("{}"), ["9 linked.by: is missing: it must be the name of a field."]],
    [
      "beside sample",
      linked("{ by: case_id }", { sample: "{ size: 5 }" }),
      ["9 linked: goes instead of sample: a linked sample takes every unit that is linked; keep one."],
    ],
    [
      "a field that the export lacks",
      linked("{ by: court }"),
      [`${at} court, which no file gives: map it under columns (court: HEADER), or link by another field.`],
    ],
    [
      "a name",
      linked("{ by: case_name }"),
      [`${at} case_name, which never reaches a frame; choose another field or link by another field.`],
    ],
    [
      "a date of birth",
      linked("{ by: date_of_birth }"),
      [
        `${at} date_of_birth, a date, which does not tell what belongs together; link by an id or a category.`,
      ],
    ],
    [
      "a number",
      linked("{ by: score }"),
      [`${at} score, a number, which does not tell what belongs together; link by an id or a category.`],
    ],
    [
      "a list",
      linked("{ by: langs }"),
      [`${at} langs, of which a unit can have several; link by a field with one value.`],
    ],
    [
      "a derived field",
      linked("{ by: age_band }"),
      [`${at} age_band, which casedraw works out later; use a standard field, or a name given under fields.`],
    ],
  ]);

  test.each(["case_id", "practitioner", "note", "need"])("%s will do", (by) => {
    expect(readKeys(linked(`{ by: ${by} }`)).linked).toEqual({ by });
  });
});
