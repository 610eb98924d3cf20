import { expect, test } from "vitest";
import { Turn } from "../../src/cli/turn.js";

test("of two who share a piece of work the first has it, and the other has not", () => {
  const ours = new Turn();
  const theirs = new Turn(ours.memory);
  expect(theirs.take()).toBe(true);
  expect(ours.take()).toBe(false);
  expect(theirs.take()).toBe(false);
});
