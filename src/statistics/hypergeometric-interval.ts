import hypergeometricCdf from "@stdlib/stats-base-dists-hypergeometric-cdf";
import { upperProbability } from "./confidence.js";
import { refuseCount } from "./refusals.js";
import type { Interval } from "./wilson.js";

/** A simple random sample out of a finite population. */
export interface FiniteSample {
  /** x, cases with the attribute; integer, 0 ≤ count ≤ n */
  readonly count: number;
  /** n, cases reviewed; integer, 1 ≤ n ≤ N */
  readonly sampleSize: number;
  /** N; integer */
  readonly populationSize: number;
}

/**
 * Exact limits for how many of a finite population have an attribute, from a simple random sample without replacement:
 * all numbers under which a sample with as many or as few is not rarer than α/2.
 *
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @returns whole numbers of the population; those that were seen are within them
 * @throws CasedrawError `COUNT_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks About 2·log₂ N sums of up to n terms.
 * @see Buonaccorsi (1987) The American Statistician 41:215–218; Konijn (1973) Statistical Theory of Sample Survey Design
 * @example hypergeometricInterval({ count: 10, sampleSize: 100, populationSize: 1000 }) // → { lower: 52, upper: 172 }
 */
export function hypergeometricInterval(
  { count, sampleSize, populationSize }: FiniteSample,
  options: { readonly confidence?: number } = {},
): Interval {
  const tail = 1 - upperProbability(options.confidence);
  refuseCount(count, sampleSize);
  refuseCount(sampleSize, populationSize);
  const most = (having: number): number => {
    // P(X ≤ x) falls as more of the population have the attribute.
    let [low, high] = [having, populationSize - sampleSize + having];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (hypergeometricCdf(having, populationSize, middle, sampleSize) > tail) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return { lower: populationSize - most(sampleSize - count), upper: most(count) };
}
