import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Bounds } from "../../src/plan/types.js";
import { allocate } from "../../src/sampling/allocation/allocate.js";
import { decimalRatio } from "../../src/sampling/exact.js";
import { refusalOf } from "../frames.js";

/** S_h² of a standard deviation as it is written. */
function squared(deviation: number) {
  const { over, under } = decimalRatio(deviation);
  return { over: over * over, under: under * under };
}

function strataOf(populations: readonly number[], deviations: readonly (number | undefined)[]) {
  return populations.map((populationSize, i) => {
    const deviation = deviations[i];
    const stratum = { key: `s${i}`, populationSize };
    return deviation === undefined ? stratum : { ...stratum, variance: squared(deviation) };
  });
}

const byKey = (numbers: readonly number[]) => Object.fromEntries(numbers.map((n, i) => [`s${i}`, n]));

interface Problem extends Bounds {
  readonly N: readonly number[];
  readonly S: readonly (number | undefined)[];
  readonly n: number;
}

function neyman({ N, S, n, ...bounds }: Problem): number[] {
  return allocate(strataOf(N, S), {
    sampleSize: n,
    allocation: { method: "neyman", proportions: {}, ...bounds },
  });
}

function optimal({ N, S, n, c, ...bounds }: Problem & { c: readonly number[] }): number[] {
  return allocate(strataOf(N, S), {
    sampleSize: n,
    allocation: { method: "optimal", proportions: {}, cost: byKey(c), ...bounds },
  });
}

describe("stratallo (Wójciak, Wesołowski, Wieczorkowski)", () => {
  const N = [3000, 4000, 5000, 2000];

  // README and vignette of version 2, S = 48, 79, 76, 16. Real solutions: 31.376147, 68.853211, 82.798165, 6.972477;
  // 35.121951, 77.073171, 70, 7.804878; 50, 120, 18, 2; 228.9496, 400, 604.1727, 50.8777.
  test.each([
    [{}, 190, [31, 69, 83, 7]],
    [{ max: byKey([100, 90, 70, 80]) }, 190, [35, 77, 70, 8]],
    [{ min: byKey([50, 120, 1, 2]) }, 190, [50, 120, 18, 2]],
    [{ min: byKey([100, 90, 500, 50]), max: byKey([300, 400, 800, 90]) }, 1284, [229, 400, 604, 51]],
  ])("version 2: %j, n = %i", (bounds: Bounds, n, expected) => {
    expect(neyman({ N, S: [48, 79, 76, 16], n, ...bounds })).toEqual(expected);
  });

  // Vignette of version 3, S = 48, 179, 176, 16. Real: 15.440181, 76.772009, 94.356659, 3.431151, rounded there to
  // 16, 77, 94, 3, which is not the best: 880²/(94·95) > 144²/(15·16), so that 15, 77, 95, 3 varies less; 24.545455, 90, 70, 5.454545 (by hand: 25, as 144²/(24·25) > 32²/(5·6)); 117.2812, 400, 716.7188, 50.
  test.each([
    [{}, 190, [15, 77, 95, 3]],
    [{ max: byKey([100, 90, 70, 80]) }, 190, [25, 90, 70, 5]],
    [{ min: byKey([100, 90, 500, 50]), max: byKey([300, 400, 800, 90]) }, 1284, [117, 400, 717, 50]],
  ])("version 3: %j, n = %i", (bounds: Bounds, n, expected) => {
    expect(neyman({ N, S: [48, 179, 176, 16], n, ...bounds })).toEqual(expected);
  });
});

// PracTools, strAlloc: Valliant, Dever & Kreuter, Practical Tools for Designing and Weighting Survey Samples, table 3.2.
test("PracTools: six strata of hospitals", () => {
  const S = [26787207, 10645109, 6909676, 11085034, 9817762, 44553355];
  expect(neyman({ N: [215, 65, 252, 50, 149, 144], S, n: 100 })).toEqual([35, 4, 10, 3, 9, 39]);
});

