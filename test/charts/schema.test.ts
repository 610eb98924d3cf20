import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { z } from "zod";
import { dotIntervals } from "../../src/charts/dot-interval-chart.js";
import { estimateChart } from "../../src/charts/estimate-chart.js";
import { inclusionChart } from "../../src/charts/inclusion-chart.js";
import { levelBars } from "../../src/charts/level-bars-chart.js";
import { missedChart } from "../../src/charts/missed-chart.js";
import { shortfallChart } from "../../src/charts/shortfall-chart.js";
import { spreadChart } from "../../src/charts/spread-chart.js";
import { chances, groupsOf, inclusion, monthly, named, spreads } from "./examples.js";

const file = createRequire(import.meta.url).resolve("vega-lite/vega-lite-schema.json");
const schema = z.fromJSONSchema(JSON.parse(readFileSync(file, "utf8")));

const many = groupsOf(30).map((group) => ({ ...group, ...inclusion(0.1, 0.2, 0.01) }));

test.each([
  ["inclusion", inclusionChart({ draws: 10, groups: many }).spec],
  [
    "inclusion with a group without a chance",
    inclusionChart({ draws: 10, groups: named([inclusion(0, 0, 0), inclusion(1, 1, 0)]) }).spec,
  ],
  ["spread", spreadChart({ draws: 10, groups: named([spreads(0, 0)]) }).spec],
  ["missed", missedChart({ draws: 10, groups: named([chances(0, 1)]) }).spec],
  ["shortfall", shortfallChart({ draws: 10, groups: named([chances(0.5, 0.2)]) }).spec],
  [
    "estimate",
    estimateChart({
      population: "all children",
      groups: named([{ estimate: 0.4, lower: 0.3, upper: 0.5, n: 90 }]),
    }).spec,
  ],
  [
    "bars",
    levelBars({
      panels: ["All", "Public law"],
      kind: "share",
      rows: [
        { characteristic: "Age", level: "1", cells: [{ value: 0.4, lower: 0.3, upper: 0.5 }, { mark: "c" }] },
        { characteristic: "Not known", level: "Blank", cells: [0.1, 0], unknown: true },
      ],
    }).spec,
  ],
  [
    "dots",
    dotIntervals({
      rows: [{ characteristic: "Factor", level: "1", cell: { value: 0.4, lower: 0.3, upper: 0.5 } }],
      scale: { domain: [0, 1], title: "Share", reference: 0 },
      text: String,
    }).spec,
  ],
  ["monthly example", monthly],
])("the specification of the %s chart is valid by Vega-Lite's schema", (_, spec) => {
  expect(schema.safeParse(spec).success).toBe(true);
  // The schema can tell: neither an unknown key nor a wrong value passes.
  expect(schema.safeParse({ ...spec, colour: "red" }).success).toBe(false);
  expect(schema.safeParse({ ...spec, width: "wide" }).success).toBe(false);
});
