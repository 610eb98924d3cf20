import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { z } from "zod";
import { renderSpec } from "../../src/charts/render-svg.js";
import { type SizeChartData, sizeChart } from "../../src/charts/size-chart.js";
import { refusalOf } from "../frames.js";

const data: SizeChartData = {
  points: [
    { sampleSize: 10, margin: 0.26 },
    { sampleSize: 374, margin: 0.05 },
    { sampleSize: 748, margin: 0.035 },
  ],
  marked: { sampleSize: 374, margin: 0.05 },
  proportion: 0.5,
  confidence: 0.95,
  designEffect: 1,
  units: "cases",
  populationSize: 19_563,
};

test("says in words what it shows", () => {
  const { title, subtitle, description, table } = sizeChart(data);
  expect(title).toBe("374 cases: plus or minus 5.0 percentage points");
  expect(title.split(" ").length).toBeLessThanOrEqual(10);
  expect(subtitle).toBe(
    "Margin of error by number reviewed of 19,563 cases, for an expected 50%, at 95% confidence",
  );
  expect(description).toContain("Marked: 374 cases ±5.0 percentage points.");
  expect(table.rows).toEqual([
    ["10", "±26.0 percentage points"],
    ["374", "±5.0 percentage points"],
    ["748", "±3.5 percentage points"],
  ]);
});

test("a small margin keeps two decimals, a design effect is told", () => {
  const marked = { sampleSize: 748, margin: 0.0035 };
  const { title, subtitle } = sizeChart({ ...data, marked, designEffect: 1.2 });
  expect(title).toContain("0.35 percentage points");
  expect(subtitle).toMatch(/, design effect 1\.2$/);
});

test("its specification is valid by Vega-Lite's schema, and is drawn with the size marked", async () => {
  const file = createRequire(import.meta.url).resolve("vega-lite/vega-lite-schema.json");
  const schema = z.fromJSONSchema(JSON.parse(readFileSync(file, "utf8")));
  const chart = sizeChart(data);
  expect(schema.safeParse(chart.spec).success).toBe(true);
  const svg = await renderSpec(chart.spec, chart);
  expect(svg).toContain("374: ±5.0");
  expect(svg).toContain("Number of cases reviewed");
  expect(svg).toBe(await renderSpec(chart.spec, chart));
});

test.each<[string, Partial<SizeChartData>]>([
  ["a single point", { points: [data.marked] }],
  ["sizes that fall", { points: [...data.points].reverse() }],
  ["half a case", { marked: { sampleSize: 0.5, margin: 0.1 } }],
  ["a margin below 0", { marked: { sampleSize: 5, margin: -0.1 } }],
  ["an endless margin", { marked: { sampleSize: 5, margin: Number.POSITIVE_INFINITY } }],
])("refuses %s", (_, wrong) => {
  expect(refusalOf(() => sizeChart({ ...data, ...wrong })).code).toBe("CHART_DATA_INVALID");
});