// SampleSelectR (RTI), documented cases of allocate("neyman", …) and allocate("optimal", …): the shares are whole. The
// second pair is given there by its cost, 24 and 100, which buys 12 and 46 cases.
test("SampleSelectR", () => {
  expect(neyman({ N: [8, 8, 32], S: [1, 1, 2], n: 20 })).toEqual([2, 2, 16]);
  expect(neyman({ N: [10, 10, 10], S: [1, 1, 2], n: 20 })).toEqual([5, 5, 10]);
  expect(neyman({ N: [30, 60], S: [1, 1], n: 12 })).toEqual([4, 8]);
  // There N = 25, 50, 100, of which no 66 can be taken: here ten times as many.
  expect(neyman({ N: [250, 500, 1000], S: [5, 15, 2.5], n: 99 })).toEqual([11, 66, 22]);
  expect(optimal({ N: [100, 150], S: [1.5, 1], c: [1, 4], n: 12 })).toEqual([8, 4]);
  expect(optimal({ N: [100, 75, 150], S: [1, 1, 1.5], c: [1, 1, 4], n: 46 })).toEqual([16, 12, 18]);
});

// Wright (2017) Statistics & Probability Letters 129:50–57, the examples of algorithms III and IV, as the R package
// `allocation` prints them. Algorithm IV stops at a variance; where it stopped it had 53 units.
test("Wright 2017", () => {
  expect(
    neyman({ N: [47, 61, 41], S: [10, 6, 4], n: 10, min: byKey([1, 2, 3]), max: byKey([5, 6, 4]) }),
  ).toEqual([4, 3, 3]);
  expect(
    neyman({
      N: [819, 672, 358, 196, 135, 83, 53, 40, 35, 13],
      S: [330, 518, 488, 634, 1126, 2244, 2468, 5869, 29334, 1233311].map((thousand) => thousand * 1000),
      n: 53,
      min: byKey([3, 3, 3, 3, 3, 3, 3, 3, 3, 13]),
    }),
  ).toEqual([4, 5, 3, 3, 3, 3, 3, 3, 13, 13]);
});

/**
 * Apportionment populations and seats of the US House of Representatives, 2020 Census, table 1 (US Census Bureau, 26 April
 * 2021). Wright (2012) The American Statistician 66:217–224 shows that the seats by equal proportions are the exact optimum
 * of this allocation problem, with a state's people for A_h and at least one seat.
 */
const house: Readonly<Record<string, readonly [people: number, seats: number]>> = {
  Alabama: [5030053, 7],
  Alaska: [736081, 1],
  Arizona: [7158923, 9],
  Arkansas: [3013756, 4],
  California: [39576757, 52],
  Colorado: [5782171, 8],
  Connecticut: [3608298, 5],
  Delaware: [990837, 1],
  Florida: [21570527, 28],
  Georgia: [10725274, 14],
  Hawaii: [1460137, 2],
  Idaho: [1841377, 2],
  Illinois: [12822739, 17],
  Indiana: [6790280, 9],
  Iowa: [3192406, 4],
  Kansas: [2940865, 4],
  Kentucky: [4509342, 6],
  Louisiana: [4661468, 6],
  Maine: [1363582, 2],
  Maryland: [6185278, 8],
  Massachusetts: [7033469, 9],
  Michigan: [10084442, 13],
  Minnesota: [5709752, 8],
  Mississippi: [2963914, 4],
  Missouri: [6160281, 8],
  Montana: [1085407, 2],
  Nebraska: [1963333, 3],
  Nevada: [3108462, 4],
  "New Hampshire": [1379089, 2],
  "New Jersey": [9294493, 12],
  "New Mexico": [2120220, 3],
  "New York": [20215751, 26],
  "North Carolina": [10453948, 14],
  "North Dakota": [779702, 1],
  Ohio: [11808848, 15],
  Oklahoma: [3963516, 5],
  Oregon: [4241500, 6],
  Pennsylvania: [13011844, 17],
  "Rhode Island": [1098163, 2],
  "South Carolina": [5124712, 7],
  "South Dakota": [887770, 1],
  Tennessee: [6916897, 9],
  Texas: [29183290, 38],
  Utah: [3275252, 4],
  Vermont: [643503, 1],
  Virginia: [8654542, 11],
  Washington: [7715946, 10],
  "West Virginia": [1795045, 2],
  Wisconsin: [5897473, 8],
  Wyoming: [577719, 1],
};

