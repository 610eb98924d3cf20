import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chanceInList } from "../../../src/sampling/linked/chance-in-list.js";
import { chanceOfAny } from "../../../src/sampling/linked/chance-of-any.js";

/** Every set of `size` numbers below `count`. */
function setsOf(count: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: Math.max(0, count - from) }, (_, i) => from + i).flatMap((first) =>
    setsOf(count, size - 1, first + 1).map((rest) => [first, ...rest]),
  );
}

describe("chanceOfAny", () => {
  // By hand: 1 − C(3,2)/C(5,2) = 1 − 3/10; 1 − C(6,3)/C(10,3) = 1 − 20/120; 1 − C(2,1)/C(12,1) = 1 − 2/12.
  test.each([
    [5, 2, 2, 7 / 10],
    [10, 3, 4, 5 / 6],
    [12, 1, 10, 5 / 6],
    [1_000_000, 1, 1, 1e-6],
    [7, 0, 3, 0],
  ])("of %i, %i drawn, %i of the group", (populationSize, sampleSize, members, expected) => {
    const shares = new Array<number>(members).fill(1);
    expect(chanceOfAny({ populationSize, sampleSize, shares })).toBeCloseTo(expected, 14);
  });

  // Of three families two are drawn: {A,B} 1 − 1/2 · 2/3 = 2/3, {A,C} 1/2, {B,C} 1/3; their mean is 1/2.
  test("a half of one family and a third of another", () => {
    expect(chanceOfAny({ populationSize: 3, sampleSize: 2, shares: [1 / 2, 1 / 3] })).toBeCloseTo(1 / 2, 14);
  });

  test("is exactly 1 where the others do not fill the sample, and below 1 otherwise", () => {
    expect(chanceOfAny({ populationSize: 9, sampleSize: 7, shares: [1, 1, 1] })).toBe(1);
    expect(chanceOfAny({ populationSize: 9, sampleSize: 7, shares: [1, 0.5, 1, 1] })).toBe(1);
    expect(chanceOfAny({ populationSize: 9, sampleSize: 6, shares: [1, 1, 1] })).toBeLessThan(1);
    expect(chanceOfAny({ populationSize: 2, sampleSize: 2, shares: [0.5, 0.5] })).toBeCloseTo(0.75, 14);
  });

  test("agrees with going through every sample of families", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }).chain((count) =>
          fc.record({
            count: fc.constant(count),
            size: fc.integer({ min: 1, max: count }),
            shares: fc.array(fc.constantFrom(1, 0.5, 0.25, 2 / 3), { minLength: 1, maxLength: count }),
          }),
        ),
        ({ count, size, shares }) => {
          const sets = setsOf(count, size);
          const missed = sets.map((set) =>
            set.reduce((none, family) => none * (1 - (shares[family] ?? 0)), 1),
          );
          const expected = 1 - missed.reduce((sum, none) => sum + none, 0) / sets.length;
          const found = chanceOfAny({ populationSize: count, sampleSize: size, shares });
          expect(found).toBeCloseTo(expected, 12);
          expect(found).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe("chanceInList", () => {
  // N = 10, n = 3: in tenths of the start, place 0 is drawn from 0 to 3, place 1 from 3 to 6, place 2 from 6 to 9, place 3
  // from 9 to 2, place 4 from 2 to 5.
  test.each([
    [[0], 3],
    [[0, 1], 6],
    [[0, 3], 4],
    [[4, 0, 3], 6],
    [[0, 1, 2], 9],
    [[0, 1, 2, 3], 10],
    [[], 0],
  ])("places %j of 10, 3 drawn: %i tenths", (places, tenths) => {
    expect(chanceInList(places, { populationSize: 10, sampleSize: 3 })).toBe(tenths / 10);
  });

  test("agrees with going through the starts, one from between each two ends of an arc", () => {
    const cases = fc.integer({ min: 1, max: 30 }).chain((count) =>
      fc.record({
        count: fc.constant(count),
        size: fc.integer({ min: 1, max: count }),
        places: fc.uniqueArray(fc.integer({ min: 0, max: count - 1 })),
      }),
    );
    fc.assert(
      fc.property(cases, ({ count, size, places }) => {
        const met = Array.from({ length: count }, (_, j) => (j + 0.5) / count).filter((start) =>
          Array.from({ length: size }, (_, i) => Math.floor(((i + start) * count) / size)).some((place) =>
            places.includes(place),
          ),
        );
        expect(chanceInList(places, { populationSize: count, sampleSize: size })).toBe(met.length / count);
      }),
    );
  });
});
