import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerSize, type SizeAnswer, type SizeQuestion } from "../../src/workflow/size/answer.js";
import { designOfSize } from "../../src/workflow/size/design-of-size.js";
import type { Place } from "../../src/workflow/size/question.js";
import { rarestFound } from "../../src/workflow/size/rarest.js";
import { shownTable, sizeTable } from "../../src/workflow/size/tables.js";
import { sizeToFolder } from "../../src/workflow/size/to-folder.js";
import { refusalOf } from "../frames.js";
import { expectPrinted, expectSame } from "../statistics/close.js";
import { exportLines, plan, workplace } from "./scratch.js";

const usual = { proportion: 0.5, confidence: 0.95, power: 0.8, method: "wilson" } as const;

function asked(question: Partial<SizeQuestion>): SizeQuestion {
  return { assumptions: usual, goals: {}, designEffect: 1, by: [], ...question };
}

/** 90 eligible: 30 public (20 girls), 60 private (40 girls); 10 of each drawn. */
const equal = plan.replace(
  /^sample: .*$/m,
  "sample: { size: 20, strata: [law_type], allocation: { method: equal }, reserves: 0 }",
);

async function planned(question: Partial<SizeQuestion>, yaml: string = equal): Promise<SizeAnswer> {
  const folder = workplace(exportLines(), yaml);
  const { size } = question;
  const designed = await designOfSize("plan.yaml", {
    ...(size === undefined ? {} : { size }),
    cwd: folder,
    progress: () => {},
  });
  return answerSize(asked(question), designed);
}

function reachedOf({ reached }: SizeAnswer, level: string) {
  const found = reached?.find(({ group }) => group.level === level);
  if (found === undefined) throw new Error(`no figures of ${level}`);
  return found;
}

describe("how many are needed", () => {
  // R package PracTools, nWilson and nPropMoe.
  test("PracTools: 380.3044 by Wilson, 384.1459 by Wald", () => {
    const goals = { margin: 0.05 };
    expectPrinted(answerSize(asked({ goals })).needed?.[0]?.margin?.exact as number, "380.3044");
    const wald = answerSize(asked({ goals, assumptions: { ...usual, method: "wald" } }));
    expectPrinted(wald.needed?.[0]?.margin?.exact as number, "384.1459");
    expect(wald.sentences).toEqual([
      "For a margin of 5 percentage points either side of 50%, at 95% confidence, review 385 cases.",
    ]);
  });

  // Cochran (1977) eq. 4.2: 384.1459/(1 + 383.1459/19563) = 376.77; with a design effect of 2, 768.2918/(1 + 767.2918/19563) = 739.30.
  test("a finite population, and a design effect", () => {
    const question = {
      goals: { margin: 0.05 },
      assumptions: { ...usual, method: "wald" as const },
      populationSize: 19_563,
    };
    expect(answerSize(asked(question)).sentences[0]).toContain("review 377 of 19,563 cases.");
    const doubled = answerSize(asked({ ...question, designEffect: 2 }));
    expect(doubled.sentences[0]).toContain("with a design effect of 2, review 740 of 19,563 cases.");
  });

  // R, example of power.prop.test: n = 76.7 in each group for .5 and .75 with power .9.
  test("a difference takes R's size twice", () => {
    const answer = answerSize(asked({ goals: { difference: 0.25 }, assumptions: { ...usual, power: 0.9 } }));
    expectPrinted((answer.needed?.[0]?.difference?.exact as number) / 2, "76.7069");
    expect(answer.sentences[0]).toBe(
      "To tell 50% in one half of the sample from 75% in the other, with 90% power at 95% confidence, review 154 cases, half of them in each.",
    );
  });

  test("a difference goes towards a half, where it takes more", () => {
    const size = (proportion: number) =>
      answerSize(asked({ goals: { difference: 0.1 }, assumptions: { ...usual, proportion } })).needed?.[0]
        ?.difference?.sampleSize;
    expect(size(0.8)).toBe(size(0.2));
    // R, power.prop.test(p1 = .2, p2 = .3, power = .8): n = 293.15, and 199 for .2 and .1.
    expect(size(0.2)).toBe(2 * 294);
  });

  // 1 − C(990, n)/C(1000, n): R, phyper(0, 10, 990, 258) = .0499. 0.99²⁹⁸ = .05003, 0.99²⁹⁹ = .04953.
  test("a rare practice: 258 of 1,000, 299 of very many", () => {
    const goals = { rare: 0.01 };
    const finite = answerSize(asked({ goals, populationSize: 1000 }));
    expect(finite.sentences).toEqual([
      "To find at least one with a practice that 1% have (10 of 1,000), at 95% confidence, review 258 of 1,000 cases.",
    ]);
    expect(answerSize(asked({ goals })).needed?.[0]?.rare?.sampleSize).toBe(299);
  });

  test("all of a small population", () => {
    const goals = { margin: 0.05, difference: 0.1, rare: 0.1 };
    const { sentences } = answerSize(asked({ goals, populationSize: 3 }));
    expect(sentences.map((text) => text.includes("review all 3 cases"))).toEqual([true, true, true]);
    expect(
      answerSize(asked({ goals: { margin: 0.05 }, populationSize: 1 })).needed?.[0]?.margin?.sampleSize,
    ).toBe(1);
  });

  test.each([
    [{ margin: 5 }, "VALUE_OUT_OF_RANGE"],
    [{ difference: 0.6 }, "VALUE_OUT_OF_RANGE"],
    [{ difference: 0 }, "VALUE_OUT_OF_RANGE"],
    [{ rare: 1 }, "VALUE_OUT_OF_RANGE"],
  ])("refuses %j", (goals, code) => {
    expect(refusalOf(() => answerSize(asked({ goals }))).code).toBe(code);
  });

  test("refuses a confidence of 95", () => {
    const question = asked({ goals: { rare: 0.1 }, assumptions: { ...usual, confidence: 95 } });
    expect(refusalOf(() => answerSize(question)).code).toBe("CONFIDENCE_OUT_OF_RANGE");
  });
});

