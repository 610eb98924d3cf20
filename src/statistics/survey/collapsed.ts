import type { SampleDesign } from "./sample-design.js";
import { layOut } from "./stratum-layout.js";
import { weighted, weightsOf } from "./weighted-values.js";

/**
 * Strata put together for the variance, because one alone has too few responding units to show its spread: weights 1/π_k, and
 * V(Ŷ) ≈ Σ_g n_g/(n_g − 1)·Σ_{k in g} (z_k − w_k·ȳ_g)² with z_k = w_k·y_k and ȳ_g = Σ z_k / Σ w_k. In a stratum that was left
 * alone each square is multiplied by 1 − π_k.
 *
 * @param sample.keys - of the collapsed strata; one that was left alone is its own
 * @param sample.collapsed - whether each was put together from several
 * @param sample.stratumOf - collapsed stratum of each responding unit, a code from 0
 * @param sample.probabilities - π_k of each, in (0, 1]; with π = 1 a unit is certain, adds no variance and is not counted in n_g
 * @throws CasedrawError `STRATUM_TOO_FEW`, `INCLUSION_PROBABILITY_OUT_OF_RANGE`, `VALUE_OUT_OF_RANGE`, `ROWS_MISMATCHED`
 * @remarks Cautious: what lies between the strata of one group is taken for spread within, so that it is on average too large, and
 *   the more the less they are alike. Join strata that are alike, and before the findings are known. With one unit in each of
 *   two strata it is Wolter's collapsed stratum estimator, the weights taken for the measures of size; it has no finite
 *   population correction, because units of different strata are independent. Of a stratum of equal weights that was left alone
 *   it is the variance of a stratified random sample.
 * @see Wolter (2007) Introduction to Variance Estimation, 2nd ed., §2.5; Cochran (1977) Sampling Techniques, 3rd ed., §5A.12
 * @example
 * const design = collapsedDesign({
 *   keys: ["a + b"], collapsed: [true], stratumOf: [0, 0], probabilities: Float64Array.of(1 / 30, 0.1),
 * });
 * design.varianceOfTotal(Float64Array.of(1, 5)); // → 3600; 2·((30 − 30·2)² + (50 − 10·2)²)
 */
export function collapsedDesign(sample: {
  readonly keys: readonly string[];
  readonly collapsed: readonly boolean[];
  readonly stratumOf: ArrayLike<number>;
  readonly probabilities: Float64Array;
}): SampleDesign {
  const { keys, collapsed, stratumOf, probabilities } = sample;
  const weights = weightsOf(probabilities, stratumOf.length);
  const layout = layOut({ keys, stratumOf, isCertain: (unit) => probabilities[unit] === 1 });
  return {
    method: "collapsed-strata",
    weights,
    varianceOfTotal(values) {
      const totals = weighted(values, weights);
      const [sums, sizes] = [new Float64Array(keys.length), new Float64Array(keys.length)];
      totals.forEach((total, unit) => {
        if (probabilities[unit] === 1) return;
        const stratum = stratumOf[unit] as number;
        sums[stratum] = (sums[stratum] as number) + total;
        sizes[stratum] = (sizes[stratum] as number) + (weights[unit] as number);
      });
      return totals.reduce((variance, total, unit) => {
        const [stratum, probability] = [stratumOf[unit] as number, probabilities[unit] as number];
        if (probability === 1) return variance;
        const mean = (sums[stratum] as number) / (sizes[stratum] as number);
        const off = total - (weights[unit] as number) * mean;
        const n = layout.sizes[stratum] as number;
        const left = collapsed[stratum] === true ? 1 : 1 - probability;
        return variance + (left * n * off * off) / (n - 1);
      }, 0);
    },
    degreesOfFreedom: layout.degreesOfFreedom,
  };
}
