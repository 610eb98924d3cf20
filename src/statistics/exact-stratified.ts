import { upperProbability } from "./confidence.js";
import { type FiniteSample, hypergeometricInterval } from "./hypergeometric-interval.js";
import { refuseCount, requireWhole } from "./refusals.js";
import type { Interval } from "./wilson.js";

/**
 * Conservative exact limits for how many of a stratified population have an attribute, for where the variance says nothing.
 *
 * Where each stratum's sample has it throughout or not at all, the limits of all such strata are found together: the most
 * units that can have it unseen, wherever they lie, with a chance above α/2. Otherwise they are the exact limits of each
 * stratum at confidence 1 − α/H, added up (Bonferroni), which are far wider.
 *
 * @param strata - one simple random sample each; at least one. A stratum that was reviewed whole is exact and not counted
 *   in H.
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @returns whole numbers of the population; a census gives its count twice
 * @throws CasedrawError `COUNT_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`, `VALUE_OUT_OF_RANGE` without strata
 * @remarks About units × strata steps.
 * @see Buonaccorsi (1987) The American Statistician 41:215–218 for one stratum; the chance to see none of M_h is
 *   ∏ (N_h − n_h − i)/(N_h − i) for i = 0 … M_h − 1, whose factors fall, so that the largest left, each time, give the
 *   arrangement that is missed most often
 * @example exactStratifiedInterval([{ count: 0, sampleSize: 30, populationSize: 200 }]) // → { lower: 0, upper: 21 }
 */
export function exactStratifiedInterval(
  strata: readonly FiniteSample[],
  options: { readonly confidence?: number } = {},
): Interval {
  requireWhole("Number of strata", strata.length, 1);
  const tail = 1 - upperProbability(options.confidence); // α/2
  for (const { count, sampleSize, populationSize } of strata) {
    refuseCount(count, sampleSize);
    refuseCount(sampleSize, populationSize);
  }
  const whole = strata.filter(({ sampleSize, populationSize }) => sampleSize === populationSize);
  const sampled = strata.filter(({ sampleSize, populationSize }) => sampleSize < populationSize);
  const known = whole.reduce((sum, { count }) => sum + count, 0);
  const { lower, upper } = sampled.every(({ count, sampleSize }) => count === 0 || count === sampleSize)
    ? jointLimits(sampled, tail)
    : addedLimits(sampled, tail);
  return { lower: known + lower, upper: known + upper };
}

/** Of strata whose samples have the attribute throughout or not at all. */
function jointLimits(strata: readonly FiniteSample[], tail: number): Interval {
  const having = strata.filter(({ count }) => count > 0);
  const lacking = strata.filter(({ count }) => count === 0);
  const all = having.reduce((sum, { populationSize }) => sum + populationSize, 0);
  return { lower: all - mostUnseen(having, tail), upper: all + mostUnseen(lacking, tail) };
}

/** The most units of a kind of which a sample holds none with a chance above the tail, wherever in the strata they lie. */
function mostUnseen(strata: readonly FiniteSample[], tail: number): number {
  const taken = new Float64Array(strata.length);
  let chance = 1;
  for (let units = 0; ; units++) {
    let [largest, at] = [0, -1];
    for (const [stratum, { populationSize, sampleSize }] of strata.entries()) {
      const already = taken[stratum] as number;
      const factor = (populationSize - sampleSize - already) / (populationSize - already);
      if (factor > largest) [largest, at] = [factor, stratum];
    }
    chance *= largest;
    if (at === -1 || chance <= tail) return units;
    taken[at] = (taken[at] as number) + 1;
  }
}

function addedLimits(strata: readonly FiniteSample[], tail: number): Interval {
  const confidence = 1 - (2 * tail) / strata.length;
  let [lower, upper] = [0, 0];
  for (const stratum of strata) {
    const own = hypergeometricInterval(stratum, { confidence });
    lower += own.lower;
    upper += own.upper;
  }
  return { lower, upper };
}
