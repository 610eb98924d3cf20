import { describe, expect, test } from "vitest";
import { solveSymmetric } from "../../../src/sampling/targets/solve-symmetric.js";

describe("solveSymmetric", () => {
  // 4x + 2y = 10 and 2x + 5y = 17 at x = 1, y = 3; and 4 + 0·y …: three unknowns 2, −1, 3 put into the equations.
  test("solves by hand", () => {
    expect([
      ...solveSymmetric(
        [
          [4, 2],
          [2, 5],
        ],
        [10, 17],
      ),
    ]).toEqual([1, 3]);
    const found = solveSymmetric(
      [
        [4, 2, 1],
        [2, 5, 0],
        [1, 0, 3],
      ],
      [9, -1, 11],
    );
    for (const [at, value] of [2, -1, 3].entries()) expect(found[at]).toBeCloseTo(value, 14);
  });

  test("a row that repeats another adds nothing, and an empty one is passed over", () => {
    expect([
      ...solveSymmetric(
        [
          [4, 4],
          [4, 4],
        ],
        [8, 8],
      ),
    ]).toEqual([2, 0]);
    expect([
      ...solveSymmetric(
        [
          [0, 0],
          [0, 2],
        ],
        [1, 6],
      ),
    ]).toEqual([0, 3]);
    expect([...solveSymmetric([], [])]).toEqual([]);
  });
});
