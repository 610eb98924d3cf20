import poissonPmf from "@stdlib/stats-base-dists-poisson-pmf";
import { incompleteGamma } from "./incomplete-gamma.js";
import { type MidPTest, midP } from "./mid-p.js";
import { requirePositive, requireWhole } from "./refusals.js";

/**
 * Exact mid-P test of an observed count against an expected one: whether an area is higher or lower.
 *
 * @param observed - a whole number from 0
 * @param expected - above 0; taken as known
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`
 * @remarks Assumes a Poisson count. Mid-P does not flag too few as the exact test does, at the price of a level that is kept on
 *   average and not at every expected count. Exact.
 * @see Lancaster (1961) JASA 56:223–234; Rothman, Greenland & Lash (2008) Modern Epidemiology, 3rd ed., ch. 14
 * @example poissonMidPTest(5, 3).pValue // → 0.2687 to 4 places
 */
export function poissonMidPTest(observed: number, expected: number): MidPTest {
  requireWhole("Observed count", observed, 0);
  requirePositive("Expected count", expected);
  const half = poissonPmf(observed, expected) / 2;
  // k events or more by one unit of time: the wait for event k is no longer than that.
  const below = observed === 0 ? 0 : incompleteGamma(observed, expected).upper;
  const above = incompleteGamma(observed + 1, expected).lower;
  return midP(below + half, above + half);
}
