import { describe, expect, test } from "vitest";
import { problemsOf, readKeys } from "./reading.js";

type Rule = [what: string, allocation: string, problems: string[]];

const columns =
  "{ case_id: C, child_id: D, date_of_birth: B, law_type: L, court: K, application_date: A, closed_date: E, factors: F }";
const fields =
  "{ score: { column: S, type: number }, order: { column: O, type: date }, wait: { weeks_between: [application_date, order] } }";

/** A plan with strata by law type; its allocation is on line 12. */
function keys(allocation: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    columns,
    fields,
    sample: `\n  size: 10\n  strata: [law_type]\n  allocation: ${allocation}`,
    ...more,
  };
}

function refused(rules: Rule[]): void {
  test.each(rules)("%s is refused", (_, allocation, problems) => {
    expect(problemsOf(keys(allocation))).toEqual(problems.map((text) => `12 sample.allocation.${text}`));
  });
}

const allocationOf = (text: string) => readKeys(keys(text)).sample?.allocation;

describe("keys without effect under the method", () => {
  // Which keys each method goes by, as the contract has it.
  const used: Record<string, string[]> = {
    proportional: ["min", "max"],
    equal: ["min", "max"],
    power: ["exponent", "min", "max"],
    neyman: ["deviation_of", "min", "max"],
    optimal: ["deviation_of", "cost", "min", "max"],
    fixed: ["sizes"],
  };
  const written: Record<string, string> = {
    min: "1",
    max: "5",
    exponent: "0.5",
    deviation_of: "score",
    cost: "{ public: 1, private: 2 }",
    sizes: "{ public: 4, private: 6 }",
  };
  const flow = (names: string[]) => names.map((name) => `, ${name}: ${written[name]}`).join("");

  test.each(Object.entries(used))("%s goes by %s and no other", (method, names) => {
    expect(allocationOf(`{ method: ${method}${flow(names)} }`)).toMatchObject({ method });
    for (const other of Object.keys(written).filter((name) => !names.includes(name))) {
      expect(problemsOf(keys(`{ method: ${method}${flow([...names, other])} }`))).toEqual([
        expect.stringMatching(
          `^12 sample\\.allocation\\.${other}: has no effect under method: ${method}; take it out`,
        ),
      ]);
    }
  });

  refused([
    [
      "an exponent",
      "{ exponent: 0.5 }",
      ["exponent: has no effect under method: proportional; take it out, or write method: power."],
    ],
    [
      "a spread",
      "{ method: equal, deviation_of: score, proportions: { public: 0.5 } }",
      ["deviation_of", "proportions"].map(
        (key) =>
          `${key}: has no effect under method: equal; take it out, or write method: neyman or optimal.`,
      ),
    ],
    [
      "bounds of fixed",
      "{ method: fixed, sizes: { public: 10 }, max: { public: 5 } }",
      ["max: has no effect under method: fixed; take it out."],
    ],
  ]);
});

describe("power", () => {
  test.each([
    ["", 0.5],
    [", exponent: 0", 0],
    [", exponent: 0.25", 0.25],
    [", exponent: .50", 0.5],
    [", exponent: 0.75", 0.75],
    [", exponent: 1", 1],
  ])("{ method: power%s }", (text, exponent) => {
    expect(allocationOf(`{ method: power${text} }`)).toEqual({ method: "power", exponent });
  });

  refused(
    (
      [
        ["0.3", "0.3."],
        ["2", "2."],
        ['"0.5"', 'the text "0.5" in quotes. Take the quotes away.'],
        ["half", '"half".'],
      ] as const
    ).map(
      ([written, got]): Rule => [
        `an exponent of ${written}`,
        `{ method: power, exponent: ${written} }`,
        [`exponent: must be 0, 0.25, 0.5, 0.75 or 1, got ${got}`],
      ],
    ),
  );
});

