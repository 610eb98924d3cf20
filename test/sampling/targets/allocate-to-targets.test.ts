import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Allocation } from "../../../src/plan/types.js";
import { allocateToTargets } from "../../../src/sampling/targets/allocate-to-targets.js";
import { refusalOf } from "../../frames.js";

/** Strata a, b, c … of these sizes, and targets written as the strata that are theirs: { ab: 40 }. */
function raised(
  populations: readonly number[],
  sampleSize: number,
  asked: Readonly<Record<string, number>>,
  allocation: Allocation = { method: "proportional" },
): number[] {
  let unitCount = 0;
  const strata = populations.map((populationSize, at) => {
    const units = Int32Array.from({ length: populationSize }, (_, i) => unitCount + i);
    unitCount += populationSize;
    return { key: String.fromCharCode(97 + at), populationSize, units };
  });
  const targets = Object.entries(asked).map(([label, atLeast]) => {
    const members = new Uint8Array(unitCount);
    for (const { key, units } of strata) if (label.includes(key)) for (const unit of units) members[unit] = 1;
    return { label, fields: ["region"], atLeast, members };
  });
  return allocateToTargets(strata, { sampleSize, allocation, targets });
}

describe("raised by hand", () => {
  // Proportional: 50, 30, 20 of 100.
  test.each([
    ["a target that is met changes nothing", { c: 20, ab: 70 }, [50, 30, 20]],
    ["64 are left for 500 and 300: 40 and 24", { c: 36 }, [40, 24, 36]],
    ["60 for 300 and 200: 36 and 24", { bc: 60 }, [40, 36, 24]],
    ["the narrow one first, which then counts for the wide one", { bc: 60, c: 36 }, [40, 24, 36]],
    ["66 for b and c, of which c keeps its 36", { bc: 66, c: 36 }, [34, 30, 36]],
    ["a rest that is raised in its turn: 36 for c, then a gets 45 of 64", { c: 36, a: 45 }, [45, 19, 36]],
    ["strata taken whole", { b: 300 }, [143, 300, 57], 500],
  ] as [string, Record<string, number>, number[], number?][])("%s", (_, asked, expected, size = 100) => {
    expect(raised([500, 300, 200], size, asked)).toEqual(expected);
  });

  test("the plan's method and bounds share the raise and the rest", () => {
    // Equal: 25 each of 100. 60 for c and d by halves, the rest by halves; with at most 22 of d, c gives 38.
    expect(raised([500, 400, 300, 200], 100, { cd: 60 }, { method: "equal" })).toEqual([20, 20, 30, 30]);
    expect(raised([500, 400, 300, 200], 100, { cd: 60 }, { method: "equal", max: { d: 22 } })).toEqual([
      20, 20, 38, 22,
    ]);
  });

  test("fixed sizes are not raised, and a target that they meet passes", () => {
    const fixed: Allocation = { method: "fixed", sizes: { a: 50, b: 30, c: 20 } };
    expect(raised([500, 300, 200], 100, { bc: 50 }, fixed)).toEqual([50, 30, 20]);
    const error = refusalOf(() => raised([500, 300, 200], 100, { bc: 51 }, fixed));
    expect(error.code).toBe("TARGETS_INFEASIBLE");
    expect(error.message).toContain('"bc" asks for at least 51, got 50 from "b", "c"');
  });
});

