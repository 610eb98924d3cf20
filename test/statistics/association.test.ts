import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { benjaminiHochberg } from "../../src/statistics/benjamini-hochberg.js";
import { chiSquareTest } from "../../src/statistics/chi-square.js";
import { cochranArmitageTest } from "../../src/statistics/cochran-armitage.js";
import { cochranMantelHaenszelTest } from "../../src/statistics/cochran-mantel-haenszel.js";
import { fisherExactTest } from "../../src/statistics/fisher-exact.js";
import { holm } from "../../src/statistics/holm.js";
import { kruskalWallisTest } from "../../src/statistics/kruskal-wallis.js";
import { mantelHaenszelOddsRatio } from "../../src/statistics/mantel-haenszel-odds-ratio.js";
import { standardisedMeanDifference } from "../../src/statistics/standardised-difference.js";
import { refusalOf } from "../frames.js";
import { expectPrinted, expectSame } from "./close.js";

/** Agresti (2002) Categorical Data Analysis, 2nd ed., p. 57, job satisfaction by income; R, `?fisher.test`: p = 0.7827. */
const jobSatisfaction = [
  [1, 3, 10, 6],
  [2, 3, 10, 7],
  [1, 6, 14, 12],
  [0, 1, 9, 11],
];

/** R, data set `HairEyeColor` over both sexes: hair black, brown, red, blond; eyes brown, blue, hazel, green. */
const hairAndEyes = [
  [68, 20, 15, 5],
  [119, 84, 54, 29],
  [26, 17, 14, 14],
  [7, 94, 10, 16],
];

describe("chiSquareTest", () => {
  test("hair and eyes agree with R's chisq.test", () => {
    const found = chiSquareTest(hairAndEyes);
    expectPrinted(found.statistic, "138.2898416");
    expect(found.degreesOfFreedom).toBe(9);
    expectPrinted(found.cramersV, "0.279");
    expectPrinted(found.adjustedResiduals[3]?.[1] as number, "9.96755");
    expectPrinted(found.adjustedResiduals[0]?.[3] as number, "-2.287896018");
    expect(found.pValue / 2.32528678709881e-25).toBeCloseTo(1, 10);
    // 127·215/592
    expectSame(found.expected[3]?.[1] as number, (127 * 215) / 592);
  });

  test("no association and full association", () => {
    const none = chiSquareTest([
      [10, 20, 30],
      [20, 40, 60],
    ]);
    expect(none.statistic).toBeLessThan(1e-12);
    expect(none.pValue).toBeCloseTo(1, 12);
    expectSame(
      chiSquareTest([
        [7, 0],
        [0, 4],
      ]).cramersV,
      1,
    );
  });

  test.each([
    [[[1, 2]]],
    [
      [
        [1, 2],
        [3, 4, 5],
      ],
    ],
    [
      [
        [0, 0],
        [3, 4],
      ],
    ],
    [
      [
        [0, 2],
        [0, 4],
      ],
    ],
    [
      [
        [1.5, 2],
        [3, 4],
      ],
    ],
    [
      [
        [-1, 2],
        [3, 4],
      ],
    ],
  ])("refuses %j", (table) => {
    expect(refusalOf(() => chiSquareTest(table)).code).toBe("TABLE_INVALID");
    expect(refusalOf(() => fisherExactTest(table)).code).toBe("TABLE_INVALID");
  });
});

