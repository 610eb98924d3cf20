import { refuseCount, requireSameLength } from "../refusals.js";
import type { SampleDesign } from "./sample-design.js";
import { squaresWithin } from "./squares-within.js";
import { layOut } from "./stratum-layout.js";
import { weighted, weightsOf } from "./weighted-values.js";

/** A stratum from which clusters were drawn. */
export interface ClusteredStratum {
  readonly key: string;
  /**
   * N_h, how many clusters it holds, where the clusters of the sample were taken whole. Left out where units were drawn
   * within them: without fpc the variance between clusters covers both stages.
   */
  readonly clusters?: number;
}

/**
 * Sample of clusters, such as cases with several children: weights 1/π_k, and the variance between the clusters' totals,
 * V(Ŷ) = Σ_h (1 − f_h)·n_h/(n_h − 1)·Σ_c (z_c − z̄_h)², z_c = Σ_{k in c} y_k/π_k.
 *
 * @param sample.strata - in the order of their codes
 * @param sample.stratumOf - stratum of each responding unit, a code from 0
 * @param sample.clusterOf - cluster of each, a number of its own throughout
 * @param sample.probabilities - π_k of each, in (0, 1]
 * @throws CasedrawError `STRATUM_TOO_FEW`, `INCLUSION_PROBABILITY_OUT_OF_RANGE`, `COUNT_OUT_OF_RANGE`, `VALUE_OUT_OF_RANGE`,
 *   `ROWS_MISMATCHED`
 * @remarks For units that were drawn by themselves no clusters are needed, though they share a case.
 * @see Hansen, Hurwitz & Madow (1953) Sample Survey Methods and Theory, vol. I, ch. 6; Wolter (2007) Introduction to Variance
 *   Estimation, 2nd ed., §1.4
 * @example
 * const design = ultimateClusterDesign({
 *   strata: [{ key: "" }], stratumOf: [0, 0, 0], clusterOf: [1, 1, 2], probabilities: Float64Array.of(0.5, 0.5, 0.5),
 * });
 * design.varianceOfTotal(Float64Array.of(1, 1, 1)); // → 4; 2/(2 − 1)·((4 − 3)² + (2 − 3)²)
 */
export function ultimateClusterDesign(sample: {
  readonly strata: readonly ClusteredStratum[];
  readonly stratumOf: ArrayLike<number>;
  readonly clusterOf: ArrayLike<number>;
  readonly probabilities: Float64Array;
}): SampleDesign {
  const { strata, stratumOf, clusterOf, probabilities } = sample;
  requireSameLength("Clusters", clusterOf.length, stratumOf.length);
  const weights = weightsOf(probabilities, stratumOf.length);
  const places = new Map<number, number>();
  const stratumOfCluster: number[] = [];
  const counts = new Int32Array(strata.length);
  const placeOf = Int32Array.from(clusterOf, (cluster, unit) => {
    const known = places.get(cluster);
    if (known !== undefined) return known;
    const stratum = stratumOf[unit] as number;
    counts[stratum] = (counts[stratum] as number) + 1;
    places.set(cluster, stratumOfCluster.length);
    return stratumOfCluster.push(stratum) - 1;
  });
  const fractions = strata.map(({ clusters }, stratum) => {
    if (clusters === undefined) return 0;
    refuseCount(counts[stratum] as number, clusters);
    return (counts[stratum] as number) / clusters;
  });
  const layout = layOut({
    keys: strata.map(({ key }) => key),
    stratumOf,
    clusterOf,
    isCertain: (unit) => fractions[stratumOf[unit] as number] === 1,
  });
  const factors = Float64Array.from(stratumOfCluster, (stratum) => {
    const [fraction, count] = [fractions[stratum] as number, counts[stratum] as number];
    return fraction === 1 ? 0 : ((1 - fraction) * count) / (count - 1);
  });
  return {
    method: "ultimate-cluster",
    weights,
    varianceOfTotal(values) {
      const totals = new Float64Array(stratumOfCluster.length);
      weighted(values, weights).forEach((value, unit) => {
        const place = placeOf[unit] as number;
        totals[place] = (totals[place] as number) + value;
      });
      return squaresWithin(totals, { factors, stratumOf: stratumOfCluster, strata: strata.length });
    },
    degreesOfFreedom: layout.degreesOfFreedom,
  };
}
