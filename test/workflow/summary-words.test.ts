import { describe, expect, test } from "vitest";
import { groupText, reasonText } from "../../src/analysis/condition-words.js";
import { inSentence, listText, longDate } from "../../src/analysis/words.js";
import { parsePlan } from "../../src/plan/load.js";
import type { Condition, Plan } from "../../src/plan/types.js";
import { chanceText, oneDecimal, pointsText } from "../../src/workflow/summary/words.js";

test.each([
  [0, "none"],
  [1, "certain"],
  [1 / 91, "1 in 91"],
  [1 / 2.5, "1 in 2.5"],
  [0.5, "1 in 2"],
  [0.51, "51 in 100"],
  [0.994, "99 in 100"],
  [0.996, "over 99 in 100"],
  [1 / 9.94, "1 in 9.9"],
  [1 / 9.96, "1 in 10"],
  [1 / 10.2, "1 in 10"],
  [1 / 12345, "1 in 12,345"],
])("a chance of %d is %s", (probability, text) => expect(chanceText(probability)).toBe(text));

test.each([
  [0, "0.0", "0.0"],
  [0.04, "0.0", "0.0"],
  [-0.04, "0.0", "0.0"],
  [-0.06, "\u22120.1", "\u22120.1"],
  [1234.56, "1,234.6", "+1,234.6"],
  [-12, "\u221212.0", "\u221212.0"],
])("%d is shown as %s, as a difference %s", (value, plain, points) => {
  expect([oneDecimal(value), pointsText(value)]).toEqual([plain, points]);
});

test("lists, dates and labels inside sentences", () => {
  expect([listText([]), listText(["a"]), listText(["a", "b"], "or"), listText(["a", "b", "c"])]).toEqual([
    "",
    "a",
    "a or b",
    "a, b and c",
  ]);
  expect(longDate("2026-02-03")).toBe("3 February 2026");
  expect([inSentence("Law type"), inSentence("DFJ area")]).toEqual(["law type", "DFJ area"]);
});

describe("conditions in words", () => {
  const base = parsePlan(
    `
casedraw: 1
title: t
reference_date: 2026-11-16
unit_id: child_id
data: [{ path: x.csv }]
columns: { child_id: id }
`,
    { file: "plan.yaml" },
  );
  const withCohort = (cohort: Partial<Plan["cohort"]>): Plan => ({
    ...base,
    cohort: { ...base.cohort, ...cohort },
  });

  test.each<[string, Condition, string, string]>([
    ["law_type", ["public", "private"], "is not Public or Private", "is Public or Private"],
    ["factors", ["neglect"], "do not include Neglect", "include Neglect"],
    ["closed_date", { blank: true }, "is recorded", "is not recorded"],
    ["closed_date", { blank: false }, "is not recorded", "is recorded"],
    [
      "closed_date",
      { from: "2026-01-01", to: "2026-03-31" },
      "is not from 1 January 2026 to 31 March 2026",
      "is from 1 January 2026 to 31 March 2026",
    ],
    ["closed_date", { from: "2026-01-01" }, "is not 1 January 2026 or later", "is 1 January 2026 or later"],
    ["closed_date", { to: "2026-01-01" }, "is not 1 January 2026 or earlier", "is 1 January 2026 or earlier"],
    ["age_years", { from: 5 }, "is not 5 or more", "is 5 or more"],
    ["age_years", { to: 5 }, "is not 5 or less", "is 5 or less"],
    ["delay_days", { over: 182 }, "is not over 182", "is over 182"],
    ["delay_days", { over: 182, up_to: 364 }, "is not over 182 and up to 364", "is over 182 and up to 364"],
  ])("%s %j excludes as include what %s, as exclude what %s", (name, condition, include, exclude) => {
    const plan = withCohort({ include: { [name]: condition }, exclude: { [name]: condition } });
    const end = (text: string): string =>
      text
        .split(" ")
        .slice(name === "factors" ? 1 : 2)
        .join(" ");
    expect(end(reasonText(`include: ${name}`, plan))).toBe(include);
    expect(end(reasonText(`exclude: ${name}`, plan))).toBe(exclude);
    expect(groupText({ [name]: condition }, plan)).toMatch(new RegExp(`^children whose .* ${exclude}$`));
  });

  test("the other reasons, and one that nobody knows", () => {
    const plan = withCohort({
      exclude_ids: "out.csv",
      closed_within_days: 14,
      active_within_months: 6,
    });
    expect(reasonText("exclude_ids", plan)).toBe("Named one by one in the exclusion list (out.csv)");
    expect(reasonText("closed_within_days", plan)).toBe("Not closed in the 14 days up to 16 November 2026");
    expect(reasonText("active_within_months", plan)).toBe(
      "No activity in the 6 months up to 16 November 2026",
    );
    expect(reasonText("include: team", plan)).toBe("include: team");
  });

  test("a group of several conditions", () => {
    expect(groupText({ disability: ["yes"], law_type: ["public"] }, base)).toBe(
      "children whose disability is Yes and whose law type is Public",
    );
  });
});
