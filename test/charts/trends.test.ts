import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { backlogItem } from "../../src/analysis/demand/backlog-item.js";
import { demandItem } from "../../src/analysis/demand/demand-item.js";
import { flowItem } from "../../src/analysis/demand/flow-item.js";
import { overTimeItem } from "../../src/analysis/demand/over-time-item.js";
import { seasonalityItem } from "../../src/analysis/demand/seasonality-item.js";
import type { Counted, Item, Subject } from "../../src/analysis/item.js";
import { readSeries } from "../../src/analysis/published/read-series.js";
import { seriesItems } from "../../src/analysis/published/series-items.js";
import type { Result } from "../../src/analysis/result.js";
import { backlogChart } from "../../src/charts/backlog-chart.js";
import type { Chart } from "../../src/charts/chart.js";
import { demandChart } from "../../src/charts/demand-chart.js";
import { flowChart } from "../../src/charts/flow-chart.js";
import { lineChart } from "../../src/charts/line-chart.js";
import { layOutPanels } from "../../src/charts/line-layout.js";
import type { LineChart } from "../../src/charts/lines.js";
import { overTimeChart } from "../../src/charts/over-time-chart.js";
import { publishedChart } from "../../src/charts/published-chart.js";
import { renderSpec } from "../../src/charts/render-svg.js";
import { seasonalityChart } from "../../src/charts/seasonality-chart.js";
import { stretchesOf } from "../../src/charts/trend-lines.js";
import { protectStatistics } from "../../src/disclosure/protect-statistics.js";
import { protectTallies } from "../../src/disclosure/protect-tallies.js";
import { fewCases, longWindow, risingCases, trendSubject, winter } from "../analysis/trend-subjects.js";
import { refusalOf, tableOf } from "../frames.js";

const file = createRequire(import.meta.url).resolve("vega-lite/vega-lite-schema.json");
const schema = z.fromJSONSchema(JSON.parse(readFileSync(file, "utf8")));

const rising = trendSubject(risingCases, longWindow);
const few = trendSubject(fewCases, winter);
const grown: Subject = { ...rising, earlier: [few] };

const drawn: readonly (readonly [Item, (result: Result, counted: Counted) => Chart | undefined])[] = [
  [demandItem, demandChart],
  [seasonalityItem, seasonalityChart],
  [flowItem, flowChart],
  [backlogItem, backlogChart],
  [overTimeItem, overTimeChart],
];

function protectedBy(counted: Counted): Counted {
  return {
    tallies: protectTallies(counted.tallies, { threshold: 5, roundTo: 5 }).tallies,
    statistics: protectStatistics(counted.statistics ?? {}, { threshold: 5, roundTo: 5 }),
  };
}

function chartOf(
  [item, draw]: (typeof drawn)[number],
  subject: Subject,
  counted = item.count(subject),
): Chart | undefined {
  return draw(item.result(counted, { plan: subject.plan, edition: "internal" }), counted);
}

describe.each(drawn.map((pair) => [pair[0].id, pair] as const))("%s", (_, pair) => {
  test("is valid by Vega-Lite's schema and draws, in both editions; short headline, words without holes", async () => {
    for (const subject of [grown, { ...few, earlier: [few] }]) {
      if (pair[0].refusal(subject) !== undefined) continue;
      const counted = pair[0].count(subject);
      for (const edition of [counted, protectedBy(counted)]) {
        const chart = chartOf(pair, subject, edition);
        if (chart === undefined) continue;
        for (const spec of chart.parts ?? [chart.spec]) {
          expect(schema.safeParse(spec).success).toBe(true);
          expect(await renderSpec(spec, chart)).toContain('width="680"');
        }
        expect(chart.title.split(" ").length).toBeLessThanOrEqual(10);
        expect([chart.title, chart.subtitle, chart.description, ...chart.notes].join(" ")).not.toMatch(
          /NaN|undefined|null/,
        );
        expect(chart.table.rows.length).toBeGreaterThan(0);
      }
    }
  });

  test("is drawn of an internal edition, and not where every figure is hidden", () => {
    expect(chartOf(pair, grown)).toBeDefined();
    const counted = pair[0].count(grown);
    const mark = { mark: "c" } as const;
    const tallies = counted.tallies.map((tally) => ({
      ...tally,
      cells: tally.cells.map((row) => row.map(() => mark)),
      rowTotals: tally.rowTotals.map(() => mark),
      columnTotals: tally.columnTotals.map(() => mark),
      total: mark,
    }));
    expect(chartOf(pair, grown, { ...counted, tallies })).toBeUndefined();
  });
});

