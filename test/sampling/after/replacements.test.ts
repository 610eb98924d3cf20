import { describe, expect, test } from "vitest";
import type { SamplePlan } from "../../../src/plan/types.js";
import { checkedLosses } from "../../../src/sampling/after/check-losses.js";
import { followSample } from "../../../src/sampling/after/follow.js";
import type { LossReason } from "../../../src/sampling/after/outcome.js";
import { drawSample } from "../../../src/sampling/draw.js";
import { refusalOf } from "../../frames.js";
import { designOf, frameOfRows } from "../inclusion.js";
import { chance, distance, replaceAll, weightedTotal } from "./simulate.js";

// Two teams of 30 and 20; every fifth child of the north is out of scope, and every fourth of the south.
const rows = [
  ...Array.from({ length: 30 }, (_, i) => `n${String(i).padStart(2, "0")}|north|${i % 3 ? "f" : "m"}`),
  ...Array.from({ length: 20 }, (_, i) => `s${String(i).padStart(2, "0")}|south|${i % 2 ? "f" : "m"}`),
];
const frame = frameOfRows("id|team|gender", rows);
const outOfScope = (unit: number): boolean => (unit < 30 ? unit % 5 === 0 : unit % 4 === 1);
/** A figure that differs between teams and within them. */
const figureOf = (unit: number): number => (unit < 30 ? 2 : 5) + (unit % 7);
const inScope = [...frame.eligible].filter((unit) => !outOfScope(unit));
const truth = inScope.reduce((sum, unit) => sum + figureOf(unit), 0);
const size = { size: 12, allocation: { method: "fixed", sizes: { north: 7, south: 5 } } } as const;
const design = (plan: Partial<SamplePlan> = {}) => designOf(frame, { ...size, ...plan });
const draws = 6000;

function simulate(plan: Partial<SamplePlan>, fate: (unit: number, draw: number) => LossReason | undefined) {
  const own = design(plan);
  return Array.from({ length: draws }, (_, k) =>
    replaceAll(frame, own, { seed: `after ${k}`, fate: (unit) => fate(unit, k) }),
  );
}

const scope = (unit: number): LossReason | undefined => (outOfScope(unit) ? "out-of-scope" : undefined);

describe("weights after losses, random within strata", () => {
  test.each([
    ["reserves enough to reach the number in scope", 20],
    ["reserves that run out at times", 1],
    ["no reserves", 0],
  ])("out of scope, %s: totals and the number in scope are unbiased", (_, reserves) => {
    const samples = simulate({ reserves }, scope);
    expect(
      distance(
        samples.map((each) => (each.after === undefined ? truthless(each) : weightedTotal(each, figureOf))),
        truth,
      ),
    ).toBeLessThan(4.5);
    expect(
      distance(
        samples.map((each) => (each.after === undefined ? size12(each) : weightedTotal(each, () => 1))),
        inScope.length,
      ),
    ).toBeLessThan(4.5);
    const stopped = samples.filter((each) => each.notes.some(({ code }) => code === "in-scope-stop")).length;
    expect(stopped > 0).toBe(reserves > 0);
  });

  // A draw without a loss keeps its design weights.
  const truthless = (sample: ReturnType<typeof drawSample>) =>
    sample.drawn.reduce((sum, { unit, weight }) => sum + weight * figureOf(unit), 0);
  const size12 = (sample: ReturnType<typeof drawSample>) =>
    sample.drawn.reduce((sum, { weight }) => sum + weight, 0);

  test("N_h/m_h for all would overstate what is in scope once release stops on reaching it", () => {
    const samples = simulate({ reserves: 20 }, scope).filter((each) => each.after !== undefined);
    const naive = samples.map((each) =>
      each.drawn.reduce((sum, { unit, weight }) => sum + (outOfScope(unit) ? 0 : weight), 0),
    );
    expect(distance(naive, inScope.length)).toBeGreaterThan(4.5);
  });

  // With N_h/m_h instead, the size in scope would be 20 standard errors too high here.
  test("out of scope after a top-up that met no loss: the size in scope and totals are unbiased", () => {
    const own = designOf(frame, { size: 12, reserves: 20 });
    const first = [{ kind: "extend", size: 20, afterFindings: false }] as const;
    const samples = Array.from({ length: 3000 }, (_, k) =>
      replaceAll(frame, own, { seed: `enlarged ${k}`, fate: scope }, first),
    );
    const sizes = samples.map((each) => weightedTotal(each, () => 1));
    expect(distance(sizes, inScope.length)).toBeLessThan(4.5);
    expect(
      distance(
        samples.map((each) => weightedTotal(each, figureOf)),
        truth,
      ),
    ).toBeLessThan(4.5);
  });

  test.each(["inaccessible", "conflict"] as const)(
    "%s at random: totals are unbiased, with out of scope beside it",
    (reason) => {
      const samples = simulate({ reserves: 4 }, (unit, k) => (chance(unit, k) < 0.25 ? reason : scope(unit)));
      const totals = samples.map((each) =>
        each.after === undefined ? truthless(each) : weightedTotal(each, figureOf),
      );
      expect(distance(totals, truth)).toBeLessThan(4.5);
      const { after } = samples.find((each) => each.after?.strata.some((stratum) => stratum[reason] > 1)) as {
        after: NonNullable<(typeof samples)[number]["after"]>;
      };
      for (const stratum of after.strata) {
        const silent = stratum.inaccessible + stratum.conflict;
        expect(stratum.responseRate).toBe((stratum.members - silent) / stratum.members);
      }
      expect(after.strata.reduce((sum, stratum) => sum + stratum.released, 0)).toBe(
        after.releases.filter(({ released }) => released !== undefined).length,
      );
    },
  );
});

