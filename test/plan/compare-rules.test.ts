import { describe, expect, test } from "vitest";
import { drawnPlan, recordedPlan } from "../../src/plan/drawn-plan.js";
import { messages, read } from "./reading.js";

const base = `casedraw: 1
title: Autumn
reference_date: 2026-11-16
`;
const withData = `${base}unit_id: case_id
data: [{ path: a.csv }]
columns: { case_id: Case, court: Court, application_date: Applied, closed_date: Closed, law_type: Law }
fields: { weight: { column: Weight, type: number } }
`;

describe("a plan of a comparison", () => {
  test("is read with its defaults", () => {
    expect(
      read(
        `${withData}compare: { whole: England, indicators: [{ name: Long, of: { law_type: public }, where: { delay_days: { over: 364 } } }], ` +
          "standardise: [], neighbours: { path: n.csv, area: Name, neighbours: Near } }",
      ).compare,
    ).toEqual({
      whole: "England",
      indicators: [{ name: "Long", of: { law_type: ["public"] }, where: { delay_days: { over: 364 } } }],
      standardise: [],
      neighbours: { path: "n.csv", area: "Name", neighbours: "Near", separator: "," },
    });
  });

  test("stays out of what a sample records and is drawn by", () => {
    const plan = read(`${withData}compare: { whole: England }`);
    expect(recordedPlan(plan)).not.toHaveProperty("compare");
    expect(drawnPlan(plan)).not.toHaveProperty("compare");
    expect(read(withData)).not.toHaveProperty("compare");
  });

  test("may take no export, where it names published figures", () => {
    expect(read(`${base}compare: { series: [p.csv] }`)).toMatchObject({ data: [], unit_id: [] });
    expect(read(`${base}pia: { series: [p.csv] }\ncompare: { whole: England }`)).toMatchObject({ data: [] });
    expect(messages(`${base}compare: { whole: England }`)).toEqual([
      expect.stringMatching(/^compare has nothing to compare without data/),
    ]);
    expect(messages(`${base}compare: { series: [p.csv], standardise: [age_band] }`)).toEqual([
      expect.stringMatching(/^compare\.standardise has no effect without data/),
    ]);
  });

  const one = (indicator: string) => `compare: { indicators: [{ name: A, ${indicator} }] }`;
  test.each([
    [one("polarity: lower_is_better"), /indicators\[0\] must say what is measured/],
    [
      one("where: { court: X }, still_open_at: 26"),
      /still_open_at cannot stand beside where: an indicator is one/,
    ],
    [one("still_open_at: 26"), /still_open_at needs observed/],
    [one("weeks_within: 0"), /weeks_within must be a whole number of 1 or more/],
    [one("where: {}"), /where must name at least one field/],
    [one("where: { courts: X }"), /where\.courts names "courts", which is no field.*Did you mean "court"/],
    [one("where: { court: { over: 3 } }"), /where\.court\.over compares dates or numbers/],
    [one("where: { court: X }, polarity: good"), /polarity must be higher_is_better or lower_is_better/],
    [
      "compare: { indicators: [{ name: A, where: { court: X } }, { name: a, where: { court: Y } }] }",
      /indicators\[1\]\.name is the name of an indicator before it/,
    ],
    ["compare: { standardise: [weight] }", /standardise\[0\] names weight, which is a number and no group/],
    ["compare: { standardise: [court, court] }", /standardise\[1\] is named twice/],
    ["compare: { nested: [court] }", /nested must name two fields or more/],
    ["compare: { nested: [court, region] }", /nested\[1\] names region, which no file gives/],
    ["compare: { hole: England }", /compare\.hole is not a key.*Did you mean "whole"/],
    ["compare: { neighbours: { path: n.csv, area: Name } }", /neighbours\.neighbours is missing/],
  ])("%s is refused", (keys, message) => {
    expect(messages(`${withData}${keys}`).join("\n")).toMatch(message);
  });

  test("beside frames it is refused", () => {
    expect(messages(`${withData}compare: {}\nframes: { all: { sample: { size: 3 } } }`)).toEqual([
      expect.stringMatching(/^compare has no effect beside frames/),
    ]);
  });
});
