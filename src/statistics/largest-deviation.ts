import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";

/** Units with the same probability of being drawn. */
export interface EquallyLikely {
  /** A fraction in (0, 1). */
  readonly probability: number;
  readonly units: number;
}

/** How the largest |z| of many units behaves where every unit has exactly its probability. */
export interface LargestDeviation {
  /** The |z| that the largest stays at or below with this probability, a fraction in (0, 1). */
  quantile(fraction: number): number;
}

/** No |z| of a count of draws is larger than this with a probability that matters. */
const furthest = 1e4;

/** How finely quantiles are found. */
const fineness = 1e-4;

/** A count that lies exactly at a limit is within it. */
const rounding = 1e-9;

/**
 * The largest deviation of single units over many draws. A unit with probability π is drawn X times in K draws, X binomial,
 * and z = (X − Kπ)/√(Kπ(1 − π)). Units are taken as independent; in a sample of fixed size they are nearly so.
 *
 * @param groups - at least one
 * @param draws - K; whole number ≥ 1
 * @see David & Nagaraja (2003) Order Statistics, §2.1: P(max ≤ t) = Π P(|z| ≤ t)
 */
export function largestDeviation(groups: readonly EquallyLikely[], draws: number): LargestDeviation {
  const tails = groups.map(({ probability, units }) => ({ units, tail: binomialTail(draws, probability) }));
  const chanceWithin = (limit: number): number => {
    let log = 0;
    for (const { units, tail } of tails) log += units * Math.log1p(-Math.min(1, tail(limit)));
    return Math.exp(log);
  };
  return {
    quantile(fraction) {
      let [low, high] = [0, furthest];
      while (high - low > fineness) {
        const middle = (low + high) / 2;
        if (chanceWithin(middle) >= fraction) high = middle;
        else low = middle;
      }
      return high;
    },
  };
}

/** P(|z| > limit) of a binomial count, as a function of the limit. */
function binomialTail(draws: number, probability: number): (limit: number) => number {
  const mean = draws * probability;
  const error = Math.sqrt(mean * (1 - probability));
  return (limit) => {
    const reach = limit * error + rounding;
    const lastBelow = Math.ceil(mean - reach) - 1;
    const firstAbove = Math.floor(mean + reach) + 1;
    // From above it is counted by the draws without the unit, so that a small chance keeps its digits.
    const below = lastBelow < 0 ? 0 : binomialCdf(lastBelow, draws, probability);
    const above = firstAbove > draws ? 0 : binomialCdf(draws - firstAbove, draws, 1 - probability);
    return below + above;
  };
}
