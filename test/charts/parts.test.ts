import { describe, expect, test } from "vitest";
import { inclusionChart } from "../../src/charts/inclusion-chart.js";
import { splitRows } from "../../src/charts/parts.js";
import { renderParts } from "../../src/charts/render-svg.js";

const block = (characteristic: string, levels: number) =>
  Array.from({ length: levels }, (_, i) => ({ characteristic, level: `${i + 1}` }));
const atMost = (rows: number) => (part: readonly unknown[]) => part.length <= rows;
const sizes = (parts: readonly (readonly unknown[])[]) => parts.map((part) => part.length);

describe("rows of a chart on sheets of paper", () => {
  test("a characteristic goes whole to the next sheet where it fits on one", () => {
    const groups = [...block("age", 4), ...block("gender", 3), ...block("area", 5)];
    const parts = splitRows(groups, atMost(6));
    expect(sizes(parts)).toEqual([4, 3, 5]);
    expect(parts.flat()).toEqual(groups);
  });

  test("one that is longer than a sheet is cut between rows, and fills the sheet that was begun", () => {
    const groups = [...block("age", 2), ...block("area", 9), ...block("gender", 2)];
    const parts = splitRows(groups, atMost(4));
    expect(sizes(parts)).toEqual([4, 4, 3, 2]);
    expect(parts.flat()).toEqual(groups);
  });

  test("what fits on one sheet is one", () => {
    expect(sizes(splitRows(block("age", 5), atMost(5)))).toEqual([5]);
  });
});

test("parts of a chart have one scale, no row twice, and fit on a sheet", async () => {
  const groups = ["age", "area", "factors"].flatMap((characteristic, c) =>
    block(characteristic, 22).map((group, i) => {
      const realised = c === 2 && i === 0 ? 0.2 : 0.1;
      return { ...group, nominal: 0.1, realised, lower: realised - 0.01, upper: realised + 0.01 };
    }),
  );
  const chart = inclusionChart({ draws: 500, groups });
  const whole = chart.spec as { height: number };
  const parts = (chart.parts ?? []) as readonly { height: number; width: number }[];
  expect(parts.length).toBeGreaterThan(1);
  for (const { height } of parts) expect(height).toBeLessThanOrEqual(760);
  expect(new Set(parts.map(({ width }) => width)).size).toBe(1);
  expect(whole.height).toBeGreaterThan(760);
  // Twice the probability in the last part alone: every part's axis has to reach it.
  const drawn = await renderParts(chart);
  for (const svg of drawn) expect(svg).toMatch(/>2\.0</);
  expect(drawn.map((svg) => /\(part (\d) of (\d)\)/.exec(svg)?.slice(1))).toEqual(
    drawn.map((_, at) => [`${at + 1}`, `${drawn.length}`]),
  );
  const rows = drawn.reduce((sum, svg) => sum + (svg.match(/>22</g)?.length ?? 0), 0);
  expect(rows).toBe(3);
});

test("a short chart is in one piece", async () => {
  const groups = block("age", 3).map((group) => ({
    ...group,
    nominal: 0.1,
    realised: 0.1,
    lower: 0.09,
    upper: 0.11,
  }));
  const chart = inclusionChart({ draws: 500, groups });
  expect(chart.parts).toBeUndefined();
  const [svg, ...others] = await renderParts(chart);
  expect(others).toEqual([]);
  expect(svg).not.toContain("part 1");
});
