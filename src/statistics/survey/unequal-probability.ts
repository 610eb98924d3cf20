import type { SampleDesign } from "./sample-design.js";
import { squaresWithin } from "./squares-within.js";
import { layOut } from "./stratum-layout.js";
import { weighted, weightsOf } from "./weighted-values.js";

/**
 * Sample with unequal inclusion probabilities within strata, of fixed size: weights 1/π_k, and V(Ŷ) ≈ Σ_h Σ_k c_k(y_k/π_k − A_h)²
 * with c_k = (1 − π_k)·n_h/(n_h − 1) and A_h the mean of y_k/π_k weighted by c_k.
 *
 * @param sample.keys - of the strata
 * @param sample.collapsed - whether each was put together from several: then c_k = n_h/(n_h − 1), without finite population correction;
 *   by default none
 * @param sample.stratumOf - stratum of each responding unit, a code from 0
 * @param sample.probabilities - π_k of each, in (0, 1]; under caps the estimated ones. With π = 1 a unit is certain, adds no
 *   variance and is not counted in n_h
 * @throws CasedrawError `STRATUM_TOO_FEW`, `INCLUSION_PROBABILITY_OUT_OF_RANGE`, `VALUE_OUT_OF_RANGE`, `ROWS_MISMATCHED`
 * @remarks Approximate: it needs no pairwise probabilities, and rests on a design with nearly the highest entropy. With
 *   equal π it is the variance of a stratified random sample. The error of estimated probabilities is not in it.
 * @see Deville (1999) Survey Methodology 25:193–203; Matei & Tillé (2005) J Off Stat 21:543–570, estimator Dev1
 * @example
 * const design = unequalProbabilityDesign({ keys: [""], stratumOf: [0, 0], probabilities: Float64Array.of(0.2, 0.2) });
 * design.varianceOfTotal(Float64Array.of(1, 3)); // → 80; 0.8·2/(2 − 1)·((5 − 10)² + (15 − 10)²)
 */
export function unequalProbabilityDesign(sample: {
  readonly keys: readonly string[];
  readonly collapsed?: readonly boolean[];
  readonly stratumOf: ArrayLike<number>;
  readonly probabilities: Float64Array;
}): SampleDesign {
  const { keys, collapsed, stratumOf, probabilities } = sample;
  const weights = weightsOf(probabilities, stratumOf.length);
  const layout = layOut({ keys, stratumOf, isCertain: (unit) => probabilities[unit] === 1 });
  const factors = probabilities.map((probability, unit) => {
    const size = layout.sizes[stratumOf[unit] as number] as number;
    const left = collapsed?.[stratumOf[unit] as number] === true ? 1 : 1 - probability;
    return probability === 1 ? 0 : (left * size) / (size - 1);
  });
  return {
    method: "unequal-probability",
    weights,
    varianceOfTotal: (values) =>
      squaresWithin(weighted(values, weights), { factors, stratumOf, strata: keys.length }),
    degreesOfFreedom: layout.degreesOfFreedom,
  };
}