/** Every table with these margins, as the first rows and columns leave it free. */
function tablesLike(table: readonly (readonly number[])[]): number[][][] {
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = (table[0] as number[]).map((_, j) =>
    table.reduce((sum, row) => sum + (row[j] as number), 0),
  );
  const filled: number[][][] = [];
  const fill = (done: number[][], left: number[]): void => {
    const at = done.length;
    if (at === rows.length) {
      if (left.every((count) => count === 0)) filled.push(done);
      return;
    }
    const row = (cells: number[], room: number): void => {
      if (cells.length === columns.length) {
        if (room === 0)
          fill(
            [...done, cells],
            left.map((count, j) => count - (cells[j] as number)),
          );
        return;
      }
      for (let x = 0; x <= Math.min(room, left[cells.length] as number); x++) row([...cells, x], room - x);
    };
    row([], rows[at] as number);
  };
  fill([], columns);
  return filled;
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

describe("fisherExactTest", () => {
  test("Fisher (1935), the lady tasting tea: 34/70", () => {
    expectSame(
      fisherExactTest([
        [3, 1],
        [1, 3],
      ]),
      34 / 70,
    );
  });

  // R, fisher.test.
  test.each([
    [
      [
        [10, 4, 2],
        [3, 12, 5],
        [1, 6, 9],
      ],
      0.001514749147050256,
    ],
    [
      [
        [4, 0, 1, 2],
        [1, 5, 2, 0],
        [0, 1, 6, 3],
      ],
      0.002841113576683001,
    ],
    [hairAndEyes.slice(0, 2), 0.002159829162114543],
    [jobSatisfaction, 0.7826849389664],
  ])("%j agrees with R", (table, pValue) => {
    expect(Math.abs(fisherExactTest(table) - pValue)).toBeLessThan(1e-9);
  });

  test("agrees with going through every table", () => {
    const small = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }), {
      minLength: 2,
      maxLength: 3,
    });
    fc.assert(
      fc.property(small, (table) => {
        fc.pre(
          table.every((row) => row.some((x) => x > 0)) &&
            [0, 1, 2].every((j) => table.some((row) => row[j]! > 0)),
        );
        const weight = (of: readonly (readonly number[])[]) =>
          of.flat().reduce((all, x) => all / factorial(x), 1);
        const seen = weight(table);
        let [all, unlikely] = [0, 0];
        for (const other of tablesLike(table)) {
          all += weight(other);
          if (weight(other) <= seen * (1 + 1e-7)) unlikely += weight(other);
        }
        expect(Math.abs(fisherExactTest(table) - unlikely / all)).toBeLessThan(1e-10);
      }),
      { numRuns: 60 },
    );
  });

  test("a table of any orientation has one answer", () => {
    const turned = [0, 1, 2, 3].map((j) => [0, 1].map((i) => hairAndEyes[i]?.[j] as number));
    expectSame(fisherExactTest(turned), fisherExactTest(hairAndEyes.slice(0, 2)));
  });

  test("refuses a table with too many arrangements", () => {
    const large = Array.from({ length: 7 }, (_, i) => Array.from({ length: 7 }, (_, j) => 5 + ((i * j) % 3)));
    expect(refusalOf(() => fisherExactTest(large)).code).toBe("TABLE_TOO_LARGE");
  });
});

/** R, data set `UCBAdmissions`: men and women admitted and rejected in six departments. */
const admissions = [
  [512, 313, 89, 19],
  [353, 207, 17, 8],
  [120, 205, 202, 391],
  [138, 279, 131, 244],
  [53, 138, 94, 299],
  [22, 351, 24, 317],
].map(([a, b, c, d]) => ({ a, b, c, d }) as { a: number; b: number; c: number; d: number });