describe("neyman and optimal", () => {
  const missing =
    "needs how much the cases of a stratum differ, by deviation_of: FIELD or proportions: { STRATUM: PROPORTION }. method: proportional needs neither.";
  const proportion = "must be a proportion from 0 to 1, such as 0.3, got";
  const cost = "must be a cost above 0, in any unit, got";
  const optimal = (text: string) => `{ method: optimal, deviation_of: score, cost: ${text} }`;
  refused([
    ["no spread", "{ method: neyman }", [`deviation_of: is missing: method: neyman ${missing}`]],
    [
      "neither spread nor cost",
      "{ method: optimal }",
      [
        `deviation_of: is missing: method: optimal ${missing}`,
        "cost: is missing: method: optimal needs the cost of a case in each stratum; method: neyman takes it for the same.",
      ],
    ],
    [
      "two kinds of spread",
      "{ method: neyman, deviation_of: score, proportions: { public: 0.5 } }",
      ["proportions: cannot stand beside deviation_of: keep one."],
    ],
    [
      "a misspelt spread, once",
      "{ method: neyman, deviation_off: score }",
      [
        'deviation_off: is not a key that is known here; allowed are method, min, max, exponent, deviation_of, proportions, cost or sizes. Did you mean "deviation_of"?',
      ],
    ],
    [
      "a proportion above 1",
      "{ method: neyman, proportions: { public: 30 } }",
      [`proportions.public: ${proportion} 30.`],
    ],
    [
      "a proportion below 0",
      "{ method: neyman, proportions: { public: -0.1 } }",
      [`proportions.public: ${proportion} -0.1.`],
    ],
    [
      "no proportion",
      "{ method: neyman, proportions: {} }",
      ["proportions: must name at least one stratum, got none."],
    ],
    ["a cost of 0", optimal("{ public: 0 }"), [`cost.public: ${cost} 0.`]],
    ["a cost without end", optimal("{ public: .inf }"), [`cost.public: ${cost} Infinity.`]],
    [
      "one cost",
      optimal("3"),
      [
        'cost: must be strata with the cost of a case in each, such as { "private / over 52 to 100": 2 }, got "3".',
      ],
    ],
    [
      "a category",
      "{ method: neyman, deviation_of: court }",
      ["deviation_of: must name a number field (such as child_ordinal), got court, which is a category."],
    ],
    [
      "a date",
      "{ method: neyman, deviation_of: closed_date }",
      ["deviation_of: must name a number field (such as child_ordinal), got closed_date, which is a date."],
    ],
    [
      "an id",
      "{ method: neyman, deviation_of: case_id }",
      ["deviation_of: must name a number field (such as child_ordinal), got case_id, which holds text."],
    ],
    [
      "a field that the export lacks",
      "{ method: neyman, deviation_of: age_recorded }",
      [
        "deviation_of: names age_recorded, which no file gives: map it under columns (age_recorded: HEADER), or write method: proportional, which needs no spread.",
      ],
    ],
  ]);

  test("the ages of a case, one a child, are refused", () => {
    const more = { unit: "case", unit_id: "case_id" };
    expect(problemsOf(keys("{ method: neyman, deviation_of: age_years }", more))).toEqual([
      "12 sample.allocation.deviation_of: names age_years, of which a unit can have several; name a field with one number a unit.",
    ]);
  });

  test.each(["age_years", "delay_days", "score", "wait", "case_children"])("%s will do", (name) => {
    expect(allocationOf(`{ method: neyman, deviation_of: ${name} }`)).toEqual({
      method: "neyman",
      deviation_of: name,
    });
  });

  test("proportions from 0 to 1, costs, and both kinds of bounds", () => {
    const text =
      "{ method: optimal, proportions: { public: 0, private: 1 }, cost: { public: 0.5, private: 3 }, min: 2, max: { public: 0 } }";
    expect(() => allocationOf(text)).toThrow("must not be less than min (2), got 0");
    expect(allocationOf(text.replace("min: 2", "min: { private: 2 }"))).toEqual({
      method: "optimal",
      proportions: { public: 0, private: 1 },
      cost: { public: 0.5, private: 3 },
      min: { private: 2 },
      max: { public: 0 },
    });
  });
});

describe("bounds", () => {
  const each = 'strata with the number of each, such as { "private / over 52 to 100": 40 }';
  refused([
    ["min above max", "{ min: 5, max: 4 }", ["max: must not be less than min (5), got 4."]],
    [
      "a stratum's max below min",
      "{ min: 5, max: { public: 5, private: 4 } }",
      ["max.private: must not be less than min (5), got 4."],
    ],
    [
      "a stratum's min above max",
      "{ min: { public: 4, private: 5 }, max: 4 }",
      ["min.private: must not be more than max (4), got 5."],
    ],
    [
      "a stratum's min above its max",
      "{ min: { public: 4, private: 5 }, max: { private: 4, public: 4 } }",
      ["max.private: must not be less than min (5), got 4."],
    ],
    [
      "half a case",
      "{ min: { public: 0.5 } }",
      ["min.public: must be a whole number of 0 or more, got 0.5."],
    ],
    ["a text", "{ max: many }", [`max: must be a whole number of 1 or more, or ${each}, got "many".`]],
    [
      "quotes",
      '{ max: "5" }',
      [
        `max: must be a whole number of 1 or more, or ${each}, got the text "5" in quotes. Take the quotes away.`,
      ],
    ],
    ["a list", "{ max: [5] }", [`max: must be a whole number of 1 or more, or ${each}, got a list.`]],
    ["no stratum", "{ min: {} }", ["min: must name at least one stratum, got none."]],
  ]);

  test("strata named on one side do not bind the others", () => {
    const text = "{ min: { public: 4 }, max: { private: 3 } }";
    expect(allocationOf(text)).toEqual({ method: "proportional", min: { public: 4 }, max: { private: 3 } });
  });
});

describe("strata by name", () => {
  const given: Record<string, string> = {
    min: "{ min: { KEY: 1 } }",
    max: "{ max: { KEY: 5 } }",
    proportions: "{ method: neyman, proportions: { KEY: 0.5 } }",
    cost: "{ method: optimal, deviation_of: score, cost: { KEY: 1 } }",
    sizes: "{ method: fixed, sizes: { KEY: 10 } }",
  };

  test.each(Object.entries(given))("%s needs a level of each field", (key, text) => {
    expect(problemsOf(keys(text.replace("KEY", "public / A")))).toEqual([
      `12 sample.allocation.${key}["public / A"]: must hold one level of each of law_type, with " / " between them, got 2.`,
    ]);
    expect(() => allocationOf(text.replace("KEY", "'A \\/ B'"))).not.toThrow();
  });

  test.each(Object.entries(given))("%s without strata names the one there is", (key, text) => {
    const plain = (name: string) => ({
      columns,
      fields,
      sample: `{ size: 10, allocation: ${text.replace("KEY", name)} }`,
    });
    expect(problemsOf(plain("public"))).toEqual([
      `9 sample.allocation.${key}.public: names a stratum, and the plan has no strata: the one stratum is called "all".`,
    ]);
    expect(() => readKeys(plain("all"))).not.toThrow();
  });
});
