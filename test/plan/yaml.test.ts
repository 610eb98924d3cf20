import { describe, expect, test } from "vitest";
import { planText, problems, problemsOf, read, refusal } from "./reading.js";

describe("a file that holds no plan", () => {
  test.each([
    ["nothing", "", "PLAN_EMPTY"],
    ["a comment only", "# a plan\n", "PLAN_EMPTY"],
    ["an empty document", "---\n...\n", "PLAN_EMPTY"],
    ["a list", "# a plan\n\n- title: Autumn\n", "PLAN_NOT_KEYS"],
    ["a plain text", "Autumn\n", "PLAN_NOT_KEYS"],
    ["null", "~\n", "PLAN_NOT_KEYS"],
    ["two documents", "title: Autumn\n---\ntitle: Spring\n", "PLAN_SEVERAL_DOCUMENTS"],
  ])("%s", (_, text, code) => {
    expect(refusal(text)).toMatchObject({ code, details: { file: "plan.yaml" } });
  });

  test("says where the second document begins, and where a list does", () => {
    expect(refusal("title: Autumn\n---\ntitle: Spring\n").message).toBe(
      'Plan holds 2 YAML documents: expected one (plan.yaml, line 2). Remove the lines "---" or "..." between them, or keep each plan in its own file.',
    );
    expect(refusal("# a plan\n\n- title: Autumn\n").message).toBe(
      'Plan must be keys with values, such as "title: Autumn inspection", got a list (plan.yaml, line 3). See docs/plan.md for a whole plan.',
    );
  });
});

describe("a fault of YAML", () => {
  test.each([
    ["two colons", "casedraw: 1\ntitle: Autumn: full\n", 2, 8],
    ["a tab", "data:\n\t- path: a.csv\n", 2, 1],
    ["an open bracket", "strata: [law_type,\nsize: 5\n", 2, 1],
    ["an open quote", "title: 'Autumn\n", 2, 1],
    ["lines out of column", "sample:\n    size: 6\n  reserves: 1\n", 3, 1],
    ["a reserved character", "title: @home\n", 1, 8],
    ["a bad escape", 'title: "\\q"\n', 1, 9],
    ["another YAML", "%YAML 1.1\n---\ntitle: yes\n", 1, 1],
    ["a control character", "casedraw: 1\ntitle: Au\u0000tumn\n", 2, 10],
  ])("%s: its line and column", (_, text, line, column) => {
    const error = refusal(text);
    expect(error).toMatchObject({ code: "PLAN_NOT_YAML", details: { file: "plan.yaml", line, column } });
    expect(error.message).toContain(`(plan.yaml, line ${line}, column ${column})`);
  });

  test("says what lies behind it", () => {
    expect(refusal("title: Autumn: full\n").message).toMatch(/a text that holds ": " needs quotes around it/);
    expect(refusal("data:\n\t- path: a.csv\n").message).toMatch(/indented with blanks, not tabs/);
  });

  // Thousands of levels would end the process in the library's composer.
  test.each([
    ["brackets", "[".repeat(20_000)],
    ["braces", `a: ${"{ a: ".repeat(5_000)}`],
    ["lists", "- ".repeat(20_000)],
    ["keys", "? ".repeat(20_000)],
  ])("%s without end", (_, text) => {
    expect(refusal(text)).toMatchObject({ code: "PLAN_NOT_YAML", details: { line: 1 } });
  });

  test("a few dozen levels are YAML, if no plan", () => {
    expect(refusal("- ".repeat(40)).code).toBe("PLAN_NOT_KEYS");
    expect(refusal("- ".repeat(60)).code).toBe("PLAN_NOT_YAML");
  });

  test("windows line ends and a byte order mark are none", () => {
    expect(read(`\uFEFF${planText().replaceAll("\n", "\r\n")}`)).toEqual(read(planText()));
  });

  test("line numbers hold under windows line ends", () => {
    expect(problems(planText({ unit: "chlid" }).replaceAll("\n", "\r\n"))[0]).toMatch(/^4 unit:/);
  });
});

describe("what YAML allows and a plan does not", () => {
  test("a key given twice, with both lines", () => {
    expect(problems(`${planText()}title: Spring\n`)).toEqual([
      "8 title: is given twice, on lines 2 and 8; keep one.",
    ]);
  });

  test("a key given twice in another spelling of its quotes, deep down", () => {
    expect(problemsOf({ values: '\n  law_type:\n    PU: public\n    "PU": private' })).toEqual([
      "11 values.law_type.PU: is given twice, on lines 10 and 11; keep one.",
    ]);
  });

  test("keys that differ in their text are different, whatever their value", () => {
    const { values } = read(planText({ values: "{ law_type: { 1: public, 01: private, 1.0: public } }" }));
    expect(values).toEqual({ law_type: { 1: "public", "01": "private", "1.0": "public" } });
  });

  test("anchors, aliases and tags, each once", () => {
    expect(
      problemsOf({
        title: "&name Autumn",
        reference_date: "!!str 2026-11-16",
        data: "[{ path: *name }]",
        fields: "{ a: !mine { column: A, type: text } }",
      }),
    ).toEqual([
      '2 title: must stand without an anchor, got "&name": take it out and write out each place that used it.',
      '3 reference_date: must stand without a YAML tag, got "!!str": take it out.',
      '6 data[0].path: must be written out, got the alias "*name": the plan takes no anchors or aliases.',
      '8 fields.a: must stand without a YAML tag, got "!mine": take it out.',
    ]);
  });

  test("keys that are no text", () => {
    const message = "has a key that is not plain text; write each key as a word or a text in quotes.";
    expect(problemsOf({ values: "\n  ? [a]\n  : x\n  __proto__: { a: b }\n  : y" })).toEqual([
      `9 values: ${message}`,
      `11 values: ${message}`,
      `12 values: ${message}`,
    ]);
  });

  test("a merge key is a key like any other", () => {
    expect(problemsOf({ "<<": "{ title: Spring }" })[0]).toMatch(
      /^8 \["<<"\]: is not a key that is known here/,
    );
  });
});
