import { describe, expect, test } from "vitest";
import type { Frame } from "../../../src/frame/frame.js";
import type { SamplePlan } from "../../../src/plan/types.js";
import { ticket, ticketKey } from "../../../src/random/tickets.js";
import { nextRound } from "../../../src/sampling/after/add-capped.js";
import { followSample } from "../../../src/sampling/after/follow.js";
import type { Step } from "../../../src/sampling/after/outcome.js";
import { pickWithinCaps } from "../../../src/sampling/capped.js";
import { capGroups } from "../../../src/sampling/caps/cap-groups.js";
import type { EstimatedProbabilities } from "../../../src/sampling/caps/replay.js";
import { drawSample, type Sample } from "../../../src/sampling/draw.js";
import { refusalOf } from "../../frames.js";
import { designOf, frameOfRows, zScore } from "../inclusion.js";
import { distance, meanOf } from "./simulate.js";

// 30 and 20 children in 25 families of one to three; one practitioner has a third of them.
const sizes = [1, 2, 3, 2, 2];
const families = Array.from({ length: 25 }, (_, f) => f).flatMap((f) =>
  Array.from({ length: sizes[f % 5] as number }, () => f),
);
const rows = families.map((f, i) => {
  const team = f < 15 ? "north" : "south";
  return `c${String(i).padStart(2, "0")}|${team}|p${i % 3 === 0 ? 0 : i % 9}|case-${f}|${10 - (i % 10)}|${i % 3 ? "f" : "m"}`;
});
const frame = frameOfRows("id|team|practitioner|case|age|gender", rows);
const figureOf = (unit: number): number => 1 + (unit % 7) + (unit < 30 ? 0 : 4);
const truth = [...frame.eligible].reduce((sum, unit) => sum + figureOf(unit), 0);

const extend = (size: number): Step => ({ kind: "extend", size, afterFindings: false });

function larger(
  frame: Frame,
  plan: Partial<SamplePlan> & { readonly size: number },
  steps: readonly Step[],
  seed: string,
): Sample {
  return followSample(frame, drawSample(frame, designOf(frame, plan), seed), steps, { seed, inputs: {} });
}

const plans: Record<string, Partial<SamplePlan>> = {
  random: { reserves: 2 },
  systematic: { method: "systematic", balance: ["gender"], reserves: 2 },
  balanced: { method: "balanced", balance: ["gender"], reserves: 2 },
  "balanced with a target": {
    method: "balanced",
    balance: ["gender"],
    targets: [{ where: { gender: ["male"] }, at_least: 4 }],
  },
  "one a family": { one_per: "case_id", reserves: 1 },
};

