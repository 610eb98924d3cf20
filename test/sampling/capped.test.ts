import { describe, expect, test } from "vitest";
import type { Frame } from "../../src/frame/frame.js";
import { ticketKey } from "../../src/random/tickets.js";
import { pickWithinCaps } from "../../src/sampling/capped.js";
import { capGroups } from "../../src/sampling/caps/cap-groups.js";
import { exchangeableClasses } from "../../src/sampling/caps/exchangeable.js";
import { replayCaps } from "../../src/sampling/caps/replay.js";
import type { Design } from "../../src/sampling/design.js";
import { drawSample } from "../../src/sampling/draw.js";
import { refusalOf } from "../frames.js";
import { designOf, frameOfRows } from "./inclusion.js";

const header = "id|team|practitioner";

/** Practitioners with so many children in each team. */
function caseloads(loads: Readonly<Record<string, Readonly<Record<string, number>>>>): Frame {
  const rows = Object.entries(loads).flatMap(([practitioner, teams]) =>
    Object.entries(teams).flatMap(([team, count]) =>
      Array.from({ length: count }, (_, i) => `${practitioner}-${team}-${i}|${team}|${practitioner}`),
    ),
  );
  return frameOfRows(header, rows);
}

const groupsOf = (frame: Frame, design: Design) =>
  capGroups(frame, design.plan.caps ?? {}, design.strata, []);

// Seven practitioners, one of whom holds half of a small court: her children are the ones that a cap keeps out.
const frame = caseloads({
  p1: { north: 14, south: 1 },
  p2: { north: 5 },
  p3: { north: 4, south: 4 },
  p4: { north: 4, south: 4 },
  p5: { south: 6 },
  p6: { south: 2, north: 1 },
  p7: { south: 2, north: 1 },
});
const design = designOf(frame, { size: 16, caps: { practitioner: 3 } });

