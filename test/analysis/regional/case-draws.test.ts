import { expect, test } from "vitest";
import { caseDraws, drawIn, replicates, roomForDraws } from "../../../src/analysis/regional/case-draws.js";
import { subjectOf } from "../subjects.js";

const lines = ["case_id|child_id|gender", "1|1|M", "1|2|F", "2|3|M", "3|4|F", "4|5|M"];
const cases = 4;
const replicate = (times: Uint8Array, k: number): number[] => [...times.subarray(k * cases, (k + 1) * cases)];

test("each replicate draws as many cases as there are", () => {
  const draws = caseDraws(subjectOf(lines));
  expect(draws.cases).toBe(cases);
  const sums = Array.from({ length: replicates }, (_, k) =>
    replicate(draws.times, k).reduce((sum, often) => sum + often, 0),
  );
  expect(new Set(sums)).toEqual(new Set([cases]));
  expect(
    new Set(Array.from({ length: replicates }, (_, k) => replicate(draws.times, k).join())).size,
  ).toBeGreaterThan(20);
});

test("what another thread has made is taken, and what it has only begun is made", () => {
  const alone = caseDraws(subjectOf(lines));
  const subject = subjectOf(lines);
  const room = roomForDraws(subject);
  const [state, times] = [new Int32Array(room, 0, replicates), new Uint8Array(room, replicates * 4)];
  // As another thread leaves them: replicate 3 made, with a mark to know it by, and replicate 5 begun.
  times.set([9, 9, 9, 9], 3 * cases);
  state[3] = 2;
  state[5] = 1;
  drawIn(room, subject);
  const together = caseDraws(subject);
  expect(replicate(together.times, 3)).toEqual([9, 9, 9, 9]);
  for (let k = 0; k < replicates; k++)
    if (k !== 3) expect(replicate(together.times, k)).toEqual(replicate(alone.times, k));
});
