import { describe, expect, test } from "vitest";
import {
  pairsNeeded,
  type ReviewPairs,
  reviewAgreement,
} from "../../../src/analysis/estimates/review-agreement.js";

/** Pairs of a square table: row the first review, column the second, units numbered on. */
function reviews(table: readonly (readonly number[])[], names = ["yes", "no", "other"]): ReviewPairs {
  const answers = table.flatMap((row, one) =>
    row.flatMap((times, other) => new Array<[number, number]>(times).fill([one, other])),
  );
  return {
    column: "seen",
    kind: table.length === 2 ? "yes-no" : "category",
    categories: names.slice(0, table.length),
    pairs: answers.map(([one, other], unit) => ({
      unit,
      first: names[one] as string,
      second: names[other] as string,
    })),
  };
}

const plain = { weights: undefined, threshold: 0 };

// R package irrCAC, vignette "overview", data `cont3x3abstractors`; the interval of 89 of 100 by R's binom.test.
test("pairs that count alike: the share exactly, kappa and AC1 with intervals", () => {
  const found = reviewAgreement(
    reviews([
      [13, 0, 0],
      [0, 20, 7],
      [0, 4, 56],
    ]),
    plain,
  );
  expect(found).toMatchObject({ pairs: 100, agreeing: 89, categories: 3, suppressed: false });
  expect(found.observed?.estimate).toBe(0.89);
  expect(found.observed?.interval.lower).toBeCloseTo(0.811698867804, 10);
  expect(found.observed?.interval.upper).toBeCloseTo(0.943792979715, 10);
  expect(found.kappa?.coefficient).toBeCloseTo(0.7964094, 7);
  expect(found.ac1?.coefficient).toBeCloseTo(0.8493305, 7);
  expect(found.kappa?.interval).toBeDefined();
});

// R survey 4, data `apistrat`: school-wide target met and target for comparable groups, weights 44.21, 15.1 and 20.36 as the data has
// them, svydesign(id = ~1, weights = ~pw): svykappa, and svyciprop(method = "beta") of their agreement.
test("weighted pairs: R's svykappa and Korn–Graubard interval", () => {
  const strata: [number, [number, number][]][] = [
    [44.2099990844727, pairsOf(73, 2, 18, 7)],
    [15.1000003814697, pairsOf(16, 1, 10, 23)],
    [20.3600006103516, pairsOf(24, 0, 11, 15)],
  ];
  const names = ["yes", "no"];
  const rows = strata.flatMap(([weight, pairs]) => pairs.map((pair) => ({ weight, pair })));
  const found = reviewAgreement(
    {
      column: "met",
      kind: "yes-no",
      categories: names,
      pairs: rows.map(({ pair: [one, other] }, unit) => ({
        unit,
        first: names[one] as string,
        second: names[other] as string,
      })),
    },
    { weights: new Map(rows.map(({ weight }, unit) => [unit, weight])), threshold: 0 },
  );
  expect(found.kappa?.coefficient).toBeCloseTo(0.482986927061343, 10);
  expect(found.kappa?.standardError).toBeCloseTo(0.0657389689251755, 10);
  expect(found.observed?.estimate).toBeCloseTo(0.79427510474135, 10);
  expect(found.observed?.interval.lower).toBeCloseTo(0.725541680517, 9);
  expect(found.observed?.interval.upper).toBeCloseTo(0.852424665021, 9);

  function pairsOf(both: number, first: number, second: number, none: number): [number, number][] {
    const of = (times: number, pair: [number, number]) => new Array<[number, number]>(times).fill(pair);
    return [...of(both, [0, 0]), ...of(first, [0, 1]), ...of(second, [1, 0]), ...of(none, [1, 1])];
  }
});

