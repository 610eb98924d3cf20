import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocate } from "../../src/sampling/allocation/allocate.js";
import { powerMeasure } from "../../src/sampling/allocation/measure.js";

type Exponent = 0 | 0.25 | 0.5 | 0.75 | 1;

function sizes(populations: readonly number[], sampleSize: number, exponent: Exponent, min = 2): number[] {
  const strata = populations.map((populationSize, index) => ({ key: `s${index}`, populationSize }));
  return allocate(strata, { sampleSize, allocation: { method: "power", exponent, min } });
}

// SampleSelectR (RTI), documented cases of allocate("power", …): the shares are whole.
test("SampleSelectR: square and fourth roots", () => {
  expect(sizes([9, 16, 25], 24, 0.5)).toEqual([6, 8, 10]);
  expect(sizes([16, 81], 10, 0.25)).toEqual([4, 6]);
});

// By hand: 16, 81 and 256 to the power ¾ are 8, 27 and 64; 99 of them is one of each.
test("three quarters", () => {
  expect(sizes([160_000, 810_000, 2_560_000], 99, 0.75)).toEqual([8, 27, 64]);
});

test("0 is equal, 1 is proportional", () => {
  const strata = [70, 20, 300].map((populationSize, i) => ({ key: `s${i}`, populationSize }));
  expect(sizes([70, 20, 300], 41, 0)).toEqual(
    allocate(strata, { sampleSize: 41, allocation: { method: "equal" } }),
  );
  expect(sizes([70, 20, 300], 41, 1)).toEqual(
    allocate(strata, { sampleSize: 41, allocation: { method: "proportional" } }),
  );
});

describe("equal remainders of irrational measures", () => {
  // Roots of 2 and 18 are as 1 to 3: of 2 units .5 and 1.5. In doubles the root of 18 is less than 3 times that of 2.
  // The same with fourth roots of 2 and 162, and with 27 to 1 for their cubes: of 14 units .5 and 13.5.
  // SHA-256 of south is 2daa…, of north dc36…: south comes first, be it the small one or the large.
  test.each([
    [0.5, 18, 2, [0, 2]],
    [0.25, 162, 2, [0, 2]],
    [0.75, 162, 14, [0, 14]],
  ] as const)("exponent %d, 2 to %i", (exponent, large, sampleSize, southLarge) => {
    const options = { sampleSize, allocation: { method: "power", exponent, min: 0 } } as const;
    const pair = (north: number, south: number) => [
      { key: "north", populationSize: north },
      { key: "south", populationSize: south },
    ];
    expect(allocate(pair(2, large), options)).toEqual(southLarge);
    expect(allocate(pair(large, 2), options)).toEqual([sampleSize - 1, 1]);
    expect(allocate(pair(large, 2).toReversed(), options)).toEqual([1, sampleSize - 1]);
  });
});

test("measures are the roots, cut after 128 binary places", () => {
  // √2 to 40 places, from a table: 1.4142135623730950488016887242096980785696…
  const scaled = (powerMeasure(2, 0.5) * BigInt(1e15) * BigInt(1e15)) >> 128n;
  expect(scaled).toBe(1414213562373095048801688724209n);
  // Its fourth power is 2 less a little.
  const root = powerMeasure(2, 0.25);
  expect(root * root * root * root < 2n << 512n).toBe(true);
  expect((root + 1n) * (root + 1n) * (root + 1n) * (root + 1n) > 2n << 512n).toBe(true);
});

test("property: within one unit of the real shares, whole in all, and free of order", () => {
  const exponent = fc.constantFrom<Exponent>(0.25, 0.5, 0.75);
  const populations = fc.array(fc.integer({ min: 200, max: 100_000 }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(populations, exponent, fc.integer({ min: 0, max: 200 }), (held, q, sampleSize) => {
      const result = sizes(held, sampleSize, q, 0);
      expect(result.reduce((sum, n) => sum + n, 0)).toBe(sampleSize);
      const measures = held.map((size) => size ** q);
      const whole = measures.reduce((sum, measure) => sum + measure, 0);
      const real = measures.map((measure) => (sampleSize * measure) / whole);
      const up = result.flatMap((n, i) => (n > (real[i] as number) ? [(real[i] as number) % 1] : []));
      const down = result.flatMap((n, i) => (n < (real[i] as number) ? [(real[i] as number) % 1] : []));
      for (const [i, n] of result.entries()) expect(Math.abs(n - (real[i] as number))).toBeLessThan(1 + 1e-9);
      // Rounded up are those with the largest remainders.
      if (up.length > 0 && down.length > 0) {
        expect(Math.min(...up)).toBeGreaterThan(Math.max(...down) - 1e-9);
      }
      const strata = held.map((populationSize, i) => ({ key: `s${i}`, populationSize }));
      expect(
        allocate(strata.toReversed(), { sampleSize, allocation: { method: "power", exponent: q, min: 0 } }),
      ).toEqual(result.toReversed());
    }),
    { numRuns: 300 },
  );
});
