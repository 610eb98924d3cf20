import { describe, expect, test } from "vitest";
import { cellSystem } from "../../src/disclosure/cell-system.js";
import { movedByExchange } from "../../src/disclosure/exchange.js";
import { axis, tallyOf } from "./tallies.js";

const table = tallyOf(axis("age", ["young", "old", "unborn"]), axis("law", ["public", "private", "other"]), [
  [2, 9, 4],
  [3, 7, 0],
  [20, 30, 40],
]);
const transposed = tallyOf(axis("law", ["public", "private"]), axis("age", ["young", "old"]), [
  [2, 3],
  [9, 7],
]);

/** The system with some cells of the first table hidden, and no rounding. */
function publicationOf(
  tallies: Parameters<typeof cellSystem>[0],
  hidden: readonly (readonly [number, number])[],
) {
  const system = cellSystem(tallies);
  const at = (row: number, column: number) => system.places[0]?.cells[row]?.[column] as number;
  const still = system.counts.map(() => 0);
  return {
    at,
    publication: {
      system,
      hidden: new Set(hidden.map(([row, column]) => at(row, column))),
      slackUp: still,
      slackDown: still,
    },
  };
}

const square = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

describe("movedByExchange", () => {
  test("a cell moves as far as the hidden cells beside and below it can make up", () => {
    const { at, publication } = publicationOf([table], square);
    // Up: 9 beside it and 3 below it can fall, so 3. Down: it has 2, and the other corner 7.
    expect(movedByExchange(publication, { at: at(0, 0), by: 3 })).toBe(3);
    expect(movedByExchange(publication, { at: at(0, 0), by: 5 })).toBe(3);
    expect(movedByExchange(publication, { at: at(0, 0), by: -2 })).toBe(2);
    const { publication: open } = publicationOf([table], square.slice(0, 3));
    expect(movedByExchange(open, { at: at(0, 0), by: 3 })).toBe(0);
  });

  test("several exchanges add up, and share what each cell can give", () => {
    const { at, publication } = publicationOf([table], [...square, [0, 2], [1, 2], [2, 0], [2, 2]]);
    // By the second row 3 (of the 9 beside it), by the third 4, which is all that the third column has in the first row.
    expect(movedByExchange(publication, { at: at(0, 0), by: 30 })).toBe(7);
  });

  test("cells that stand in other tables too are left to the programme, and so are margins", () => {
    const part = tallyOf(axis("age", ["young"]), axis("law", ["public"]), [[1]], {
      id: "open",
      universe: "open children",
      within: "children",
    });
    const { at, publication } = publicationOf([table, part], square);
    expect(movedByExchange(publication, { at: at(0, 0), by: 3 })).toBe(0);
    expect(movedByExchange(publication, { at: at(1, 1), by: -2 })).toBe(0);
    const { publication: alone } = publicationOf([table], square);
    expect(movedByExchange(alone, { at: alone.system.places[0]?.total as number, by: 1 })).toBe(0);
  });

  test("the same cells crossed the other way round are the same counts, whose tables are both looked at", () => {
    const whole = { ...table, rows: { ...table.rows, levels: table.rows.levels.slice(0, 2) } };
    const two = tallyOf(whole.rows, { ...table.columns, levels: table.columns.levels.slice(0, 2) }, [
      [2, 9],
      [3, 7],
    ]);
    const { at, publication } = publicationOf([two, transposed], square);
    expect(movedByExchange(publication, { at: at(0, 0), by: 3 })).toBe(0);
  });
});
