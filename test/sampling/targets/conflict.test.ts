import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { solve } from "yalps";
import { attainment } from "../../../src/sampling/targets/attainment.js";
import { type Region, targetCells } from "../../../src/sampling/targets/cells.js";
import { findConflict } from "../../../src/sampling/targets/conflict.js";
import { targetProbabilities } from "../../../src/sampling/targets/target-probabilities.js";
import { refusalOf } from "../../frames.js";
import { problemOf, type StratumOf } from "./problems.js";

function refusal(strata: readonly StratumOf[], minima: readonly number[], proportional = false) {
  const problem = problemOf(strata, minima);
  const one = proportional ? { sizesFor: (size: number) => [size] } : {};
  return refusalOf(() => targetProbabilities({ ...problem, ...one }));
}

describe("targets that conflict", () => {
  // 10 of 100. Groups 0 and 1 (30 units each, apart) ask for 12; group 2 asks for 1 and takes part in no conflict. With 6 for
  // one, 1 for group 2 and some chance for the 30 others, 2 are left for the other (3 would leave them none). 13 cases would be
  // taken up by the targets: 14 do.
  test("are named, and no others, with the nearest settings", () => {
    const strata: StratumOf[] = [
      {
        sampleSize: 10,
        cells: [
          ["100", 30],
          ["010", 30],
          ["001", 10],
          ["000", 30],
        ],
      },
    ];
    const error = refusal(strata, [6, 6, 1], true);
    expect(error.code).toBe("TARGETS_INFEASIBLE");
    expect(error.details).toEqual({
      targets: [
        { label: "t0", asked: 6, nearest: 2 },
        { label: "t1", asked: 6, nearest: 2 },
      ],
      strata: [{ key: "s0", sampleSize: 10 }],
      further: false,
      nearestSize: 14,
    });
    expect(error.message).toBe(
      'Targets "t0" (at least 6) and "t1" (at least 6) cannot be met together while every unit keeps a chance of selection and ' +
        'strata keep their sizes: "s0" gives 10. Any one of these would do: at_least 2 for "t0"; at_least 2 for "t1"; ' +
        "sample.size 14.",
    );
  });

  test("a target that would leave the others of the stratum no chance", () => {
    const error = refusal(
      [
        {
          sampleSize: 10,
          cells: [
            ["1", 30],
            ["0", 70],
          ],
        },
      ],
      [10],
      true,
    );
    expect(error.details).toMatchObject({
      targets: [{ label: "t0", asked: 10, nearest: 9 }],
      nearestSize: 11,
    });
  });

  // The group can give 20 of stratum 0 (all it has there) and 10 of stratum 1 (all that is drawn there), 29 if others keep a
  // chance: it is the size of stratum 1 that stands in the way, not that of stratum 0. With another allocation of the same 60
  // the target of 40 can be met.
  test("the strata whose sizes stand in the way, and another allocation", () => {
    const strata: StratumOf[] = [
      {
        sampleSize: 50,
        cells: [
          ["1", 20],
          ["0", 980],
        ],
      },
      {
        sampleSize: 10,
        cells: [
          ["1", 40],
          ["0", 60],
        ],
      },
    ];
    const error = refusal(strata, [40]);
    expect(error.details).toMatchObject({
      targets: [{ label: "t0", asked: 40, nearest: 29 }],
      strata: [{ key: "s1", sampleSize: 10 }],
    });
    const { s0, s1 } = error.details.nearestSizes as { s0: number; s1: number };
    expect(s0 + s1).toBe(60);
    expect(error.message).toContain(
      `another sample.allocation, such as ${s1} from "s1" and less from the rest`,
    );
    const [first, second] = strata as [StratumOf, StratumOf];
    const moved = [
      { ...first, sampleSize: s0 },
      { ...second, sampleSize: s1 },
    ];
    expect(() => targetProbabilities(problemOf(moved, [40]))).not.toThrow();
  });

  // 5 and 5 of 10 and 20 in the group: 28 need both strata to give more, so the conflict stands with either one free to grow. An
  // irreducible set names one of them: with stratum 0 free it is the size of stratum 1.
  test("strata that only together stand in the way", () => {
    const strata: StratumOf[] = [
      {
        sampleSize: 5,
        cells: [
          ["1", 10],
          ["0", 10],
        ],
      },
      {
        sampleSize: 5,
        cells: [
          ["1", 20],
          ["0", 10],
        ],
      },
    ];
    expect(refusal(strata, [28]).details.strata).toEqual([{ key: "s1", sampleSize: 5 }]);
  });

  test("a second conflict beside the one that is named is said", () => {
    const strata: StratumOf[] = [
      {
        sampleSize: 5,
        cells: [
          ["1000", 20],
          ["0100", 20],
          ["0000", 60],
        ],
      },
      {
        sampleSize: 5,
        cells: [
          ["0010", 20],
          ["0001", 20],
          ["0000", 60],
        ],
      },
    ];
    const error = refusal(strata, [3, 3, 3, 3]);
    expect((error.details.targets as unknown[]).length).toBe(2);
    expect(error.details).toMatchObject({ further: true });
    expect(error.message).toContain("though other targets conflict as well");
  });

  // Three groups of two thirds each, all pairs of them possible, together too much: 3 × 7 > 2 × 10.
  test("three that conflict only together", () => {
    const strata: StratumOf[] = [
      {
        sampleSize: 10,
        cells: [
          ["110", 30],
          ["101", 30],
          ["011", 30],
        ],
      },
    ];
    const error = refusal(strata, [7, 7, 7]);
    expect((error.details.targets as unknown[]).length).toBe(3);
    expect(() => targetProbabilities(problemOf(strata, [7, 7, 5]))).not.toThrow();
  });
});

