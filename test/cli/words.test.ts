import { expect, test } from "vitest";
import { inPercent } from "../../src/cli/words.js";

test.each([
  [0, "0.00"],
  [1, "100.00"],
  [0.0833, "8.33"],
  [0.001, "0.10"],
  // 1 in 54,000: 0.00185185… %.
  [1 / 54_000, "0.0019"],
  [0.00045, "0.045"],
])("%d in per cent is %s", (fraction, text) => expect(inPercent(fraction)).toBe(text));
