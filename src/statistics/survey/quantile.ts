import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { upperProbability } from "../confidence.js";
import { requireSameLength } from "../refusals.js";
import { weightedQuantile } from "../weighted-quantile.js";
import type { Interval } from "../wilson.js";
import { surveyMean } from "./mean.js";
import type { Domain, SampleDesign } from "./sample-design.js";

/** A quantile and its interval. */
export interface QuantileEstimate {
  readonly estimate: number;
  /** Left out where the sample is too small to bound it on one side. */
  readonly interval?: Interval;
  readonly sampleSize: number;
}

/**
 * Quantile of a domain from a sample, with Woodruff's interval: the quantiles at the bounds of the share of the domain that is
 * not above it.
 *
 * @param values - y_k of each responding unit, finite
 * @param options.fraction - from 0 to 1; 0.5 for the median
 * @param options.domain - 1 for units that belong to it; by default all
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @throws CasedrawError `DOMAIN_EMPTY`, `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Type 1, see `weightedQuantile`; t with the design's degrees of freedom.
 * @see Woodruff (1952) JASA 47:635–646; R package survey, `svyquantile(qrule = "math", interval.type = "mean")`
 * @example
 * const design = stratifiedDesign({ strata: [{ key: "", populationSize: 10 }], stratumOf: [0, 0, 0] });
 * surveyQuantile(Float64Array.of(10, 21, 60), { design, fraction: 0.5 }).estimate // → 21
 */
export function surveyQuantile(
  values: Float64Array,
  options: {
    readonly design: SampleDesign;
    readonly fraction: number;
    readonly domain?: Domain;
    readonly confidence?: number;
  },
): QuantileEstimate {
  const { design, fraction, domain, confidence } = options;
  const upper = upperProbability(confidence);
  requireSameLength("Values", values.length, design.weights.length);
  const within = domain === undefined ? {} : { domain };
  const held = Array.from(values, (_, unit) => unit).filter(
    (unit) => domain === undefined || domain[unit] !== 0,
  );
  const own = Float64Array.from(held, (unit) => values[unit] as number);
  const weights = Float64Array.from(held, (unit) => design.weights[unit] as number);
  // Before the quantile, so that an empty domain is refused as such.
  const shareBelow = (bound: number) =>
    surveyMean(
      values.map((value) => (value <= bound ? 1 : 0)),
      { design, ...within },
    );
  shareBelow(0);
  const estimate = weightedQuantile(own, { weights, fraction });
  const share = shareBelow(estimate);
  const degreesOfFreedom = design.degreesOfFreedom(domain);
  // Without degrees of freedom all strata that hold the domain were taken whole.
  const half = degreesOfFreedom > 0 ? tQuantile(upper, degreesOfFreedom) * share.standardError : 0;
  const [low, high] = [share.estimate - half, share.estimate + half];
  const result = { estimate, sampleSize: share.sampleSize };
  if (low < 0 || high > 1 + 1e-12) return result;
  return {
    ...result,
    interval: {
      lower: weightedQuantile(own, { weights, fraction: low }),
      upper: weightedQuantile(own, { weights, fraction: Math.min(1, high) }),
    },
  };
}
