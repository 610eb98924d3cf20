import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { solve } from "yalps";
import { targetCells } from "../../../src/sampling/targets/cells.js";
import { scaleToTargets } from "../../../src/sampling/targets/scaling.js";
import { targetProbabilities } from "../../../src/sampling/targets/target-probabilities.js";
import { refusalOf } from "../../frames.js";
import { type Problem, problemOf, type StratumOf, sumOver, sumWhere } from "./problems.js";

/** π of the units of each cell, in the order in which the problem gives them; units of a cell must agree. */
function byCell(strata: readonly StratumOf[], minima: readonly number[]): number[] {
  const problem = problemOf(strata, minima);
  const found = targetProbabilities(problem);
  expect(found[0]).toBe(0);
  let unit = 1;
  return strata.flatMap(({ cells }) =>
    cells.flatMap(([, count]) => {
      if (count === 0) return [];
      const values = new Set(found.subarray(unit, unit + count));
      unit += count;
      expect(values.size).toBe(1);
      return [...values];
    }),
  );
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [at, value] of expected.entries()) {
    expect(Math.abs((found[at] as number) / value - 1), `cell ${at}: ${found[at]}`).toBeLessThan(1e-10);
  }
}

describe("worked by hand", () => {
  test("one stratum, one group: m/N_g in the group, (n − m)/(N − N_g) outside", () => {
    expectClose(
      byCell(
        [
          {
            sampleSize: 50,
            cells: [
              ["1", 100],
              ["0", 900],
            ],
          },
        ],
        [10],
      ),
      [10 / 100, 40 / 900],
    );
  });

  // π is tilted by t in the group, with a factor for each stratum. Stratum 0: 10 units of 50 + 50, so the group gets
  // 10·50t/(50t + 50) = 10t/(t + 1); stratum 1: 10 of 10 + 90, the group gets 10t/(t + 9). At t = 3: 7.5 + 2.5 = 10.
  test("a group that crosses two strata", () => {
    const strata: StratumOf[] = [
      {
        sampleSize: 10,
        cells: [
          ["1", 50],
          ["0", 50],
        ],
      },
      {
        sampleSize: 10,
        cells: [
          ["1", 10],
          ["0", 90],
        ],
      },
    ];
    expectClose(byCell(strata, [10]), [7.5 / 50, 2.5 / 50, 2.5 / 10, 7.5 / 90]);
  });

  // Group 0 must be taken whole. That leaves 3 for 8 units, 0.375 each, 1.5 for group 1, which is to have 2: 0.5 each, and 1
  // for the other 4.
  test("a probability stops at 1, and the other target is met by those that are left", () => {
    const strata: StratumOf[] = [
      {
        sampleSize: 5,
        cells: [
          ["10", 2],
          ["01", 4],
          ["00", 4],
        ],
      },
    ];
    expect(byCell(strata, [2, 2])[0]).toBe(1);
    expectClose(byCell(strata, [2, 2]), [1, 0.5, 0.25]);
  });

  // Stratum 0 gives 4 of 2 + 3 units, so the group gets 8t/(2t + 3), below its 2 units while t < 1.5; stratum 1 gives 2 of 5 + 5,
  // the group 2t/(t + 1). For m = 3: 8t(t + 1) + 2t(2t + 3) = 3(2t + 3)(t + 1), 6t² − t − 9 = 0, t = (1 + √217)/12 = 1.311.
  test("one target, two strata, an irrational factor", () => {
    const strata: StratumOf[] = [
      {
        sampleSize: 4,
        cells: [
          ["1", 2],
          ["0", 3],
        ],
      },
      {
        sampleSize: 2,
        cells: [
          ["1", 5],
          ["0", 5],
        ],
      },
    ];
    const t = (1 + Math.sqrt(217)) / 12;
    expectClose(byCell(strata, [3]), [
      (4 * t) / (2 * t + 3),
      4 / (2 * t + 3),
      (2 * t) / (5 * t + 5),
      2 / (5 * t + 5),
    ]);
  });

  // A target that is met already asks for nothing: only the first binds, as in the first case.
  test("a target that the others' factors meet has no factor of its own", () => {
    const strata: StratumOf[] = [
      {
        sampleSize: 50,
        cells: [
          ["11", 50],
          ["10", 50],
          ["01", 100],
          ["00", 800],
        ],
      },
    ];
    expectClose(byCell(strata, [10, 9]), [0.1, 0.1, 40 / 900, 40 / 900]); // 50·0.1 + 100·40/900 = 9.44
  });

  test("targets that say the same twice", () => {
    const strata: StratumOf[] = [
      {
        sampleSize: 50,
        cells: [
          ["11", 100],
          ["00", 900],
        ],
      },
    ];
    expectClose(byCell(strata, [10, 10]), [0.1, 40 / 900]);
    expectClose(byCell(strata, [10, 8]), [0.1, 40 / 900]);
  });

  test("everyone of a group for certain, and a stratum that is taken whole", () => {
    const strata: StratumOf[] = [
      {
        sampleSize: 30,
        cells: [
          ["1", 20],
          ["0", 100],
        ],
      },
      {
        sampleSize: 7,
        cells: [
          ["1", 3],
          ["0", 4],
        ],
      },
    ];
    const found = byCell(strata, [23]);
    expect([found[0], found[2], found[3]]).toEqual([1, 1, 1]);
    expectClose([found[1] as number], [10 / 100]);
  });
});