describe("a top-up", () => {
  test.each(Object.keys(plans))(
    "%s: every unit's inclusion is that of the larger design, and totals are unbiased",
    (name) => {
      const draws = 6000;
      const plan = { size: 10, ...plans[name] };
      const design = designOf(frame, plan);
      const hits = new Float64Array(frame.ids.length);
      const totals: number[] = [];
      let probabilities = new Float64Array();
      for (let k = 0; k < draws; k++) {
        const seed = `top-up ${k}`;
        const base = drawSample(frame, design, seed);
        const sample = followSample(frame, base, [extend(16)], { seed, inputs: {} });
        probabilities = sample.probabilities as Float64Array<ArrayBuffer>;
        // What was drawn stays where it was.
        if (k < 50) {
          expect(sample.drawn.slice(0, 10).map(({ unit }) => unit)).toEqual(
            base.drawn.map(({ unit }) => unit),
          );
          expect(new Set(sample.drawn.map(({ unit }) => unit)).size).toBe(sample.drawn.length);
          if (name !== "balanced with a target") expect(sample.drawn.length).toBe(16);
        }
        for (const { unit } of sample.drawn) hits[unit] = (hits[unit] as number) + 1;
        totals.push(
          sample.drawn.reduce(
            (sum, { unit }, at) => sum + (sample.after?.members[at]?.finalWeight as number) * figureOf(unit),
            0,
          ),
        );
      }
      for (const unit of frame.eligible) {
        expect(
          Math.abs(zScore(hits[unit] as number, draws, probabilities[unit] as number)),
          frame.ids[unit],
        ).toBeLessThan(4.5);
      }
      expect(distance(totals, truth)).toBeLessThan(4.5);
      const whole = designOf(frame, { ...plan, size: 16 });
      for (const unit of frame.eligible)
        expect(probabilities[unit]).toBeCloseTo(whole.probabilities[unit] as number, 12);
    },
  );

  test("of a random sample is the larger draw itself, reserves too", () => {
    const plan = { size: 10, reserves: 2 };
    const whole = drawSample(frame, designOf(frame, { ...plan, size: 16 }), "w");
    const sample = larger(frame, plan, [extend(16)], "w");
    const units = (list: readonly { unit: number }[]) =>
      list.map(({ unit }) => unit).toSorted((a, b) => a - b);
    expect(units(sample.drawn)).toEqual(units(whole.drawn));
    expect(sample.reserves.map(({ unit }) => unit)).toEqual(whole.reserves.map(({ unit }) => unit));
    expect(sample.after?.members.map(({ version }) => version)).toEqual([
      ...Array(10).fill(1),
      ...Array(6).fill(2),
    ]);
  });

  // Two rounds of 8 and 4: their replay against the two rounds themselves, two-sample standard errors.
  test("under caps: the caps hold, the replayed probabilities are those of both rounds, and totals are unbiased", () => {
    const plan = { size: 8, caps: { practitioner: 2 } };
    const first = designOf(frame, plan);
    const whole = designOf(frame, { ...plan, size: 12 });
    const caps = capGroups(frame, plan.caps, whole.strata, []);
    const { probabilities, standardErrors } = larger(frame, plan, [extend(12)], "capped")
      .estimated as EstimatedProbabilities;
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(12, 9);
    const [draws, totals] = [8000, [] as number[]];
    const hits = new Float64Array(frame.ids.length);
    for (let k = 0; k < draws; k++) {
      const seed = `capped ${k}`;
      const { drawn } = pickWithinCaps(frame, first.strata, caps, ticketKey(seed));
      const taken = new Set(drawn.map(({ unit }) => unit));
      const { added } = nextRound(frame, { strata: whole.strata, caps }, { taken, seed, version: 2 });
      const both = [...drawn, ...added].map(({ unit }) => unit);
      if (new Set(both).size < 12) continue; // a replay that falls short does not count either
      for (const unit of both) hits[unit] = (hits[unit] as number) + 1;
      totals.push(both.reduce((sum, unit) => sum + figureOf(unit) / (probabilities[unit] as number), 0));
      const names = both.map((unit) => (rows[unit] as string).split("|")[2] as string);
      for (const name of names) expect(names.filter((each) => each === name).length).toBeLessThanOrEqual(2);
    }
    let bent = 0;
    for (const unit of frame.eligible) {
      const share = (hits[unit] as number) / totals.length;
      const error = Math.sqrt((share * (1 - share)) / totals.length + (standardErrors[unit] as number) ** 2);
      expect(Math.abs(share - (probabilities[unit] as number)) / error, frame.ids[unit]).toBeLessThan(4.5);
      if (Math.abs((probabilities[unit] as number) / (whole.probabilities[unit] as number) - 1) > 0.1) bent++;
    }
    expect(bent).toBeGreaterThan(5);
    // Both simulations err: the replays' part is allowed for by counting them in.
    const { mean, error } = meanOf(totals);
    expect(Math.abs(mean - truth) / (error * Math.sqrt(1 + totals.length / 10_000))).toBeLessThan(4.5);
  });

  test("under caps what was drawn stays, and what follows has its own tickets and its reserves", () => {
    const plan = { size: 8, caps: { practitioner: 2 }, reserves: 1 };
    const base = drawSample(frame, designOf(frame, plan), "stays");
    const sample = larger(frame, plan, [extend(12)], "stays");
    expect(sample.drawn.slice(0, 8).map(({ unit }) => unit)).toEqual(base.drawn.map(({ unit }) => unit));
    for (const { unit, ticket: own } of sample.drawn) {
      expect(own).toBe(ticket(ticketKey("stays"), frame.ids[unit] as string));
    }
    const tickets = sample.drawn.slice(8).map((found) => found.ticket);
    expect(tickets.toSorted()).toEqual(tickets);
    expect(sample.drawn.map(({ unit, weight }) => weight * (sample.probabilities[unit] as number))).toEqual(
      Array(12).fill(expect.closeTo(1, 12)),
    );
  });
});

