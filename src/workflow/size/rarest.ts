import { chanceMissed } from "../../statistics/chance-missed.js";
import type { Place } from "./question.js";

/** The rarest practice of which a sample finds one. */
export interface Rarest {
  /** How many of the group have it; unknown in a population of unknown size. */
  readonly cases?: number;
  /** The same as a share of the group. */
  readonly share: number;
}

/**
 * The least number of units with a practice of which the sample holds at least one with the confidence wanted, wherever in
 * the strata they lie.
 *
 * The chance to miss M_h of N_h in a sample of n_h is ∏ (N_h − n_h − i)/(N_h − i) for i = 0 … M_h − 1. Its factors fall
 * within a stratum, so taking the largest that is left each time gives the arrangement that is missed most often.
 *
 * @param places - the strata, with how many of the group each holds
 * @param confidence - a fraction in (0, 1)
 * @returns nothing where even all of the group may be missed
 * @remarks Exact for random draws within strata. About cases × strata steps, in one stratum √N·log₂ N.
 * @see Johnson, Kemp & Kotz (2005) Univariate Discrete Distributions, 3rd ed., §6.2, the hypergeometric distribution at 0
 * @example rarestFound([{ populationSize: 100, sampleSize: 95, held: 100 }], 0.95) // → { cases: 1, share: 0.01 }
 */
export function rarestFound(places: readonly Place[], confidence: number): Rarest | undefined {
  // 1 − 0.95 is a little more than 0.05; the chance to miss is compared without that.
  const bearable = (1 - confidence) * (1 + 1e-12);
  const [only] = places;
  if (only !== undefined && places.length === 1) return rarestInOne(only, bearable);
  const group = places.reduce((sum, { held }) => sum + held, 0);
  const taken = new Float64Array(places.length);
  let chance = 1;
  for (let cases = 1; cases <= group; cases++) {
    let [worst, at] = [-1, 0];
    places.forEach(({ populationSize = 0, sampleSize, held }, place) => {
      const already = taken[place] as number;
      if (already >= held) return;
      const factor = Math.max(0, populationSize - sampleSize - already) / (populationSize - already);
      if (factor > worst) [worst, at] = [factor, place];
    });
    taken[at] = (taken[at] as number) + 1;
    chance *= worst;
    if (chance <= bearable) return { cases, share: cases / group };
  }
  return undefined;
}

/** In one stratum the chance falls with each case more, so that halving finds it. */
function rarestInOne({ populationSize, sampleSize, held }: Place, bearable: number): Rarest | undefined {
  // (1 − p)ⁿ = 1 − confidence
  if (populationSize === undefined) return { share: -Math.expm1(Math.log(bearable) / sampleSize) };
  const missed = (cases: number): number =>
    // The chance is the same with cases and sample exchanged, and worked out in as many steps as the first has.
    chanceMissed({
      population: populationSize,
      group: Math.min(cases, sampleSize),
      sampleSize: Math.max(cases, sampleSize),
    });
  if (missed(held) > bearable) return undefined;
  let [tooFew, enough] = [0, held];
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (missed(middle) <= bearable) enough = middle;
    else tooFew = middle;
  }
  return { cases: enough, share: enough / held };
}
