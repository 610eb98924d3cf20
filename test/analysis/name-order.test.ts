import { expect, test } from "vitest";
import { byName } from "../../src/analysis/name-order.js";

test("names stand as a person would put them: numbers as numbers, upper and lower case alike", () => {
  const names = ["A10", "a2 North", "B1", "A1", "A2", "avon", "A2 Court 11", "A2 Court 9"];
  expect(names.sort(byName)).toEqual([
    "A1",
    "A2",
    "A2 Court 9",
    "A2 Court 11",
    "a2 North",
    "A10",
    "avon",
    "B1",
  ]);
});