describe("after releases", () => {
  const id = (found: { readonly unit: number } | undefined) => frame.ids[found?.unit as number] as string;

  test("released reserves count as drawn, and nothing is taken back", () => {
    const plan = { size: 10, reserves: 3 };
    const base = drawSample(frame, designOf(frame, plan), "r");
    const south = base.drawn.filter(({ stratum }) => stratum.key === "south");
    const losses = south.slice(0, 3).map((found) => ({ unitId: id(found), reason: "out-of-scope" as const }));
    // Proportional sizes of 12 are 7 and 5; the south has 4 + 3 already, so the north gives the rest, less than its share.
    const sample = larger(frame, plan, [{ kind: "replace", losses }, extend(14)], "r");
    expect(sample.design.strata.map(({ sampleSize }) => sampleSize)).toEqual([7, 7]);
    expect(sample.after?.strata.map(({ released, added }) => [released, added])).toEqual([
      [0, 1],
      [3, 0],
    ]);
    expect(sample.notes.map(({ code }) => code)).toContain("top-up-held");
    expect(sample.drawn.slice(10, 13).map(({ stratum }) => stratum.key)).toEqual(["south", "south", "south"]);
  });

  test("what is said of a top-up holds of it, not of what is released afterwards", () => {
    const plan = { size: 10, reserves: 3 };
    const base = drawSample(frame, designOf(frame, plan), "r");
    const lose = (stratum: string): Step => ({
      kind: "replace",
      losses: base.drawn
        .filter((found) => found.stratum.key === stratum)
        .slice(0, 1)
        .map((found) => ({ unitId: id(found), reason: "inaccessible" })),
    });
    // 11 are 6.6 and 4.4: the north gives its seventh, and the south nothing. Only then is a reserve of the south released.
    const sample = larger(frame, plan, [extend(11), lose("south")], "r");
    expect(sample.drawn).toHaveLength(12);
    const said = sample.notes.map(({ code }) => code);
    expect(said).toContain("topped-up");
    expect(said).not.toContain("top-up-sizes-vary");
    expect(said).not.toContain("top-up-held");
  });

  test("under caps a top-up says which strata have fewer reserves than asked for", () => {
    // Seven practitioners with two cases each make fourteen: with thirteen in the sample one at the most is left for reserves.
    const plan = { size: 8, caps: { practitioner: 2 }, reserves: 2 };
    const sample = larger(frame, plan, [extend(13)], "caps");
    expect(sample.reserves.length).toBeLessThan(2);
    expect(sample.notes.filter(({ code }) => code === "reserves-short").map(({ text }) => text)).toEqual([
      expect.stringContaining("because the caps are full"),
    ]);
  });

  test.each(["systematic", "balanced"] as const)(
    "%s: where substitutes hold what is left of a stratum, its missing reserves are said",
    (method) => {
      const plan = { size: 46, method, balance: ["gender"], reserves: 2 };
      const base = drawSample(frame, designOf(frame, plan), "s");
      const losses = base.drawn
        .filter(({ stratum }) => stratum.key === "south")
        .slice(0, 2)
        .map((found) => ({ unitId: id(found), reason: "inaccessible" as const }));
      const sample = larger(frame, plan, [{ kind: "replace", losses }, extend(47)], "s");
      const spare = sample.reserves.filter(({ stratum }) => stratum.key === "south").length;
      const told = sample.notes.filter(({ code }) => code === "reserves-short").map(({ text }) => text);
      expect(spare).toBe(0);
      expect(told.join(" ")).toMatch(/south \(0 of/);
    },
  );

  test("of a systematic sample a substitute may be drawn in its own right, and then stands for both", () => {
    const plan = { size: 10, method: "systematic", balance: ["gender"], reserves: 20 } as const;
    let both = 0;
    for (let k = 0; k < 40; k++) {
      const seed = `both ${k}`;
      const base = drawSample(frame, designOf(frame, plan), seed);
      const losses = base.drawn.map((found) => ({ unitId: id(found), reason: "inaccessible" as const }));
      const sample = larger(frame, plan, [{ kind: "replace", losses }, extend(20)], seed);
      const sum = sample.after?.members.reduce((total, { finalWeight }) => total + finalWeight, 0);
      expect(sum).toBeCloseTo(50, 9);
      const weights = sample.after?.members.slice(10, 20).map(({ finalWeight }) => finalWeight) ?? [];
      both += weights.filter((weight) => weight > 3).length;
      // Twenty were drawn, whatever else they are.
      expect(sample.notes.map(({ code }) => code)).not.toContain("top-up-sizes-vary");
    }
    expect(both).toBeGreaterThan(0);
  });

  test("a top-up that rests on findings says so", () => {
    const sample = larger(frame, { size: 10 }, [{ kind: "extend", size: 12, afterFindings: true }], "f");
    expect(sample.notes.map(({ code }) => code)).toContain("after-findings");
  });
});

describe("refused", () => {
  test.each([
    ["no larger than what was drawn", { size: 10 }, 10, "EXTENSION_TOO_SMALL"],
    ["more than the frame holds", { size: 10 }, 51, "SAMPLE_EXCEEDS_FRAME"],
    [
      "fixed sizes",
      { size: 10, allocation: { method: "fixed", sizes: { north: 5, south: 5 } } },
      12,
      "EXTENSION_NOT_POSSIBLE",
    ],
  ] as [string, Partial<SamplePlan> & { size: number }, number, string][])("%s", (_, plan, size, code) => {
    expect(refusalOf(() => larger(frame, plan, [extend(size)], "x")).code).toBe(code);
  });

  // 6 + 4 become 7 + 4, by hand from 30 and 20: the north's seventh lets its boys meet more of the target, and the south's less.
  test("a larger design that would give a group less than it had", () => {
    const targets = [{ where: { gender: ["male"] }, at_least: 6 }];
    const plan = { size: 10, method: "balanced", balance: ["gender"], targets } as const;
    expect(refusalOf(() => larger(frame, plan, [extend(11)], "x")).code).toBe("EXTENSION_LOWERS_PROBABILITY");
  });

  test("a capped sample with substitutes", () => {
    const plan = { size: 8, caps: { practitioner: 2 }, reserves: 1 };
    const [first] = drawSample(frame, designOf(frame, plan), "x").drawn;
    const losses = [{ unitId: frame.ids[first?.unit as number] as string, reason: "conflict" as const }];
    const steps: Step[] = [{ kind: "replace", losses }, extend(12)];
    expect(refusalOf(() => larger(frame, plan, steps, "x")).code).toBe("EXTENSION_NOT_POSSIBLE");
  });
});