describe("targets that do not bind", () => {
  test("leave n_h/N_h to the last bit", () => {
    const strata: StratumOf[] = [
      {
        sampleSize: 7,
        cells: [
          ["1", 30],
          ["0", 61],
        ],
      },
      {
        sampleSize: 3,
        cells: [
          ["1", 10],
          ["0", 13],
        ],
      },
    ];
    expect(byCell(strata, [3])).toEqual([7 / 91, 7 / 91, 3 / 23, 3 / 23]); // base: 30·7/91 + 10·3/23 = 3.6
  });

  test("leave a stratum alone that has none of the group, or nobody else", () => {
    const strata: StratumOf[] = [
      {
        sampleSize: 10,
        cells: [
          ["1", 20],
          ["0", 80],
        ],
      },
      { sampleSize: 7, cells: [["0", 91]] },
      { sampleSize: 3, cells: [["1", 23]] },
    ];
    const found = byCell(strata, [8]);
    expectClose(found.slice(0, 2), [5 / 20, 5 / 80]);
    expect(found.slice(2)).toEqual([7 / 91, 3 / 23]);
  });

  test("no target at all", () => {
    expect(byCell([{ sampleSize: 7, cells: [["", 91]] }], [])).toEqual([7 / 91]);
  });

  test("a stratum of size 0 stays out, and its units count for no target", () => {
    const strata: StratumOf[] = [
      {
        sampleSize: 10,
        cells: [
          ["1", 20],
          ["0", 80],
        ],
      },
      { sampleSize: 0, cells: [["1", 50]] },
    ];
    const problem = problemOf(strata, [6]);
    const found = targetProbabilities(problem);
    expect(sumOver(found, problem.strata[1]?.units as Int32Array)).toBe(0);
    expect(sumWhere(found, problem.targets[0]?.members as Uint8Array)).toBeCloseTo(6, 10);
    expect(refusalOf(() => targetProbabilities(problemOf(strata, [10]))).code).toBe("TARGETS_INFEASIBLE");
  });
});

// Bishop, Fienberg & Holland (1975) Discrete Multivariate Analysis, age by marital status raked to new margins, as printed in the
// SAS/IML User's Guide, example "Iterative Proportional Fitting" (two places). The ages are strata of twice the table's units;
// married and widowed or divorced have minima, and single is what they leave.
test("raking a table to two margins", () => {
  const table = [
    [1306, 83, 0],
    [619, 765, 3],
    [263, 1194, 9],
    [173, 1372, 28],
    [171, 1393, 51],
    [159, 1372, 81],
    [208, 1350, 108],
    [1116, 4100, 2329],
  ] as const;
  const ages = [1412, 1402, 1450, 1541, 1681, 1532, 1662, 7644];
  const fitted = [
    [1325.27, 86.73],
    [615.56, 783.39, 3.05],
    [253.94, 1187.18, 8.88],
    [165.13, 1348.55, 27.32],
    [173.41, 1454.71, 52.87],
    [147.21, 1308.12, 76.67],
    [202.33, 1352.28, 107.4],
    [1105.16, 4181.04, 2357.81],
  ];
  const strata = table.map(
    ([single, married, widowed], at): StratumOf => ({
      sampleSize: ages[at] as number,
      cells: [
        ["00", 2 * single],
        ["10", 2 * married],
        ["01", 2 * widowed],
      ],
    }),
  );
  const found = byCell(strata, [11702, 2634]);
  const held = strata.flatMap(({ cells }) => cells.map(([, count]) => count)).filter((count) => count > 0);
  for (const [at, value] of fitted.flat().entries()) {
    expect(Math.abs((found[at] as number) * (held[at] as number) - value), `cell ${at}`).toBeLessThan(0.0051);
  }
});