describe("the other way round", () => {
  // Wald: z·√(¼/n), which a hand can do.
  test("the margin of 385", () => {
    const answer = answerSize(asked({ size: 385, assumptions: { ...usual, method: "wald" } }));
    expectSame(answer.reached?.[0]?.margin as number, 1.959963984540054 * Math.sqrt(0.25 / 385));
    expect(answer.sentences[0]).toBe(
      "Reviewing 385 cases gives a share of 50% a margin of 5.0 percentage points, at 95% confidence.",
    );
  });

  test("what was asked for is reached by the size found, and not by one fewer", () => {
    const margins = fc.double({ min: 0.02, max: 0.3, noNaN: true });
    const differences = fc.double({ min: 0.05, max: 0.4, noNaN: true });
    const populations = fc.option(fc.integer({ min: 100, max: 100_000 }), { nil: undefined });
    fc.assert(
      fc.property(margins, differences, populations, (margin, difference, population) => {
        const populationSize = population === undefined ? {} : { populationSize: population };
        const wanted = answerSize(asked({ goals: { margin, difference, rare: 0.05 }, ...populationSize }));
        const needed = wanted.needed?.[0];
        const given = (size: number) => answerSize(asked({ size, ...populationSize })).reached?.[0];
        const forMargin = needed?.margin?.sampleSize as number;
        expect(given(forMargin)?.margin).toBeLessThanOrEqual(margin * (1 + 1e-9));
        expect(given(forMargin - 1)?.margin).toBeGreaterThan(margin * (1 - 1e-9));
        expect(given(needed?.difference?.sampleSize as number)?.difference).toBeLessThanOrEqual(
          difference + 1e-6,
        );
        const rarest = given(needed?.rare?.sampleSize as number)?.rarest;
        expect(rarest?.share).toBeLessThanOrEqual(
          population === undefined ? 0.05 + 1e-9 : Math.ceil(0.05 * population - 1e-6) / population,
        );
      }),
      { numRuns: 50 },
    );
  });

  // R, example of power.prop.test: two groups of 76.7 see .5 and .75 with power .9.
  test("two halves of 154 see what R's two groups of 77 see, those of 152 do not", () => {
    const seen = (size: number) =>
      answerSize(asked({ size, assumptions: { ...usual, power: 0.9 } })).reached?.[0]?.difference as number;
    expect(seen(154)).toBeLessThan(0.25);
    expect(seen(152)).toBeGreaterThan(0.25);
  });

  test("a census leaves nothing open", () => {
    const { reached, sentences } = answerSize(asked({ size: 50, populationSize: 50 }));
    expect(reached?.[0]).toMatchObject({ margin: 0, difference: 0, rarest: { cases: 1, share: 0.02 } });
    expect(sentences[0]).toBe("Reviewing all 50 cases leaves no margin of error.");
  });

  test("one case shows no difference", () => {
    expect(answerSize(asked({ size: 1 })).sentences[1]).toBe(
      "No difference between two halves of the sample is found with 80% power.",
    );
  });

  test("refuses more than there are", () => {
    expect(refusalOf(() => answerSize(asked({ size: 51, populationSize: 50 }))).code).toBe(
      "VALUE_OUT_OF_RANGE",
    );
  });
});

