import type { DesignStratum } from "../design-stratum.js";
import type { Member, Standing } from "./standing.js";

/** What a stratum's units stand for after losses. */
export interface StratumWeights {
  /** Of a unit in scope and at hand. */
  readonly inScope: number;
  readonly outOfScope: number;
  /** Whether release stopped on reaching a number in scope, so that the size in scope is N_h(n_h − 1)/(m_h − 1). */
  readonly stopped: boolean;
}

/** How many units of a stratum became what. */
export interface Tally {
  /** m_h */
  readonly members: number;
  readonly outOfScope: number;
  /** Inaccessible, or a conflict that nobody could take. */
  readonly silent: number;
}

/**
 * Weights where the sample of a stratum is its first m_h units in random order, whatever stopped their release.
 *
 * Units that do not respond are missing at random within the stratum, so that those that do, m′ in number, are its first m′
 * in random order: each stands for N_h/m′. Where release stopped when n_h were in scope, the last one always is, and the size
 * in scope is N_h(n_h − 1)/(m′ − 1) instead; n_h in-scope units share it, and the others share the rest. Where the reserves ran
 * out first, N_h/m′ stands: with both ends of the release the estimator is unbiased.
 *
 * @param options.populationSize - N_h
 * @param options.wanted - n_h
 * @param options.toppedUp - then the number in scope is no fixed one, and N_h/m′ is used
 * @see Haldane (1945) Biometrika 33:222–225; Girshick, Mosteller & Savage (1946) Ann Math Stat 17:13–23, theorem 2
 */
export function continuedWeights(
  { members, outOfScope, silent }: Tally,
  options: { readonly populationSize: number; readonly wanted: number; readonly toppedUp: boolean },
): StratumWeights {
  const { populationSize, wanted, toppedUp } = options;
  const responding = members - silent;
  if (responding === 0) return { inScope: 0, outOfScope: 0, stopped: false };
  const stopped = outOfScope > 0 && responding - outOfScope >= wanted && !toppedUp;
  // With one unit in scope the estimator would be 0: it says nothing about such a stratum.
  if (!stopped || wanted < 2) {
    const each = populationSize / responding;
    return { inScope: each, outOfScope: each, stopped };
  }
  return {
    inScope: (populationSize * (wanted - 1)) / ((responding - 1) * wanted),
    outOfScope: populationSize / (responding - 1),
    stopped,
  };
}

/**
 * Weights where lost units are replaced by substitutes: who holds a place has its weight; where nobody does, the places of
 * the stratum that are held share it.
 *
 * @param weightOf - 1/π of a drawn unit
 * @returns by unit; none for a unit that holds no place
 */
export function heldWeights(
  { places }: Pick<Standing, "places">,
  strata: readonly DesignStratum[],
  weightOf: (origin: number) => number,
): Map<number, number> {
  const weights = new Map<number, number>();
  for (const { key } of strata) {
    const own = places.filter(({ stratum }) => stratum === key);
    let [all, held] = [0, 0];
    for (const { origin, holder } of own) {
      all += weightOf(origin);
      if (holder !== undefined) held += weightOf(origin);
    }
    for (const { origin, holder } of own) {
      if (holder === undefined) continue;
      const share = held === all ? weightOf(origin) : weightOf(origin) * (all / held);
      weights.set(holder, (weights.get(holder) ?? 0) + share);
    }
  }
  return weights;
}

/** How many units of each stratum became what. */
export function tallyStratum(
  members: readonly Member[],
  lost: Standing["lost"],
): Tally & { readonly conflict: number } {
  let [outOfScope, inaccessible, conflict] = [0, 0, 0];
  for (const { unit } of members) {
    const reason = lost.get(unit);
    if (reason === "out-of-scope") outOfScope++;
    if (reason === "inaccessible") inaccessible++;
    if (reason === "conflict") conflict++;
  }
  return { members: members.length, outOfScope, conflict, silent: inaccessible + conflict };
}