describe("where nothing, or no interval, can be said", () => {
  test("too few pairs: the coefficient, no interval and no error", () => {
    // 2k²: 8 for two categories, where 20 is the least; 32 for four.
    expect([2, 3, 4].map(pairsNeeded)).toEqual([20, 20, 32]);
    const few = reviewAgreement(
      reviews([
        [8, 2],
        [1, 8],
      ]),
      plain,
    );
    expect(few.kappa).toEqual({ coefficient: expect.any(Number), withoutInterval: "few" });
    expect(few.ac1).toEqual({ coefficient: expect.any(Number), withoutInterval: "few" });
    expect(few.observed?.interval.lower).toBeGreaterThan(0.5);
    const enough = reviewAgreement(
      reviews([
        [8, 2],
        [2, 8],
      ]),
      plain,
    );
    expect(enough.kappa?.interval).toBeDefined();
  });

  test("full agreement: 1 without an interval; the share's own is exact (20 of 20, R's binom.test)", () => {
    const found = reviewAgreement(
      reviews([
        [12, 0],
        [0, 8],
      ]),
      plain,
    );
    expect(found.kappa).toEqual({ coefficient: expect.closeTo(1, 12), withoutInterval: "all-agree" });
    expect(found.observed?.interval.lower).toBeCloseTo(0.831566529017, 10);
    expect(found.observed?.interval.upper).toBe(1);
  });

  test("full agreement of weighted pairs: the share's interval is on the effective number, rounded down", () => {
    // 20 pairs of weight 1 and 20 of weight 3: (20 + 60)²/(20 + 180) = 32. All of 32: lower limit 0.025^(1/32) = exp(−3.688879/32).
    const pairs = reviews([
      [20, 0],
      [0, 20],
    ]);
    const weights = new Map(pairs.pairs.map(({ unit }) => [unit, unit < 20 ? 1 : 3]));
    const found = reviewAgreement(pairs, { weights, threshold: 0 });
    expect(found.observed?.interval.lower).toBeCloseTo(0.891115, 5);
  });

  test("one review with the same answer throughout: kappa is 0 without an interval, and AC1 has one", () => {
    // All 30 second reviews say the same: p_a = p_e = 18/30, so kappa = 0 with influence 0 in every case.
    const found = reviewAgreement(
      reviews([
        [18, 0],
        [12, 0],
      ]),
      plain,
    );
    expect(found.kappa).toEqual({ coefficient: 0, withoutInterval: "one-answer" });
    expect(found.ac1?.interval).toBeDefined();
  });

  test("one answer throughout: kappa has no value", () => {
    const found = reviewAgreement(
      reviews([
        [30, 0],
        [0, 0],
      ]),
      plain,
    );
    expect(found.kappa).toBeUndefined();
    expect(found.ac1).toEqual({ coefficient: expect.closeTo(1, 12), withoutInterval: "all-agree" });
  });

  test.each([
    ["number", { kind: "number" as const }],
    ["nobody", { pairs: [] }],
    ["one", { pairs: [{ unit: 0, first: "yes", second: "yes" }] }],
  ])("%s", (refused, change) => {
    const found = reviewAgreement(
      {
        ...reviews([
          [3, 1],
          [1, 3],
        ]),
        ...change,
      },
      plain,
    );
    expect(found.refused).toBe(refused);
    expect([found.observed, found.kappa, found.ac1]).toEqual([undefined, undefined, undefined]);
  });
});

describe("small counts", () => {
  test.each([
    [
      "few pairs",
      [
        [2, 0],
        [0, 3],
      ],
      true,
    ],
    [
      "few that differ",
      [
        [20, 2],
        [2, 20],
      ],
      true,
    ],
    [
      "few that agree",
      [
        [2, 20],
        [20, 2],
      ],
      true,
    ],
    [
      "few with one answer in a review",
      [
        [30, 6],
        [3, 1],
      ],
      true,
    ],
    [
      "all large",
      [
        [20, 6],
        [6, 20],
      ],
      false,
    ],
    [
      "no case of an answer",
      [
        [30, 0],
        [0, 0],
      ],
      false,
    ],
  ] as const)("%s", (_, table, suppressed) => {
    expect(reviewAgreement(reviews(table), { weights: undefined, threshold: 5 }).suppressed).toBe(suppressed);
    expect(reviewAgreement(reviews(table), plain).suppressed).toBe(false);
  });
});

// Share, kappa and AC1 together give all four cells of a yes/no column, and so the 3 that both reviews say yes of.
test("of yes and no a single cell that is small takes the row out", () => {
  const threshold = 5;
  const isOut = (table: number[][]) =>
    reviewAgreement(reviews(table), { weights: undefined, threshold }).suppressed;
  expect(
    isOut([
      [3, 8],
      [8, 40],
    ]),
  ).toBe(true);
  expect(
    isOut([
      [6, 8],
      [8, 40],
    ]),
  ).toBe(false);
  expect(
    isOut([
      [0, 8],
      [8, 40],
    ]),
  ).toBe(false);
});
