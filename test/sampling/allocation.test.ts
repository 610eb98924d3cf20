import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Allocation } from "../../src/plan/types.js";
import { allocate } from "../../src/sampling/allocation/allocate.js";
import { boundedShares } from "../../src/sampling/allocation/bounded-shares.js";
import { refusalOf } from "../frames.js";

function sizes(populations: readonly number[], sampleSize: number, allocation: Allocation): number[] {
  const strata = populations.map((populationSize, index) => ({ key: `s${index}`, populationSize }));
  return allocate(strata, { sampleSize, allocation });
}

function bounded(measures: readonly number[], total: number, min: readonly number[], max: readonly number[]) {
  return boundedShares(
    measures.map((measure, i) => ({
      key: `s${i}`,
      measure: BigInt(measure),
      min: min[i] as number,
      max: max[i] as number,
    })),
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

  // Lohr (2010) Sampling: Design and Analysis, 2nd ed., ch. 3: 300 of the 3,078 US counties by census region.
  test("Lohr's agricultural counties", () => {
    expect(sizes([1054, 220, 1382, 422], 300, { method: "proportional" })).toEqual([103, 21, 135, 41]);
  });

  // SampleSelectR (RTI), its documented cases: shares that are whole, with its lower bounds.
  test.each([
    [[2, 4], 3, 1, [1, 2]],
    [[5, 5], 4, 1, [2, 2]],
    [[20, 30, 40], 9, 2, [2, 3, 4]],
    [[25, 50, 100], 21, 3, [3, 6, 12]],
  ])("SampleSelectR: %j, n = %i, at least %i", (populations, n, min, expected) => {
    expect(sizes(populations, n, { method: "proportional", min })).toEqual(expected);
  });

  // Largest remainder with the Hare quota, as taught: six parties, ten seats; quota 10,000.
  test("six parties and ten seats", () => {
    expect(
      sizes([47_000, 16_000, 15_900, 12_000, 6_100, 3_000], 10, { method: "proportional", min: 0 }),
    ).toEqual([5, 2, 1, 1, 1, 0]);
  });

  // By hand: strata 4 to 6 stick at 10 and stratum 1 at 45; 25 are left for 400 to 300: 14.29 and 10.71.
  test("bounds on both sides", () => {
    const ten = Array(6).fill(10) as number[];
    const most = { s0: 45, s1: 30, s2: 30, s3: 30, s4: 30, s5: 40 };
    const populations = [5000, 400, 300, 200, 60, 40];
    expect(bounded(populations, 100, ten, Object.values(most))).toEqual([45, 14, 11, 10, 10, 10]);
    expect(sizes(populations, 100, { method: "proportional", min: 10, max: most })).toEqual([
      45, 14, 11, 10, 10, 10,
    ]);
  });

  // By hand: 50 are left for 6 to 4, which is 30 and 20, above the minimum of 10.
  test.each([1, 7, 1000, 1_000_000])(
    "one at its maximum lifts the others above their minima, k = %i",
    (k) => {
      expect(bounded([90 * k, 6 * k, 4 * k], 100, [0, 0, 10], [50, 1000, 1000])).toEqual([50, 30, 20]);
      if (k === 1) return; // 4 units cannot give 20
      expect(
        sizes([90 * k, 6 * k, 4 * k], 100, {
          method: "proportional",
          min: { s0: 0, s1: 0, s2: 10 },
          max: { s0: 50 },
        }),
      ).toEqual([50, 30, 20]);
    },
  );

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
    const error = refusalOf(() => sizes([50, 50, 50], 20, { method: "equal", min: 10 }));
    expect(error.code).toBe("ALLOCATION_INFEASIBLE");
    expect(error.details).toMatchObject({ nearest: 30, nearestMinimum: 6, strata: ["s0", "s1", "s2"] });
    expect(sizes([50, 50, 50], 20, { method: "equal", min: 6 })).toHaveLength(3);
  });

  test("a smallest set of strata whose minima are too many is named, whatever the order", () => {
    // 30 and 25 alone need more than 50; the other three could have no minimum at all.
    const min = { s0: 4, s1: 30, s2: 5, s3: 25, s4: 6 };
    const error = refusalOf(() => sizes([100, 100, 100, 100, 100], 50, { method: "proportional", min }));
    expect(error.code).toBe("ALLOCATION_INFEASIBLE");
    expect(error.details).toEqual({ strata: ["s1", "s3"], asked: 50, nearest: 70 });
    expect(error.message).toContain("by 20 in all");
  });

  test("maxima that give less than the size name the nearest size and the strata that are cut", () => {
    const error = refusalOf(() => sizes([500, 4, 500], 100, { method: "proportional", max: 30 }));
    expect(error.code).toBe("ALLOCATION_INFEASIBLE");
    expect(error.details).toMatchObject({ nearest: 64, nearestMaximum: 48, strata: ["s0", "s2"] });
    expect(sizes([500, 4, 500], 100, { method: "proportional", max: 48 })).toEqual([48, 4, 48]);
  });

  test("a smallest set of strata whose maxima are too few is named", () => {
    // 300 held. Cut at 10 the second leaves 210, enough for 200; with the first cut at 20 there are 130.
    const max = { s0: 20, s1: 10, s2: 95 };
    const error = refusalOf(() => sizes([100, 100, 100], 200, { method: "equal", max }));
    expect(error.details).toEqual({ strata: ["s0", "s1"], asked: 200, nearest: 125 });
  });

  test("minima of named strata, the others keep theirs", () => {
    // 100 to 10 for 20 units is 18.2 to 1.8; the second is to have 6, the third its default of 2.
    expect(sizes([100, 10, 1], 20, { method: "proportional", min: { s1: 6 } })).toEqual([13, 6, 1]);
  });

  test("a stratum's own minimum above what it holds is refused; a common one takes it whole", () => {
    const error = refusalOf(() => sizes([100, 3], 20, { method: "proportional", min: { s1: 5 } }));
    expect(error.code).toBe("ALLOCATION_EXCEEDS_STRATUM");
    expect(error.details).toEqual({ stratum: "s1", asked: 5, held: 3 });
    expect(sizes([100, 3], 20, { method: "proportional", min: 5 })).toEqual([17, 3]);
  });

  test("bounds that cross in one stratum name it", () => {
    const error = refusalOf(() =>
      sizes([100, 50], 20, { method: "proportional", min: { s0: 9 }, max: { s0: 7 } }),
    );
    expect(error.code).toBe("ALLOCATION_INFEASIBLE");
    expect(error.details).toEqual({ strata: ["s0"], min: 9, max: 7 });
  });

  test.each(["min", "max"] as const)("a %s for a stratum that is not there asks what was meant", (side) => {
    const strata = [{ key: "private / up to 26", populationSize: 40 }];
    const error = refusalOf(() =>
      allocate(strata, {
        sampleSize: 10,
        allocation: { method: "equal", [side]: { "private / upto 26": 5 } },
      }),
    );
    expect(error.code).toBe("ALLOCATION_STRATUM_UNKNOWN");
    expect(error.message).toContain(`sample.allocation.${side}`);
    expect(error.message).toContain('Did you mean "private / up to 26"?');
  });

  test("a maximum below the default minimum is refused", () => {
    const error = refusalOf(() => sizes([500, 500], 2, { method: "proportional", max: 1 }));
    expect(error.code).toBe("ALLOCATION_INFEASIBLE");
  });

  test("a size above the frame is refused with what the frame holds", () => {
    expect(refusalOf(() => sizes([5, 6], 12, { method: "equal" })).details).toEqual({ asked: 12, held: 11 });
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

  test("sizes that do not add up to the sample are refused", () => {
    const error = refusalOf(fixed({ "public / up to 26": 5, "private / up to 26": 12 }, 18));
    expect(error.code).toBe("ALLOCATION_INFEASIBLE");
    expect(error.details).toMatchObject({ asked: 18, nearest: 17 });
  });

  test("a stratum without a number, an unknown one and one asked for too much are refused", () => {
    expect(refusalOf(fixed({ "public / up to 26": 5 }, 5)).code).toBe("ALLOCATION_STRATUM_MISSING");
    const unknown = refusalOf(fixed({ "public / up to 27": 5, "private / up to 26": 1 }, 6));
    expect(unknown.code).toBe("ALLOCATION_STRATUM_UNKNOWN");
    expect(unknown.message).toContain('Did you mean "public / up to 26"?');
    expect(refusalOf(fixed({ "public / up to 26": 10, "private / up to 26": 1 }, 11)).details).toEqual({
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
          measure: BigInt(s.measure),
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

/**
 * The real solution by trial: every stratum at its minimum, at its maximum or free, until a scale fits all of them. Then
 * largest remainder among the free ones. Slow, and in whole numbers throughout.
 */
function sharesByTrial(
  strata: readonly { key: string; measure: number; min: number; max: number }[],
  total: number,
): number[] {
  for (let pattern = 0; pattern < 3 ** strata.length; pattern++) {
    const state = strata.map((_, i) => Math.floor(pattern / 3 ** i) % 3);
    const free = strata.filter((_, i) => state[i] === 2);
    const held = strata.reduce((sum, s, i) => sum + (state[i] === 0 ? s.min : state[i] === 1 ? s.max : 0), 0);
    const over = total - held;
    const under = free.reduce((sum, s) => sum + s.measure, 0);
    if (under === 0) {
      const floor = Math.max(0, ...strata.map((s, i) => (state[i] === 1 ? s.max / s.measure : 0)));
      const ceiling = Math.min(...strata.map((s, i) => (state[i] === 0 ? s.min / s.measure : Infinity)));
      if (over === 0 && floor <= ceiling) return strata.map((s, i) => (state[i] === 0 ? s.min : s.max));
      continue;
    }
    const fits = strata.every((s, i) => {
      const claim = over * s.measure;
      if (state[i] === 0) return claim <= s.min * under;
      if (state[i] === 1) return claim >= s.max * under;
      return claim > s.min * under && claim < s.max * under;
    });
    if (!fits) continue;
    const result = strata.map((s, i) =>
      state[i] === 0 ? s.min : state[i] === 1 ? s.max : Math.floor((over * s.measure) / under),
    );
    const order = strata
      .map((s, i) => ({ i, rest: (over * s.measure) % under, tie: hash("sha256", s.key, "hex") }))
      .filter(({ i }) => state[i] === 2)
      .sort((a, b) => b.rest - a.rest || (a.tie < b.tie ? -1 : 1));
    const left = total - result.reduce((sum, n) => sum + n, 0);
    for (const { i } of order.slice(0, left)) result[i] = (result[i] as number) + 1;
    return result;
  }
  throw new Error("no pattern fits");
}

test("property: proportional shares are those found by trying every pattern of strata at their bounds", () => {
  const some = fc.record({
    populationSize: fc.integer({ min: 1, max: 300 }),
    low: fc.nat(12),
    high: fc.nat(40),
  });
  fc.assert(
    fc.property(
      fc.array(some, { minLength: 1, maxLength: 5 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (drawn, t) => {
        const strata = drawn.map(({ populationSize, low, high }, i) => {
          const min = Math.min(low, populationSize);
          return {
            key: `s${i}`,
            populationSize,
            measure: populationSize,
            min,
            max: Math.min(min + high, populationSize),
          };
        });
        const least = strata.reduce((sum, s) => sum + s.min, 0);
        const most = strata.reduce((sum, s) => sum + s.max, 0);
        const sampleSize = least + Math.floor(t * (most - least));
        const record = (side: "min" | "max") => Object.fromEntries(strata.map((s) => [s.key, s[side]]));
        const allocation = { method: "proportional", min: record("min"), max: record("max") } as const;
        expect(allocate(strata, { sampleSize, allocation })).toEqual(sharesByTrial(strata, sampleSize));
      },
    ),
    { numRuns: 400 },
  );
});