describe("the House of Representatives, 2020", () => {
  const seats = (people: Readonly<Record<string, number>>, min: number) =>
    Object.fromEntries(
      allocate(
        Object.entries(people).map(([key, populationSize]) => ({
          key,
          populationSize,
          variance: { over: 1n, under: 1n },
        })),
        { sampleSize: 435, allocation: { method: "neyman", proportions: {}, min } },
      ).map((n, i) => [Object.keys(people)[i], n]),
    );
  const people = Object.fromEntries(Object.entries(house).map(([state, [count]]) => [state, count]));

  // The two printed totals guard the table above against a slip.
  test.each([0, 1])("435 seats for 331,108,434 people, at least %i each", (min) => {
    expect(Object.values(people).reduce((sum, count) => sum + count, 0)).toBe(331_108_434);
    // Under a minimum of 0 each state still gets its first seat before any gets a second.
    expect(seats(people, min)).toEqual(
      Object.fromEntries(Object.entries(house).map(([state, [, count]]) => [state, count])),
    );
  });

  test("89 more people in New York would have moved a seat from Minnesota, 88 would not", () => {
    const with88 = seats({ ...people, "New York": 20215751 + 88 }, 1);
    expect([with88["New York"], with88.Minnesota]).toEqual([26, 8]);
    const with89 = seats({ ...people, "New York": 20215751 + 89 }, 1);
    expect([with89["New York"], with89.Minnesota]).toEqual([27, 7]);
  });
});

describe("ties and strata without spread", () => {
  // Three equal strata and 8 units: 3, 3, 2. SHA-256 of s2 begins ad32…, of s1 e8bc…, of s0 ec18….
  test("equal gains go to the smaller SHA-256 of the key, whatever the order", () => {
    const strata = strataOf([9, 9, 9], [1, 1, 1]);
    const options = { sampleSize: 8, allocation: { method: "neyman", proportions: {} } } as const;
    expect(allocate(strata, options)).toEqual([2, 3, 3]);
    expect(allocate(strata.toReversed(), options)).toEqual([3, 3, 2]);
  });

  // 0.1·3 and 0.3·1 are equal as decimals and not as doubles: s1 (e8bc…) comes before s0 (ec18…).
  test("measures are compared as written", () => {
    expect(neyman({ N: [30, 10], S: [0.1, 0.3], n: 5 })).toEqual([2, 3]);
    expect(neyman({ N: [10, 30], S: [0.3, 0.1], n: 5 })).toEqual([2, 3]);
  });

  test("a stratum that does not vary keeps its minimum until the others are full", () => {
    expect(neyman({ N: [50, 50], S: [0, 3], n: 30 })).toEqual([2, 28]);
    expect(neyman({ N: [50, 20], S: [0, 3], n: 30 })).toEqual([10, 20]);
  });

  test("a stratum taken whole needs no spread; one with a choice does", () => {
    expect(neyman({ N: [2, 50, 50], S: [undefined, 1, 1], n: 12 })).toEqual([2, 5, 5]);
    const error = refusalOf(() => neyman({ N: [3, 50, 50], S: [undefined, 1, 1], n: 12 }));
    expect(error.code).toBe("ALLOCATION_SPREAD_UNKNOWN");
    expect(error.details).toEqual({ strata: ["s0"] });
  });

  test("strata of which none varies are refused", () => {
    const error = refusalOf(() => neyman({ N: [30, 50], S: [0, 0], n: 12 }));
    expect(error.code).toBe("ALLOCATION_SPREAD_UNKNOWN");
    expect(error.details).toEqual({ strata: ["s0", "s1"] });
  });
});

