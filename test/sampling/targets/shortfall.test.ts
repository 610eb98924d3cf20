import { expect, test } from "vitest";
import { drawSample } from "../../../src/sampling/draw.js";
import { targetShortfalls } from "../../../src/sampling/targets/shortfall.js";
import { designOf, frameOfRows } from "../inclusion.js";

// Two of four children, each with π = ½. The groups are the pairs of a, b and c, each of which meets its target of 1 on average.
// Two of a, b and c meet all three; a draw with d has only one of them, and misses exactly the pair of the other two.
const frame = frameOfRows("id|team|gender|practitioner", ["a|t|f|x", "b|t|f|y", "c|t|m|x", "d|t|m|z"]);
const ofIds = (ids: readonly string[]) => Uint8Array.from(frame.ids, (id) => (ids.includes(id) ? 1 : 0));
const groups = [
  ["a", "b"],
  ["a", "c"],
  ["b", "c"],
].map((ids) => ({ label: ids.join(), fields: [], atLeast: 1, members: ofIds(ids), eligible: 2 }));

test("a draw misses a target as often as the draws with that seed do", () => {
  const plain = designOf(frame, { size: 2, method: "balanced", strata: [] });
  const design = { ...plain, targets: groups };
  const found = targetShortfalls(frame, design, { seed: "s" }) ?? [];
  expect(found.map(({ replays }) => replays)).toEqual([50, 50, 50]);
  const withD = Array.from({ length: 50 }, (_, k) =>
    drawSample(frame, design, `s|targets/${k + 1}|v1`).drawn.some(({ unit }) => frame.ids[unit] === "d"),
  ).filter(Boolean).length;
  expect(found.reduce((sum, { short }) => sum + short, 0)).toBe(withD);
  // Binomial(50, ½): 25 ± 4.5 · 3.54.
  expect(Math.abs(withD - 25)).toBeLessThan(16);
  expect(withD).toBeGreaterThan(0);
});

test("sizes that meet a target in every draw are not replayed", () => {
  const where = { team: ["t"] };
  const random = designOf(frame, { size: 2, targets: [{ where, at_least: 2 }] });
  expect(targetShortfalls(frame, random, { seed: "s" })).toBeUndefined();
  const balanced = designOf(frame, { size: 2, method: "balanced", strata: [], balance: ["gender"] });
  expect(targetShortfalls(frame, balanced, { seed: "s" })).toBeUndefined();
});
