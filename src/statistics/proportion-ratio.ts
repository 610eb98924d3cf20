import { normalMultiplier } from "./confidence.js";
import type { Share } from "./newcombe.js";
import { refuseCount, requireThat } from "./refusals.js";
import type { Interval } from "./wilson.js";

/**
 * Ratio of two independent proportions (relative risk, relative rate index) with Koopman's score interval: all ratios that a
 * score test at α does not reject.
 *
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @returns the first proportion over the second, and bounds
 * @throws CasedrawError `COUNT_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`; `VALUE_OUT_OF_RANGE` where nobody of the second
 *   has the attribute, and the ratio has no value
 * @remarks Assumes two independent simple random samples. Unlike an interval for the logarithm it needs no cases of the first.
 * @see Koopman (1984) Biometrics 40:513–517
 * @example
 * proportionRatio({ first: { count: 36, n: 40 }, second: { count: 16, n: 80 } })
 * // → { ratio: 4.5, lower: 2.94, upper: 7.15 } to 2 places
 */
export function proportionRatio(
  { first, second }: { readonly first: Share; readonly second: Share },
  options: { readonly confidence?: number } = {},
): Interval & { readonly ratio: number } {
  const z = normalMultiplier(options.confidence);
  refuseCount(first.count, first.n);
  refuseCount(second.count, second.n);
  requireThat(second.count > 0, {
    what: "Ratio of proportions",
    rule: "somebody of the second group has the attribute",
    value: second.count,
    next: "Compare the other way round, or give the difference.",
  });
  const ratio = first.count / first.n / (second.count / second.n);
  const rejected = (tried: number): boolean => scoreChiSquare(first, second, tried) > z * z;
  let beyond = ratio === 0 ? 1 : 2 * ratio;
  while (!rejected(beyond)) beyond *= 2;
  return {
    ratio,
    lower: ratio === 0 ? 0 : boundary({ rejected, inside: ratio, outside: 0 }),
    upper: boundary({ rejected, inside: ratio, outside: beyond }),
  };
}

/** Pearson's statistic of two shares against the likeliest proportions with this ratio (Koopman's eq. 2). */
function scoreChiSquare(first: Share, second: Share, ratio: number): number {
  const all = first.n + second.n;
  const slope = ratio * (first.n + second.count) + first.count + second.n;
  const having = first.count + second.count;
  // The lesser root of all·ratio·p² − slope·p + having = 0, in the form that does not cancel.
  const p = (2 * having) / (slope + Math.sqrt(Math.max(0, slope * slope - 4 * all * ratio * having)));
  return pearson(first, ratio * p) + pearson(second, p);
}

function pearson({ count, n }: Share, proportion: number): number {
  const off = count - n * proportion;
  const variance = n * proportion * (1 - proportion);
  // At a proportion of 0 or 1 the likeliest is also what was seen.
  return variance > 0 ? (off * off) / variance : 0;
}

/** Halves the span until two neighbouring numbers are left. */
function boundary(span: { rejected: (tried: number) => boolean; inside: number; outside: number }): number {
  let { inside, outside } = span;
  for (;;) {
    const middle = (inside + outside) / 2;
    if (middle === inside || middle === outside) return inside;
    if (span.rejected(middle)) outside = middle;
    else inside = middle;
  }
}
