import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problemsOf, readKeys } from "./reading.js";

// What YAML 1.1 or 1.2 would make a number, a truth value, nothing or a date of.
const traps = [
  "007",
  "yes",
  "no",
  "null",
  "~",
  "true",
  "2026-11-16",
  "1e3",
  "0x1F",
  "0o14",
  "1_000",
  "12:30",
  ".5",
  "1.0",
  ".inf",
  "+1",
];

describe("where text is expected", () => {
  test.each(traps)("%s stays as it is written", (written) => {
    const plan = readKeys({
      title: written,
      data: `[{ path: ${written}, sheet: ${written} }]`,
      columns: `{ case_id: ${written}, child_id: Child, gender: g }`,
      values: `{ gender: { ${written}: ${written} } }`,
      cohort: `{ include: { gender: [${written}] }, exclude: { case_id: ${written} } }`,
    });
    expect(plan.title).toBe(written);
    expect(plan.data).toEqual([{ path: written, sheet: written, columns: {} }]);
    expect(plan.columns.case_id).toBe(written);
    expect(plan.values).toEqual({ gender: { [written]: written } });
    expect(plan.cohort).toEqual({ include: { gender: [written] }, exclude: { case_id: [written] } });
  });

  test("quotes come off, and what is in them stays", () => {
    const plan = readKeys({
      title: '"  007: \\"yes\\"  "',
      columns: "{ case_id: 'LA In Touch ', child_id: Child }",
    });
    expect(plan.title).toBe('  007: "yes"  ');
    expect(plan.columns.case_id).toBe("LA In Touch ");
  });

  test("any text in quotes comes through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        fc.pre(/\S/.test(text));
        expect(readKeys({ title: JSON.stringify(text) }).title).toBe(text);
      }),
    );
  });

  test.each([
    [" ", "nothing"],
    ['"  "', '"  "'],
    ['""', '""'],
  ])("blank text is refused: %s", (written, got) => {
    expect(problemsOf({ title: written })).toEqual([`2 title: must be a title, got ${got}.`]);
  });

  test("a list or keys is refused", () => {
    expect(problemsOf({ title: "[a]" })).toEqual(["2 title: must be a title, got a list."]);
    expect(problemsOf({ title: "{ a: b }" })).toEqual(["2 title: must be a title, got keys with values."]);
  });
});

describe("where a number is expected", () => {
  test.each([
    ["600", 600],
    ["6e2", 600],
    ["600.0", 600],
  ])("%s is read", (written, size) => {
    expect(readKeys({ sample: `{ size: ${written} }` }).sample?.size).toBe(size);
  });

  const rule = "must be a whole number of 1 or more, got";
  const digits = "Write it with digits and at most one point, without commas or blanks.";
  test.each([
    ['"600"', 'the text "600" in quotes. Take the quotes away.'],
    ['"1,000"', 'the text "1,000" in quotes. Take the quotes away.'],
    ["1 000", `"1 000". ${digits}`],
    ["lots", '"lots".'],
    ["0", "0."],
    ["-5", "-5."],
    ["2.5", "2.5."],
    [".inf", "Infinity."],
    [".nan", "NaN."],
    ["1e400", "Infinity."],
    ["9007199254740993", "9007199254740992."],
    ["true", '"true".'],
    ["[5]", "a list."],
    ["{ a: 5 }", "keys with values."],
    ["{}", "an empty { }."],
    ["", "nothing."],
  ])("%s is refused", (written, got) => {
    expect(problemsOf({ sample: `\n  size: ${written}` })).toEqual([`9 sample.size: ${rule} ${got}`]);
  });

  test.each(["0", "0.07", "0.25", "0.999", "1", "7", "0.1", "1e-3"])(
    "reserves %s keep the decimal",
    (written) => {
      const reserves = readKeys({ sample: `{ size: 5, reserves: ${written} }` }).sample?.reserves;
      expect(String(reserves)).toBe(written === "1e-3" ? "0.001" : written);
    },
  );

  test("minus nothing is nothing", () => {
    expect(Object.is(readKeys({ sample: "{ size: 5, reserves: -0 }" }).sample?.reserves, 0)).toBe(true);
  });

  test.each(["1.5", "-0.25", "-1", ".inf", ".nan"])("reserves %s are refused", (written) => {
    expect(problemsOf({ sample: `{ size: 5, reserves: ${written} }` })).toEqual([
      expect.stringMatching(
        /^8 sample\.reserves: must be a share below 1, such as 0\.25, or from 1 a whole number a stratum, got /,
      ),
    ]);
  });
});

describe("where true or false is expected", () => {
  test.each([
    ["true", true],
    ["false", false],
    ["True", true],
  ])("%s is read", (written, blank) => {
    expect(readKeys({ cohort: `{ include: { court: { blank: ${written} } } }` }).cohort.include).toEqual({
      court: { blank },
    });
  });

  test.each([
    ["yes", '"yes"'],
    ['"true"', 'the text "true" in quotes'],
    ["1", '"1"'],
  ])("%s is refused", (written, got) => {
    expect(problemsOf({ cohort: `{ include: { court: { blank: ${written} } } }` })).toEqual([
      `8 cohort.include.court.blank: must be true or false, got ${got}.`,
    ]);
  });
});
