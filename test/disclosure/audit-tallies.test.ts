import { describe, expect, test } from "vitest";
import type { Count, Tally } from "../../src/analysis/tally.js";
import { auditTallies } from "../../src/disclosure/audit-tallies.js";
import { refusalOf } from "../frames.js";
import { axis, tallyOf } from "./tallies.js";

const hidden: Count = { mark: "c" };
const exact = { threshold: 5, roundTo: 1 };

/** A tally with some of its inner counts hidden: row and column of each. */
function hiding(tally: Tally, places: readonly (readonly [number, number])[]): Tally {
  const cells = tally.cells.map((line, row) =>
    line.map((count, column) => (places.some(([r, c]) => r === row && c === column) ? hidden : count)),
  );
  return { ...tally, cells };
}

function rangesOf(tallies: readonly Tally[], options: Parameters<typeof auditTallies>[1]) {
  return auditTallies(tallies, options).map(({ row, column, lower, upper }) => [row, column, lower, upper]);
}

const letters = (field: string, count: number) => axis(field, ["a", "b", "c", "d"].slice(0, count));

describe("auditTallies", () => {
  test("a hidden count that stands alone in its row is what the total leaves: 30 − 12 − 15 = 3", () => {
    const table = tallyOf(letters("age", 2), letters("law", 3), [
      [12, 3, 15],
      [20, 30, 40],
    ]);
    expect(auditTallies([hiding(table, [[0, 1]])], exact)).toEqual([
      { tally: "age_law", row: 0, column: 1, lower: 3, upper: 3, exposed: true },
    ]);
  });

  // Fréchet bounds of a 2 by 2 table with margins 7, 3 and 4, 6: a ≥ 7 + 4 − 10 = 1 and a ≤ 4, and the rest from a.
  test("four hidden counts lie within their Fréchet bounds", () => {
    const table = tallyOf(letters("age", 3), letters("law", 3), [
      [3, 4, 10],
      [1, 2, 20],
      [30, 40, 50],
    ]);
    const square = hiding(table, [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect(rangesOf([square], exact)).toEqual([
      [0, 0, 1, 4],
      [0, 1, 3, 6],
      [1, 0, 0, 3],
      [1, 1, 0, 3],
    ]);
  });

  test("two hidden counts in every line are not enough: rows 1 and 2 less columns 1 and 2 leave one", () => {
    // Hidden in rows 1 and 2: p q, r s t; in columns 1 and 2: p r, q s. So t = (p+q) + (r+s+t) − (p+r) − (q+s) = 4.
    const table = tallyOf(letters("age", 4), letters("law", 4), [
      [2, 3, 40, 50],
      [3, 2, 4, 60],
      [70, 80, 2, 3],
      [90, 95, 1, 5],
    ]);
    const places = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [1, 2],
      [2, 2],
      [2, 3],
      [3, 2],
      [3, 3],
    ] as const;
    const found = auditTallies([hiding(table, places)], { ...exact, original: [table] });
    expect(found.find(({ row, column }) => row === 1 && column === 2)).toMatchObject({
      lower: 4,
      upper: 4,
      exposed: true,
    });
    // p may be 0 to 5, and so on: nothing else is known.
    expect(found.find(({ row, column }) => row === 0 && column === 0)).toMatchObject({
      lower: 0,
      upper: 5,
      exposed: false,
    });
  });

  test("a margin hidden in one table is worked out in another that counts the same children", () => {
    const one = tallyOf(letters("gender", 2), letters("law", 2), [
      [2, 1],
      [40, 50],
    ]);
    const other = tallyOf(letters("gender", 2), letters("area", 2), [
      [0, 3],
      [45, 45],
    ]);
    const halfHidden: Tally = {
      ...one,
      cells: [[hidden, hidden], one.cells[1] as Count[]],
      rowTotals: [hidden, 90],
    };
    const open: Tally = {
      ...other,
      rowTotals: [hidden, 90],
      cells: [[0, hidden], other.cells[1] as Count[]],
    };
    expect(rangesOf([halfHidden, open], exact)).toContainEqual([0, -1, 3, 3]);
  });

  test("a factor's hidden count is at most its column's total, and others' counts say nothing of it", () => {
    const table: Tally = {
      ...tallyOf(letters("factors", 2), letters("law", 2), [
        [2, 30],
        [9, 20],
      ]),
      disjoint: false,
      total: 60,
      columnTotals: [10, 50],
    };
    const cells: Count[][] = [
      [hidden, hidden],
      [9, 20],
    ];
    // a + b = 32, a ≤ 10, b ≤ 50.
    expect(rangesOf([{ ...table, cells }], exact)).toEqual([
      [0, 0, 0, 10],
      [0, 1, 22, 32],
    ]);
  });

  test("what is outside a part of a universe follows by subtraction", () => {
    const all = tallyOf(letters("age", 2), undefined, [[50], [60]]);
    const open = tallyOf(letters("age", 2), undefined, [[47], [20]], {
      id: "open",
      universe: "open children",
      within: "children",
    });
    const hiddenOpen: Tally = { ...open, rowTotals: [hidden, hidden] };
    // Of 67 open children at most 50 are in the first row of all, so at least 17; at most 60 are in the second, so at least 7.
    expect(rangesOf([all, hiddenOpen], exact)).toEqual([
      [0, -1, 7, 50],
      [1, -1, 17, 60],
    ]);
  });

  // Shown to the nearest 5: 45 is 43 to 47, 40 is 38 to 42, so what is between them is 1 to 9.
  test("rounding widens what is known of the rest", () => {
    const table = tallyOf(letters("age", 2), undefined, [[40], [3]]);
    const rounded: Tally = { ...table, rowTotals: [40, hidden], total: 45 };
    expect(rangesOf([rounded], { threshold: 5, roundTo: 5 })).toEqual([[1, -1, 1, 9]]);
    // 10 is 8 to 12 and 5 is 6 or 7, because 3 to 5 are not shown: what is between them is 1 to 6.
    const low: Tally = { ...table, rowTotals: [5, hidden], total: 10 };
    expect(rangesOf([low], { threshold: 5, roundTo: 5 })).toEqual([[1, -1, 1, 6]]);
  });

  test("tables that contradict each other are refused", () => {
    const table = tallyOf(letters("age", 2), undefined, [[40], [3]]);
    const other = tallyOf(letters("age", 2), undefined, [[41], [3]], { id: "other" });
    expect(refusalOf(() => auditTallies([table, other], exact)).code).toBe("DISCLOSURE_COUNTS_INVALID");
    const beyond: Tally = { ...table, rowTotals: [50, hidden] };
    expect(refusalOf(() => auditTallies([beyond], exact)).code).toBe("DISCLOSURE_AUDIT_UNSOLVED");
  });
});
