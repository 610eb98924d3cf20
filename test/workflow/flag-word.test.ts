import { expect, test } from "vitest";
import { flagWord } from "../../src/workflow/compare/words.js";

test("an area's word says where it does not outlast the number of areas tested", () => {
  const polarity = "lower_is_better" as const;
  const word = (otherwise: Parameters<typeof flagWord>[0]["otherwise"]) =>
    flagWord({ verdict: "higher", otherwise }, { polarity });
  expect(word({ adjusted: "similar" })).toBe("higher, worse*");
  expect(word({ adjusted: "higher" })).toBe("higher, worse");
  // Where the adjusted p-value rules, it is the word.
  expect(word({})).toBe("higher, worse");
});