describe("headlines", () => {
  const titleOf = (id: string, subject: Subject) =>
    chartOf(drawn.find(([item]) => item.id === id) as (typeof drawn)[number], subject)?.title;

  test.each([
    ["demand", rising, "New children: the latest month is above the upper limit"],
    ["demand", few, "New children a month: 4 months, too few for limits"],
    ["seasonality", rising, "More cases began in 2025 than a year before"],
    ["flow", rising, "Fewer cases ended than began"],
    // 3 ended and 4 began: within chance.
    ["flow", few, "No clear difference between cases ended and begun"],
    ["backlog", few, "6 open children at the last month’s end"],
  ])("%s: %#", (id, subject, title) => expect(titleOf(id, subject as Subject)).toBe(title));
});

test("months that are hidden are not told as too few", () => {
  const counted = demandItem.count(rising);
  const tallies = counted.tallies.map((tally) => ({
    ...tally,
    rowTotals: tally.rowTotals.map((count, row) => (row === 0 ? { mark: "c" as const } : count)),
  }));
  // Without the cases' tally there is no ratio to lead the headline.
  const chart = chartOf([demandItem, demandChart], rising, { ...counted, tallies: tallies.slice(0, 2) });
  expect(chart?.title).toBe("New children a month: no limits, as some are hidden");
  expect(chart?.notes.join(" ")).not.toMatch(/too few months/i);
});

test("the backlog has a plot for each band where one of its figures is hidden, with [c] in place of it", () => {
  const counted = backlogItem.count(rising);
  const tallies = counted.tallies.map((tally, at) =>
    at === 5
      ? {
          ...tally,
          rowTotals: tally.rowTotals.map((count, row) => (row === 0 ? { mark: "c" as const } : count)),
        }
      : tally,
  );
  const text = JSON.stringify(chartOf([backlogItem, backlogChart], rising, { ...counted, tallies })?.spec);
  expect(text).toContain('"[c]"');
  expect(text).not.toContain('"area"');
  expect(JSON.stringify(chartOf([backlogItem, backlogChart], rising)?.spec)).toContain('"area"');
});

