import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkLines, checkPlan, checkWords, checkWorkplace, runIn } from "../workflow/check-export.js";

const asking = checkLines({ 11: { disability: "" } });
const wrong = checkLines({ 11: { disability: "" }, 31: { closed: "03/01/2025" } });

describe("the summary", () => {
  test("has errors first, each with its rule, how many and where, and how to go on", async () => {
    const folder = checkWorkplace(wrong);
    const { code, out, err, claims } = await runIn(folder, ...checkWords);
    expect({ code, err, claims }).toEqual({ code: 0, err: "", claims: [undefined] });
    expect(out).toMatch(
      /^Test check\n\n200 rows of children\.csv, on 16 November 2026\. Found: 1 error and 1 query\.\n/,
    );
    const [errors, queries] = [out.indexOf("Errors: a figure would be wrong (1)"), out.indexOf("Queries: ")];
    expect(errors).toBeGreaterThan(0);
    expect(queries).toBeGreaterThan(errors);
    expect(out).toMatch(/\n {2}CHECK_CLOSED_BEFORE_START\n {4}1 row .*\.\n {6}row 31\n/);
    expect(out).toMatch(/\n {2}CHECK_VALUE_MISSING\n {4}1 row .*disability.*\n {6}row 11\n/);
    expect(out).toContain("What a rule means: casedraw explain CHECK_CLOSED_BEFORE_START\n");
    expect(out).toContain("casedraw check --plan plan.yaml --out DIR\n");
  });

  test("of an export without faults says so", async () => {
    const { out } = await runIn(checkWorkplace(checkLines()), ...checkWords);
    expect(out).toContain("Nothing was found to correct or to ask about by the 44 rules that could be run.");
    expect(out).toContain("\n12 rules need fields that the plan does not map.");
    expect(out).toContain("Every field that must be filled in is filled in and understood.");
    expect(out).not.toContain("explain");
  });

  test("is one object for programs", async () => {
    const { code, out } = await runIn(checkWorkplace(wrong), ...checkWords, "--json", "--out", "q");
    expect(code).toBe(0);
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({
      out: "q",
      edition: "internal",
      rows_read: 200,
      refusal: null,
      errors: 1,
      queries: 1,
    });
    expect(answer.findings[0]).toMatchObject({
      code: "CHECK_CLOSED_BEFORE_START",
      severity: "error",
      count: 1,
      examples: [{ unit_id: "C1029_K29", file: "children.csv", row: 31 }],
    });
    expect(answer.outputs.map(({ path }: { path: string }) => path)).toEqual([
      "issues.csv",
      "matching.csv",
      "quality.html",
      "questions.docx",
      "questions.md",
      "value-map.csv",
    ]);
  });
});

test.each([
  ["no fault", checkLines(), "query", 0],
  ["something to ask", asking, "error", 0],
  ["something to ask", asking, "query", 4],
  ["an error", wrong, "error", 4],
  ["what stops a draw", checkLines({ 11: { applied: "soon" } }), "error", 4],
])("with %s, --fail-on %#", async (_, lines, severity, code) => {
  const folder = checkWorkplace(lines);
  const found = await runIn(folder, ...checkWords, "--fail-on", severity, "--out", "q");
  expect(found.code).toBe(code);
  // The folder is written all the same.
  expect(existsSync(join(folder, "q/quality.html"))).toBe(true);
});

test.each([
  [["--fail-on", "all"], "--fail-on: must be error or query"],
  [["--edition", "public"], "--edition: must be internal or publishable"],
])("check %j is refused before anything is read", async (words, message) => {
  const { code, err } = await runIn("/nowhere", ...checkWords, ...words);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test("an earlier folder is replaced with --force only, and several frames are refused", async () => {
  const folder = checkWorkplace(asking);
  expect(await runIn(folder, ...checkWords, "--out", "q")).toMatchObject({ code: 0 });
  expect(await runIn(folder, ...checkWords, "--out", "q")).toMatchObject({ code: 2 });
  expect(await runIn(folder, ...checkWords, "--out", "q", "--force")).toMatchObject({ code: 0 });
  const frames = checkPlan.replace(/sample: .*\n/, "frames: { one: { sample: { size: 2 } } }\n");
  const refused = await runIn(checkWorkplace(asking, frames), ...checkWords);
  expect(refused.err).toContain("error[PLAN_WITH_FRAMES]");
});

describe("explain", () => {
  test("tells a rule: what it means and what to do", async () => {
    const { code, out } = await runIn("/", "explain", "CHECK_VALUE_MISSING");
    expect(code).toBe(0);
    expect(out).toMatch(
      /^CHECK_VALUE_MISSING\nA field is not filled in\.\nA query of casedraw check: .*\n\n.+\.\n.+\.\n$/,
    );
    const { out: json } = await runIn("/", "explain", "CHECK_VALUE_MISSING", "--json");
    expect(JSON.parse(json)).toMatchObject({ code: "CHECK_VALUE_MISSING", severity: "query" });
  });

  test("suggests the rule that was meant", async () => {
    const { code, err } = await runIn("/", "explain", "CHECK_VALUE_MISING");
    expect(code).toBe(2);
    expect(err).toContain("is not the code of an error or a rule. Did you mean CHECK_VALUE_MISSING?");
  });
});