describe("the rarest practice found", () => {
  test("by hand: each of 95 in 100 is found; two strata are searched at their weakest", () => {
    expect(rarestFound([{ populationSize: 100, sampleSize: 95, held: 100 }], 0.95)).toEqual({
      cases: 1,
      share: 0.01,
    });
    const strata = [
      { populationSize: 10, sampleSize: 5, held: 10 },
      { populationSize: 10, sampleSize: 9, held: 10 },
    ];
    // All in the first: 5/10 · 4/9 · 3/8 = 1/12 may be missed, · 2/7 = 1/42 not.
    expect(rarestFound(strata, 0.95)?.cases).toBe(4);
    // Two at most in the first: 5/10 · 4/9 = 2/9, and one in the second: · 1/10 = 1/45.
    expect(rarestFound([{ populationSize: 10, sampleSize: 5, held: 2 }, strata[1] as Place], 0.95)).toEqual({
      cases: 3,
      share: 0.25,
    });
    expect(rarestFound([{ populationSize: 10, sampleSize: 1, held: 2 }], 0.95)).toBeUndefined();
  });

  test("no arrangement of as many is missed more often than the confidence allows, one of fewer is", () => {
    const stratum = fc
      .record({ populationSize: fc.integer({ min: 1, max: 7 }), drawn: fc.nat(6), kept: fc.nat(6) })
      .map(({ populationSize, drawn, kept }) => ({
        populationSize,
        sampleSize: Math.min(populationSize, drawn + 1),
        held: Math.min(populationSize, kept + 1),
      }));
    fc.assert(
      fc.property(stratum, stratum, stratum, (...places) => {
        const worst = (cases: number): number => {
          let most = 0;
          for (let a = 0; a <= Math.min(cases, places[0].held); a++) {
            for (let b = 0; b <= Math.min(cases - a, places[1].held); b++) {
              const c = cases - a - b;
              if (c > places[2].held) continue;
              most = Math.max(most, missed(places[0], a) * missed(places[1], b) * missed(places[2], c));
            }
          }
          return most;
        };
        const found = rarestFound(places, 0.9);
        const all = places.reduce((sum, { held }) => sum + held, 0);
        const enough = Array.from({ length: all }, (_, i) => i + 1).find(
          (cases) => worst(cases) <= 0.1 + 1e-12,
        );
        expect(found?.cases).toBe(enough);
      }),
    );
  });
});

/** C(N − g, n)/C(N, n) by binomial coefficients. */
function missed(
  { populationSize, sampleSize }: { populationSize: number; sampleSize: number },
  group: number,
) {
  return choose(populationSize - group, sampleSize) / choose(populationSize, sampleSize);
}

function choose(n: number, k: number): number {
  if (k > n) return 0;
  return k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k;
}

