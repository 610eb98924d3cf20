import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Cell, Result, ResultTable } from "../../src/analysis/result.js";
import { allocationChart } from "../../src/charts/allocation-chart.js";
import { caseloadChart } from "../../src/charts/caseload-chart.js";
import type { Chart } from "../../src/charts/chart.js";
import { dataQualityChart } from "../../src/charts/data-quality-chart.js";
import { factorOverlapChart } from "../../src/charts/factor-overlap-chart.js";
import { heatMapSpec } from "../../src/charts/heat-map.js";
import { lawProfileChart } from "../../src/charts/law-profile-chart.js";
import { rateRatioChart } from "../../src/charts/rate-ratio-chart.js";
import { renderSpec } from "../../src/charts/render-svg.js";

const file = createRequire(import.meta.url).resolve("vega-lite/vega-lite-schema.json");
const schema = z.fromJSONSchema(JSON.parse(readFileSync(file, "utf8")));

const hidden = { mark: "c" } as const;

function resultOf(tables: readonly Partial<ResultTable>[]): Result {
  return {
    base: { units: 100, unit: "children", period: "16 November 2026" },
    method: "",
    uncertainty: "",
    tables: tables.map((table) => ({
      id: "t",
      caption: "Children",
      dimensions: [],
      measures: [],
      rows: [],
      ...table,
    })),
    notes: [],
    messages: [],
    enquiries: [],
  };
}

const at = (value: number, half: number): Cell => ({ value, lower: value - half, upper: value + half });
const row = (names: readonly string[], ...cells: Cell[]) => ({ names, cells });

async function draw(chart: Chart | undefined): Promise<string> {
  if (chart === undefined) throw new Error("no chart");
  expect(schema.safeParse(chart.spec).success).toBe(true);
  expect(chart.title.split(" ").length).toBeLessThanOrEqual(10);
  return renderSpec(chart.spec, chart);
}

describe("relative rates", () => {
  const ratios = (rows: ResultTable["rows"]) => rateRatioChart(resultOf([{ rows }]));

  test("the headline names the group furthest from 1 whose interval and p-value allow it", async () => {
    const rows = [
      row(["Ethnic group", "White"], 1, 1, 1, at(0.9, 0.2), 0.4),
      row(["Ethnic group", "Black"], 1, 1, 1, at(1.6, 0.2), 0.001),
      row(["Ethnic group", "Chinese"], 1, 1, 1, hidden, hidden),
      row(["Ethnic group", "Other"], 0, 1, 0, { value: 0, lower: 0, upper: 1.4 }, 0.3),
    ];
    const chart = ratios(rows);
    expect(chart?.title).toBe("Black: 1.6 times the rate of other groups");
    const svg = await draw(chart);
    expect(svg).toContain("[c]");
    expect(svg).toContain("0.00");
    expect(chart?.description).not.toContain("Chinese");
  });

  test("a difference inside its interval, or not significant, is no headline", () => {
    const chart = ratios([
      row(["Gender", "Male"], 1, 1, 1, at(1.2, 0.3), 0.01),
      row(["Gender", "Female"], 1, 1, 1, at(1.4, 0.3), 0.06),
    ]);
    expect(chart?.title).toBe("No group’s rate differs clearly from the others’");
    expect(ratios([row(["Gender", "Male"], hidden, 1, hidden, hidden, hidden)])).toBeUndefined();
  });
});

describe("public and private law", () => {
  const profile = (...cells: readonly [string, string, Cell, Cell][]) =>
    lawProfileChart(resultOf([{ rows: cells.map(([a, b, cell, mean]) => row([a, b], cell, mean)) }]));

  test("a mean difference counts where its interval leaves 0, V where it is above 0.1", async () => {
    const chart = profile(
      ["Standardised mean difference", "Age in years", at(-0.3, 0.1), 8],
      ["Standardised mean difference", "Days open so far, open cases", at(0.1, 0.2), 8],
      ["Cramér’s V", "Gender", at(0.08, 0.05), { mark: "z" }],
      ["Cramér’s V", "Disability", hidden, { mark: "z" }],
    );
    expect(chart?.title).toBe("Public and private law differ in 1 of 3 characteristics");
    expect(await draw(chart)).toContain("[c]");
    const alike = profile(["Cramér’s V", "Gender", at(0.08, 0.05), { mark: "z" }]);
    expect(alike?.title).toBe("No difference of public and private law is clear");
  });
});

