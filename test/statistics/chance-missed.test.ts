import { expect, test } from "vitest";
import { chanceMissed, sizeAgainstMissing } from "../../src/statistics/chance-missed.js";

// C(3,2)/C(5,2) = 3/10; C(8,3)/C(10,3) = 56/120; four of five cannot miss two.
test.each([
  [5, 2, 2, 0.3],
  [10, 2, 3, 56 / 120],
  [5, 2, 4, 0],
  [5, 0, 4, 1],
])("of %i with %i in the group, %i drawn", (population, group, sampleSize, chance) => {
  expect(chanceMissed({ population, group, sampleSize })).toBeCloseTo(chance, 14);
});

test("the least size with at most a chance", () => {
  // N = 10, g = 2: n = 3 gives 56/120 = .467, n = 6 C(8,6)/C(10,6) = 28/210 = .133, n = 7 8/120 = .067, n = 8 1/45 = .022.
  const size = (chance: number) => sizeAgainstMissing({ population: 10, group: 2, chance });
  expect([0.2, 0.13, 0.05, 0, 1].map(size)).toEqual([6, 7, 8, 9, 0]);
});
