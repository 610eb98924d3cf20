import { describe, expect, test } from "vitest";
import type { Cell, Measure, Result } from "../../src/analysis/result.js";
import { withStepDecimals } from "../../src/analysis/step-decimals.js";
import { shareText, weeksText } from "../../src/analysis/words.js";
import { tableOf } from "../../src/charts/result-table.js";

function shown(measure: Omit<Measure, "key" | "label">, cells: readonly Cell[]): string[][] {
  const result = {
    tables: [
      {
        id: "t",
        caption: "",
        dimensions: [],
        measures: [{ key: "k", label: "K", ...measure }],
        rows: cells.map((cell) => ({ names: [], cells: [cell] })),
      },
    ],
  } as unknown as Result;
  const [table] = withStepDecimals(result).tables;
  return tableOf(table as Result["tables"][number]).rows.map((row) => [...row]);
}

describe("digits follow the step of a column", () => {
  test("whole weeks, whole percent", () => {
    expect(
      shown({ kind: "weeks", interval: true }, [{ value: 30, lower: 28, upper: 33 }, { mark: "c" }]),
    ).toEqual([
      ["30", "28 to 33"],
      ["[c]", "[c]"],
    ]);
    // 0.29 × 100 is 28.999999999999996.
    expect(shown({ kind: "share" }, [0.29, 0.57])).toEqual([["29%"], ["57%"]]);
  });

  test("one figure or bound that is not whole keeps them in its column", () => {
    expect(shown({ kind: "weeks", interval: true }, [{ value: 30, lower: 28.5, upper: 33 }])).toEqual([
      ["30.0", "28.5 to 33.0"],
    ]);
    expect(shown({ kind: "number" }, [8.5, 8])).toEqual([["8.5"], ["8.0"]]);
    expect(shown({ kind: "share" }, [0.269, 0.27])).toEqual([["26.9%"], ["27.0%"]]);
  });

  test("ratios and probabilities keep theirs, and where all is hidden nothing changes", () => {
    expect(shown({ kind: "ratio" }, [1])).toEqual([["1.00"]]);
    expect(shown({ kind: "probability" }, [1])).toEqual([["1.000"]]);
    expect(shown({ kind: "weeks" }, [{ mark: "c" }])).toEqual([["[c]"]]);
  });
});

test("sentences give coarse figures no digits beyond their step", () => {
  expect([weeksText(210), weeksText(210, { coarse: true })]).toEqual(["30.0", "30"]);
  expect([shareText(0.27), shareText(0.27, { coarse: true })]).toEqual(["27.0%", "27%"]);
  expect([shareText(0), shareText(0.0004), shareText(1, { coarse: true })]).toEqual([
    "0%",
    "under 0.1%",
    "100%",
  ]);
});
