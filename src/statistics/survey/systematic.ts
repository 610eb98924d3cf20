import { requireSameLength } from "../refusals.js";
import type { SampleDesign, SampledStratum } from "./sample-design.js";
import { layOut } from "./stratum-layout.js";
import { stratumShares } from "./stratum-shares.js";
import { weighted } from "./weighted-values.js";

/**
 * Systematic sample within strata: weights N_h/n_h, and the variance by successive differences,
 * V(Ŷ) ≈ Σ (1 − n_h/N_h)·n_h/(2(n_h − 1))·Σ (z_i − z_{i−1})², z = w·y in the order of the list that was drawn from.
 *
 * @param sample.strata - of the population; those that no unit could be drawn from are left out
 * @param sample.stratumOf - stratum of each responding unit, a code from 0
 * @param sample.order - place of each responding unit in that list; only its order counts
 * @throws CasedrawError `STRATUM_TOO_FEW`, `COUNT_OUT_OF_RANGE`, `VALUE_OUT_OF_RANGE`, `ROWS_MISMATCHED`
 * @remarks Approximate: no estimator is unbiased for a systematic sample. Good where the list has a trend, too small where
 *   it has a cycle in step with the interval.
 * @see Wolter (2007) Introduction to Variance Estimation, 2nd ed., eq. 8.2.2, estimator v₂
 * @example
 * const design = systematicDesign({ strata: [{ key: "", populationSize: 6 }], stratumOf: [0, 0, 0], order: [1, 3, 5] });
 * design.varianceOfTotal(Float64Array.of(1, 2, 4)); // → 7.5; (1 − 3/6)·3/(2·2)·(2² + 4²)
 */
export function systematicDesign(sample: {
  readonly strata: readonly SampledStratum[];
  readonly stratumOf: ArrayLike<number>;
  readonly order: ArrayLike<number>;
}): SampleDesign {
  const { strata, stratumOf, order } = sample;
  requireSameLength("Order", order.length, stratumOf.length);
  const { counts, fractions } = stratumShares(strata, stratumOf);
  const layout = layOut({
    keys: strata.map(({ key }) => key),
    stratumOf,
    isCertain: (unit) => fractions[stratumOf[unit] as number] === 1,
  });
  const weights = Float64Array.from(stratumOf, (stratum) => {
    return (strata[stratum] as SampledStratum).populationSize / (counts[stratum] as number);
  });
  const inOrder = Array.from(weights, (_, unit) => unit).sort(
    (a, b) => (order[a] as number) - (order[b] as number),
  );
  return {
    method: "systematic",
    weights,
    varianceOfTotal(values) {
      const totals = weighted(values, weights);
      const last: (number | undefined)[] = strata.map(() => undefined);
      const squares = new Float64Array(strata.length);
      for (const unit of inOrder) {
        const stratum = stratumOf[unit] as number;
        const before = last[stratum];
        last[stratum] = unit;
        if (before === undefined) continue;
        const step = (totals[unit] as number) - (totals[before] as number);
        squares[stratum] = (squares[stratum] as number) + step * step;
      }
      return squares.reduce((sum, own, stratum) => {
        const [fraction, count] = [fractions[stratum] as number, counts[stratum] as number];
        return fraction === 1 ? sum : sum + ((1 - fraction) * count * own) / (2 * (count - 1));
      }, 0);
    },
    degreesOfFreedom: layout.degreesOfFreedom,
  };
}
