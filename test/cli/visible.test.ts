import { expect, test } from "vitest";
import { visible } from "../../src/cli/visible.js";

test.each([
  ["plain\ttext\n", "plain\ttext\n"],
  ["\u001b[1;31mred\u001b[0m", "\u001b[1;31mred\u001b[0m"],
  ["\u001b]0;title\u0007", "\\u001b]0;title\\u0007"],
  ["\u001b[2J", "\\u001b[2J"],
  ["\u0007[0m", "\\u0007[0m"],
  ["over\rwritten", "over\\u000dwritten"],
  ["\u009b31m\u007f", "\\u009b31m\\u007f"],
  ["née 中 😀", "née 中 😀"],
])("visible(%j)", (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test("JSON stays the same JSON", () => {
  const value = { note: "a\u0085b\u007f\u001b[2J" };
  expect(JSON.parse(visible(JSON.stringify(value)))).toEqual(value);
});
