import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import binomialPmf from "@stdlib/stats-base-dists-binomial-pmf";
import { type MidPTest, midP } from "./mid-p.js";
import { refuseCount, requireInnerFraction } from "./refusals.js";

/**
 * Exact mid-P test of a count out of n against a proportion: whether an area is higher or lower.
 *
 * @param count - cases with the attribute; integer, 0 ≤ count ≤ n
 * @param n - cases of the area; integer ≥ 1
 * @param options.proportion - of the comparator; a fraction in (0, 1), taken as known
 * @throws CasedrawError `COUNT_OUT_OF_RANGE`, `VALUE_OUT_OF_RANGE`
 * @remarks Assumes independent cases; children of one family are not. Exact.
 * @see Lancaster (1961) JASA 56:223–234; Agresti (2013) Categorical Data Analysis, 3rd ed., §1.4.4
 * @example binomialMidPTest(8, 10, { proportion: 0.5 }).pValue // → 0.0654296875
 */
export function binomialMidPTest(
  count: number,
  n: number,
  options: { readonly proportion: number },
): MidPTest {
  const { proportion } = options;
  refuseCount(count, n);
  requireInnerFraction("Proportion", proportion);
  const half = binomialPmf(count, n, proportion) / 2;
  const below = count === 0 ? 0 : binomialCdf(count - 1, n, proportion);
  // From above counted by the cases without the attribute, so that a small chance keeps its digits.
  const above = count === n ? 0 : binomialCdf(n - count - 1, n, 1 - proportion);
  return midP(below + half, above + half);
}
