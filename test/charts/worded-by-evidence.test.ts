import { describe, expect, test } from "vitest";
import type { CurveGroup } from "../../src/analysis/curves.js";
import { leadingLevel } from "../../src/analysis/leading.js";
import type { IndicatorComparison } from "../../src/analysis/regional/comparison.js";
import type { Result, ResultTable } from "../../src/analysis/result.js";
import { areaCurvesChart } from "../../src/charts/area-curves-chart.js";
import { describeAreas, scaleOf } from "../../src/charts/area-texts.js";
import { areaXmrChart } from "../../src/charts/area-xmr-chart.js";
import { caseMixChart } from "../../src/charts/case-mix-chart.js";
import { dataQualityChart } from "../../src/charts/data-quality-chart.js";
import { rateRatioChart } from "../../src/charts/rate-ratio-chart.js";
import { tileMapChart } from "../../src/charts/tile-map-chart.js";
import { comparisonOf } from "./regional-examples.js";

const heading = "Service area";
const hidden = { mark: "c" } as const;

function resultOf(table: Partial<ResultTable>): Result {
  return {
    base: { units: 100, unit: "children", period: "16 November 2026" },
    method: "",
    uncertainty: "",
    tables: [{ id: "t", caption: "Children", dimensions: [], measures: [], rows: [], ...table }],
    notes: [],
    messages: [],
    enquiries: [],
  };
}

test("the commonest level keeps clear of every other, not of the next alone", () => {
  const share = (value: number, lower: number, upper: number) => ({ value, lower, upper });
  const levels = [
    { label: "A", share: share(0.4, 0.36, 0.44) },
    { label: "B", share: share(0.3, 0.28, 0.32) },
    // Fewer effective units: a wide interval.
    { label: "C", share: share(0.28, 0.18, 0.4) },
  ];
  expect(leadingLevel(levels, { disjoint: true })).toBeUndefined();
  expect(leadingLevel(levels.slice(0, 2), { disjoint: true })?.label).toBe("A");
});

test("no field is called complete that is hidden", () => {
  const rows = [
    { names: ["Gender"], cells: [100, 0, 0, 0, ""] },
    { names: ["Ethnicity"], cells: [100, hidden, 0, 0, ""] },
  ];
  const titleOf = (shown: typeof rows) =>
    dataQualityChart(resultOf({ id: "data_quality", rows: shown }))?.title;
  expect(titleOf(rows)).toBe("Every field that is shown is filled in and understood");
  expect(titleOf(rows.slice(0, 1))).toBe("Every field is filled in and understood");
});

test.each([
  [1.04, "Mixed: 1.04 times the rate of other groups"],
  [1.004, "Mixed: just above the rate of other groups"],
  [0.98, "Mixed: 0.98 times the rate of other groups"],
  [0.996, "Mixed: just below the rate of other groups"],
  [2.04, "Mixed: 2.0 times the rate of other groups"],
])("a rate that differs is never told as 1.0 times the others’: %d", (value, title) => {
  const ratio = value > 1 ? { value, lower: 1.001, upper: 3 } : { value, lower: 0.2, upper: 0.999 };
  const rows = [{ names: ["Ethnic group", "Mixed"], cells: [1, 1, 1, ratio, 0.001] }];
  expect(rateRatioChart(resultOf({ rows }))?.title).toBe(title);
});

describe("charts of areas", () => {
  const comparison = comparisonOf(17);
  const withFigures = (figures: readonly number[]): IndicatorComparison => ({
    ...comparison,
    areas: comparison.areas.slice(0, figures.length).map((area, at) => ({
      ...area,
      figure: { value: figures[at] as number, lower: 0, upper: 1 },
    })),
  });

  test("a tile of nearly all or nearly none is not one of all or of none", () => {
    const of = withFigures([0.999, 0.0004, 1, 0]);
    const tiles = of.areas.map(({ area }, at) => ({ area, x: at, y: 0 }));
    const text = JSON.stringify(tileMapChart(of, tiles, heading)?.spec);
    for (const told of ['">99%"', '"<0.1%"', '"100%"', '"0%"']) expect(text).toContain(told);
  });

  const untested: IndicatorComparison = {
    ...comparison,
    areas: comparison.areas.map((area) => ({ ...area, verdict: "few" as const, otherwise: {} })),
  };

  test("where nothing is tested, it is not said that no area stands out, or that no word changes", () => {
    expect(describeAreas(untested)).toContain("No area is tested.");
    expect(describeAreas(untested)).not.toContain("stands out");
    const mix = caseMixChart(untested, heading);
    expect(mix?.title).toBe("Areas as counted, and allowing for the mix of cases");
    expect(mix?.description).not.toContain("No word changes");
  });

  test("figures that are all one stand on a scale that ends at them, and not beyond 100%", () => {
    expect(scaleOf([{ lower: 0.3, upper: 0.3 }], { key: "", label: "", kind: "share" }).domain).toEqual([
      0, 0.3,
    ]);
  });

  test("no band is described that is not drawn", () => {
    const group = (key: string): CurveGroup => ({
      key,
      label: key,
      times: [91, 182, 273],
      shares: [0.8, 0.5, 0.2],
      lower: [0.7, 0.4, 0.1],
      upper: [0.9, 0.6, 0.3],
      atRisk: [100, 80, 50],
      events: [20, 30, 30],
      conditionalFrom: 0,
      units: 100,
    });
    const words = (coarse: boolean): string => {
      const chart = areaCurvesChart(
        { id: "x", groups: [group("A"), group("all")], ...(coarse ? { coarse: true as const } : {}) },
        {
          indicator: { name: "Open", period: "2025", of: "children" },
          whole: { key: "all", name: "England" },
          heading,
        },
      );
      return [chart?.description, ...(chart?.notes ?? [])].join(" ");
    };
    expect(words(false)).toContain("with its 95% band");
    expect(words(true)).not.toContain("band");
  });

  test("periods stand in their order and at their distance; an area that lacks one has no limits, and its line a gap", () => {
    const [one, other] = comparison.areas;
    if (one?.history === undefined || other === undefined) throw new Error("areas with a history");
    // Of fourteen periods the first area lacks the sixth, and the other has the last four only.
    const gapped = one.history.filter((_, at) => at !== 5);
    const short = one.history.slice(-4);
    const chart = areaXmrChart(
      {
        ...comparison,
        areas: [
          { ...one, area: "Short", history: short },
          { ...other, area: "Gapped", history: gapped },
        ],
      },
      heading,
    );
    expect(chart?.description).toContain(`${one.history[0]?.period} to ${one.history.at(-1)?.period}.`);
    expect(chart?.notes[0]).toContain("No limits");
    expect(chart?.table.rows.every((row) => row[3] === "")).toBe(true);
  });
});