describe("a plan's groups", () => {
  // Cochran (1977) eq. 5.9 with S² = p(1 − p)N/(N − 1): Σ W²(N − n)/((N − 1)n) = (1/9)·20/290 + (4/9)·50/590 = .0453276.
  test("the whole has the variance of a stratified sample", async () => {
    const whole = reachedOf(await planned({}), "all");
    const variance = 20 / 290 / 9 + (4 * 50) / 590 / 9;
    expectSame(whole.group.effectiveSize, 1 / variance);
    // A simple random sample of 20 of 90 has 70/(89·20).
    expectSame(whole.group.designEffect, (variance * 89 * 20) / 70);
    // Half of Wilson's interval at n = 22.0616: z√(¼/n + z²/4n²)/(1 + z²/n) = z/√n/2/√(1 + z²/n).
    const shift = 1.959963984540054 * 1.959963984540054 * variance;
    expectSame(whole.margin as number, Math.sqrt(shift / (1 + shift)) / 2);
  });

  test("the effective size is p(1 − p) over the variance of all samples of a small population", async () => {
    // Two strata of 4, half of each with the attribute, 2 drawn of each: 6 × 6 samples.
    const strata = [
      [0, 0, 1, 1],
      [0, 1, 1, 0],
    ].map((units) => units.flatMap((one, at) => units.slice(at + 1).map((other) => (one + other) / 2)));
    const means = (strata[0] ?? []).flatMap((first) =>
      (strata[1] ?? []).map((second) => (first + second) / 2),
    );
    const variance = means.reduce((sum, mean) => sum + (mean - 0.5) * (mean - 0.5), 0) / means.length;
    const lines = ["public", "private"].flatMap((law) =>
      [1, 2, 3, 4].map((n) => `${law},${n},Secret,F,01/01/2015,${law},01/01/2026,,Team`),
    );
    const folder = workplace([exportLines()[0] as string, ...lines], equal.replace("size: 20", "size: 4"));
    const designed = await designOfSize("plan.yaml", { cwd: folder, progress: () => {} });
    const { group } = reachedOf(answerSize(asked({}), designed), "all");
    expect(group).toMatchObject({ populationSize: 8, sampleSize: 4 });
    expectSame(group.effectiveSize, 0.25 / variance);
  });

  test("a stratum is a simple random sample of its own", async () => {
    const stratum = reachedOf(await planned({}), "private");
    expect(stratum.group).toMatchObject({ populationSize: 60, sampleSize: 10, characteristic: "stratum" });
    expectSame(stratum.group.effectiveSize, (10 * 59) / 50);
    expectSame(stratum.group.designEffect, 1);
  });

  // Girls: 20 of 30 public, 40 of 60 private. Σ c(1/π − 1) = 20·(30/29)·2 + 40·(60/59)·5, expected 20/3 + 40/6.
  test("a level is a domain across the strata", async () => {
    const girls = reachedOf(await planned({ by: ["gender"] }), "female");
    expectSame(girls.group.effectiveSize, (60 * 60) / ((20 * 30 * 2) / 29 + (40 * 60 * 5) / 59));
    expectPrinted(girls.group.sampleSize, "13.333333");
    expect(girls.group.populationSize).toBe(60);
  });

  // Cases in the private stratum are missed with 50/60 · 49/59 · …: the 14th makes it .0541, the 15th .0423.
  test("the rarest practice is where the plan looks least", async () => {
    expect(reachedOf(await planned({}), "all").rarest).toEqual({ cases: 15, share: 15 / 90 });
  });

  test("--size takes the place of the plan's", async () => {
    const whole = reachedOf(await planned({ size: 40 }), "all");
    expect(whole.group.sampleSize).toBe(40);
  });

  test("with a goal, each stratum's needs and their sum", async () => {
    const { needed, sentences } = await planned({ goals: { rare: 0.05, margin: 0.1 } });
    expect(needed?.map(({ group }) => group.level)).toEqual(["all", "private", "public"]);
    // 96.0365… cases by Wald; by Wilson z²·(1/(4e²) − 1) = 3.841459·24 = 92.195, in 30: 92.195·30/121.195 = 22.8, in 60: 36.6.
    expect(needed?.map(({ margin }) => margin?.sampleSize).slice(1)).toEqual([37, 23]);
    expect(sentences.at(-1)).toBe(
      "For that margin in each of the 2 strata by itself, review 60 children in all.",
    );
  });

  test("families have unequal chances: what cannot be said is left out, and told", async () => {
    const family = equal.replace("size: 20,", "size: 20, one_per: case_id,");
    const answer = await planned({}, family);
    expect(reachedOf(answer, "all").rarest).toBeUndefined();
    expect(answer.notes.map(({ code }) => code)).toEqual(["size-approximate", "size-unequal-chances"]);
  });

  test("a stratum that the plan leaves out is left out, and told", async () => {
    const without = equal.replace(
      "{ method: equal }",
      "{ method: fixed, sizes: { private: 20, public: 0 } }",
    );
    const answer = await planned({}, without);
    expect(answer.notes.map(({ code }) => code)).toEqual(["size-left-out"]);
    expect(answer.notes[0]?.text).toBe("The plan leaves out “Public”: nothing here is about them.");
    expect(shownTable(answer).rows.map(([name]) => name)).toEqual(["All", "Private"]);
    const { populationSize, designEffect } = reachedOf(answer, "all").group;
    expect(populationSize).toBe(60);
    expectSame(designEffect, 1);
  });

  test("few expected cases of a level are told", async () => {
    const answer = await planned({ by: ["gender"] });
    expect(answer.notes.map(({ text }) => text)).toEqual([
      "Fewer than 10 cases are expected of Gender: Male: how many are drawn varies, and their margins are rough.",
    ]);
  });

  test("an unknown characteristic is refused", async () => {
    await expect(planned({ by: ["shoe_size"] })).rejects.toMatchObject({ code: "SIZE_FIELD_UNKNOWN" });
  });
});

