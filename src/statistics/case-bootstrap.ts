import { quantileSorted } from "simple-statistics";
import { upperProbability } from "./confidence.js";
import { requireWhole } from "./refusals.js";
import type { Interval } from "./wilson.js";

/**
 * What is estimated: from how often each cluster counts (once each in the data, as drawn in a replicate) to one or several
 * values. A value that such a sample does not have, such as the share of an area without cases, is undefined.
 */
export type ClusterStatistic = (times: Int32Array) => readonly (number | undefined)[];

/** What is drawn again, and how often. */
export interface BootstrapOptions {
  /** Clusters, coded from 0 in an order that does not depend on the file's. */
  readonly clusters: number;
  readonly statistic: ClusterStatistic;
  /** The numbers of replicate k, from 1: at least 0 and below 1, for example `(k) => stream(seed, "bootstrap/" + k)`. */
  readonly stream: (replicate: number) => () => number;
  /** Default 1,000. */
  readonly replicates?: number;
  /** Coverage, a fraction in (0, 1); default 0.95. */
  readonly confidence?: number;
}

/** A figure with how much it would vary if other clusters had come. */
export interface BootstrapValue {
  /** Of the data; undefined as the statistic has it. */
  readonly estimate: number | undefined;
  /** Replicates in which the value is defined; the rest goes by these. */
  readonly replicates: number;
  /** Standard deviation over replicates; these two are absent where fewer than 2 are defined. */
  readonly standardError?: number;
  readonly interval?: Interval;
}

/**
 * Case bootstrap: how much figures would vary if other families' cases had come, by drawing whole clusters again with
 * replacement.
 *
 * @returns for each value the percentile interval, from quantiles of type 7
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Assumes independent clusters. Percentile intervals follow a monotone change of scale, and are too narrow with
 *   few clusters. O(replicates·(clusters + the statistic)).
 * @see Efron & Tibshirani (1993) An Introduction to the Bootstrap, ch. 13; Davison & Hinkley (1997) Bootstrap Methods and
 *   their Application, §3.8
 * @example
 * caseBootstrap({ clusters: 3, statistic: ([first]) => [first / 3], stream: (k) => stream("314159", `bootstrap/${k}`) })[0]?.estimate
 * // → 0.3333 to 4 places
 */
export function caseBootstrap(options: BootstrapOptions): readonly BootstrapValue[] {
  const { clusters, statistic, stream, replicates = 1000, confidence } = options;
  const upper = upperProbability(confidence);
  requireWhole("Clusters", clusters, 1);
  requireWhole("Replicates", replicates, 2);
  const estimates = statistic(new Int32Array(clusters).fill(1));
  const found = estimates.map(() => new Float64Array(replicates));
  const defined = new Int32Array(estimates.length);
  const times = new Int32Array(clusters);
  for (let k = 1; k <= replicates; k++) {
    times.fill(0);
    drawAgain(times, stream(k));
    for (const [at, value] of statistic(times).entries()) {
      if (value !== undefined) (found[at] as Float64Array)[defined[at]!++] = value;
    }
  }
  return estimates.map((estimate, at) => {
    const values = (found[at] as Float64Array).subarray(0, defined[at] as number);
    if (values.length < 2) return { estimate, replicates: values.length };
    const sorted = Array.from(values.sort());
    const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
    const squares = sorted.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
    return {
      estimate,
      replicates: sorted.length,
      standardError: Math.sqrt(squares / (sorted.length - 1)),
      interval: { lower: quantileSorted(sorted, 1 - upper), upper: quantileSorted(sorted, upper) },
    };
  });
}

/** Up to so many clusters the 52 bits of a number choose two of them, each within a millionth of evenly. */
const mostForTwo = 65_536;

/**
 * Draws as many clusters as there are, with replacement, and counts them.
 *
 * @param times - one entry a cluster, 0 each
 */
export function drawAgain(times: Int32Array, next: () => number): void {
  const clusters = times.length;
  let left = 0;
  for (let drawn = 0; drawn < clusters; drawn++) {
    const place = (drawn % 2 === 1 && clusters <= mostForTwo ? left : next()) * clusters;
    const cluster = Math.floor(place);
    // What is left of the number after the choice is again even between 0 and 1.
    left = place - cluster;
    times[cluster]!++;
  }
}
