import { describe, expect, test } from "vitest";
import type { Frame } from "../../src/frame/frame.js";
import type { SamplePlan } from "../../src/plan/types.js";
import { type Design, designSample } from "../../src/sampling/design.js";
import { drawSample } from "../../src/sampling/draw.js";
import { simulateDesign } from "../../src/sampling/simulate/simulate-design.js";
import { frameOf, refusalOf, tableOf } from "../frames.js";

/** A frame of so many units a stratum, with ids that say their stratum. */
function frameWith(strata: Readonly<Record<string, number>>): Frame {
  const rows = Object.entries(strata).flatMap(([team, count]) =>
    Array.from({ length: count }, (_, i) => `${team}-${String(i + 1).padStart(3, "0")}|${team}`),
  );
  return frameOf(
    "casedraw: 1\ntitle: t\nreference_date: 2026-11-16\nunit: child\nunit_id: child_id\ndata: [{ path: x.csv }]\n" +
      "columns: { child_id: id, team: team }\n",
    { data: [tableOf("x.csv", ["id|team", ...rows])] },
  );
}

function planOf(size: number, extra: Partial<SamplePlan> = {}): SamplePlan {
  return {
    size,
    method: "random",
    strata: ["team"],
    allocation: { method: "proportional" },
    reserves: 0,
    ...extra,
  };
}

function drawnIds(frame: Frame, design: Design, seed: string): string[] {
  return drawSample(frame, design, seed).drawn.map(({ unit }) => frame.ids[unit] as string);
}

// Golden draw: changing it is a breaking release. Derived with Python's hashlib and sizes 4, 2 and 2 worked by hand.
test("seed 314159 draws these units in this order", () => {
  const frame = frameWith({ north: 12, south: 8, west: 3 });
  const sample = drawSample(frame, designSample(frame, planOf(8, { reserves: 0.25 })), "314159");
  expect(sample.drawn.map(({ unit }) => frame.ids[unit])).toEqual([
    "north-005",
    "north-008",
    "south-001",
    "south-006",
    "north-006",
    "west-003",
    "west-002",
    "north-012",
  ]);
  expect(sample.reserves.map(({ unit, stratum }) => [stratum.key, frame.ids[unit]])).toEqual([
    ["north", "north-004"],
    ["south", "south-008"],
    ["west", "west-001"],
  ]);
});

describe("inclusion", () => {
  const draws = 50_000;
  const frame = frameWith({ north: 30, south: 20, west: 9, one: 1 });
  const design = designSample(frame, planOf(18, { allocation: { method: "proportional", min: 1 } }));
  const hits = new Float64Array(frame.ids.length);
  const pairs = new Float64Array(30 * 30);
  for (let k = 0; k < draws; k++) {
    const drawn = drawSample(frame, design, `inclusion ${k}`).drawn;
    for (const { unit } of drawn) hits[unit] = (hits[unit] as number) + 1;
    const north = drawn.filter(({ unit }) => unit < 30);
    for (const a of north)
      for (const b of north) pairs[a.unit * 30 + b.unit] = (pairs[a.unit * 30 + b.unit] as number) + 1;
  }
  const z = (count: number, probability: number): number =>
    (count - draws * probability) / Math.sqrt(draws * probability * (1 - probability));

  test("every unit, first and last included, is drawn as often as its probability says", () => {
    for (const stratum of design.strata) {
      for (const unit of stratum.units) {
        if (stratum.inclusionProbability === 1) expect(hits[unit]).toBe(draws);
        else
          expect(
            Math.abs(z(hits[unit] as number, stratum.inclusionProbability)),
            frame.ids[unit],
          ).toBeLessThan(4.5);
      }
    }
  });

  test("the first and last tenth of the rows are drawn as often as the rest", () => {
    for (const stratum of design.strata.filter(({ key }) => key === "north" || key === "south")) {
      const tenth = stratum.units.length / 10;
      for (const end of [stratum.units.slice(0, tenth), stratum.units.slice(-tenth)]) {
        const count = end.reduce((sum, unit) => sum + (hits[unit] as number), 0);
        const N = stratum.units.length;
        const pi = stratum.inclusionProbability;
        // Hypergeometric variance of the number drawn from `tenth` of the stratum's N units.
        const variance = tenth * pi * (1 - pi) * ((N - tenth) / (N - 1));
        expect(Math.abs((count - draws * tenth * pi) / Math.sqrt(draws * variance))).toBeLessThan(4.5);
      }
    }
  });

  test("every pair of a stratum is drawn together with probability n(n−1)/N(N−1)", () => {
    const n = design.strata.find(({ key }) => key === "north")?.sampleSize as number;
    const joint = (n * (n - 1)) / (30 * 29);
    for (let a = 0; a < 30; a++) {
      for (let b = a + 1; b < 30; b++) {
        expect(Math.abs(z(pairs[a * 30 + b] as number, joint)), `${a}, ${b}`).toBeLessThan(4.5);
      }
    }
  });
});

