import { describe, expect, test } from "vitest";
import { comparatorOf, judgeCounts, nearer } from "../../../src/analysis/regional/judge-counts.js";
import { ruleFor, wordOf } from "../../../src/analysis/regional/verdict.js";

const usual = { kind: "share" as const, designEffect: 1, rule: ruleFor(2) };

describe("what an area is set against", () => {
  test("the whole up to 5 % of it, the rest above", () => {
    const whole = { count: 100, n: 1000 };
    expect(comparatorOf({ count: 10, n: 50 }, whole)).toEqual({ rest: false, against: 0.1 });
    // (100 − 10)/(1,000 − 60)
    expect(comparatorOf({ count: 10, n: 60 }, whole)).toEqual({ rest: true, against: 90 / 940 });
  });
});

describe("the rule", () => {
  test("95 % up to 20 areas, 99.8 % above", () => {
    expect(ruleFor(20).confidence).toBe(0.95);
    expect(ruleFor(21).confidence).toBe(0.998);
  });

  test("better and worse only with a polarity", () => {
    expect(wordOf("higher", undefined)).toBe("higher");
    expect(wordOf("higher", "lower_is_better")).toBe("higher, worse");
    expect(wordOf("lower", "lower_is_better")).toBe("lower, better");
    expect(wordOf("higher", "higher_is_better")).toBe("higher, better");
    expect(wordOf("few", "lower_is_better")).toBe("too few to say");
    expect(wordOf("untested", undefined)).toBe("not tested");
  });
});

describe("judging counts", () => {
  // 8 of 10 where half of 1,000 have it, which 10 hardly move: (11 + 45/2)/1024·2 = 67/1024 at a half exactly.
  test("a small area, by hand", () => {
    const [found] = judgeCounts([{ count: 8, n: 10 }], { ...usual, whole: { count: 500, n: 1000 } });
    expect(found).toMatchObject({ rest: false, against: 0.5, isHigher: true, verdict: "similar" });
    expect(found?.pValue).toBeCloseTo(67 / 1024, 12);
  });

  test("families make the same difference less sure", () => {
    const judged = (designEffect: number) =>
      judgeCounts([{ count: 30, n: 40 }], { ...usual, designEffect, whole: { count: 500, n: 1000 } })[0];
    expect(judged(1)?.verdict).toBe("higher");
    expect(judged(4)?.verdict).toBe("similar");
    // 30 of 40 at an effect of 4 is 7.5 of 10: between 7, p 352/1024 − … and 8, p 67/1024.
    expect(judged(4)?.pValue).toBeGreaterThan(67 / 1024);
  });

  test("the rest's own chance counts: half against the other half is less sure than against a known share", () => {
    const [half] = judgeCounts([{ count: 60, n: 100 }], { ...usual, whole: { count: 105, n: 200 } });
    const [known] = judgeCounts([{ count: 60, n: 100 }], { ...usual, whole: { count: 45_000, n: 100_000 } });
    expect(half).toMatchObject({ rest: true, against: 0.45 });
    expect(half?.pValue).toBeGreaterThan(2 * (known?.pValue as number));
  });

  test("where nobody of the rest has it, the whole's share is tested", () => {
    const [found] = judgeCounts([{ count: 30, n: 100 }], { ...usual, whole: { count: 30, n: 1000 } });
    expect(found).toMatchObject({ rest: true, against: 0, verdict: "higher" });
    const none = judgeCounts([{ count: 0, n: 100 }], { ...usual, whole: { count: 0, n: 1000 } })[0];
    expect(none).toMatchObject({ pValue: 1, verdict: "similar" });
  });

  // 5 events where 3 are expected: p .2687 (mid-P of Poisson); whole 3,000 in 1,000,000, the area 1,000 of it.
  test("rates by Poisson", () => {
    const [found] = judgeCounts([{ count: 5, n: 1000 }], {
      ...usual,
      kind: "rate",
      whole: { count: 3000, n: 1_000_000 },
    });
    expect(found?.pValue.toFixed(4)).toBe("0.2687");
  });

  test("adjusted p-values are those of Benjamini and Hochberg over the areas", () => {
    const areas = [
      { count: 9, n: 10 },
      { count: 5, n: 10 },
    ];
    const [first, second] = judgeCounts(areas, { ...usual, whole: { count: 50_000, n: 100_000 } });
    // 9 of 10: 1 + 10/2 of 1024, twice: 12/1024; of two tests twice that.
    expect(first?.pValue).toBeCloseTo(12 / 1024, 12);
    expect(first?.adjustedP).toBeCloseTo(24 / 1024, 12);
    expect(second?.adjustedP).toBeCloseTo(1, 12);
    expect([first?.verdict, first?.byAdjusted]).toEqual(["higher", "higher"]);
  });

  test("hidden areas may be like the whole, and adjusted p-values allow for them", () => {
    const whole = { count: 50_000, n: 100_000 };
    const adjusted = (unseen: readonly number[]) =>
      judgeCounts([{ count: 9, n: 10 }], { ...usual, whole, unseen })[0]?.adjustedP;
    // One of three tests, two of which find nothing: three times 12/1024. Were they all to differ, it would be the last of three.
    expect(adjusted([1, 1])).toBeCloseTo(36 / 1024, 12);
    expect(adjusted([0, 0])).toBeCloseTo(12 / 1024, 12);
  });

  test("limits widened by what areas vary by take flags away and make none", () => {
    const whole = { count: 50_000, n: 100_000 };
    const judged = (count: number, tauSquared: number) =>
      judgeCounts([{ count, n: 10 }], { ...usual, whole, variation: { tauSquared } })[0];
    expect(judged(9, 0)).not.toHaveProperty("widened");
    expect(judged(9, 1e-12)).toMatchObject({ verdict: "higher", widened: "higher" });
    // Chance's variance on the arcsine scale is 1/40; as much again makes 9 of 10 as sure as 4.5 of 5, whose p lies between 1/32 and 7/32.
    expect(judged(9, 1 / 40)).toMatchObject({ verdict: "higher", widened: "similar" });
    for (const tauSquared of [1e-9, 0.01, 1])
      for (let count = 0; count <= 10; count++) {
        const { verdict, widened } = judged(count, tauSquared) ?? {};
        if (verdict === "similar") expect(widened).toBe("similar");
        else expect([verdict, "similar"]).toContain(widened);
      }
  });

  test("with a slack below 0 a count is taken further from what is expected", () => {
    expect(nearer({ count: 60, n: 100 }, 0.5, -2)).toEqual({ count: 63, n: 100 });
    expect(nearer({ count: 40, n: 100 }, 0.5, -2)).toEqual({ count: 37, n: 100 });
    expect(nearer({ count: 1, n: 100 }, 0.5, -2)).toEqual({ count: 0, n: 100 });
  });

  test("rounding may have moved a count: it is tested that much nearer to what is expected, and no nearer", () => {
    // Of 100 at a half, 2 and a half of 2 for the size: 60 − 3.
    expect(nearer({ count: 60, n: 100 }, 0.5, 2)).toEqual({ count: 57, n: 100 });
    expect(nearer({ count: 40, n: 100 }, 0.5, 2)).toEqual({ count: 43, n: 100 });
    expect(nearer({ count: 51, n: 100 }, 0.5, 2)).toEqual({ count: 50, n: 100 });
    expect(nearer({ count: 60, n: 100 }, 0.5, 0)).toEqual({ count: 60, n: 100 });
  });
});
