import { exactStratifiedInterval } from "../../statistics/exact-stratified.js";
import type { Interval } from "../../statistics/wilson.js";
import type { Responses } from "./response.js";

/** A group of the population. */
export interface Domain {
  /** 1 for each responding unit that belongs to it, out of scope or not. */
  readonly belongs: Uint8Array;
  /** How many eligible units of each stratum do, where the sample's frame tells. */
  readonly populations?: ArrayLike<number>;
}

/** The responding units that an estimate is of. */
export interface Counted {
  /** In the domain and in scope. */
  readonly inScope: Uint8Array;
  /** Of them, with an answer. */
  readonly answered: Uint8Array;
  readonly n: number;
  readonly notAnswered: number;
  readonly notApplicable: number;
}

/** What exact limits are of: who was counted, and 1 for each unit that has the attribute. */
interface Seen {
  readonly counted: Counted;
  readonly yes: Float64Array;
}

/**
 * Exact limits for a share of a domain, by stratum: the domain's answered units of a stratum are taken for a random part of
 * it. Where the frame does not tell the domain's size in a stratum, or some of its units are out of scope, it is taken from the
 * sample, rounded up; where all that were seen are out of scope, that says nothing of its others, and all of them may be in it.
 */
export function exactShare(
  { strata, stratumOf, outOfScope }: Responses,
  { counted, yes, domain }: Seen & { readonly domain: Domain },
): Interval {
  const none = (): Float64Array => new Float64Array(strata.length);
  const [answered, having, held, out] = [none(), none(), none(), none()];
  const add = (to: Float64Array, stratum: number, value: number): void => {
    to[stratum] = (to[stratum] as number) + value;
  };
  stratumOf.forEach((stratum, at) => {
    add(held, stratum, counted.inScope[at] as number);
    add(out, stratum, (outOfScope[at] as number) * (domain.belongs[at] as number));
    if (counted.answered[at] !== 1) return;
    add(answered, stratum, 1);
    add(having, stratum, yes[at] as number);
  });
  const parts = strata.map((stratum, at) => {
    const [inside, outside] = [held[at] as number, out[at] as number];
    const told = domain.populations?.[at];
    const seen = stratum.reviewed + stratum.outOfScope;
    const partOf = (population: number, share: number): number => Math.ceil(population * share - 1e-9);
    const size =
      inside > 0
        ? told === undefined
          ? partOf(stratum.population, inside / seen)
          : partOf(told, inside / (inside + outside))
        : (told ?? (seen === 0 ? stratum.population : partOf(stratum.population, outside / seen))) - outside;
    return {
      count: having[at] as number,
      sampleSize: answered[at] as number,
      populationSize: Math.max(size, answered[at] as number),
    };
  });
  const population = parts.reduce((all, { populationSize }) => all + populationSize, 0);
  const { lower, upper } = limits(parts);
  return { lower: lower / population, upper: upper / population };
}

/** Exact limits over strata; of one in which nobody was reviewed anything is possible. */
function limits(
  parts: readonly { readonly count: number; readonly sampleSize: number; readonly populationSize: number }[],
): Interval {
  const seen = parts.filter(({ sampleSize }) => sampleSize > 0);
  const unseen = parts.reduce((all, part) => all + (part.sampleSize === 0 ? part.populationSize : 0), 0);
  const { lower, upper } = exactStratifiedInterval(seen);
  return { lower, upper: upper + unseen };
}

/** Exact limits for how many eligible units have an attribute: whatever is known not to have it counts as a unit without. */
export function exactNumber({ strata, stratumOf }: Responses, { counted, yes }: Seen): Interval {
  const known = new Float64Array(strata.length);
  const having = new Float64Array(strata.length);
  stratumOf.forEach((stratum, at) => {
    if (counted.inScope[at] === 1 && counted.answered[at] === 0) return;
    known[stratum] = (known[stratum] as number) + 1;
    if (counted.answered[at] === 1) having[stratum] = (having[stratum] as number) + (yes[at] as number);
  });
  const parts = strata.map((stratum, at) => ({
    count: having[at] as number,
    sampleSize: known[at] as number,
    populationSize: stratum.population,
  }));
  return limits(parts);
}
