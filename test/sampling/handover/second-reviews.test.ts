import { describe, expect, test } from "vitest";
import { drawSecondReviews, type Reviewable } from "../../../src/sampling/handover/second-reviews.js";

const units: Reviewable[] = Array.from({ length: 40 }, (_, i) => ({
  unitId: `u${i}`,
  stratum: i < 30 ? "large" : "small",
}));

describe("second reviews", () => {
  test("a share of each stratum, rounded up: 0.15 of 30 is 5, of 10 is 2", () => {
    const drawn = drawSecondReviews(units, { seed: "1", wanted: 0.15 });
    expect(drawn.map(({ stratum, probability }) => [stratum, probability])).toEqual([
      ...Array.from({ length: 5 }, () => ["large", 5 / 30]),
      ...Array.from({ length: 2 }, () => ["small", 2 / 10]),
    ]);
    expect(drawSecondReviews(units.toReversed(), { seed: "1", wanted: 0.15 })).toEqual(drawn);
  });

  test("a number over all, in proportion: 8 of 40 is 6 and 2; fewer than the strata is refused", () => {
    const drawn = drawSecondReviews(units, { seed: "1", wanted: 8 });
    expect(drawn.filter(({ stratum }) => stratum === "large").length).toBe(6);
    expect(() => drawSecondReviews(units, { seed: "1", wanted: 1 })).toThrow(
      "Second reviews: each of the 2 strata gives at least one, got 1 in all (handover.double_review). ",
    );
    expect(() => drawSecondReviews(units, { seed: "1", wanted: 41 })).toThrow(
      "Second reviews: at most the 40 sampled cases that are to be reviewed can be read twice, got 41 (handover.double_review). ",
    );
    expect(drawSecondReviews(units, { seed: "1", wanted: 40 })).toHaveLength(40);
  });

  test("tickets are of their own seed, so that a second review is no likelier for a small ticket of the draw", () => {
    // Python: key = sha256(b"314159|double-review|v1").hexdigest(); sorted by sha256(key + id).
    const named = ["A-1", "B-2", "C-3", "D-4", "E-5"].map((unitId) => ({ unitId, stratum: "s" }));
    expect(drawSecondReviews(named, { seed: "314159", wanted: 3 }).map(({ unitId }) => unitId)).toEqual([
      "A-1",
      "E-5",
      "C-3",
    ]);
  });

  test("every unit is taken as often as its probability says, over seeds", () => {
    const draws = 20_000;
    const counts = new Map<string, number>();
    for (let seed = 0; seed < draws; seed++)
      for (const { unitId } of drawSecondReviews(units, { seed: `s${seed}`, wanted: 0.15 }))
        counts.set(unitId, (counts.get(unitId) ?? 0) + 1);
    for (const { unitId, stratum } of units) {
      const p = stratum === "large" ? 5 / 30 : 2 / 10;
      const z = ((counts.get(unitId) ?? 0) - draws * p) / Math.sqrt(draws * p * (1 - p));
      expect(Math.abs(z), unitId).toBeLessThan(4.5);
    }
  });

  test("after an earlier draw: what was drawn stays, what was passed over stays out, what is new has the others' probability", () => {
    const draws = 20_000;
    const fresh: Reviewable[] = [
      { unitId: "new-1", stratum: "large" },
      { unitId: "new-2", stratum: "small" },
      { unitId: "new-3", stratum: "only new" },
    ];
    const counts = new Map<string, number>();
    for (let seed = 0; seed < draws; seed++) {
      const first = drawSecondReviews(units, { seed: `s${seed}`, wanted: 0.15 });
      const earlier = {
        offered: new Set(units.map(({ unitId }) => unitId)),
        drawn: new Map(first.map(({ unitId, probability }) => [unitId, probability])),
      };
      const second = drawSecondReviews([...fresh, ...units], { seed: `s${seed}`, wanted: 0.15, earlier });
      expect(second.filter(({ unitId }) => !unitId.startsWith("new"))).toEqual(first);
      for (const { unitId } of second) counts.set(unitId, (counts.get(unitId) ?? 0) + 1);
    }
    for (const [unitId, p] of [
      ["new-1", 5 / 30],
      ["new-2", 0.2],
      ["new-3", 0.15],
    ] as const) {
      const z = ((counts.get(unitId) ?? 0) - draws * p) / Math.sqrt(draws * p * (1 - p));
      expect(Math.abs(z), unitId).toBeLessThan(4.5);
    }
  });
});
