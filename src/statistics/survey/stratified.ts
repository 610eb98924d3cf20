import type { SampleDesign, SampledStratum } from "./sample-design.js";
import { squaresWithin } from "./squares-within.js";
import { layOut } from "./stratum-layout.js";
import { stratumShares } from "./stratum-shares.js";
import { weighted } from "./weighted-values.js";

/**
 * Stratified simple random sample: weights N_h/n_h, and V(Ŷ) = Σ N_h²(1 − n_h/N_h)s_h²/n_h with s_h² on n_h − 1.
 *
 * @param sample.strata - of the population; those that no unit could be drawn from are left out
 * @param sample.stratumOf - stratum of each responding unit, a code from 0
 * @throws CasedrawError `STRATUM_TOO_FEW`, `COUNT_OUT_OF_RANGE`, `VALUE_OUT_OF_RANGE`
 * @remarks Where cases do not respond, n_h counts those that did: they are taken for a random part of the stratum.
 * @see Cochran (1977) Sampling Techniques, 3rd ed., eq. 5.12
 * @example
 * const design = stratifiedDesign({ strata: [{ key: "", populationSize: 10 }], stratumOf: [0, 0] });
 * design.varianceOfTotal(Float64Array.of(1, 3)); // → 80; 10²·(1 − 2/10)·2/2
 */
export function stratifiedDesign(sample: {
  readonly strata: readonly SampledStratum[];
  readonly stratumOf: ArrayLike<number>;
}): SampleDesign {
  const { strata, stratumOf } = sample;
  const { counts, fractions } = stratumShares(strata, stratumOf);
  const layout = layOut({
    keys: strata.map(({ key }) => key),
    stratumOf,
    isCertain: (unit) => fractions[stratumOf[unit] as number] === 1,
  });
  const weights = Float64Array.from(stratumOf, (stratum) => {
    return (strata[stratum] as SampledStratum).populationSize / (counts[stratum] as number);
  });
  const factors = Float64Array.from(stratumOf, (stratum) => {
    const count = counts[stratum] as number;
    return fractions[stratum] === 1 ? 0 : ((1 - (fractions[stratum] as number)) * count) / (count - 1);
  });
  return {
    method: "stratified",
    weights,
    varianceOfTotal: (values) =>
      squaresWithin(weighted(values, weights), { factors, stratumOf, strata: strata.length }),
    degreesOfFreedom: layout.degreesOfFreedom,
  };
}
