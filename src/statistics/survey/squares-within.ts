/**
 * Σ_h Σ_k c_k (z_k − A_h)² with A_h = Σ c_k z_k / Σ c_k, over the strata.
 *
 * @param values - z_k of each sampling unit
 * @param options.factors - c_k, 0 or more; a stratum where all are 0 adds nothing
 * @param options.stratumOf - code of each sampling unit, from 0
 * @param options.strata - how many there are
 */
export function squaresWithin(
  values: Float64Array,
  options: {
    readonly factors: Float64Array;
    readonly stratumOf: ArrayLike<number>;
    readonly strata: number;
  },
): number {
  const { factors, stratumOf, strata } = options;
  const sums = new Float64Array(strata);
  const totals = new Float64Array(strata);
  for (let k = 0; k < values.length; k++) {
    const [stratum, factor] = [stratumOf[k] as number, factors[k] as number];
    sums[stratum] = (sums[stratum] as number) + factor * (values[k] as number);
    totals[stratum] = (totals[stratum] as number) + factor;
  }
  let squares = 0;
  for (let k = 0; k < values.length; k++) {
    const [stratum, factor] = [stratumOf[k] as number, factors[k] as number];
    if (factor === 0) continue;
    const off = (values[k] as number) - (sums[stratum] as number) / (totals[stratum] as number);
    squares += factor * off * off;
  }
  return squares;
}