describe("Cochran–Mantel–Haenszel", () => {
  // R's mantelhaen.test(UCBAdmissions), with and without correction.
  test("admissions agree with R", () => {
    const found = cochranMantelHaenszelTest(admissions);
    expectPrinted(found.statistic, "1.42694622859");
    expectPrinted(found.pValue, "0.23226346282");
    expectPrinted(cochranMantelHaenszelTest(admissions, { correction: 0 }).statistic, "1.52460666044");
    const ratio = mantelHaenszelOddsRatio(admissions);
    expectPrinted(ratio.oddsRatio, "0.90469682826");
    expectPrinted(ratio.lower, "0.77190736176");
    expectPrinted(ratio.upper, "1.06032976444");
  });

  test("of one stratum by hand", () => {
    // a − E = 8 − 5 = 3, variance 10⁴/(20²·19); odds 8·8/(2·2)
    const one = [{ a: 8, b: 2, c: 2, d: 8 }];
    expectSame(cochranMantelHaenszelTest(one).statistic, (2.5 * 2.5 * 400 * 19) / 10_000);
    expectSame(mantelHaenszelOddsRatio(one).oddsRatio, 16);
    // With one stratum the variance of the logarithm is Woolf's: 1/8 + 1/2 + 1/2 + 1/8 = 1.25.
    expectSame(mantelHaenszelOddsRatio(one).upper, 16 * Math.exp(1.959963984540054 * Math.sqrt(1.25)));
  });

  test("strata of one case or none add nothing", () => {
    const more = [...admissions, { a: 1, b: 0, c: 0, d: 0 }, { a: 0, b: 0, c: 0, d: 0 }];
    expect(cochranMantelHaenszelTest(more)).toEqual(cochranMantelHaenszelTest(admissions));
    expect(mantelHaenszelOddsRatio(more)).toEqual(mantelHaenszelOddsRatio(admissions));
  });

  test("refuses what cannot be compared", () => {
    const one = [{ a: 5, b: 5, c: 0, d: 0 }];
    expect(refusalOf(() => cochranMantelHaenszelTest(one)).code).toBe("VALUE_OUT_OF_RANGE");
    expect(refusalOf(() => mantelHaenszelOddsRatio(one)).code).toBe("VALUE_OUT_OF_RANGE");
    expect(refusalOf(() => cochranMantelHaenszelTest([{ a: -1, b: 5, c: 1, d: 1 }])).code).toBe(
      "VALUE_OUT_OF_RANGE",
    );
  });
});

/** R, data set `airquality`: ozone by month, May to September, where measured. */
const ozone = [
  "41 36 12 18 28 23 19 8 7 16 11 14 18 14 34 6 30 11 1 11 4 32 23 45 115 37",
  "29 71 39 23 21 37 20 12 13",
  "135 49 32 64 40 77 97 97 85 10 27 7 48 35 61 79 63 16 80 108 20 52 82 50 64 59",
  "39 9 16 78 35 66 122 89 110 44 28 65 22 59 23 31 44 21 9 45 168 73 76 118 84 85",
  "96 78 73 91 47 32 20 23 21 24 44 21 28 9 13 46 18 13 24 16 13 23 36 7 14 30 14 18 20",
].map((month) => month.split(" ").map(Number));

describe("kruskalWallisTest", () => {
  test("Hollander & Wolfe (1973), p. 116, mucociliary efficiency: H = 0.7714, without ties", () => {
    const found = kruskalWallisTest([
      [2.9, 3.0, 2.5, 2.6, 3.2],
      [3.8, 2.7, 4.0, 2.4],
      [2.8, 3.4, 3.7, 2.2, 2.0],
    ]);
    expectPrinted(found.statistic, "0.771428571429");
    expectPrinted(found.pValue, "0.679964773579");
    expect(found.degreesOfFreedom).toBe(2);
  });

  test("ozone by month agrees with R's kruskal.test, with ties", () => {
    const found = kruskalWallisTest(ozone);
    expectPrinted(found.statistic, "29.2665763061");
    expectPrinted(found.pValue, "0.00000690071412");
  });

  test("depends on the order of the values alone", () => {
    const changed = ozone.map((month) => month.map((value) => Math.exp(value / 50)));
    expectSame(kruskalWallisTest(changed).statistic, kruskalWallisTest(ozone).statistic);
  });

  test.each([[[[1, 2]]], [[[1, 2], []]], [[[1], [1]]], [[[1], [Number.NaN]]]])("refuses %j", (groups) => {
    expect(refusalOf(() => kruskalWallisTest(groups)).code).toBe("VALUE_OUT_OF_RANGE");
  });
});

