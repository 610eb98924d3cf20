import { expect, test } from "vitest";
import { Turns } from "../../src/cli/turns.js";

test("of two who share pieces of work the first has each, and the other has not", () => {
  const ours = new Turns(2);
  const theirs = new Turns(ours.memory);
  expect(theirs.take(1)).toBe(true);
  expect(ours.take(1)).toBe(false);
  expect(theirs.take(1)).toBe(false);
  expect(ours.take(0)).toBe(true);
  expect(theirs.take(0)).toBe(false);
});