/** Whether minima of these groups can be met, by one linear programme over all cells. */
function canMeet(region: Region, minima: readonly number[], groups: readonly number[]): boolean {
  const { status } = solve({
    constraints: [
      ...region.totals.map((total, at) => [`h${at}`, { equal: total }] as const),
      ...groups.map((group) => [`g${group}`, { min: minima[group] as number }] as const),
      ...region.cells.map(({ least, most }, at) => [`c${at}`, { min: least, max: most }] as const),
    ],
    variables: region.cells.map(
      ({ stratum, groups: own }, at) =>
        [
          at,
          [
            [`h${stratum}`, 1] as const,
            [`c${at}`, 1] as const,
            ...own.map((group) => [`g${group}`, 1] as const),
          ],
        ] as const,
    ),
  });
  return status === "optimal";
}

const anyProblem = fc
  .record({
    strata: fc.array(
      fc.record({
        cells: fc.uniqueArray(
          fc.tuple(
            fc.array(fc.constantFrom("0", "1"), { minLength: 4, maxLength: 4 }).map((bits) => bits.join("")),
            fc.integer({ min: 1, max: 12 }),
          ),
          { minLength: 1, maxLength: 6, selector: ([code]) => code },
        ),
        share: fc.integer({ min: 1, max: 8 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    minima: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 4, maxLength: 4 }),
  })
  .map(({ strata, minima }) => ({
    minima,
    strata: strata.map(({ cells, share }): StratumOf => {
      const held = cells.reduce((sum, [, count]) => sum + count, 0);
      return { cells, sampleSize: Math.max(1, Math.floor((held * share) / 8)) };
    }),
  }));

test("property: a refusal is true, no smaller set conflicts, and each nearest setting is the largest that does", () => {
  fc.assert(
    fc.property(anyProblem, ({ strata, minima }) => {
      const { strata: sized, targets, unitCount } = problemOf(strata, minima);
      const { region } = targetCells(
        sized,
        targets.map((target) => target.members),
        unitCount,
      );
      const conflict = findConflict(region, minima);
      const all = [0, 1, 2, 3];
      expect(conflict === undefined).toBe(canMeet(region, minima, all));
      expect(attainment(region)(new Map(minima.entries())) === undefined).toBe(conflict === undefined);
      if (conflict === undefined) return;
      expect(canMeet(region, minima, conflict.groups)).toBe(false);
      const sets = Array.from({ length: 16 }, (_, bits) => all.filter((group) => (bits >> group) % 2 === 1));
      for (const set of sets) {
        if (set.length < conflict.groups.length) expect(canMeet(region, minima, set)).toBe(true);
      }
      const kept = conflict.further ? conflict.groups : all;
      for (const [at, group] of conflict.groups.entries()) {
        const nearest = conflict.attainable[at] as number;
        expect(canMeet(region, minima.with(group, nearest), kept)).toBe(true);
        expect(canMeet(region, minima.with(group, nearest + 1), kept)).toBe(false);
      }
      // An irreducible set: with the other strata free the conflict stands, and it ends with any one of these.
      const held = region.totals.map((_, stratum) =>
        region.cells.reduce((sum, cell) => (cell.stratum === stratum ? sum + cell.most : sum), 0),
      );
      const free = (kept: readonly number[]): Region => ({
        ...region,
        totals: region.totals.map((total, stratum) =>
          kept.includes(stratum) ? total : (held[stratum] as number),
        ),
      });
      expect(canMeet(free(conflict.strata), minima, conflict.groups)).toBe(false);
      for (const stratum of conflict.strata) {
        const others = conflict.strata.filter((other) => other !== stratum);
        expect(canMeet(free(others), minima, conflict.groups)).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});

test("many targets: the set named conflicts and loses its conflict with any member", () => {
  // 14 groups apart, of which each one asks for 1 of the 10 that are drawn: any ten leave nobody else a chance.
  const code = (at: number): string =>
    Array.from({ length: 14 }, (_, group) => (group === at ? 1 : 0)).join("");
  const cells = Array.from({ length: 15 }, (_, at) => [code(at), 20] as const);
  const minima = Array(14).fill(1) as number[];
  const { strata, targets, unitCount } = problemOf([{ sampleSize: 10, cells }], minima);
  const { region } = targetCells(
    strata,
    targets.map((target) => target.members),
    unitCount,
  );
  const conflict = findConflict(region, minima);
  expect(conflict?.groups).toHaveLength(10);
  expect(canMeet(region, minima, conflict?.groups ?? [])).toBe(false);
  expect(canMeet(region, minima, conflict?.groups.slice(1) ?? [])).toBe(true);
});