// By hand: N = 20, n = 5; two are lost out of scope, the first reserve is inaccessible, the next two are in scope: m = 8, of whom 7
// respond; the size in scope is 20·4/6, shared by 5: 20·4/(6·5) = 8/3; each of 2 out of scope stands for 20/6; in all 20.
test("weights worked by hand", () => {
  const own = design({ reserves: 6 });
  const base = drawSample(frame, own, "hand");
  const south = base.drawn.filter(({ stratum }) => stratum.key === "south");
  const spare = base.reserves.filter(({ stratum }) => stratum.key === "south");
  const id = ({ unit }: { unit: number }) => frame.ids[unit] as string;
  const sample = followSample(
    frame,
    base,
    [
      {
        kind: "replace",
        losses: [south[1], south[3]].map((found) => ({
          unitId: id(found as never),
          reason: "out-of-scope" as const,
        })),
      },
      { kind: "replace", losses: [{ unitId: id(spare[0] as never), reason: "inaccessible" }] },
    ],
    { seed: "hand", inputs: {} },
  );
  expect(sample.drawn.slice(12).map(id)).toEqual(spare.slice(0, 3).map(id));
  expect(sample.after?.members.slice(12).map(({ version, status }) => [version, status])).toEqual([
    [2, "inaccessible"],
    [2, "released"],
    [3, "released"],
  ]);
  const weights = sample.drawn.flatMap(({ stratum }, at) =>
    stratum.key === "south" ? [sample.after?.members[at]?.finalWeight as number] : [],
  );
  expect(weights.toSorted((a, b) => a - b)).toEqual([0, 8 / 3, 8 / 3, 8 / 3, 8 / 3, 8 / 3, 20 / 6, 20 / 6]);
  const stratum = sample.design.strata[1];
  expect([stratum?.sampleSize, stratum?.reserves, stratum?.inclusionProbability]).toEqual([8, 3, 8 / 20]);
  expect(sample.after?.strata[1]).toMatchObject({
    members: 8,
    released: 3,
    outOfScope: 2,
    inaccessible: 1,
    conflict: 0,
    responseRate: 7 / 8,
  });
  expect(sample.after?.strata[1]?.inScope).toBeCloseTo(40 / 3, 12);
  // The north was not touched: 30/7 each.
  expect(
    sample.after?.members
      .filter((_, at) => sample.drawn[at]?.stratum.key === "north")
      .map(({ finalWeight }) => finalWeight),
  ).toEqual(Array(7).fill(30 / 7));
});

