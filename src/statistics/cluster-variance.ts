import { CasedrawError } from "../errors.js";
import { effectiveWilsonInterval } from "./effective-wilson.js";
import { checkGrouping, type Grouping } from "./grouping.js";
import { requireSameLength, requireThat } from "./refusals.js";
import { tInterval } from "./t-interval.js";
import { type Interval, wilsonInterval } from "./wilson.js";

/** Values of single cases, such as children, and the cluster of each, such as its family's case. */
export interface ClusteredValues {
  readonly values: ArrayLike<number>;
  readonly clusters: Grouping;
}

/** A mean of units that come in clusters, with the standard error that this leaves. */
export interface ClusteredMean {
  readonly mean: number;
  /** Robust to any likeness within clusters. */
  readonly standardError: number;
  readonly interval: Interval;
  readonly n: number;
  /** Clusters with at least one value; the interval has one degree of freedom less. */
  readonly clusters: number;
  /** Variance over that of as many independent values; undefined where all values are the same. */
  readonly designEffect: number | undefined;
}

/** The same of a proportion. */
export interface ClusteredProportion extends ClusteredMean {
  /** n over the design effect: the size that the interval rests on. */
  readonly effectiveSize: number;
}

/**
 * Mean of values that come in clusters, with a variance that lets those of one cluster be alike.
 *
 * @param data - values and their clusters, coded from 0; every cluster may have any size
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `ROWS_MISMATCHED`, `STATISTIC_UNDEFINED` with fewer than two clusters,
 *   `CONFIDENCE_OUT_OF_RANGE`
 * @remarks v = C/(C − 1)·Σ_c (Σ_{i in c}(y_i − ȳ)/n)², t interval on C − 1. Assumes independent clusters; no fpc, so that of a
 *   census it describes the process that gave the values. O(n).
 * @see Särndal, Swensson & Wretman (1992) Model Assisted Survey Sampling, §5.7; Kish (1965) Survey Sampling, §8.2
 * @example clusteredMean({ values: [1, 2, 5], clusters: { codes: [0, 0, 1], count: 2 } }).mean // → 2.6667 to 4 places
 */
export function clusteredMean(
  data: ClusteredValues,
  options: { readonly confidence?: number } = {},
): ClusteredMean {
  const { mean, variance, n, clusters, designEffect } = linearised(data);
  const standardError = Math.sqrt(variance);
  const interval = tInterval({ estimate: mean, variance }, { ...options, degreesOfFreedom: clusters - 1 });
  return { mean, standardError, interval, n, clusters, designEffect };
}

/**
 * The same for a proportion: values are 0 or 1, and the interval is Wilson's on the effective size with the quantile of t.
 *
 * @param data - values 0 or 1 and their clusters
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @throws CasedrawError as `clusteredMean`
 * @remarks Where no value, or every value, is 1 the likeness cannot be seen: each cluster then counts as one value. Where
 *   every cluster has the same share the variance comes out as 0, and values count as independent.
 * @see Wilson (1927) JASA 22:209–212; Dean & Pagano (2015) Stat Methods Med Res 24:1051–1066
 * @example clusteredProportion({ values: [1, 1, 0], clusters: { codes: [0, 0, 1], count: 2 } }).mean // → 0.6667 to 4 places
 */
export function clusteredProportion(
  data: ClusteredValues,
  options: { readonly confidence?: number } = {},
): ClusteredProportion {
  for (let at = 0; at < data.values.length; at++) {
    const value = data.values[at] as number;
    if (value === 0 || value === 1) continue;
    requireThat(false, {
      what: "Value of a proportion",
      rule: "it is 0 or 1",
      value,
      next: `Leave out what is not known; it is the value at place ${at}.`,
    });
  }
  const { mean, variance, n, clusters, designEffect } = linearised(data);
  const shared = { mean, standardError: Math.sqrt(variance), n, clusters, designEffect };
  if (mean === 0 || mean === 1) {
    return {
      ...shared,
      effectiveSize: clusters,
      interval: wilsonInterval(mean * clusters, clusters, options),
    };
  }
  const independent = (mean * (1 - mean)) / n;
  const used = variance > 0 ? variance : independent;
  return {
    ...shared,
    effectiveSize: (n * independent) / used,
    interval: effectiveWilsonInterval(
      { proportion: mean, variance: used },
      { ...options, degreesOfFreedom: clusters - 1 },
    ),
  };
}

function linearised({ values, clusters: { codes, count } }: ClusteredValues) {
  const n = values.length;
  requireSameLength("Clusters", codes.length, n);
  checkGrouping({ codes, count }, n, "Clusters");
  let sum = 0;
  for (let at = 0; at < n; at++) {
    const value = values[at] as number;
    if (!Number.isFinite(value)) {
      requireThat(false, {
        what: "Value",
        rule: "it is a number",
        value,
        next: `Leave out what is not known; it is at place ${at}.`,
      });
    }
    sum += value;
  }
  const mean = sum / n;
  const totals = new Float64Array(count);
  const sizes = new Int32Array(count);
  let squares = 0;
  for (let at = 0; at < n; at++) {
    const code = codes[at] as number;
    const distance = (values[at] as number) - mean;
    totals[code]! += distance;
    sizes[code]!++;
    squares += distance * distance;
  }
  const clusters = sizes.filter((size) => size > 0).length;
  if (clusters < 2) {
    throw new CasedrawError(
      "STATISTIC_UNDEFINED",
      `Clustered mean: values of at least 2 clusters are wanted, got ${clusters}. Show the values without an interval.`,
      { clusters },
    );
  }
  const between = totals.reduce((total, distance) => total + distance * distance, 0);
  const variance = ((clusters / (clusters - 1)) * between) / (n * n);
  const independent = squares / (n - 1) / n;
  return { mean, variance, n, clusters, designEffect: independent > 0 ? variance / independent : undefined };
}
