import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { z } from "zod";
import { delayByItem } from "../../src/analysis/delay/delay-by-item.js";
import { durationItem } from "../../src/analysis/delay/duration-item.js";
import { endingsItem } from "../../src/analysis/delay/endings-item.js";
import type { Result } from "../../src/analysis/result.js";
import { cohortsChart } from "../../src/charts/cohorts-chart.js";
import { delayByChart } from "../../src/charts/delay-by-chart.js";
import { incidenceChart } from "../../src/charts/incidence-chart.js";
import { survivalChart } from "../../src/charts/survival-chart.js";
import { coarsenCurves } from "../../src/disclosure/coarsen-curves.js";
import { syntheticSubject } from "../analysis/windows.js";

const file = createRequire(import.meta.url).resolve("vega-lite/vega-lite-schema.json");
const schema = z.fromJSONSchema(JSON.parse(readFileSync(file, "utf8")));

const subject = syntheticSubject({ rows: 3000, more: "pia: { outcome: case_type }" });
const about = { plan: subject.plan, edition: "internal" } as const;

test.each([
  ["survival", durationItem, survivalChart],
  ["incidence", endingsItem, incidenceChart],
  ["delay-by", delayByItem, delayByChart],
] as const)(
  "%s: valid by Vega-Lite's schema, exact and coarsened; short headline; a table row for every figure",
  (_, item, draw) => {
    const exact = item.count(subject);
    const coarse = { ...exact, curves: coarsenCurves(exact.curves ?? [], { threshold: 5, round_to: 5 }) };
    for (const counted of [exact, coarse]) {
      const result = item.result(counted, about);
      const chart = draw(result, counted);
      if (chart === undefined) throw new Error("a chart");
      expect(schema.safeParse(chart.spec).success).toBe(true);
      expect(chart.title.split(" ").length).toBeLessThanOrEqual(10);
      expect(chart.table.rows).toHaveLength(result.tables[0]?.rows.length ?? 0);
      expect(chart.description).not.toMatch(/NaN|undefined/);
    }
  },
);

test("survival: a curve that is hidden is said to be, and alone leaves no picture", () => {
  const exact = durationItem.count(subject);
  const [set] = exact.curves ?? [];
  if (set === undefined) throw new Error("curves");
  const few = set.groups.map((group, at) => (at === 0 ? { ...group, units: 3 } : group));
  const hidden = {
    ...exact,
    curves: coarsenCurves([{ ...set, groups: few }], { threshold: 5, round_to: 5 }),
  };
  const chart = survivalChart(durationItem.result(hidden, about), hidden);
  expect(chart?.description).toContain(": [c].");
  const none = { ...exact, curves: coarsenCurves([set], { threshold: 3000, round_to: 5 }) };
  expect(survivalChart(durationItem.result(none, about), none)).toBeUndefined();
});

test("delay-by and cohorts: what was rounded to whole weeks or percent is told without digits after the point", () => {
  const whole = (label: string, cells: Result["tables"][number]["rows"][number]["cells"]): Result => ({
    base: { units: 200, unit: "children", period: "2025" },
    method: "",
    uncertainty: "",
    tables: [
      {
        id: "whole",
        caption: "Whole",
        dimensions: ["Characteristic", "Group"],
        measures: [{ key: "difference", label, kind: "weeks", decimals: 0, interval: true }],
        rows: [
          { names: ["Gender", "Female"], cells },
          { names: ["Gender", "Male"], cells },
        ],
      },
    ],
    notes: [],
    messages: [],
    enquiries: [],
  });
  const weeks = delayByChart(whole("Weeks", [{ value: 2, lower: 1, upper: 3 }, 100, 100, 0.01]));
  expect(weeks?.description).toContain("Gender, Female: +2, from +1 to +3.");
  expect(JSON.stringify(weeks?.spec)).toContain('"+2"');
  const cell = { value: 0.35, lower: 0.33, upper: 0.37 };
  const shares = cohortsChart(whole("Share", [cell, 100, "for 26 weeks"]));
  expect(shares?.description).toContain("Gender: 35%, from 33% to 37%.");
});

test("cohorts: confidential quarters are told so, immature ones hollow; one quarter is no line", () => {
  const cell = (value: number) => ({ value, lower: value - 0.05, upper: value + 0.05 });
  const rows = [
    { names: ["January to March 2025"], cells: [cell(0.4), 100, "for 26 weeks"] },
    { names: ["April to June 2025"], cells: [{ mark: "c" }, { mark: "c" }, "for 26 weeks"] },
    { names: ["July to September 2025"], cells: [cell(0.3), 100, "immature"] },
  ] as const;
  const resultOf = (of: Result["tables"][number]["rows"]): Result => ({
    base: { units: 200, unit: "children", period: "2025" },
    method: "",
    uncertainty: "",
    tables: [{ id: "start_cohorts", caption: "Share", dimensions: ["Began in"], measures: [], rows: of }],
    notes: [],
    messages: [],
    enquiries: [],
  });
  const chart = cohortsChart(resultOf(rows));
  expect(schema.safeParse(chart?.spec).success).toBe(true);
  expect(JSON.stringify(chart?.spec)).toContain('"[c]"');
  expect(JSON.stringify(chart?.spec)).toContain("30% so far");
  // Nothing was tested of fewer than three mature quarters; what was, and told no change, has a message without headline.
  expect(chart?.title).toBe("Share still open after 26 weeks, by start quarter");
  const unclear = { text: "No clear change.", weight: 0.4 };
  expect(cohortsChart({ ...resultOf(rows), messages: [unclear] })?.title).toBe(
    "No clear change in share still open after 26 weeks",
  );
  const fell = { text: "It fell.", headline: "It fell by start quarter", weight: 0.8 };
  expect(cohortsChart({ ...resultOf(rows), messages: [fell] })?.title).toBe("It fell by start quarter");
  expect(cohortsChart(resultOf(rows.slice(0, 1)))).toBeUndefined();
});
