import { requireWhole } from "./refusals.js";

/** A two by two table of counts. */
export interface FourFold {
  /** First group with the outcome. */
  readonly a: number;
  /** First group without it. */
  readonly b: number;
  /** Second group with the outcome. */
  readonly c: number;
  /** Second group without it. */
  readonly d: number;
}

/** How many cases it holds. @throws CasedrawError `VALUE_OUT_OF_RANGE` for what is no count */
export function sizeOf({ a, b, c, d }: FourFold): number {
  for (const count of [a, b, c, d]) requireWhole("Count", count, 0);
  return a + b + c + d;
}
