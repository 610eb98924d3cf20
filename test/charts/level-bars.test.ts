import { describe, expect, test } from "vitest";
import { dotIntervals } from "../../src/charts/dot-interval-chart.js";
import { headline } from "../../src/charts/headline.js";
import { type BarRow, levelBars } from "../../src/charts/level-bars-chart.js";
import { renderSpec } from "../../src/charts/render-svg.js";
import { CasedrawError } from "../../src/errors.js";

const texts = { title: "Headline", description: "Alternative" };
const row = (level: string, ...cells: BarRow["cells"]): BarRow => ({ characteristic: "Group", level, cells });

/** Texts of a picture with their place across, in pixels of the whole picture. */
async function textsOf(spec: Parameters<typeof renderSpec>[0]): Promise<string[]> {
  const svg = await renderSpec(spec, texts);
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => text);
}

/** Left edges and widths of bars in a colour. */
async function barsOf(spec: Parameters<typeof renderSpec>[0], colour: string): Promise<number[][]> {
  const svg = await renderSpec(spec, texts);
  const shape = new RegExp(`<path d="M([\\d.-]+),[\\d.-]+h([\\d.-]+)v[\\d.-]+h[^"]*Z" fill="${colour}"`, "g");
  return [...svg.matchAll(shape)].map(([, left, width]) => [Number(left), Number(width)]);
}

describe("bars by level", () => {
  test("start at one place in each panel and are as long as their figures", async () => {
    const { spec } = levelBars({
      panels: ["All", "Public law", "Private law"],
      kind: "share",
      rows: [row("a", 0.4, 0.2, 0.1), row("b", 0.2, 0.4, 0)],
    });
    const bars = await barsOf(spec, "#12436D");
    expect(bars).toHaveLength(6);
    const [a0, b0, a1, b1, a2, b2] = bars as [number[], number[], number[], number[], number[], number[]];
    expect([a0[0], a1[0], a2[0]]).toEqual([b0[0], b1[0], b2[0]]);
    // Panels stand beside each other, with room for the longest bar of the one before.
    expect(a1[0]).toBeGreaterThan((a0[0] as number) + (a0[1] as number));
    expect(a2[0]).toBeGreaterThan((b1[0] as number) + (b1[1] as number));
    expect((a0[1] as number) / (b0[1] as number)).toBeCloseTo(2, 2);
    // One scale over the panels.
    expect(a0[1]).toBeCloseTo(b1[1] as number, 1);
    expect((a0[1] as number) / (a2[1] as number)).toBeCloseTo(4, 1);
    expect(b2[1]).toBe(0);
  });

  test("say their figures: zero as zero, hidden ones as such, without a bar", async () => {
    const { spec } = levelBars({
      panels: [""],
      kind: "share",
      rows: [row("a", 0), row("b", { mark: "c" }), row("c", { value: 0.25, lower: 0.2, upper: 0.3 })],
    });
    const said = await textsOf(spec);
    expect(said).toEqual(expect.arrayContaining(["0.0%", "[c]", "25.0%"]));
    expect(await barsOf(spec, "#12436D")).toHaveLength(2);
  });

  test("of counts have commas; a panel of hidden figures alone is drawn", async () => {
    const { spec } = levelBars({
      panels: [""],
      kind: "count",
      rows: [row("a", 54_321), row("b", { mark: "low" })],
    });
    expect(await textsOf(spec)).toEqual(expect.arrayContaining(["54,321", "[low]"]));
    const hidden = levelBars({ panels: ["All"], kind: "share", rows: [row("a", { mark: "c" })] });
    expect(await textsOf(hidden.spec)).toContain("[c]");
  });

  test("what is not known is grey with an outline", async () => {
    const { spec } = levelBars({
      panels: [""],
      kind: "share",
      rows: [row("a", 0.4), { ...row("Not recorded", 0.1), unknown: true }],
    });
    expect(await barsOf(spec, "#BFBFBF")).toHaveLength(1);
    expect(await renderSpec(spec, texts)).toContain('fill="#BFBFBF" stroke="#3D3D3D"');
  });

  test("no figure goes beyond the picture, whatever the panels", async () => {
    for (const panels of [[""], ["A", "B"], ["A", "B", "C"]]) {
      const cells = panels.map(() => ({ value: 1, lower: 0.9, upper: 1 }));
      const { spec } = levelBars({
        panels,
        kind: "share",
        rows: [row("a level with a name so long that it has to be broken into two lines", ...cells)],
      });
      const [, width] = /<svg[^>]* width="([\d.]+)"/.exec(await renderSpec(spec, texts)) ?? [];
      expect(Number(width)).toBe(680);
      const { width: plot, padding } = spec as { width: number; padding: { left: number; right: number } };
      const last = (await barsOf(spec, "#12436D")).at(-1) as number[];
      // "100.0%" at 16 pixels is 47 wide in the bundled font (6 characters of about 8), 7 from the bar.
      expect((last[0] as number) + (last[1] as number) + 7 + 45).toBeLessThanOrEqual(plot + padding.right);
    }
  });

  test("twenty areas are on one sheet or in parts", () => {
    const rows = Array.from({ length: 40 }, (_, i) => row(`Area ${i}`, 0.1));
    expect(levelBars({ panels: [""], kind: "share", rows: rows.slice(0, 20) }).parts).toBeUndefined();
    expect(levelBars({ panels: [""], kind: "share", rows }).parts).toHaveLength(2);
  });

  test.each([
    [{ panels: [""], rows: [] }],
    [{ panels: ["A", "B", "C", "D"], rows: [row("a", 1, 1, 1, 1)] }],
    [{ panels: ["A", "B"], rows: [row("a", 1)] }],
    [{ panels: [""], rows: [row("a", -1)] }],
    [{ panels: [""], rows: [row("a", Number.NaN)] }],
  ])("numbers that cannot be drawn are refused", (bars) => {
    expect(() => levelBars({ kind: "count", ...bars })).toThrow(CasedrawError);
  });
});

describe("dots with intervals", () => {
  const scale = { domain: [0, 1] as const, title: "Share", format: ".0%", reference: 0 };
  const dots = (cells: BarRow["cells"]) =>
    dotIntervals({
      rows: cells.map((cell, i) => ({ characteristic: "Group", level: String(i), cell })),
      scale,
      text: (value) => value.toFixed(2),
    });

  test("have their figures beside them, hidden ones as such", async () => {
    const { spec } = dots([{ value: 0.5, lower: 0.4, upper: 0.6 }, 0.25, { mark: "c" }]);
    const said = await textsOf(spec);
    expect(said).toEqual(expect.arrayContaining(["0.50", "0.25", "[c]"]));
  });

  test.each([
    [[]],
    [[{ value: 0.5, lower: 0.6, upper: 0.7 }]],
    [[{ value: 0.5, lower: 0.4, upper: 0.45 }]],
    [[{ value: 0.5, lower: 0.4, upper: Number.POSITIVE_INFINITY }]],
  ])("that cannot be drawn are refused", (cells) => {
    expect(() => dots(cells)).toThrow(CasedrawError);
  });
});

test("a headline has ten words at the most, or the shortest wording there is", () => {
  const ten = "one two three four five six seven eight nine ten";
  expect(headline(ten, "short")).toBe(ten);
  expect(headline(`${ten} eleven`, "short", "shorter")).toBe("short");
  expect(headline(`${ten} eleven`)).toBe(`${ten} eleven`);
});
