import { normalMultiplier } from "./confidence.js";
import { refuseCount } from "./refusals.js";

/** Bounds of an interval. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Wilson score interval for a proportion under simple random sampling.
 *
 * @param count - cases with the attribute; integer, 0 ≤ count ≤ n
 * @param n - cases reviewed; integer ≥ 1
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @returns bounds as fractions
 * @throws CasedrawError `COUNT_OUT_OF_RANGE` if count is outside 0…n or n is below 1, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Assumes simple random sampling, no fpc, and applies no continuity correction.
 * @see Wilson (1927) JASA 22:209–212; Newcombe (1998) Stat Med 17:857–872, method 3
 * @example wilsonInterval(81, 263) // → { lower: 0.2553, upper: 0.3662 } to 4 places
 */
export function wilsonInterval(
  count: number,
  n: number,
  options: { readonly confidence?: number } = {},
): Interval {
  const z = normalMultiplier(options.confidence);
  refuseCount(count, n);
  const share = count / n;
  const middle = 2 * count + z * z;
  const half = z * Math.sqrt(z * z + 4 * count * (1 - share));
  const under = 2 * (n + z * z);
  // At the ends one bound is 0 or 1 by algebra, which rounding would miss.
  return {
    lower: count === 0 ? 0 : (middle - half) / under,
    upper: count === n ? 1 : (middle + half) / under,
  };
}