describe("cochranArmitageTest", () => {
  // Fleiss (1981) Statistical Methods for Rates and Proportions, p. 139, smokers among patients; R's prop.trend.test.
  const smokers = [
    { count: 83, n: 86 },
    { count: 90, n: 93 },
    { count: 129, n: 136 },
    { count: 70, n: 82 },
  ];

  test("smokers agree with R", () => {
    const found = cochranArmitageTest(smokers);
    expectPrinted(found.statistic, "8.22492228520");
    expectPrinted(found.pValue, "0.00413189748");
    expect(found.z).toBeLessThan(0);
  });

  test("scores count up to place and scale; between two groups it is the chi-square test", () => {
    expectSame(cochranArmitageTest(smokers, { scores: [10, 12, 14, 16] }).z, cochranArmitageTest(smokers).z);
    const [first, second] = smokers as [(typeof smokers)[0], (typeof smokers)[0]];
    expectSame(
      cochranArmitageTest([first, second]).statistic,
      chiSquareTest([first, second].map(({ count, n }) => [count, n - count])).statistic,
    );
  });

  test("refuses what has no trend", () => {
    expect(refusalOf(() => cochranArmitageTest(smokers, { scores: [1, 2] })).code).toBe("ROWS_MISMATCHED");
    expect(refusalOf(() => cochranArmitageTest(smokers, { scores: [1, 1, 1, 1] })).code).toBe(
      "VALUE_OUT_OF_RANGE",
    );
    const none = [
      { count: 0, n: 3 },
      { count: 0, n: 4 },
    ];
    expect(refusalOf(() => cochranArmitageTest(none)).code).toBe("VALUE_OUT_OF_RANGE");
    expect(refusalOf(() => cochranArmitageTest([{ count: 1, n: 3 }])).code).toBe("VALUE_OUT_OF_RANGE");
  });
});

/** Miles per gallon of 32 cars. R, data set `mtcars`, from Henderson & Velleman (1981) Biometrics 37:391–411. */
const manual = [21, 21, 22.8, 32.4, 30.4, 33.9, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4];
const automatic = [
  21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 21.5, 15.5, 15.2, 13.3,
  19.2,
];

test("standardisedMeanDifference of mtcars: 1.411046011", () => {
  const momentsOf = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      mean,
      variance: values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1),
    };
  };
  const [first, second] = [momentsOf(manual), momentsOf(automatic)];
  expectPrinted(standardisedMeanDifference({ first, second }), "1.411046011");
  expectPrinted(standardisedMeanDifference({ first: second, second: first }), "-1.411046011");
  const still = { mean: 1, variance: 0 };
  expect(refusalOf(() => standardisedMeanDifference({ first: still, second: still })).code).toBe(
    "VALUE_OUT_OF_RANGE",
  );
});

describe("adjusted p-values", () => {
  // Benjamini & Hochberg (1995), §4, 15 tests of thrombolysis: at 0.05 four findings, and by Bonferroni's level three.
  const thrombolysis = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
    0.759, 1,
  ];

  test("Benjamini and Hochberg's example", () => {
    expect(benjaminiHochberg(thrombolysis).filter((p) => p <= 0.05)).toHaveLength(4);
    expect(holm(thrombolysis).filter((p) => p <= 0.05)).toHaveLength(3);
  });

  test("by hand", () => {
    // Holm 3·0.01, then max(0.03, 2·0.03), then max(0.06, 0.04); BH 3·0.01, min(3/2·0.03, 0.04), 0.04.
    for (const [found, wanted] of [
      [holm([0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]],
      [benjaminiHochberg([0.01, 0.04, 0.03]), [0.03, 0.04, 0.04]],
    ] as const) {
      found.forEach((p, at) => {
        expectSame(p, wanted[at] as number);
      });
    }
    expect(holm([])).toEqual([]);
    expect(benjaminiHochberg([1, 1])).toEqual([1, 1]);
    expect(refusalOf(() => holm([1.1])).code).toBe("VALUE_OUT_OF_RANGE");
    expect(refusalOf(() => benjaminiHochberg([Number.NaN])).code).toBe("VALUE_OUT_OF_RANGE");
  });

  test("keep the order, never fall, and Holm's are never below Benjamini and Hochberg's", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }),
        (given) => {
          const [strict, mild] = [holm(given), benjaminiHochberg(given)];
          given.forEach((p, at) => {
            expect(mild[at]).toBeGreaterThanOrEqual(p);
            expect(strict[at]).toBeGreaterThanOrEqual((mild[at] as number) - 1e-15);
            given.forEach((other, place) => {
              if (p < other) expect(strict[at]).toBeLessThanOrEqual(strict[place] as number);
            });
          });
        },
      ),
    );
  });
});
