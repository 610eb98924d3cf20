import { describe, expect, test } from "vitest";
import type { Plan } from "../../src/plan/types.js";
import { stream } from "../../src/random/streams.js";
import type { ListedUnit } from "../../src/workflow/handover/cases.js";
import { dueReserves } from "../../src/workflow/track/due-reserves.js";

const unit = (unitId: string, site: string, role: ListedUnit["role"] = "sampled"): ListedUnit => ({
  unitId,
  role,
  stratum: "s",
  status: "drawn",
  values: new Map([["site", site]]),
});

function due(
  losses: readonly (readonly [id: string, site: string, reason: "out-of-scope" | "inaccessible"])[],
  spare: readonly (readonly [id: string, site: string])[],
  sample: Partial<NonNullable<Plan["sample"]>> = { method: "random" },
): string[][] {
  const lost = losses.map(([id, site]) => unit(id, site));
  return dueReserves(
    losses.map(([unitId, , reason]) => ({ unitId, reason })),
    {
      plan: { sample } as Plan,
      units: new Map(lost.map((each) => [each.unitId, each])),
      reserves: spare.map(([id, site]) => unit(id, site, "reserve")),
      siteOf: ({ values }) => values.get("site") as string,
    },
  ).map(({ unitId, reserve }) => [unitId, reserve?.unitId ?? ""]);
}

describe("reserves that come for losses", () => {
  test("are the stratum's next, and come for a case of their own place where one was lost", () => {
    expect(
      due(
        [
          ["a", "York", "inaccessible"],
          ["b", "Leeds", "out-of-scope"],
          ["c", "Hull", "inaccessible"],
        ],
        [
          ["r1", "Leeds"],
          ["r2", "Bath"],
          ["r3", "Hull"],
          ["r4", "York"],
        ],
      ),
    ).toEqual([
      ["b", "r1"],
      ["a", "r2"],
      ["c", "r3"],
    ]);
  });

  test("run out in their order, and where they are substitutes a case out of scope has none", () => {
    const losses = [
      ["a", "York", "out-of-scope"],
      ["b", "Leeds", "inaccessible"],
      ["c", "York", "inaccessible"],
    ] as const;
    expect(due(losses, [["r1", "York"]])).toEqual([
      ["a", "r1"],
      ["b", ""],
      ["c", ""],
    ]);
    expect(
      due(
        losses,
        [
          ["r1", "York"],
          ["r2", "York"],
        ],
        { method: "balanced" },
      ),
    ).toEqual([
      ["c", "r1"],
      ["b", "r2"],
      ["a", ""],
    ]);
  });
});

/**
 * Why a place's reserve is not simply taken: 100 of 200 cases lie in place A, where half are out of scope; none is in B. A sample
 * of 20 is filled up to 20 in scope. Released in ticket order the size in scope is N(n − 1)/(m′ − 1) (Haldane 1945). Taken from the
 * lost case's own place, the sample keeps A's share of drawn places and the share of A among those in scope comes out too high:
 * a half, where it is a third.
 */
test("releasing by place would bend what the sample says; in the order of tickets it does not", () => {
  const [size, n, draws] = [200, 20, 20_000];
  const next = stream("due-reserves", "test");
  const inA = (unit: number): boolean => unit < 100;
  const inScope = (unit: number): boolean => unit >= 50;
  const share = { strict: [] as number[], byPlace: [] as number[] };
  for (let draw = 0; draw < draws; draw++) {
    const order = Array.from({ length: size }, (_, unit) => ({ unit, ticket: next() })).sort(
      (a, b) => a.ticket - b.ticket,
    );
    const units = order.map(({ unit }) => unit);
    const strict = units.filter(inScope).slice(0, n);
    // All but the last in scope, which always is.
    const before = strict.slice(0, -1);
    share.strict.push(before.filter(inA).length / (n - 1));
    const spare = units.slice(n);
    const filled = units.slice(0, n).map((unit) => {
      if (inScope(unit)) return unit;
      const at = spare.findIndex((each) => inA(each) === inA(unit) && inScope(each));
      return spare.splice(at, 1)[0] as number;
    });
    share.byPlace.push(filled.filter(inA).length / n);
  }
  const z = (values: readonly number[], truth: number): number => {
    const mean = values.reduce((sum, value) => sum + value, 0) / draws;
    const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (draws - 1);
    return (mean - truth) / Math.sqrt(variance / draws);
  };
  // 50 of the 150 in scope lie in A.
  expect(Math.abs(z(share.strict, 50 / 150))).toBeLessThan(4.5);
  expect(z(share.byPlace, 50 / 150)).toBeGreaterThan(100);
});