describe("probabilities under caps", () => {
  test("the replay and the draw itself agree on every unit: two independent simulations, two-sample standard errors", () => {
    const draws = 20_000;
    const caps = groupsOf(frame, design);
    const hits = new Float64Array(frame.ids.length);
    let short = 0;
    for (let k = 0; k < draws; k++) {
      const { drawn } = pickWithinCaps(frame, design.strata, caps, ticketKey(`real ${k}`));
      if (drawn.length < 16) short++;
      else for (const { unit } of drawn) hits[unit] = (hits[unit] as number) + 1;
    }
    const kept = draws - short;
    const replay = replayCaps(design.strata, caps, {
      seed: "r",
      replays: 10_000,
      unitCount: frame.ids.length,
    });
    expect(short / draws).toBeCloseTo(replay.discarded / 10_000, 1);
    let bent = 0;
    for (const [unit, id] of frame.ids.entries()) {
      const share = (hits[unit] as number) / kept;
      const estimate = replay.probabilities[unit] as number;
      const error = Math.sqrt((share * (1 - share)) / kept + (replay.standardErrors[unit] as number) ** 2);
      expect(Math.abs(share - estimate) / error, id).toBeLessThan(4.5);
      if (Math.abs(estimate / (design.probabilities[unit] as number) - 1) > 0.1) bent++;
    }
    // The test could not tell a replay without caps from one with them if the caps did nothing.
    expect(bent).toBeGreaterThan(10);
  });

  test("they sum to the sample size, and the weighted total is unbiased", () => {
    const replay = replayCaps(design.strata, groupsOf(frame, design), {
      seed: "s",
      replays: 10_000,
      unitCount: frame.ids.length,
    });
    expect(replay.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(16, 9);
    const totals: number[] = [];
    for (let k = 0; k < 5000; k++) {
      const { drawn } = pickWithinCaps(frame, design.strata, groupsOf(frame, design), ticketKey(`t ${k}`));
      if (drawn.length < 16) continue;
      totals.push(drawn.reduce((sum, { unit }) => sum + 1 / (replay.probabilities[unit] as number), 0));
    }
    const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length;
    const sd = Math.sqrt(totals.reduce((sum, total) => sum + (total - mean) ** 2, 0) / totals.length);
    // Both simulations err: the replays' part is allowed for by counting them in.
    const error = sd * Math.sqrt(1 / totals.length + 1 / 10_000);
    expect(Math.abs(mean - frame.ids.length) / error).toBeLessThan(4.5);
  });

  test("without a cap that binds they are the allocation's", () => {
    const loose = designOf(frame, { size: 16, caps: { practitioner: 15 } });
    const replay = replayCaps(loose.strata, groupsOf(frame, loose), {
      seed: "s",
      replays: 100,
      unitCount: frame.ids.length,
    });
    for (const unit of frame.eligible) {
      expect(replay.probabilities[unit]).toBeCloseTo(loose.probabilities[unit] as number, 12);
      expect(replay.standardErrors[unit]).toBe(0);
    }
  });
});

describe("exchangeable units", () => {
  test("the same stratum, and practitioners with the same strata among their children", () => {
    const { classOf, sizes } = exchangeableClasses(design.strata, groupsOf(frame, design), frame.ids.length);
    const classesOf = (pattern: RegExp): Set<number> =>
      new Set(frame.ids.flatMap((id, unit) => (pattern.test(id) ? [classOf[unit] as number] : [])));
    expect(classesOf(/^p[34]-north/).size).toBe(1);
    expect(sizes[[...classesOf(/^p3-north/)][0] as number]).toBe(8);
    expect(classesOf(/^p[12]-north/).size).toBe(2);
    // Three children are within the cap whatever is drawn: p6 and p7 are free, with each other's like.
    expect(classesOf(/^p[67]-south/).size).toBe(1);
  });

  test("with two capped fields, fellow members' own groups count", () => {
    // a, b and c, d are pairs of one practitioner each; only the first pair's area is crowded.
    const two = frameOfRows("id|team|practitioner|area", [
      "a|t|p1|big",
      "b|t|p1|big",
      "c|t|p2|small",
      "d|t|p2|small",
      "e|t|p3|big",
    ]);
    const capped = designOf(two, { size: 2, caps: { practitioner: 1, service_area: 2 } });
    const { classOf } = exchangeableClasses(capped.strata, groupsOf(two, capped), two.ids.length);
    const byId = Object.fromEntries(two.ids.map((id, unit) => [id, classOf[unit]]));
    expect(byId.a).toBe(byId.b);
    expect(byId.c).toBe(byId.d);
    expect(new Set([byId.a, byId.c, byId.e]).size).toBe(3);
  });
});

// Practitioners and courts cross in cycles: unit i is with practitioner i and court i, unit i + ½ with practitioner i + 1 and
// court i. A cycle of 4 units and one of 12 look alike from every unit, and caps of 1 do not treat them alike.
test("where the groups of two fields cross, units of different cycles are not pooled", () => {
  const cycle = (name: string, pairs: number): string[] =>
    Array.from({ length: pairs }, (_, i) => [
      `${name}${i}a|t|p${name}${i}|c${name}${i}`,
      `${name}${i}b|t|p${name}${(i + 1) % pairs}|c${name}${i}`,
    ]).flat();
  const crossed = frameOfRows("id|team|practitioner|court", [
    ...cycle("s", 2),
    ...cycle("u", 2),
    ...cycle("l", 6),
  ]);
  const design = designOf(crossed, { size: 8, caps: { practitioner: 1, court: 1 } });
  const caps = groupsOf(crossed, design);
  const { classOf } = exchangeableClasses(design.strata, caps, crossed.ids.length);
  const classesOf = (pattern: RegExp): Set<number> =>
    new Set(crossed.ids.flatMap((id, unit) => (pattern.test(id) ? [classOf[unit] as number] : [])));
  for (const short of classesOf(/^[su]/)) expect(classesOf(/^l/).has(short)).toBe(false);
  const replay = replayCaps(design.strata, caps, {
    seed: "c",
    replays: 10_000,
    unitCount: crossed.ids.length,
  });
  const draws = 20_000;
  const hits = new Float64Array(crossed.ids.length);
  let kept = 0;
  for (let k = 0; k < draws; k++) {
    const { drawn } = pickWithinCaps(crossed, design.strata, caps, ticketKey(`cross ${k}`));
    if (drawn.length < 8) continue;
    kept++;
    for (const { unit } of drawn) hits[unit] = (hits[unit] as number) + 1;
  }
  for (const [unit, id] of crossed.ids.entries()) {
    const share = (hits[unit] as number) / kept;
    const error = Math.sqrt((share * (1 - share)) / kept + (replay.standardErrors[unit] as number) ** 2);
    expect(Math.abs(share - (replay.probabilities[unit] as number)) / error, id).toBeLessThan(4.5);
  }
});

describe("draw", () => {
  test("no practitioner gives more than the cap, the sizes hold, and reserves keep within the cap too", () => {
    const withReserves = designOf(frame, { size: 12, caps: { practitioner: 3 }, reserves: 2 });
    for (let k = 0; k < 200; k++) {
      const { drawn, reserves } = pickWithinCaps(
        frame,
        withReserves.strata,
        groupsOf(frame, withReserves),
        ticketKey(`${k}`),
      );
      const counts = new Map<string, number>();
      for (const { unit } of [...drawn, ...reserves]) {
        const name = (frame.ids[unit] as string).split("-")[0] as string;
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      expect(Math.max(...counts.values())).toBeLessThanOrEqual(3);
      expect(drawn.length).toBe(12);
    }
  });

  test("the sample carries the estimated probability, its error and the nominal one, and says how it is bent", () => {
    const sample = drawSample(frame, design, "1");
    expect(sample.estimated?.replays).toBe(10_000 - (sample.estimated?.discarded ?? 0));
    for (const { unit, probability, weight } of sample.drawn) {
      expect(probability).toBe(sample.estimated?.probabilities[unit]);
      expect(weight).toBe(1 / probability);
    }
    expect(sample.notes.map(({ code }) => code)).toContain("cap-distortion");
    expect(drawSample(frame, design, "1")).toEqual(sample);
  });

  test("a blank practitioner is nobody, and not capped", () => {
    const blank = frameOfRows(header, ["a|t|", "b|t|", "c|t|", "d|t|p1"]);
    const sample = drawSample(blank, designOf(blank, { size: 4, caps: { practitioner: 1 } }), "1");
    expect(sample.drawn.length).toBe(4);
    expect(sample.notes.find(({ code }) => code === "cap-value-blank")?.count).toBe(3);
  });
});

describe("caps that cannot be met", () => {
  // By hand: the north's 6 children are of two practitioners, so at most 4 within a cap of 2; a cap of 3 gives 6.
  test("one stratum: which, how many at most, and the least cap that would do", () => {
    const small = caseloads({ p1: { north: 3 }, p2: { north: 3 }, p3: { south: 2 }, p4: { south: 2 } });
    const tight = () =>
      designOf(small, {
        size: 7,
        caps: { practitioner: 2 },
        allocation: { method: "fixed", sizes: { north: 5, south: 2 } },
      });
    const error = refusalOf(tight);
    expect(error.code).toBe("CAPS_INFEASIBLE");
    expect(error.details).toEqual({
      field: "practitioner",
      cap: 2,
      strata: ["north"],
      asked: 5,
      most: 4,
      nearest_cap: 3,
    });
  });

  // Each team alone can be met from the one practitioner whom they share; both together cannot.
  test("a smallest set of strata that cannot be met together", () => {
    const shared = caseloads({ p1: { north: 4, south: 4 }, p2: { west: 5 }, p3: { west: 5 } });
    const tight = () =>
      designOf(shared, {
        size: 6,
        caps: { practitioner: 2 },
        allocation: { method: "fixed", sizes: { north: 2, south: 2, west: 2 } },
      });
    const error = refusalOf(tight);
    expect([error.code, error.details.strata, error.details.nearest_cap]).toEqual([
      "CAPS_INFEASIBLE",
      ["north", "south"],
      4,
    ]);
  });
});