describe("refused", () => {
  test("a target that holds a part of a stratum", () => {
    const units = Int32Array.of(0, 1, 2, 3);
    const strata = [{ key: "private / up to 26", populationSize: 4, units }];
    const members = Uint8Array.of(1, 0, 0, 0);
    const targets = [{ label: "disability: yes", fields: ["disability"], atLeast: 1, members }];
    const error = refusalOf(() =>
      allocateToTargets(strata, { sampleSize: 2, allocation: { method: "proportional" }, targets }),
    );
    expect(error.code).toBe("TARGET_NOT_STRATA");
    expect(error.details).toEqual({
      target: "disability: yes",
      fields: ["disability"],
      strata: ["private / up to 26"],
    });
    expect(error.message).toContain("Set sample.method to balanced, or add disability to sample.strata");
  });

  // a and b need their 2 each: 96 is the most for c, or 101 cases.
  test("a target that the others' minima leave no room for", () => {
    const error = refusalOf(() => raised([500, 300, 200], 100, { c: 97 }));
    expect(error.code).toBe("TARGETS_INFEASIBLE");
    expect(error.details).toEqual({
      targets: [{ label: "c", asked: 97, nearest: 96 }],
      further: false,
      nearestSize: 101,
      sampleSize: 100,
      minimaMatter: true,
      maximaMatter: false,
    });
    expect(error.message).toContain("a lower sample.allocation.min for the other strata");
    expect(raised([500, 300, 200], 100, { c: 96 })).toEqual([2, 2, 96]);
    expect(raised([500, 300, 200], 101, { c: 97 })).toEqual([2, 2, 97]);
  });

  test("a target above its strata's maxima, which no sample size would mend", () => {
    const error = refusalOf(() =>
      raised([500, 300, 200], 60, { c: 40 }, { method: "proportional", max: 30 }),
    );
    expect(error.details).toMatchObject({ targets: [{ label: "c", nearest: 30 }], maximaMatter: true });
    expect(error.details.nearestSize).toBeUndefined();
    expect(error.message).toContain("a higher sample.allocation.max");
  });

  // Both are met by 4, 22, 4 and by little else; raised one after the other they would take 13, 13 and 13.
  test("targets that cross, where raising one after the other takes too many", () => {
    const error = refusalOf(() => raised([100, 100, 100], 30, { ab: 26, bc: 26 }));
    expect(error.code).toBe("TARGETS_CROSS");
    expect(error.details).toEqual({ targets: ["ab", "bc"] });
  });
});

test("property: nested and separate targets are met whenever any whole numbers within the bounds meet them", () => {
  const nested = [
    ["a", "ab", "abc", "d"],
    ["a", "b", "ab", "cd"],
    ["b", "ab", "cd", "d"],
  ] as const;
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 4 }),
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom(...nested),
      fc.array(fc.integer({ min: 1, max: 14 }), { minLength: 4, maxLength: 4 }),
      (populations, eighths, names, numbers) => {
        const total = populations.reduce((sum, size) => sum + size, 0);
        const least = populations.map((size) => Math.min(2, size));
        const sampleSize = Math.max(
          least.reduce((sum, size) => sum + size, 0),
          Math.floor((total * eighths) / 8),
        );
        const asked = Object.fromEntries(names.map((name, at) => [name, numbers[at] as number]));
        const meets = (sizes: readonly number[]): boolean =>
          Object.entries(asked).every(
            ([name, number]) =>
              [...name].reduce((sum, key) => sum + (sizes[key.charCodeAt(0) - 97] as number), 0) >= number,
          );
        let found: number[] | undefined;
        try {
          found = raised(populations, sampleSize, asked);
        } catch (error) {
          expect((error as { code: string }).code).toBe("TARGETS_INFEASIBLE");
        }
        expect(found !== undefined).toBe(anySizes(populations, least, sampleSize, meets));
        if (found === undefined) return;
        expect(meets(found)).toBe(true);
        expect(found.reduce((sum, size) => sum + size, 0)).toBe(sampleSize);
        for (const [at, size] of found.entries()) {
          expect(size).toBeGreaterThanOrEqual(least[at] as number);
          expect(size).toBeLessThanOrEqual(populations[at] as number);
        }
      },
    ),
    { numRuns: 400 },
  );
});

/** Whether any whole numbers of this sum within the bounds pass, by trying all of them. */
function anySizes(
  most: readonly number[],
  least: readonly number[],
  sum: number,
  passes: (sizes: readonly number[]) => boolean,
  chosen: readonly number[] = [],
): boolean {
  const at = chosen.length;
  if (at === most.length) return sum === 0 && passes(chosen);
  for (let size = least[at] as number; size <= Math.min(most[at] as number, sum); size++) {
    if (anySizes(most, least, sum - size, passes, [...chosen, size])) return true;
  }
  return false;
}