describe("substitutes", () => {
  const plans = {
    systematic: { method: "systematic", balance: ["gender"], reserves: 8 },
    balanced: { method: "balanced", balance: ["gender"], reserves: 8 },
  } as const;
  test.each(Object.entries(plans))(
    "%s: a substitute has the place and the weight of an inaccessible case; out of scope releases nothing",
    (_, plan) => {
      const own = design(plan);
      const base = drawSample(frame, own, "s");
      const [first, second] = base.drawn;
      const id = (found: unknown) => frame.ids[(found as { unit: number }).unit] as string;
      const sample = followSample(
        frame,
        base,
        [
          {
            kind: "replace",
            losses: [
              { unitId: id(first), reason: "conflict" },
              { unitId: id(second), reason: "out-of-scope" },
            ],
          },
        ],
        { seed: "s", inputs: {} },
      );
      expect(sample.drawn.length).toBe(13);
      const substitute = base.reserves.find(({ stratum }) => stratum.key === first?.stratum.key);
      expect(sample.drawn[12]).toMatchObject({ unit: substitute?.unit, weight: 0 });
      expect(sample.after?.members[12]).toMatchObject({ status: "substitute", finalWeight: first?.weight });
      expect(sample.after?.members[0]).toMatchObject({ status: "conflict", finalWeight: 0 });
      expect(sample.after?.members[1]).toMatchObject({ status: "out-of-scope", finalWeight: second?.weight });
      expect(sample.notes.map(({ code }) => code)).toContain("substitutes-impute");
      expect(sample.notes.find(({ code }) => code === "losses-replaced")?.text).toBe(
        "2 sampled cases cannot be reviewed: 1 out of scope, 1 that nobody could take without a conflict; 1 reserve was released, strictly in order.",
      );
      expect(sample.design.strata.map(({ sampleSize }) => sampleSize)).toEqual([7, 5]);
    },
  );

  test.each([
    ["systematic", 8],
    ["balanced", 8],
    ["systematic", 1],
  ] as const)(
    "%s, inaccessible at random, out of scope known, %i reserves: totals are unbiased",
    (method, reserves) => {
      const samples = simulate({ ...plans[method], reserves }, (unit, k) =>
        chance(unit, k) < 0.2 ? "inaccessible" : scope(unit),
      );
      const totals = samples.flatMap((each) =>
        each.after === undefined
          ? [each.drawn.reduce((sum, { unit, weight }) => sum + weight * figureOf(unit), 0)]
          : [weightedTotal(each, figureOf)],
      );
      expect(distance(totals, truth)).toBeLessThan(4.5);
    },
  );

  test("where no reserve is left the others of the stratum share the weight", () => {
    const base = drawSample(frame, design({ ...plans.systematic, reserves: 0 }), "s");
    const at = base.drawn.findIndex(({ stratum }) => stratum.key === "south");
    const lost = frame.ids[base.drawn[at]?.unit as number] as string;
    const sample = followSample(
      frame,
      base,
      [{ kind: "replace", losses: [{ unitId: lost, reason: "inaccessible" }] }],
      { seed: "s", inputs: {} },
    );
    const south = sample.drawn.flatMap(({ stratum }, i) =>
      stratum.key === "south" ? [sample.after?.members[i]?.finalWeight] : [],
    );
    // N/n = 4 each of five; the four that are left stand for 20.
    expect(south.toSorted()).toEqual([0, 5, 5, 5, 5]);
  });
});

describe("what a log may not say", () => {
  const base = drawSample(frame, design({ reserves: 3 }), "log");
  const [drawn, other] = base.drawn.map(({ unit }) => frame.ids[unit] as string);
  const reserve = frame.ids[base.reserves[0]?.unit as number] as string;
  const idle = frame.ids.find(
    (id) => ![...base.drawn, ...base.reserves].some(({ unit }) => frame.ids[unit] === id),
  ) as string;
  const log = (...rows: [string, string][]) =>
    rows.map(([unitId, reason], at) => ({
      unitId,
      reason,
      place: `(log.csv, row ${at + 2}`,
      details: { file: "log.csv", row: at + 2 },
    }));

  test.each([
    ["REPLACEMENT_LOG_EMPTY", []],
    ["REPLACEMENT_REASON_UNKNOWN", [[drawn, "moved away"]]],
    ["REPLACEMENT_UNIT_UNKNOWN", [["n99", "conflict"]]],
    ["REPLACEMENT_NOT_IN_SAMPLE", [[idle, "conflict"]]],
    ["REPLACEMENT_STILL_IN_RESERVE", [[reserve, "conflict"]]],
    [
      "REPLACEMENT_DUPLICATE",
      [
        [drawn, "conflict"],
        [drawn, "conflict"],
      ],
    ],
  ] as [string, [string, string][]][])("%s", (code, rows) => {
    const error = refusalOf(() => checkedLosses(frame, base, log(...rows)));
    expect(error.code).toBe(code);
    if (rows.length > 0) expect(error.message).toContain(`(log.csv, row ${rows.length + 1}, column `);
  });

  test("a case that an earlier log has", () => {
    const losses = checkedLosses(
      frame,
      base,
      log([drawn as string, "conflict"], [other as string, "inaccessible"]),
    );
    const sample = followSample(frame, base, [{ kind: "replace", losses }], { seed: "log", inputs: {} });
    const error = refusalOf(() => checkedLosses(frame, sample, log([other as string, "conflict"])));
    expect([error.code, error.message.includes("an earlier log has it as inaccessible")]).toEqual([
      "REPLACEMENT_DUPLICATE",
      true,
    ]);
    // A released reserve may be lost in its turn.
    const released = frame.ids[sample.drawn[12]?.unit as number] as string;
    expect(checkedLosses(frame, sample, log([released, "conflict"]))).toHaveLength(1);
  });
});
