/** The longest run of days of a window on which nothing happens. */
export interface EmptyStretch {
  readonly days: number;
  /** Whether chance does not explain it, were the events spread evenly over the window. */
  readonly improbable: boolean;
}

/** Weekends, bank holidays and the courts' breaks leave shorter ones. */
const leastDays = 28;
const leastProbability = 0.001;

/**
 * Finds where dates are missing: of d events spread evenly over a window, a stretch that is a fraction g of it stays empty
 * with a probability of (d + 1)·(1 − g)^d at most.
 *
 * @param days - day numbers within the window, in any order
 * @see David & Nagaraja (2003) Order Statistics, 3rd ed., §6.4: spacings of uniform variables, with Bonferroni's inequality
 */
export function longestStretch(
  days: Float64Array,
  { from, to }: { readonly from: number; readonly to: number },
): EmptyStretch {
  let [longest, last] = [0, from - 1];
  for (const day of days.toSorted()) {
    longest = Math.max(longest, day - last - 1);
    last = day;
  }
  longest = Math.max(longest, to - last);
  const gap = longest / (to - from + 1);
  const chance = (days.length + 1) * Math.exp(days.length * Math.log1p(-gap));
  return { days: longest, improbable: longest >= leastDays && !(chance >= leastProbability) };
}