describe("costs", () => {
  // By hand: 1/√1 to 1/√4 is 2 to 1; only ratios of costs matter.
  test.each([1, 0.01, 350])("a case four times as dear is taken half as often, unit %d", (unit) => {
    expect(optimal({ N: [500, 500], S: [2, 2], c: [unit, 4 * unit], n: 30 })).toEqual([20, 10]);
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("a cost of %d is refused", (wrong) => {
    const error = refusalOf(() => optimal({ N: [50, 50], S: [2, 2], c: [1, wrong], n: 30 }));
    expect(error.code).toBe("ALLOCATION_COST_INVALID");
    expect(error.details).toMatchObject({ stratum: "s1" });
  });

  test("every stratum needs a cost, and no other", () => {
    expect(refusalOf(() => optimal({ N: [50, 50], S: [2, 2], c: [1], n: 30 })).code).toBe(
      "ALLOCATION_STRATUM_MISSING",
    );
    expect(refusalOf(() => optimal({ N: [50, 50], S: [2, 2], c: [1, 1, 1], n: 30 })).code).toBe(
      "ALLOCATION_STRATUM_UNKNOWN",
    );
  });
});

/** Every way to share `total` within the bounds. */
function* ways(bounds: readonly (readonly [number, number])[], total: number): Generator<number[]> {
  const [first, ...others] = bounds;
  if (first === undefined) {
    if (total === 0) yield [];
    return;
  }
  for (let n = first[0]; n <= Math.min(first[1], total); n++) {
    for (const rest of ways(others, total - n)) yield [n, ...rest];
  }
}

/** Σ A_h²/n_h, brought to the denominator 20!, which every n up to 20 divides. */
const twentyFactorial = 2432902008176640000n;
function variance(measures: readonly number[], sizes: readonly number[]): bigint {
  return measures.reduce(
    (sum, measure, i) => sum + (BigInt(measure * measure) * twentyFactorial) / BigInt(sizes[i] as number),
    0n,
  );
}

test("property: no other whole numbers within the bounds give a smaller variance; order does not matter", () => {
  const some = fc.record({
    populationSize: fc.integer({ min: 1, max: 20 }),
    deviation: fc.integer({ min: 1, max: 40 }),
    low: fc.integer({ min: 1, max: 4 }),
    high: fc.nat(12),
  });
  fc.assert(
    fc.property(
      fc.array(some, { minLength: 1, maxLength: 4 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (drawn, t) => {
        const bounds = drawn.map(({ populationSize, low, high }) => {
          const min = Math.min(low, populationSize);
          return [min, Math.min(min + high, populationSize)] as const;
        });
        const least = bounds.reduce((sum, [min]) => sum + min, 0);
        const most = bounds.reduce((sum, [, max]) => sum + max, 0);
        const sampleSize = least + Math.floor(t * (most - least));
        const strata = strataOf(
          drawn.map((s) => s.populationSize),
          drawn.map((s) => s.deviation),
        );
        const options = {
          sampleSize,
          allocation: {
            method: "neyman",
            proportions: {},
            min: byKey(bounds.map(([min]) => min)),
            max: byKey(bounds.map(([, max]) => max)),
          },
        } as const;
        const result = allocate(strata, options);
        const measures = drawn.map((s) => s.populationSize * s.deviation);
        let best: bigint | undefined;
        for (const way of ways(bounds, sampleSize)) {
          const value = variance(measures, way);
          if (best === undefined || value < best) best = value;
        }
        expect(result.reduce((sum, n) => sum + n, 0)).toBe(sampleSize);
        for (const [i, n] of result.entries()) {
          expect(n).toBeGreaterThanOrEqual((bounds[i] as readonly [number, number])[0]);
          expect(n).toBeLessThanOrEqual((bounds[i] as readonly [number, number])[1]);
        }
        expect(variance(measures, result)).toBe(best);
        expect(allocate(strata.toReversed(), options)).toEqual(result.toReversed());
      },
    ),
    { numRuns: 300 },
  );
});
