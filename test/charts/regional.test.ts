import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { areaChangeChart } from "../../src/charts/area-change-chart.js";
import { areaDotsChart } from "../../src/charts/area-dots-chart.js";
import { areaRanksChart } from "../../src/charts/area-ranks-chart.js";
import { sortedAreas } from "../../src/charts/area-texts.js";
import { areaXmrChart } from "../../src/charts/area-xmr-chart.js";
import { caseMixChart } from "../../src/charts/case-mix-chart.js";
import type { Chart } from "../../src/charts/chart.js";
import { funnelChart } from "../../src/charts/funnel-chart.js";
import { funnelLines } from "../../src/charts/funnel-lines.js";
import { placeLabels } from "../../src/charts/place-labels.js";
import { renderParts } from "../../src/charts/render-svg.js";
import { rugChart } from "../../src/charts/rug-chart.js";
import { tileMapChart } from "../../src/charts/tile-map-chart.js";
import { comparisonOf } from "./regional-examples.js";

const file = createRequire(import.meta.url).resolve("vega-lite/vega-lite-schema.json");
const schema = z.fromJSONSchema(JSON.parse(readFileSync(file, "utf8")));
const heading = "Service area";

function chartsOf(count: number): Record<string, Chart | undefined> {
  const comparison = comparisonOf(count);
  const areas = comparison.areas.map(({ area }) => area);
  return {
    rug: rugChart([comparison], { areas, heading }),
    dots: areaDotsChart(comparison, heading),
    funnel: funnelChart(comparison, heading),
    mix: caseMixChart(comparison, heading),
    ranks: areaRanksChart(comparison, heading),
    change: areaChangeChart(comparison, heading),
    "over time": areaXmrChart(comparison, heading),
    map: tileMapChart(
      comparison,
      areas.map((area, at) => ({ area, x: at % 6, y: Math.floor(at / 6) })),
      heading,
    ),
  };
}

describe("charts of areas", () => {
  test.each(Object.entries(chartsOf(17)))("%s: valid by Vega-Lite's schema", (_, chart) => {
    expect(schema.safeParse(chart?.spec).success).toBe(true);
    expect(schema.safeParse({ ...chart?.spec, width: "wide" }).success).toBe(false);
  });

  test.each([1, 40])(
    "of %i areas are drawn, with a headline of ten words or fewer and a table",
    async (count) => {
      for (const chart of Object.values(chartsOf(count))) {
        if (chart === undefined) continue;
        expect(chart.title.split(" ").length).toBeLessThanOrEqual(10);
        expect(chart.table.rows.every((row) => row.length === chart.table.header.length)).toBe(true);
        for (const svg of await renderParts(chart)) expect(svg).toContain("</svg>");
      }
    },
  );

  test("a hidden figure is its shorthand, and its number is nowhere", () => {
    const comparison = comparisonOf(17);
    const dots = areaDotsChart(comparison, heading);
    expect(JSON.stringify(dots?.spec)).toContain("[c]");
    expect(dots?.table.rows.find(([area]) => area === "Area 4")).toEqual([
      "Area 4",
      "[c]",
      "[c]",
      "not tested",
    ]);
    // Its denominator, 40, is no point of the funnel.
    const funnel = JSON.stringify(funnelChart(comparison, heading)?.spec);
    expect(funnel).not.toContain('"area":"Area 4"');
    expect(funnel).toContain('"area":"Area 1"');
  });

  test("of 152 areas secondary rows are the ends of the list, and say so", () => {
    const chart = areaRanksChart(comparisonOf(152), heading);
    expect(chart?.notes[0]).toMatch(/first and the last 20: the \d+ areas between them stand in the table/);
    expect(chart?.table.rows.length).toBeGreaterThan(100);
  });
});

test("areas are sorted by what is shown, equal ones by name, hidden and unknown ones last", () => {
  const of = (area: string, figure: number | { mark: "c" }, unknown?: true) => ({
    area,
    figure,
    verdict: "similar" as const,
    otherwise: {},
    ...(unknown ? { unknown } : {}),
  });
  const sorted = sortedAreas([
    of("None", 9, true),
    of("B", 1),
    of("C", { mark: "c" }),
    of("A", 1),
    of("D", 2),
  ]);
  expect(sorted.map(({ area }) => area)).toEqual(["D", "A", "B", "C", "None"]);
});

