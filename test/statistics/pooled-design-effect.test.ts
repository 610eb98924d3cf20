import { describe, expect, test } from "vitest";
import { derSimonianLaird } from "../../src/statistics/dersimonian-laird.js";
import { overdispersion } from "../../src/statistics/overdispersion.js";
import { pooledDesignEffect } from "../../src/statistics/pooled-design-effect.js";

const one = (n: number) => ({ codes: new Int32Array(n), count: 1 });

describe("the design effect of all areas", () => {
  test("of single children is 1, whatever their areas", () => {
    const has = [1, 0, 0, 1, 1, 0, 1];
    const clusters = { codes: [6, 5, 4, 3, 2, 1, 0], count: 7 };
    const groups = { codes: [0, 0, 0, 1, 1, 1, 1], count: 2 };
    expect(pooledDesignEffect(has, { clusters, groups })).toBeCloseTo(1, 14);
  });

  // Two families of two, alike: deviations 1 and −1, (1 + 1)·2/1 = 4; independent 4/3·4·¼ = 4/3.
  test("two families, by hand", () => {
    const clusters = { codes: [0, 0, 1, 1], count: 2 };
    expect(pooledDesignEffect([1, 1, 0, 0], { clusters, groups: one(4) })).toBeCloseTo(3, 14);
    // One of each family: deviations 0, so that nothing varies between families, and 1 is kept.
    expect(pooledDesignEffect([1, 0, 1, 0], { clusters, groups: one(4) })).toBe(1);
  });

  test("what differs between areas is not in it", () => {
    // Area 0 has it in one family of four, area 1 in three of four: families of one child.
    const has = [1, 0, 0, 0, 1, 1, 1, 0];
    const clusters = { codes: has.map((_, at) => at), count: 8 };
    const groups = { codes: [0, 0, 0, 0, 1, 1, 1, 1], count: 2 };
    expect(pooledDesignEffect(has, { clusters, groups })).toBeCloseTo(1, 14);
  });

  test("a family in two areas is one in each", () => {
    const has = [1, 1, 0, 0, 1, 1, 0, 0];
    const across = { codes: [0, 0, 1, 1, 0, 0, 1, 1], count: 2 };
    const apart = { codes: [0, 0, 1, 1, 2, 2, 3, 3], count: 4 };
    const groups = { codes: [0, 0, 0, 0, 1, 1, 1, 1], count: 2 };
    expect(pooledDesignEffect(has, { clusters: across, groups })).toBe(
      pooledDesignEffect(has, { clusters: apart, groups }),
    );
  });
});

// Square-root scale, z = 2(√O − √E)/√d: areas 9, 16, 25 of 16 give −2, 0 and 2 with d 1 and half of that with d 4.
test("overdispersion beyond what families make: φ is a fourth at a design effect of 4", () => {
  const areas = [9, 16, 25].map((observed) => ({ observed, size: 16 }));
  const plain = overdispersion(areas, { scale: "square-root" });
  const clustered = overdispersion(areas, { scale: "square-root", designEffect: 4 });
  expect(plain.z).toEqual([-2, 0, 2]);
  expect(clustered.z).toEqual([-1, 0, 1]);
  expect(clustered.phi).toBeCloseTo(plain.phi / 4, 14);
  expect(clustered.tauSquared).toBe(0);
  expect(plain.tauSquared).toBeGreaterThan(0);
});

// Estimates 0 and 4 with variance 1 each: mean 2, Q = 4 + 4 = 8, I² = (8 − 1)/8.
test("I² by hand", () => {
  const { iSquared } = derSimonianLaird([
    { estimate: 0, variance: 1 },
    { estimate: 4, variance: 1 },
  ]);
  expect(iSquared).toBeCloseTo(7 / 8, 14);
});
