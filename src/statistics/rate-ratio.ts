import { clopperPearsonInterval } from "./clopper-pearson.js";
import { requirePositive, requireThat, requireWhole } from "./refusals.js";
import type { Interval } from "./wilson.js";

/** Events, and the population or time at risk that they came from. */
export interface Rate {
  /** Whole number of 0 or more. */
  readonly count: number;
  /** Above 0. */
  readonly denominator: number;
}

/**
 * Ratio of two rates with its exact conditional interval: given all events, those of the first are binomial.
 *
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @returns the first rate over the second, and bounds
 * @throws CasedrawError `CONFIDENCE_OUT_OF_RANGE`; `VALUE_OUT_OF_RANGE`, also where the second has no event, and the ratio
 *   no value
 * @remarks Assumes two independent Poisson counts.
 * @see Przyborowski & Wilenski (1940) Biometrika 31:313–323; Clopper & Pearson (1934) Biometrika 26:404–413
 * @example
 * rateRatio({ first: { count: 11, denominator: 800 }, second: { count: 23, denominator: 3000 } })
 * // → { ratio: 1.79, lower: 0.79, upper: 3.83 } to 2 places
 */
export function rateRatio(
  { first, second }: { readonly first: Rate; readonly second: Rate },
  options: { readonly confidence?: number } = {},
): Interval & { readonly ratio: number } {
  for (const { count, denominator } of [first, second]) {
    requireWhole("Count of events", count, 0);
    requirePositive("Denominator", denominator);
  }
  requireThat(second.count > 0, {
    what: "Ratio of rates",
    rule: "the second rate has events",
    value: second.count,
    next: "Compare the other way round, or give both rates.",
  });
  const share = clopperPearsonInterval(first.count, first.count + second.count, options);
  const scale = second.denominator / first.denominator;
  return {
    ratio: (first.count / second.count) * scale,
    lower: (share.lower / (1 - share.lower)) * scale,
    upper: (share.upper / (1 - share.upper)) * scale,
  };
}
