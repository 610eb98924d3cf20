import { describe, expect, test } from "vitest";
import type { Frame } from "../../src/frame/frame.js";
import type { Spread } from "../../src/plan/types.js";
import { allocate } from "../../src/sampling/allocation/allocate.js";
import { stratumVariances } from "../../src/sampling/allocation/spread.js";
import { stratify } from "../../src/sampling/strata.js";
import { frameOf, refusalOf, tableOf } from "../frames.js";

const plan =
  "casedraw: 1\ntitle: t\nreference_date: 2026-11-16\nunit: child\nunit_id: child_id\ndata: [{ path: x.csv }]\n" +
  "columns: { child_id: id, team: team }\nfields: { weeks: { column: weeks, type: number } }\n";

/** A frame with the number field `weeks`, values by team. */
function frameWith(teams: Readonly<Record<string, readonly (number | string)[]>>): Frame {
  const rows = Object.entries(teams).flatMap(([team, values]) =>
    values.map((value, i) => `${team}-${i + 1}|${team}|${value}`),
  );
  return frameOf(plan, { data: [tableOf("x.csv", ["id|team|weeks", ...rows])] });
}

function spreadOf(frame: Frame, spread: Spread = { deviation_of: "weeks" }) {
  const strata = stratify(frame.fields, ["team"], frame.eligible);
  return { strata, ...stratumVariances(frame, strata, spread) };
}

/** Ratios as numbers, for reading. */
function numbers(variances: readonly ({ over: bigint; under: bigint } | undefined)[]) {
  return variances.map((variance) => variance && Number(variance.over) / Number(variance.under));
}

describe("a field's variance", () => {
  // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squared deviations 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, over 7.
  // .1, .2, .3 with the sign turned: mean .2, .01 + 0 + .01 = .02, over 2. 1, 1.5, 2: .25 + 0 + .25 = .5, over 2.
  test("on N − 1, exact", () => {
    const { variances, notes } = spreadOf(
      frameWith({ a: [2, 4, 4, 4, 5, 5, 7, 9], b: [-0.1, -0.3, -0.2], c: [1, 1.5, 2] }),
    );
    expect(numbers(variances)).toEqual([32 / 7, 0.01, 0.25]);
    expect(notes).toEqual([]);
  });

  // NIST Statistical Reference Datasets, NumAcc3 and NumAcc4: 1,001 values, standard deviation 0.1 exactly.
  test.each([
    ["NumAcc3", 1_000_000],
    ["NumAcc4", 10_000_000],
  ])("NIST %s", (_, base) => {
    const pairs = Array.from({ length: 500 }, () => [`${base}.1`, `${base}.3`]).flat();
    const [variance] = spreadOf(frameWith({ a: [`${base}.2`, ...pairs] })).variances;
    expect((variance?.over ?? 0n) * 100n).toBe(variance?.under);
  });

  test("blank values are left out and counted, by stratum", () => {
    const { variances, notes } = spreadOf(frameWith({ a: [1, "", 3, ""], b: [4, 6], c: ["", 5, 9] }));
    expect(numbers(variances)).toEqual([2, 2, 8]);
    expect(notes).toEqual([
      {
        code: "spread-unknown",
        text:
          "3 eligible units have no weeks and take no part in the spread that the allocation goes by: " +
          "a (2 of 4), c (1 of 3).",
        count: 3,
        details: { field: "weeks", strata: ["a (2 of 4)", "c (1 of 3)"] },
      },
    ]);
  });

  test("fewer than two known values are no spread; one unit has none to have", () => {
    const { variances } = spreadOf(frameWith({ a: [1, "", ""], b: ["", ""], c: [7], d: [""] }));
    expect(numbers(variances)).toEqual([undefined, undefined, 0, 0]);
  });

  test("strata that do not vary are named", () => {
    const { variances, notes } = spreadOf(frameWith({ a: [1, 2], b: [4, 4, 4], c: [7] }));
    expect(numbers(variances)).toEqual([0.5, 0, 0]);
    expect(notes).toMatchObject([{ code: "spread-zero", count: 1, details: { strata: ["b"] } }]);
  });

  test("a field that is missing or no number is refused", () => {
    const frame = frameWith({ a: [1, 2] });
    expect(refusalOf(() => spreadOf(frame, { deviation_of: "hours" })).code).toBe("DESIGN_FIELD_MISSING");
    const error = refusalOf(() => spreadOf(frame, { deviation_of: "team" }));
    expect(error.code).toBe("SPREAD_FIELD_NOT_NUMBER");
  });

  // By hand: S² 2 and 8, so N·S is 3·√2 to 3·2√2: of 6 units 2 and 4, cut at 3.
  test("goes into the allocation", () => {
    const { strata, variances } = spreadOf(frameWith({ a: [0, 2, 1, 1, 1], b: [0, 4, 2, 2, 2] }));
    const sizes = strata.map(({ key, units }, i) => {
      const variance = variances[i];
      return { key, populationSize: units.length, ...(variance && { variance }) };
    });
    const allocation = { method: "neyman", deviation_of: "weeks", min: 1 } as const;
    expect(allocate(sizes, { sampleSize: 6, allocation })).toEqual([2, 4]);
  });
});

describe("expected proportions", () => {
  const frame = frameWith({ a: [1], b: [1], c: [1], d: [1], e: [1] });

  test("p(1 − p), exact, with p from 0.1 to 0.9, and those that were moved are named", () => {
    const { variances, notes } = spreadOf(frame, {
      proportions: { a: 0.3, b: 0.7, c: 0.02, d: 0.9, e: 1 },
    });
    expect(numbers(variances)).toEqual([0.21, 0.21, 0.09, 0.09, 0.09]);
    expect(notes).toMatchObject([{ code: "proportion-moved", count: 2, details: { strata: ["c", "e"] } }]);
  });

  test("each stratum needs one, and no other", () => {
    const missing = refusalOf(() => spreadOf(frame, { proportions: { a: 0.3, b: 0.3, d: 0.3 } }));
    expect(missing.code).toBe("ALLOCATION_STRATUM_MISSING");
    expect(missing.details).toEqual({ strata: ["c", "e"] });
    const unknown = refusalOf(() => spreadOf(frame, { proportions: { f: 0.3 } }));
    expect(unknown.code).toBe("ALLOCATION_STRATUM_UNKNOWN");
  });

  test.each([-0.1, 1.2, Number.NaN])("%d is no proportion", (wrong) => {
    const error = refusalOf(() =>
      spreadOf(frame, { proportions: { a: 0.3, b: wrong, c: 0.5, d: 0.5, e: 0.5 } }),
    );
    expect(error.code).toBe("PROPORTION_OUT_OF_RANGE");
    expect(error.details).toMatchObject({ stratum: "b" });
  });
});
