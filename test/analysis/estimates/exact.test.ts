import { expect, test } from "vitest";
import { exactShare } from "../../../src/analysis/estimates/exact.js";
import type { Responses } from "../../../src/analysis/estimates/response.js";

/** One stratum of 40 with 12 reviewed, of which nobody has it: 6 of a group of 20, and 6 others. */
const belongs = Uint8Array.from({ length: 12 }, (_, at) => (at < 6 ? 1 : 0));

function upperLimit(without: readonly number[]): number {
  const outOfScope = Uint8Array.from({ length: 12 }, (_, at) => (without.includes(at) ? 1 : 0));
  const responses = {
    strata: [{ population: 40, reviewed: 12 - without.length, outOfScope: without.length }],
    stratumOf: new Int32Array(12),
    outOfScope,
  } as unknown as Responses;
  const inScope = belongs.map((member, at) => member * (1 - (outOfScope[at] as number)));
  const n = inScope.reduce((sum, one) => sum + one, 0);
  const counted = { inScope, answered: inScope, n, notAnswered: 0, notApplicable: 0 };
  const domain = { belongs, populations: [20] };
  return exactShare(responses, { counted, yes: new Float64Array(12), domain }).upper;
}

// R 4.2: the largest K with phyper(0, K, N - K, n) > 0.025.
test("a group's own size stands, whoever of others is out of scope", () => {
  expect(upperLimit([])).toBe(7 / 20); // N = 20, n = 6
  expect(upperLimit([6, 7, 8])).toBe(7 / 20);
});

test("of a group with some out of scope its size in scope is taken from those seen of it", () => {
  expect(upperLimit([0, 1, 2])).toBe(6 / 10); // 20 · 3 / 6 in scope: N = 10, n = 3
});

test("a group of unknown size of which all seen in a stratum are out of scope: its part of the stratum may be in scope, no more", () => {
  const units = 30; // 10 of a stratum of 40, all of the group; 20 of 1,000, one of them of the group and out of scope
  const belongsTo = Uint8Array.from({ length: units }, (_, at) => (at <= 10 ? 1 : 0));
  const outOfScope = Uint8Array.from({ length: units }, (_, at) => (at === 10 ? 1 : 0));
  const responses = {
    strata: [
      { population: 40, reviewed: 10, outOfScope: 0 },
      { population: 1000, reviewed: 19, outOfScope: 1 },
    ],
    stratumOf: Int32Array.from({ length: units }, (_, at) => (at < 10 ? 0 : 1)),
    outOfScope,
  } as unknown as Responses;
  const inScope = Uint8Array.from({ length: units }, (_, at) => (at < 10 ? 1 : 0));
  const counted = { inScope, answered: inScope, n: 10, notAnswered: 0, notApplicable: 0 };
  const { upper } = exactShare(responses, {
    counted,
    yes: new Float64Array(units),
    domain: { belongs: belongsTo },
  });
  // R 4.2: the largest K with phyper(0, K, 40 - K, 10) > 0.025 is 10; of the other stratum 1000 / 20 - 1 are not seen.
  expect(upper).toBeCloseTo((10 + 49) / (40 + 49), 12);
});
