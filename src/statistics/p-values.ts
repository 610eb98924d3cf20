import { requireThat } from "./refusals.js";

/** @throws CasedrawError `VALUE_OUT_OF_RANGE` unless each is a fraction from 0 to 1 */
export function refusePValues(pValues: readonly number[]): void {
  for (const value of pValues) {
    requireThat(value >= 0 && value <= 1, {
      what: "p-value",
      rule: "it lies from 0 to 1",
      value,
      next: "Leave out tests that could not be made.",
    });
  }
}
