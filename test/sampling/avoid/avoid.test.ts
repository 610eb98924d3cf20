import { describe, expect, test } from "vitest";
import { type Design, designSample } from "../../../src/sampling/design.js";
import { drawSample } from "../../../src/sampling/draw.js";
import { refusalOf } from "../../frames.js";
import { distance } from "../after/simulate.js";
import { designOf, frameOfRows, zScore } from "../inclusion.js";

const rows = Array.from({ length: 48 }, (_, i) => {
  const team = i < 30 ? "north" : "south";
  return `c${String(i).padStart(2, "0")}|${team}|${i % 2 ? "f" : "m"}`;
});
const frame = frameOfRows("id|team|gender", rows);
const figureOf = (unit: number): number => 2 + (unit % 5) + (unit < 30 ? 0 : 3);
const truth = [...frame.eligible].reduce((sum, unit) => sum + figureOf(unit), 0);

describe("an earlier sample", () => {
  /** π₁ and who was taken, of an earlier design on the first 40 units. */
  function earlierOf(earlier: Design, seed: string, part: typeof frame) {
    const sample = drawSample(part, earlier, seed);
    return {
      probabilities: new Map(part.ids.map((id, unit) => [id, earlier.probabilities[unit] as number])),
      taken: new Set(sample.drawn.map(({ unit }) => part.ids[unit] as string)),
    };
  }

  // The frame has grown by 8 since: π₁ = 0 for these.
  const part = frameOfRows("id|team|gender", rows.slice(0, 40));
  test.each([
    ["the same strata, half and a third", ["team"], 20, 16],
    ["other strata", ["gender"], 12, 15],
    ["so large that some must be taken twice", ["team"], 32, 30],
  ] as const)(
    "%s: every unit has the design's probability over both draws, and totals are unbiased",
    (_, strata, first, size) => {
      const draws = 6000;
      const earlierDesign = designOf(part, { size: first, strata });
      const hits = new Float64Array(frame.ids.length);
      const totals: number[] = [];
      const probabilities = designOf(frame, { size }).probabilities;
      let twice = 0;
      for (let k = 0; k < draws; k++) {
        const earlier = earlierOf(earlierDesign, `spring ${k}`, part);
        const plan = {
          size,
          method: "random",
          strata: ["team"],
          allocation: { method: "proportional" },
          reserves: 1,
          avoid: { sample: "spring" },
        } as const;
        const design = designSample(frame, plan, { earlier });
        const sample = drawSample(frame, design, `autumn ${k}`);
        for (const stratum of design.strata) {
          const sum = stratum.units.reduce(
            (total, unit) => total + (design.conditional?.[unit] as number),
            0,
          );
          const drawn = sample.drawn.filter((found) => found.stratum === stratum).length;
          if (Math.abs(drawn - sum) >= 1 + 1e-9) throw new Error(`${stratum.key} gave ${drawn} of ${sum}`);
        }
        for (const { unit } of sample.drawn) {
          hits[unit] = (hits[unit] as number) + 1;
          if (earlier.taken.has(frame.ids[unit] as string)) twice++;
        }
        totals.push(sample.drawn.reduce((sum, { unit, weight }) => sum + weight * figureOf(unit), 0));
      }
      for (const unit of frame.eligible) {
        expect(
          Math.abs(zScore(hits[unit] as number, draws, probabilities[unit] as number)),
          frame.ids[unit],
        ).toBeLessThan(4.5);
      }
      expect(distance(totals, truth)).toBeLessThan(4.5);
      // 0.8 + 0.625 − 1 of 40; none where the two shares leave room.
      expect(twice > 0).toBe(first === 32);
    },
  );

  test("the algorithm has its own name, and the notes say what is known of the earlier sample", () => {
    const earlier = earlierOf(designOf(part, { size: 12, strata: ["gender"] }), "spring", part);
    const design = designSample(
      frame,
      { ...designOf(frame, { size: 15 }).plan, avoid: { sample: "spring" } },
      { earlier },
    );
    expect(design.algorithm).toEqual({ name: "stratified-coordinated", version: 1 });
    expect(design.notes.map(({ code, count }) => [code, count])).toContainEqual(["avoid-sample", 12]);
    expect(design.notes.map(({ code }) => code)).toContain("avoid-sizes-vary");
  });
});

describe("a list of units reviewed before", () => {
  const reviewed = new Set(["c00", "c03", "c07", "c09", "c11", "c31", "c35", "c40", "gone"]);
  const plan = { ...designOf(frame, { size: 16 }).plan, avoid: { ids: "list.csv", share: 0.5 } };
  const design = designSample(frame, plan, { reviewed });

  // By hand: north 10 of 30, 5 reviewed: 10·(5·0.5)/(25 + 2.5) = 0.91 → 1 and 9; south 6 of 18, 3 reviewed: 6·1.5/16.5 = 0.55 → 1 and 5.
  test("each stratum is split, in whole numbers, and its keys say so", () => {
    expect(
      design.strata.map(({ key, populationSize, sampleSize }) => [key, populationSize, sampleSize]),
    ).toEqual([
      ["north / not reviewed before", 25, 9],
      ["north / reviewed before", 5, 1],
      ["south / not reviewed before", 15, 5],
      ["south / reviewed before", 3, 1],
    ]);
    expect(design.notes.map(({ code, count }) => [code, count])).toContainEqual(["avoid-ids-unmatched", 1]);
    // By hand: (1/5)/(9/25) = 5/9 and (1/3)/(5/15) = 1, where the plan asks for a lower share.
    const told = design.notes.find(({ code }) => code === "avoid-share-not-met");
    expect(told?.text).toMatch(
      /^In 2 strata units reviewed before have 0\.56 to 1\.00 times the others' probability/,
    );
  });

  test("every unit's inclusion is its stratum's, and totals are unbiased", () => {
    const draws = 20_000;
    const hits = new Float64Array(frame.ids.length);
    const totals: number[] = [];
    for (let k = 0; k < draws; k++) {
      const { drawn } = drawSample(frame, design, `list ${k}`);
      for (const { unit } of drawn) hits[unit] = (hits[unit] as number) + 1;
      totals.push(drawn.reduce((sum, { unit, weight }) => sum + weight * figureOf(unit), 0));
    }
    for (const unit of frame.eligible) {
      expect(
        Math.abs(zScore(hits[unit] as number, draws, design.probabilities[unit] as number)),
        frame.ids[unit],
      ).toBeLessThan(4.5);
    }
    expect(distance(totals, truth)).toBeLessThan(4.5);
  });

  test("a stratum that gives one case cannot give both a chance", () => {
    const one = { ...plan, size: 3, allocation: { method: "fixed", sizes: { north: 2, south: 1 } } } as const;
    expect(refusalOf(() => designSample(frame, one, { reviewed })).code).toBe("AVOID_STRATUM_TOO_SMALL");
  });
});
