import { refuseCount } from "../refusals.js";
import type { SampledStratum } from "./sample-design.js";

/** Strata of which equally many in a hundred were taken throughout. */
export interface StratumShares {
  /** n_h, counted. */
  readonly counts: Int32Array;
  /** f_h = n_h/N_h. */
  readonly fractions: Float64Array;
}

/** @throws CasedrawError `COUNT_OUT_OF_RANGE` for a stratum with more units than it holds */
export function stratumShares(
  strata: readonly SampledStratum[],
  stratumOf: ArrayLike<number>,
): StratumShares {
  const counts = new Int32Array(strata.length);
  for (let unit = 0; unit < stratumOf.length; unit++) {
    const stratum = stratumOf[unit] as number;
    counts[stratum] = (counts[stratum] as number) + 1;
  }
  const fractions = Float64Array.from(strata, ({ populationSize }, stratum) => {
    refuseCount(counts[stratum] as number, populationSize);
    return (counts[stratum] as number) / populationSize;
  });
  return { counts, fractions };
}