/** Strata of up to 4 combinations of 1 to 4 groups, and minima that some probabilities in (0, 1) meet by construction. */
const attainable = fc
  .record({ groups: fc.integer({ min: 1, max: 4 }), strata: fc.integer({ min: 1, max: 4 }) })
  .chain(({ groups, strata }) =>
    fc.record({
      groups: fc.constant(groups),
      strata: fc.array(
        fc.record({
          cells: fc.uniqueArray(
            fc.tuple(
              fc
                .array(fc.constantFrom("0", "1"), { minLength: groups, maxLength: groups })
                .map((bits) => bits.join("")),
              fc.integer({ min: 1, max: 40 }),
            ),
            { minLength: 1, maxLength: 6, selector: ([code]) => code },
          ),
          fraction: fc.integer({ min: 1, max: 60 }),
          pulls: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 6 }),
        }),
        { minLength: strata, maxLength: strata },
      ),
    }),
  )
  .map(({ groups, strata }) => {
    const sums = Array(groups).fill(0) as number[];
    const sized = strata.map(({ cells, fraction, pulls }): StratumOf => {
      const held = cells.reduce((sum, [, count]) => sum + count, 0);
      const sampleSize = Math.max(1, Math.floor((held * fraction) / 64));
      // Nine tenths of the sample fill the cells that pull most, the rest is spread evenly.
      let left = sampleSize;
      const order = cells.map(([code, count], at) => ({
        code,
        count,
        pull: pulls[at] as number,
      }));
      for (const { code, count } of order.sort((a, b) => b.pull - a.pull)) {
        const taken = Math.min(left, count);
        left -= taken;
        for (const [group, bit] of [...code].entries()) {
          if (bit === "1")
            sums[group] = (sums[group] as number) + 0.9 * taken + (0.1 * sampleSize * count) / held;
        }
      }
      return { sampleSize, cells };
    });
    return { strata: sized, minima: sums.map((sum) => Math.max(1, Math.floor(sum - 1e-6))), sums };
  })
  .filter(({ sums }) => sums.every((sum) => sum > 1.001))
  .map(({ strata, minima }) => ({ strata, minima }));

function cellsOf(problem: Problem) {
  const { region, cellOf } = targetCells(
    problem.strata,
    problem.targets.map((target) => target.members),
    problem.unitCount,
  );
  return { region, cellOf };
}

/** The least of Σ cost·x over the region with the minima met, 0 ≤ x ≤ most, by a linear programme of its own. */
function leastCost(problem: Problem, cost: readonly number[]): number {
  const { region } = cellsOf(problem);
  const { status, result } = solve({
    direction: "minimize",
    objective: "cost",
    constraints: [
      ...region.totals.map((total, at) => [`h${at}`, { equal: total }] as const),
      ...problem.targets.map(({ atLeast }, at) => [`g${at}`, { min: atLeast }] as const),
      ...region.cells.map(({ most }, at) => [`c${at}`, { max: most }] as const),
    ],
    variables: region.cells.map(
      ({ stratum, groups }, at) =>
        [
          at,
          [
            ["cost", cost[at] as number] as const,
            [`h${stratum}`, 1] as const,
            [`c${at}`, 1] as const,
            ...groups.map((group) => [`g${group}`, 1] as const),
          ],
        ] as const,
    ),
  });
  expect(status).toBe("optimal");
  return result;
}