test("areas that the test flags within the lines, or beside an interval that holds the comparator, are named with the reason", () => {
  const comparison = comparisonOf(17);
  const change = (name: string, value: number, of: string) => {
    const areas = comparison.areas.map((area) =>
      area.area === name
        ? {
            ...area,
            figure: { value, lower: 0.3, upper: 0.4 },
            verdict: "higher" as const,
            comparator: { of, value: 0.34 },
          }
        : area,
    );
    return { ...comparison, areas };
  };
  const rest = change("Area 7", 0.345, "the rest of England");
  expect(funnelChart(rest, heading)?.notes).toContainEqual(
    expect.stringMatching(/^Flagged, though within the 95% lines: Area 7 \(tested against the other areas/),
  );
  const whole = change("Area 7", 0.345, "England");
  expect(funnelChart(whole, heading)?.notes).toContainEqual(
    expect.stringMatching(/^Flagged, though within the 95% lines: Area 7 \(the lines are an approximation/),
  );
  expect(areaDotsChart(whole, heading)?.notes[1]).toMatch(
    /^Area 7: flagged by the test, though the interval/,
  );
  expect(areaDotsChart(comparison, heading)?.notes).toHaveLength(1);
  expect(areaDotsChart(comparison, heading)?.notes[0]).toContain("than chance commonly gives (95% test)");
});

describe("a funnel's lines", () => {
  test("are FunnelPlotR's at 20 expected", () => {
    // FunnelPlotR's limits of a ratio at 20 expected: 0.6108260 and 1.544419 at 95%, 0.4479107 and 1.902094 at 99.8%.
    const lines = funnelLines({ funnel: { kind: "ratio", target: 1 }, designEffect: 1 }, 20);
    const ends = lines.map(({ confidence, side, points }) => [
      confidence,
      side,
      points.at(-1)?.value.toFixed(4),
    ]);
    expect(ends).toEqual([
      [0.95, "lower", "0.6108"],
      [0.95, "upper", "1.5444"],
      [0.998, "lower", "0.4479"],
      [0.998, "upper", "1.9021"],
    ]);
  });

  test("are those of the effective size, for children of one case", () => {
    const [plain] = funnelLines({ funnel: { kind: "ratio", target: 1 }, designEffect: 1 }, 15);
    const [clustered] = funnelLines({ funnel: { kind: "ratio", target: 1 }, designEffect: 2 }, 30);
    expect(clustered?.points.at(-1)?.value).toBeCloseTo(plain?.points.at(-1)?.value as number, 9);
  });

  test("have widened ones only where areas vary by more than chance", () => {
    const about = {
      scale: "arcsine",
      phi: 2,
      iSquared: 0.5,
      p90: 1,
      p10: 0,
      trimmed: [],
      zeros: [],
    } as const;
    const funnel = { kind: "proportion", target: 0.3 } as const;
    expect(funnelLines({ funnel, designEffect: 1, variation: { ...about, tauSquared: 0 } }, 90)).toHaveLength(
      4,
    );
    expect(
      funnelLines({ funnel, designEffect: 1, variation: { ...about, tauSquared: 0.01 } }, 90),
    ).toHaveLength(8);
  });
});

test("labels lie over no other label, over no point, and within the picture", () => {
  const points = Array.from({ length: 30 }, (_, at) => ({
    x: 20 + ((at * 37) % 460),
    y: 20 + ((at * 53) % 360),
  }));
  const wanted = points.slice(0, 12).map((point, at) => ({ ...point, text: `Area ${at}`, width: 70 }));
  const placed = placeLabels(wanted, { width: 500, height: 400, avoid: points });
  expect(placed.length).toBeGreaterThan(8);
  for (const [at, one] of placed.entries()) {
    expect(one.left).toBeGreaterThanOrEqual(0);
    expect(one.left + one.width).toBeLessThanOrEqual(500);
    for (const other of placed.slice(at + 1)) {
      const apart =
        Math.abs(one.middle - other.middle) >= 20 ||
        one.left + one.width <= other.left ||
        other.left + other.width <= one.left;
      expect(apart, `${one.text} and ${other.text}`).toBe(true);
    }
    for (const { x, y } of points.filter((point) => point.x !== one.x || point.y !== one.y)) {
      const inside = x > one.left && x < one.left + one.width && Math.abs(y - one.middle) < 10;
      expect(inside).toBe(false);
    }
  }
});