describe("line charts", () => {
  test("a figure that is not finite is refused, and not laid out for ever", () => {
    const broken = { ticks: [{ x: 0, label: "a" }], scale: "linear" as const };
    const line = (point: { value: number; lower?: number }) => ({
      ...broken,
      panels: [
        {
          ...panel("A", 1),
          lines: [{ label: "", colour: "#12436D", runs: [[{ x: 0, upper: 9, ...point }]] }],
        },
      ] as never,
    });
    for (const point of [
      { value: Number.POSITIVE_INFINITY, lower: 0 },
      { value: 1, lower: Number.NEGATIVE_INFINITY },
    ])
      expect(refusalOf(() => lineChart(line(point))).code).toBe("CHART_DATA_INVALID");
  });

  const panel = (label: string, value: number): LineChart["panels"][number] => ({
    heading: label,
    lines: [
      {
        label: "One",
        colour: "#12436D",
        runs: [
          [
            { x: 0, value },
            { x: 1, value },
          ],
        ],
      },
      {
        label: "Two",
        colour: "#F46A25",
        runs: [
          [
            { x: 0, value },
            { x: 1, value },
          ],
        ],
      },
    ],
    format: ",d",
    fromZero: true,
  });
  const chart = (panels: LineChart["panels"]): LineChart => ({
    panels,
    scale: "linear",
    ticks: [
      { x: 0, label: "A" },
      { x: 1, label: "B" },
    ],
  });

  test("names at one height stand a line apart, and bars and lines from zero have it on their scale", () => {
    const [placed] = layOutPanels(chart([panel("P", 7)])).panels;
    const [one, two] = placed?.labels ?? [];
    expect((two?.at ?? 0) - (one?.at ?? 0)).toBeGreaterThanOrEqual(19);
    expect(placed?.domain).toEqual([0, 8]);
  });

  test("more plots than a sheet holds are parted, none lost", () => {
    const { parts } = lineChart(chart(Array.from({ length: 7 }, (_, at) => panel(`Plot ${at}`, 5))));
    expect(parts?.length).toBeGreaterThan(1);
    for (let at = 0; at < 7; at++)
      expect(parts?.filter((part) => JSON.stringify(part).includes(`Plot ${at}"`))).toHaveLength(1);
    for (const part of parts ?? []) expect((part as { height: number }).height).toBeLessThanOrEqual(760);
  });

  test.each([
    ["with the first where it has room", 36, [0, 5, 11, 17, 23, 29, 35]],
    ["with the first instead of the second where that is too near", 24, [0, 5, 8, 11, 14, 17, 20, 23]],
    ["the first among them anyway", 13, [0, 2, 4, 6, 8, 10, 12]],
    ["one", 1, [0]],
  ])("as many places are named as fit, the latest among them: %s", (_, length, named) => {
    const ticks = Array.from({ length }, (_, x) => ({ x, label: "Sep 2026" }));
    const { written } = layOutPanels({ panels: [panel("P", 5)], scale: "linear", ticks });
    expect(written.map(({ x }) => x)).toEqual(named);
  });

  test("nothing to draw, or no number, is refused", () => {
    expect(refusalOf(() => lineChart(chart([]))).code).toBe("CHART_DATA_INVALID");
    expect(refusalOf(() => lineChart(chart([panel("P", Number.NaN)]))).code).toBe("CHART_DATA_INVALID");
  });

  test("signs become stretches; a point near a limit with another sign is told by that", () => {
    const signs = [
      ["run above mean"],
      ["run above mean", "near upper limit"],
      ["run above mean"],
      [],
      ["above upper limit"],
    ];
    expect(stretchesOf([0, 1, 2, 3, 4], signs)).toEqual([
      { from: 0, to: 2, text: "run above mean" },
      { from: 4, to: 4, text: "above upper limit" },
    ]);
  });
});

test("a published series: limits, signs in words, provisional figures hollow, the gap open", async () => {
  const lines = [9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 30].map(
    (count, at) =>
      `England|2024-${String(at + 1).padStart(2, "0")}|New cases a month|${count}|||S||${at === 11 ? "provisional" : "final"}|England||cases`,
  );
  const gap = "England|2023-10|New cases a month|10|||S||final|England||cases";
  const header =
    "area|period|indicator|numerator|denominator|polarity|source|release_date|status|geography|year_kind|unit";
  const [item] = seriesItems(readSeries(tableOf("s.csv", [header, gap, ...lines]), "s.csv"));
  if (item?.series === undefined) throw new Error("a series");
  const chart = publishedChart(item.result(), item.series);
  expect(schema.safeParse(chart.spec).success).toBe(true);
  expect(chart.title).toBe("The latest is above the upper limit");
  const svg = await renderSpec(chart.spec, chart);
  expect(svg).toContain("above upper limit");
  expect(svg).toContain("Mean 12");
  expect(chart.notes).toContain("A hollow mark is a provisional figure.");
  // October 2023 is a run of its own: no line is drawn over the two months that the file lacks.
  const runs = new Set(JSON.stringify(chart.spec).match(/"run":\d+/g));
  expect(runs.size).toBe(2);
});
