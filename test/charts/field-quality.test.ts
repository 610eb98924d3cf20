import { describe, expect, test } from "vitest";
import type { Cell, ResultTable } from "../../src/analysis/result.js";
import { fieldQualityChart } from "../../src/charts/field-quality-chart.js";

const hidden: Cell = { mark: "c" };
const all = (...shares: readonly Cell[]): ResultTable => ({
  id: "quality",
  caption: "Share",
  dimensions: ["Field"],
  measures: [{ key: "share", label: "Share", kind: "share" }],
  rows: shares.map((share, at) => ({ names: [`Field ${at}`], cells: [share] })),
});
const areas = (count: number, share: Cell): ResultTable => ({
  ...all(),
  dimensions: ["Field", "Area"],
  rows: Array.from({ length: count }, (_, k) => ({ names: ["Field 0", `Area ${k}`], cells: [share] })),
});

describe("the grid of fields", () => {
  test("names the worst field and its order where every share is shown", () => {
    const { title, subtitle } = fieldQualityChart(all(0.1, 0.2, { mark: "z" }));
    expect(title).toBe("Field 1 cannot be used for 20% of rows");
    expect(subtitle).toBe("Share, in percent, worst first");
    expect(fieldQualityChart(all(0, 0)).title).toBe("Every field is filled in and understood");
  });

  test.each([
    [0.1, hidden],
    [0, hidden],
  ])("with %j beside a share that is not shown has no superlative", (...shares) => {
    const { title, subtitle } = fieldQualityChart(all(...shares));
    expect(title).toBe("What is blank or not understood, by field");
    expect(subtitle).toBe("Share, in percent, worst of those shown first");
  });

  test("says of 21 areas that 20 are the worst only where all are shown", () => {
    const notes = (share: Cell) => fieldQualityChart(all(0.1), areas(21, share)).notes;
    expect(notes(0.2)).toContain("The picture has the 20 worst of 21 areas; the table has all.");
    expect(notes(hidden)).toContain(
      "The picture has 20 of 21 areas, the worst by what is shown; the table has all.",
    );
  });
});