describe("heat maps", () => {
  test("each cell has its number; little is not nothing, and what is hidden is said", async () => {
    const spec = heatMapSpec({
      rows: ["A field with a name that is much too long to stand on a single line of the picture", "B"],
      columns: ["1", "2"],
      cells: [
        [0, 0.001],
        [hidden, 0.42],
      ],
      darkest: 0.42,
      key: ["1. North", "2. South"],
    });
    expect(schema.safeParse(spec).success).toBe(true);
    const svg = await renderSpec(spec, { title: "t", description: "d" });
    for (const text of [">0<", "&lt;1", ">[c]<", ">42<", "1. North", "2. South"]) expect(svg).toContain(text);
  });

  test("pairs of factors stand below the diagonal", async () => {
    const chart = factorOverlapChart(
      resultOf([
        {
          rows: [
            row(["Abuse", "Neglect"], 5, at(0.2, 0.1), at(1, 0.1), 0),
            row(["Abuse", "Drugs"], 5, at(0.4, 0.1), at(1, 0.1), 0),
            row(["Neglect", "Drugs"], hidden, hidden, hidden, hidden),
          ],
        },
      ]),
    );
    expect(chart?.title).toBe("Abuse and drugs: 40% have both");
    const svg = await draw(chart);
    expect(svg).toContain("3. Drugs");
    expect(svg).toContain("[c]");
  });

  test.each([
    ["plainly the commonest of all", [0.4, 0.1], "Abuse and neglect: 40% have both"],
    ["hardly commoner than another", [0.4, 0.39], "No two factors clearly stand together most often"],
    ["the only one", [0.4], "Abuse and neglect: 40% have both"],
  ])("a pair of factors that is %s", (_, shares, title) => {
    const others = ["Neglect", "Drugs"];
    const rows = shares.map((share, i) =>
      row(["Abuse", others[i] as string], 9, at(share, 0.1), at(1, 0.1), 0),
    );
    expect(factorOverlapChart(resultOf([{ rows }]))?.title).toBe(title);
  });

  test("the worst field that must be filled in leads; twenty areas fit and more are said", async () => {
    const areas = Array.from({ length: 23 }, (_, i) => `Area ${i + 1}`);
    const chart = dataQualityChart(
      resultOf([
        {
          id: "data_quality_by_area",
          rows: areas.map((area) => row(["Gender", area], 10, 0.06, 0.04, 0.05)),
        },
        {
          id: "data_quality",
          rows: [
            row(["First hearing date"], 10, 0.6, 0, 0, "yes"),
            row(["Gender"], 10, 0.06, 0.04, 0.05, ""),
          ],
        },
      ]),
    );
    expect(chart?.title).toBe("Gender is not known for 15%");
    expect(chart?.notes[0]).toContain("first 20 of 23 areas");
    const svg = await draw(chart);
    expect(svg).toContain("20. Area 20");
    expect(svg).not.toContain("21. Area 21");
  });
});

test("caseloads are dots by team, and none in a publishable edition", async () => {
  const measures = [{ key: "practitioners" }, { key: "open_children" }] as never;
  const counted = {
    tallies: [{ columns: { field: "team", label: "Team", levels: [{ key: "n", label: "North" }] } }] as never,
    statistics: Object.fromEntries(
      [10, 12, 12, 30].map((value, i) => [`load/0/${i}`, { value, base: 1, step: 1 }]),
    ),
  };
  // Quartiles of 10, 12, 12, 30 by interpolation: 11.5 and 16.5.
  const chart = caseloadChart(resultOf([{ id: "caseload", measures }]), counted);
  expect(chart?.title).toBe("Half of practitioners hold 12 to 17 open children");
  expect((await draw(chart)).match(/aria-roledescription|<path/g)?.length).toBeGreaterThan(4);
  expect(caseloadChart(resultOf([{ id: "caseload_bands" }]), counted)).toBeUndefined();
});

test("unallocated children are bars by law type and area", async () => {
  const measures = [{ key: "unallocated_children" }, { key: "open_children" }, {}] as never;
  const chart = allocationChart(
    resultOf([
      {
        measures,
        rows: [
          row(["All", "All open children"], 5, 50, at(0.1, 0.05)),
          row(["Law type", "Public"], hidden, 20, hidden),
        ],
      },
    ]),
  );
  expect(chart?.title).toBe("10.0% of open children have no practitioner yet");
  expect(await draw(chart)).toContain("[c]");
});
