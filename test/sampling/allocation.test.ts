import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CasedrawError } from "../../src/errors.js";
import type { Allocation } from "../../src/plan/types.js";
import { allocate } from "../../src/sampling/allocation.js";
import { boundedShares } from "../../src/sampling/bounded-shares.js";

function sizes(populations: readonly number[], sampleSize: number, allocation: Allocation): number[] {
  const strata = populations.map((populationSize, index) => ({ key: `s${index}`, populationSize }));
  return allocate(strata, { sampleSize, allocation });
}

function refusal(work: () => unknown): CasedrawError {
  try {
    work();
  } catch (error) {
    if (error instanceof CasedrawError) return error;
  }
  throw new Error("expected a CasedrawError");
}

function bounded(measures: readonly number[], total: number, min: readonly number[], max: readonly number[]) {
  return boundedShares(
    measures.map((measure, i) => ({ key: `s${i}`, measure, min: min[i] as number, max: max[i] as number })),
    total,
  );
}

describe("proportional", () => {
  test("SampleSelectR's ten strata with a minimum of 2", () => {
    const populations = [7, 299, 971, 851, 468, 1467, 633, 216, 870, 132];
    expect(sizes(populations, 500, { method: "proportional", min: 2 })).toEqual([
      2, 25, 82, 72, 40, 124, 53, 18, 73, 11,
    ]);
  });

  // By hand: strata 4 to 6 stick at 10 and stratum 1 at 45; 25 are left for 400 to 300: 14.29 and 10.71.
  test("bounds on both sides", () => {
    const ten = Array(6).fill(10) as number[];
    expect(bounded([5000, 400, 300, 200, 60, 40], 100, ten, [45, 30, 30, 30, 30, 40])).toEqual([
      45, 14, 11, 10, 10, 10,
    ]);
  });

  test.each([1, 7, 1000])("one at its maximum lifts the others above their minima, k = %i", (k) => {
    expect(bounded([90 * k, 6 * k, 4 * k], 100, [0, 0, 10], [50, 1000, 1000])).toEqual([50, 30, 20]);
  });

  test("equal remainders go to the smaller SHA-256 of the key, whatever the order", () => {
    const strata = [
      { key: "north", populationSize: 5 },
      { key: "south", populationSize: 5 },
    ];
    // printf %s south | sha256sum: 2daa…; north: dc36….
    const options = { sampleSize: 5, allocation: { method: "proportional" } } as const;
    expect(allocate(strata, options)).toEqual([2, 3]);
    expect(allocate(strata.toReversed(), options)).toEqual([3, 2]);
  });

  test("remainders are compared exactly where doubles would tie", () => {
    // 2 of 3·(2^52+1) against 2^52+1 …: shares n·a/A with A above 2^53 differ only past a double's last bit.
    const big = 4503599627370496;
    const [first, second] = bounded([big + 1, big], 1, [0, 0], [1e15, 1e15]);
    expect([first, second]).toEqual([1, 0]);
  });
});

describe("minima and maxima", () => {
  test("a stratum of one is taken whole and the others keep two", () => {
    expect(sizes([1, 50, 949], 20, { method: "proportional" })).toEqual([1, 2, 17]);
  });

  test("equal shares, cut at the stratum's size", () => {
    expect(sizes([100, 100, 4], 30, { method: "equal" })).toEqual([13, 13, 4]);
  });

  test("a minimum of 0 may leave a stratum out, and only then", () => {
    expect(sizes([990, 10], 10, { method: "proportional", min: 0 })).toEqual([10, 0]);
    expect(sizes([990, 10], 10, { method: "proportional" })).toEqual([8, 2]);
  });

  test("minima that need more than the size name the nearest size", () => {
    const error = refusal(() => sizes([50, 50, 50], 20, { method: "equal", min: 10 }));
    expect(error.code).toBe("ALLOCATION_INFEASIBLE");
    expect(error.details).toMatchObject({ nearest: 30, strata: ["s0", "s1", "s2"] });
  });

  test("maxima that give less than the size name the nearest size and the strata that are cut", () => {
    const error = refusal(() => sizes([500, 4, 500], 100, { method: "proportional", max: 30 }));
    expect(error.code).toBe("ALLOCATION_INFEASIBLE");
    expect(error.details).toMatchObject({ nearest: 64, strata: ["s0", "s2"] });
  });

  test("a maximum below the default minimum is refused", () => {
    const error = refusal(() => sizes([500, 500], 2, { method: "proportional", max: 1 }));
    expect(error.code).toBe("ALLOCATION_INFEASIBLE");
  });

  test("a size above the frame is refused with what the frame holds", () => {
    expect(refusal(() => sizes([5, 6], 12, { method: "equal" })).details).toEqual({ asked: 12, held: 11 });
  });
});

describe("fixed", () => {
  const strata = [
    { key: "private / up to 26", populationSize: 40 },
    { key: "public / up to 26", populationSize: 9 },
  ];
  const fixed = (given: Record<string, number>, sampleSize: number) => () =>
    allocate(strata, { sampleSize, allocation: { method: "fixed", sizes: given } });

  test("gives what the plan says, 0 included", () => {
    expect(fixed({ "public / up to 26": 0, "private / up to 26": 12 }, 12)()).toEqual([12, 0]);
  });

  test("a stratum without a number, an unknown one and one asked for too much are refused", () => {
    expect(refusal(fixed({ "public / up to 26": 5 }, 5)).code).toBe("ALLOCATION_STRATUM_MISSING");
    const unknown = refusal(fixed({ "public / up to 27": 5, "private / up to 26": 1 }, 6));
    expect(unknown.code).toBe("ALLOCATION_STRATUM_UNKNOWN");
    expect(unknown.message).toContain('Did you mean "public / up to 26"?');
    expect(refusal(fixed({ "public / up to 26": 10, "private / up to 26": 1 }, 11)).details).toEqual({
      stratum: "public / up to 26",
      asked: 10,
      held: 9,
    });
  });
});

const stratum = fc.record({ measure: fc.integer({ min: 1, max: 5000 }), low: fc.nat(20), high: fc.nat(60) });

test("property: bounded shares sum to the total, keep their bounds, follow the quota rule and ignore the order", () => {
  fc.assert(
    fc.property(
      fc.array(stratum, { minLength: 1, maxLength: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (drawn, t) => {
        const shares = drawn.map((s, i) => ({
          key: `k${i}`,
          measure: s.measure,
          min: s.low,
          max: s.low + s.high,
        }));
        const least = shares.reduce((sum, s) => sum + s.min, 0);
        const most = shares.reduce((sum, s) => sum + s.max, 0);
        const total = least + Math.floor(t * (most - least));
        const result = boundedShares(shares, total);
        expect(result.reduce((sum, n) => sum + n, 0)).toBe(total);
        for (const [i, n] of result.entries()) {
          const share = shares[i] as (typeof shares)[number];
          expect(n).toBeGreaterThanOrEqual(share.min);
          expect(n).toBeLessThanOrEqual(share.max);
        }
        // Of two strata strictly inside their bounds, the one with the larger measure never gets fewer by more than rounding.
        for (const [i, a] of shares.entries()) {
          for (const [j, b] of shares.entries()) {
            const [x, y] = [result[i] as number, result[j] as number];
            if (a.measure >= b.measure && x < a.max && y > b.min) expect(x - y).toBeGreaterThanOrEqual(-1);
          }
        }
        expect(boundedShares(shares.toReversed(), total)).toEqual(result.toReversed());
      },
    ),
    { numRuns: 500 },
  );
});