describe("what a draw depends on", () => {
  const sizes = { north: 40, south: 25, west: 10 };
  const frame = frameWith(sizes);

  test("not on the order of rows", () => {
    const shuffled = frameWith(Object.fromEntries(Object.entries(sizes).toReversed()));
    const plan = planOf(20, { reserves: 2 });
    expect(drawnIds(shuffled, designSample(shuffled, plan), "s")).toEqual(
      drawnIds(frame, designSample(frame, plan), "s"),
    );
  });

  test("a larger draw extends a smaller one within each stratum", () => {
    for (const seed of ["a", "b", "c"]) {
      const small = new Set(drawnIds(frame, designSample(frame, planOf(15)), seed));
      const large = new Set(drawnIds(frame, designSample(frame, planOf(30)), seed));
      expect([...small].every((id) => large.has(id))).toBe(true);
    }
  });

  test("reserves are the next tickets: a sample larger by the reserves is the sample and its reserves", () => {
    const sizesOf = (extra: number) => ({ north: 8 + extra, south: 5 + extra, west: 2 + extra });
    const fixed = (extra: number): SamplePlan =>
      planOf(15 + 3 * extra, {
        allocation: { method: "fixed", sizes: sizesOf(extra) },
        reserves: extra === 0 ? 3 : 0,
      });
    const first = drawSample(frame, designSample(frame, fixed(0)), "s");
    const larger = drawnIds(frame, designSample(frame, fixed(3)), "s");
    const both = [...first.drawn, ...first.reserves].map(({ unit }) => frame.ids[unit] as string);
    expect(both.toSorted()).toEqual(larger.toSorted());
  });

  test("the seed's text, exactly", () => {
    const design = designSample(frame, planOf(20));
    expect(drawnIds(frame, design, "7")).not.toEqual(drawnIds(frame, design, "007"));
  });
});

describe("design", () => {
  test("weights of a stratum sum to its population", () => {
    const frame = frameWith({ north: 41, south: 23, west: 3 });
    const sample = drawSample(frame, designSample(frame, planOf(17)), "w");
    for (const stratum of sample.design.strata) {
      const own = sample.drawn.filter((unit) => unit.stratum === stratum);
      const weights = own.reduce((sum) => sum + 1 / stratum.inclusionProbability, 0);
      expect(Math.abs(weights / stratum.units.length - 1)).toBeLessThan(1e-9);
    }
  });

  test("reserves: a share as the decimal is written, a number a stratum, and fewer where too few are left", () => {
    const frame = frameWith({ north: 200, south: 6 });
    const sizes = { north: 100, south: 4 };
    const plan = (reserves: number) => planOf(104, { allocation: { method: "fixed", sizes }, reserves });
    const reserved = (reserves: number) =>
      designSample(frame, plan(reserves)).strata.map((stratum) => stratum.reserves);
    expect(reserved(0.07)).toEqual([7, 1]);
    expect(reserved(0.25)).toEqual([25, 1]);
    expect(reserved(3)).toEqual([3, 2]);
    const notes = designSample(frame, plan(3)).notes;
    expect(notes.map(({ code, details }) => [code, details.strata])).toEqual([
      ["reserves-short", ["south (2 of 3)"]],
    ]);
  });

  test("no strata is one stratum", () => {
    const frame = frameWith({ north: 5, south: 5 });
    expect(
      designSample(frame, planOf(4, { strata: [] })).strata.map(({ key, sampleSize }) => [key, sampleSize]),
    ).toEqual([["all", 4]]);
  });

  test("a level with the separator in it is written so that keys stay apart", () => {
    const frame = frameWith({ "a / b": 3, c: 3 });
    expect(designSample(frame, planOf(4)).strata.map(({ key }) => key)).toEqual(["a\\/b", "c"]);
    expect(refusalOf(() => designSample(frameWith({ "a / b": 3, "a\\/b": 3 }), planOf(4))).code).toBe(
      "STRATUM_KEY_AMBIGUOUS",
    );
  });
});

test.each<[string, readonly unknown[], string]>([
  ["what readDesign gives, as it is", [{ frame: {}, design: {} }, "1"], "something else as the frame"],
  ["no design", [{ ids: [] }, "1"], "something else as the design"],
  ["no seed", [{ ids: [] }, { plan: {} }], "no seed"],
  ["a number as seed", [{ ids: [] }, { plan: {} }, 7], "a seed of type number"],
])("a program that checks no types, with %s, is told how it is called", (_, [frame, design, seed], said) => {
  const told = expect.objectContaining({ code: "CALL_INVALID", message: expect.stringContaining(said) });
  const call = drawSample as unknown as (...given: readonly unknown[]) => unknown;
  expect(() => call(frame, design, seed)).toThrow(told);
  const again = simulateDesign as unknown as (...given: readonly unknown[]) => unknown;
  expect(() => again(frame, design, { seed, draws: 2, progress: () => {} })).toThrow(told);
});
