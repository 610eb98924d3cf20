import betainc from "@stdlib/math-base-special-betainc";
import { incompleteGamma } from "./incomplete-gamma.js";
import { type MidPTest, midP } from "./mid-p.js";
import { requireInnerFraction, requirePositive, requireThat } from "./refusals.js";

/**
 * The mid-P test of a proportion for a count and a size that need not be whole, such as effective ones: both divided by the
 * design effect. The tails are those of the beta distribution, ½·I(1 − p; n − x + 1, x) + ½·I(1 − p; n − x, x + 1), which at whole
 * numbers are the binomial's.
 *
 * @param count - 0 to n
 * @param n - above 0
 * @param options.proportion - of the comparator; a fraction in (0, 1)
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`
 * @remarks Equal to `binomialMidPTest` at whole numbers. Between them it is an approximation.
 * @see Abramowitz & Stegun (1964) Handbook of Mathematical Functions, eq. 26.5.24; Korn & Graubard (1998) Survey Methodology
 *   24:193–201, for binomial tails at effective sizes; Lancaster (1961) JASA 56:223–234
 * @example continuousBinomialMidP(8, 10, { proportion: 0.5 }).pValue // → 0.0654296875; as binomialMidPTest
 */
export function continuousBinomialMidP(
  count: number,
  n: number,
  options: { readonly proportion: number },
): MidPTest {
  const { proportion } = options;
  requirePositive("Number of cases", n);
  requireThat(count >= 0 && count <= n, {
    what: "Count",
    rule: `it lies from 0 to the number of cases, ${n}`,
    value: count,
    next: "Check what was counted.",
  });
  requireInnerFraction("Proportion", proportion);
  const rest = n - count;
  const below = (x: number, others: number): number => (x === 0 ? 0 : betainc(1 - proportion, others + 1, x));
  const above = (x: number, others: number): number =>
    others === 0 ? 0 : betainc(proportion, x + 1, others);
  // P(X < x) and P(X ≤ x); from above counted apart, so that a small chance keeps its digits.
  const lower = (below(count, rest) + (rest === 0 ? 1 : betainc(1 - proportion, rest, count + 1))) / 2;
  const upper = (above(count, rest) + (count === 0 ? 1 : betainc(proportion, count, rest + 1))) / 2;
  return midP(lower, upper);
}

/**
 * The mid-P test of a Poisson count for counts that need not be whole. The tails are those of the gamma distribution,
 * ½·Q(x, E) + ½·Q(x + 1, E), which at whole numbers are the Poisson distribution's.
 *
 * @param observed - 0 or more
 * @param expected - above 0
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`
 * @remarks Equal to `poissonMidPTest` at whole numbers. Between them it is an approximation.
 * @see Abramowitz & Stegun (1964), eq. 26.4.21; Fay & Feuer (1997) Stat Med 16:791–801, for gamma tails of weighted counts
 * @example continuousPoissonMidP(5, 3).pValue // → 0.2687 to 4 places; as poissonMidPTest
 */
export function continuousPoissonMidP(observed: number, expected: number): MidPTest {
  requireThat(Number.isFinite(observed) && observed >= 0, {
    what: "Observed count",
    rule: "it is a number of 0 or more",
    value: observed,
    next: "Check what was counted.",
  });
  requirePositive("Expected count", expected);
  const fewer = observed === 0 ? { lower: 1, upper: 0 } : incompleteGamma(observed, expected);
  const upTo = incompleteGamma(observed + 1, expected);
  return midP((fewer.upper + upTo.upper) / 2, (fewer.lower + upTo.lower) / 2);
}