describe("properties", () => {
  test("every constraint holds", () => {
    fc.assert(
      fc.property(attainable, ({ strata, minima }) => {
        const problem = problemOf(strata, minima);
        const found = targetProbabilities(problem);
        for (const { units, sampleSize } of problem.strata) {
          expect(Math.abs(sumOver(found, units) / sampleSize - 1)).toBeLessThan(1e-12);
          expect(
            units.filter((unit) => !((found[unit] as number) > 0 && (found[unit] as number) <= 1)),
          ).toHaveLength(0);
        }
        for (const { members, atLeast } of problem.targets) {
          expect(sumWhere(found, members)).toBeGreaterThan(atLeast * (1 - 1e-10));
        }
      }),
      { numRuns: 300 },
    );
  });

  // Relative entropy is convex: π is nearest to π⁰ if and only if its gradient log(π/π⁰) rises towards every other point of the
  // region, Σ log(π/π⁰)·(q − π) ≥ 0, and the least of the left side over q is a linear programme.
  test("no probabilities that meet the targets are nearer to n_h/N_h", () => {
    fc.assert(
      fc.property(attainable, ({ strata, minima }) => {
        const problem = problemOf(strata, minima);
        const found = targetProbabilities(problem);
        const { region, cellOf } = cellsOf(problem);
        const gradient = region.cells.map(({ stratum }, cell) => {
          const { sampleSize, units } = problem.strata[stratum] as Problem["strata"][number];
          return Math.log(((found[cellOf.indexOf(cell)] as number) * units.length) / sampleSize);
        });
        const own = region.cells.reduce(
          (sum, { most }, cell) =>
            sum + (gradient[cell] as number) * most * (found[cellOf.indexOf(cell)] as number),
          0,
        );
        expect(leastCost(problem, gradient) - own).toBeGreaterThan(-1e-6);
      }),
      { numRuns: 200 },
    );
  });

  // π is c·π⁰ times factors of at least 1, and 1 where it would be more: within a stratum a unit in more groups never has less.
  test("a unit in a further group never has less than its fellows", () => {
    fc.assert(
      fc.property(attainable, ({ strata, minima }) => {
        const problem = problemOf(strata, minima);
        const found = targetProbabilities(problem);
        const { region, cellOf } = cellsOf(problem);
        for (const [a, one] of region.cells.entries()) {
          for (const [b, other] of region.cells.entries()) {
            if (one.stratum !== other.stratum || !one.groups.every((group) => other.groups.includes(group)))
              continue;
            const [lower, higher] = [found[cellOf.indexOf(a)] as number, found[cellOf.indexOf(b)] as number];
            expect(higher).toBeGreaterThanOrEqual(lower * (1 - 1e-12));
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

test("the same bits on every engine", () => {
  const strata: StratumOf[] = [
    {
      sampleSize: 40,
      cells: [
        ["111", 7],
        ["110", 31],
        ["011", 5],
        ["010", 90],
        ["001", 60],
        ["000", 807],
      ],
    },
    {
      sampleSize: 25,
      cells: [
        ["101", 11],
        ["110", 3],
        ["010", 44],
        ["000", 342],
      ],
    },
    {
      sampleSize: 9,
      cells: [
        ["111", 2],
        ["100", 4],
        ["000", 12],
      ],
    },
  ];
  const found = targetProbabilities(problemOf(strata, [12, 20, 14]));
  // The doubles' bytes, as first seen under Node 20: what they must meet is tested above, this is that they never move.
  expect(createHash("sha256").update(new Uint8Array(found.buffer)).digest("hex")).toBe(
    "fcc7235ddc98cceba13ada1ba72adad515accd39c1596d5484a09d6859729126",
  );
});

test("a limit of steps ends in an error and never in a half result", () => {
  const problem = problemOf(
    [
      {
        sampleSize: 50,
        cells: [
          ["1", 100],
          ["0", 900],
        ],
      },
    ],
    [10],
  );
  const { region } = cellsOf(problem);
  const base = Float64Array.from(region.cells, () => 50 / 1000);
  const refusal = refusalOf(() => scaleToTargets({ region, minima: [10], base }, { rounds: 0 }));
  expect(refusal.code).toBe("TARGETS_NOT_SOLVED");
});
