import { expect, test } from "vitest";
import { protectTallies } from "../../src/disclosure/protect-tallies.js";
import { inPublishedOrder } from "../../src/disclosure/reorder.js";
import { axis, tallyOf } from "./tallies.js";

const counts = [
  [40, 30],
  [12, 8],
  [11, 7],
  [4, 40],
  [2, 20],
];
const keys = ["z", "y", "b", "x", "a"];

function published(byCount: boolean) {
  const rows = { ...axis("factor", keys), ...(byCount ? { byCount: true as const } : {}) };
  const single = tallyOf(
    rows,
    undefined,
    counts.map(([count]) => [count as number]),
    { disjoint: false, total: 100 },
  );
  const { tallies } = protectTallies([single], { threshold: 5, roundTo: 5 });
  return inPublishedOrder(tallies[0] as (typeof tallies)[number]);
}

test("what is hidden, and what is rounded to the same, stands in the order of names", () => {
  const { rows, rowTotals } = published(true);
  // 12 and 11 are both shown as 10; 4 and 2 are both hidden.
  expect(rows.levels.map(({ key }) => key)).toEqual(["z", "b", "y", "a", "x"]);
  expect(rowTotals).toEqual([40, 10, 10, { mark: "c" }, { mark: "c" }]);
});

test("a side with an order of its own keeps it", () => {
  expect(published(false).rows.levels.map(({ key }) => key)).toEqual(keys);
});

test("cells and design effects move with their row and column", () => {
  const rows = { ...axis("area", ["p", "q", "r"]), byCount: true as const };
  const columns = { ...axis("team", ["one", "two"]), byCount: true as const };
  const tally = tallyOf(
    rows,
    columns,
    [
      [1, 2],
      [30, 40],
      [5, 6],
    ],
    {
      effects: {
        cells: [
          [1.1, 1.2],
          [2.1, 2.2],
          [3.1, 3.2],
        ],
        rowTotals: [1, 2, 3],
      },
    },
  );
  const moved = inPublishedOrder(tally);
  expect(moved.rows.levels.map(({ key }) => key)).toEqual(["q", "r", "p"]);
  expect(moved.columns.levels.map(({ key }) => key)).toEqual(["two", "one"]);
  expect(moved.cells).toEqual([
    [40, 30],
    [6, 5],
    [2, 1],
  ]);
  expect(moved.rowTotals).toEqual([70, 11, 3]);
  expect(moved.columnTotals).toEqual([48, 36]);
  expect(moved.effects).toEqual({
    cells: [
      [2.2, 2.1],
      [3.2, 3.1],
      [1.2, 1.1],
    ],
    rowTotals: [2, 3, 1],
  });
});
