import { describe, expect, test } from "vitest";
import type { Tally } from "../../src/analysis/tally.js";
import { cellSystem } from "../../src/disclosure/cell-system.js";
import type { Publication } from "../../src/disclosure/move.js";
import { equationsOf, nearbyMove } from "../../src/disclosure/nearby.js";
import { axis, tallyOf } from "./tallies.js";

const table = tallyOf(axis("answer", ["yes", "no"]), axis("area", ["a", "b", "c"]), [
  [2, 20, 30],
  [40, 50, 60],
]);

/** With some cells hidden, by row and column; the others known exactly. */
function published(
  hiddenCells: readonly (readonly [row: number, column: number])[],
  of: Tally = table,
): { readonly publication: Publication; readonly at: number } {
  const system = cellSystem([of]);
  const cell = (row: number, column: number): number => system.places[0]?.cells[row]?.[column] as number;
  const none = system.counts.map(() => 0);
  const hidden = new Set(hiddenCells.map(([row, column]) => cell(row, column)));
  return { publication: { system, hidden, slackUp: none, slackDown: none }, at: cell(0, 0) };
}

describe("a move near a count that hides nothing more", () => {
  test("keeps every sum: a square of four hidden counts", () => {
    const { publication, at } = published([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    const { system } = publication;
    const found = nearbyMove(publication, { at, by: 3 }, equationsOf(system));
    expect(found?.toHide).toEqual([]);
    const moved = system.counts.map((count, each) => count + (found?.move.get(each) ?? 0));
    expect(moved[at]).toBe(5);
    for (const { whole, parts } of system.blocks.flatMap(({ equations }) => equations))
      expect(parts.reduce((sum, part) => sum + (moved[part] as number), 0)).toBe(moved[whole]);
    for (const [each, count] of system.counts.entries())
      if (!publication.hidden.has(each)) expect(moved[each]).toBe(count);
  });

  test("is none where a shown count would have to move, or one below 0", () => {
    const line = published([
      [0, 0],
      [0, 1],
    ]);
    expect(
      nearbyMove(line.publication, { at: line.at, by: 3 }, equationsOf(line.publication.system)),
    ).toBeUndefined();
    const square = published([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    const { publication, at } = square;
    // 20 beside it is all that can be taken from its row.
    expect(nearbyMove(publication, { at, by: 21 }, equationsOf(publication.system))).toBeUndefined();
    expect(nearbyMove(publication, { at, by: 20 }, equationsOf(publication.system))).toBeDefined();
  });

  test("moves no count that stands in a sum too far away to be looked at", () => {
    const areas = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    const wide = tallyOf(axis("answer", ["yes", "no"]), axis("area", areas), [
      areas.map(() => 20),
      areas.map(() => 30),
    ]);
    // Only area a has both hidden: every other column holds its one hidden count fast, and so the rows hold a's.
    const { publication, at } = published(
      [
        ...[0, 1, 2, 3, 4].map((column) => [0, column] as const),
        ...[0, 5, 6, 7, 8].map((column) => [1, column] as const),
      ],
      wide,
    );
    expect(nearbyMove(publication, { at, by: 3 }, equationsOf(publication.system))).toBeUndefined();
  });
});