describe("a folder of figures", () => {
  const write = (folder: string, answer: SizeAnswer, force = false) =>
    sizeToFolder(answer, { out: "size", force, cwd: folder, claim: () => {} });

  test("holds the page with its curve, the figures and a manifest that vouches for them; again the same", async () => {
    const folder = workplace();
    const answer = answerSize(asked({ goals: { margin: 0.05 }, populationSize: 19_563 }));
    const outputs = await write(folder, answer);
    const read = (name: string): string => readFileSync(join(folder, "size", name), "utf8");
    expect(readdirSync(join(folder, "size")).sort()).toEqual(["manifest.json", "size.csv", "size.html"]);
    const manifest = read("manifest.json");
    expect(JSON.parse(manifest)).toMatchObject({
      size: { margin: 0.05, confidence: 0.95, population: 19_563, method: "wilson" },
      outputs,
    });
    for (const { path, sha256 } of outputs)
      expect(createHash("sha256").update(read(path)).digest("hex"), path).toBe(sha256);
    // 380.3044/(1 + 379.3044/19563) = 373.07
    expect(read("size.csv").split("\n")[1]).toMatch(/^all,all,19563,margin,0.05,0.5,0.95,0.8,wilson,1,373.0/);
    expect(read("size.html")).toContain("review 374 of 19,563 cases.");
    expect(read("size.html")).toContain("<svg ");
    await write(folder, answer, true);
    expect(read("manifest.json")).toBe(manifest);
  });

  test("one child has no curve", async () => {
    const folder = workplace();
    await write(folder, answerSize(asked({ goals: { margin: 0.05 }, populationSize: 1 })));
    expect(readFileSync(join(folder, "size", "size.html"), "utf8")).not.toContain("<svg ");
  });

  test("figures of a sample, with blanks for what is not known", () => {
    const { header, rows } = sizeTable(answerSize(asked({ size: 1 })));
    const row = Object.fromEntries(header.map((name, at) => [name, rows[0]?.[at]]));
    expect(row).toMatchObject({ population: "", difference: "", rarest_count: "" });
  });
});
