import { requireSameLength, requireThat } from "../refusals.js";
import { leastSquares } from "./least-squares.js";
import type { SampleDesign } from "./sample-design.js";
import { layOut } from "./stratum-layout.js";
import { weighted, weightsOf } from "./weighted-values.js";

/**
 * Balanced sample (the cube method): weights 1/π_k, and the variance of what the balancing variables do not explain,
 * V(Ŷ) ≈ Σ c_k(y_k/π_k − x_k′B)² with c_k = (1 − π_k)·n/(n − p) and B by least squares with weights c_k.
 *
 * @param sample.keys - of the strata, each of which is a balancing variable
 * @param sample.collapsed - whether each was put together from several: then its units have c_k = n/(n − p); by default none
 * @param sample.stratumOf - stratum of each responding unit, a code from 0
 * @param sample.probabilities - π_k of each, in (0, 1]; with π = 1 a unit adds no variance and is not counted in n
 * @param sample.columns - x_k of each balancing column beside the strata, undivided by π: mostly indicators
 * @throws CasedrawError `STRATUM_TOO_FEW`, `INCLUSION_PROBABILITY_OUT_OF_RANGE`, `ROWS_MISMATCHED`; `VALUE_OUT_OF_RANGE`,
 *   also for no fewer balancing variables than units
 * @remarks Approximate; p is the number of independent balancing variables, strata among them. The imbalance that is left by
 *   the landing is not in it. Degrees of freedom go by strata, as of other designs.
 * @see Deville & Tillé (2005) J Stat Plan Inference 128:569–591, eq. 14 with the second c_k
 * @example
 * const design = balancedDesign({ keys: [""], stratumOf: [0, 0], probabilities: Float64Array.of(0.2, 0.2), columns: [] });
 * design.varianceOfTotal(Float64Array.of(1, 3)); // → 80; as of a random sample: nothing was balanced
 */
export function balancedDesign(sample: {
  readonly keys: readonly string[];
  readonly collapsed?: readonly boolean[];
  readonly stratumOf: ArrayLike<number>;
  readonly probabilities: Float64Array;
  readonly columns: readonly Float64Array[];
}): SampleDesign {
  const { keys, collapsed, stratumOf, probabilities, columns } = sample;
  const units = stratumOf.length;
  const weights = weightsOf(probabilities, units);
  const layout = layOut({ keys, stratumOf, isCertain: (unit) => probabilities[unit] === 1 });
  for (const column of columns) requireSameLength("Balancing column", column.length, units);
  const strata = keys.map((_, stratum) => Float64Array.from(stratumOf, (code) => (code === stratum ? 1 : 0)));
  const fit = leastSquares(
    [...strata, ...columns],
    probabilities.map((probability, unit) =>
      probability < 1 && collapsed?.[stratumOf[unit] as number] === true ? 1 : 1 - probability,
    ),
  );
  const size = layout.sizes.reduce((sum, own) => sum + own, 0);
  requireThat(size === 0 || fit.rank < size, {
    what: "Independent balancing variables",
    rule: `they are fewer than the responding units that were not certain, which are ${size}`,
    value: fit.rank,
    next: "Leave balancing variables out of the variance, the last first.",
  });
  return {
    method: "balanced",
    weights,
    varianceOfTotal(values) {
      const residuals = fit.scaledResiduals(weighted(values, weights));
      const squares = residuals.reduce((sum, residual) => sum + residual * residual, 0);
      return size === 0 ? 0 : (squares * size) / (size - fit.rank);
    },
    degreesOfFreedom: layout.degreesOfFreedom,
  };
}
