import { CasedrawError } from "../errors.js";
import { nearest } from "../plan/nearest.js";
import type { Allocation } from "../plan/types.js";
import { boundedShares, type Share } from "./bounded-shares.js";

export interface StratumSize {
  readonly key: string;
  /** N_h, eligible units; at least 1. */
  readonly populationSize: number;
}

/** The smallest number that a stratum gets where the plan does not say: two, so that its variance can be estimated. */
const defaultMinimum = 2;

/**
 * How many units each stratum gives: whole numbers that sum exactly to the sample size.
 *
 * @param strata - in any order; keys distinct
 * @param options.sampleSize - n; whole number ≥ 1
 * @param options.allocation - the plan's method. `min` defaults to 2; a stratum that holds fewer than `min` is taken
 *   whole (a certainty). `max` defaults to the stratum's size.
 * @returns one whole number a stratum, in the order given
 * @throws CasedrawError `SAMPLE_EXCEEDS_FRAME`, `ALLOCATION_INFEASIBLE`, `ALLOCATION_EXCEEDS_STRATUM`,
 *   `ALLOCATION_STRATUM_UNKNOWN`, `ALLOCATION_STRATUM_MISSING`; nothing is rescaled to fit
 * @see Cochran (1977) Sampling Techniques, 3rd ed., §5.5; largest remainder (Hamilton) within bounds
 * @example allocate([{ key: "a", populationSize: 90 }, { key: "b", populationSize: 10 }],
 *   { sampleSize: 10, allocation: { method: "proportional" } }) // [8, 2]
 */
export function allocate(
  strata: readonly StratumSize[],
  options: { readonly sampleSize: number; readonly allocation: Allocation },
): number[] {
  const { sampleSize, allocation } = options;
  const held = strata.reduce((sum, stratum) => sum + stratum.populationSize, 0);
  if (held === 0) {
    throw new CasedrawError(
      "SAMPLE_EXCEEDS_FRAME",
      "Nobody is eligible: the cohort leaves no unit to draw from. See which rule excludes them with --dry-run, and widen it.",
      { asked: sampleSize, held },
    );
  }
  if (sampleSize > held) {
    throw new CasedrawError(
      "SAMPLE_EXCEEDS_FRAME",
      `Sample is larger than the frame: asked for ${sampleSize}, the frame holds ${held} eligible units. ` +
        `Set sample.size to ${held} or less, or widen the cohort.`,
      { asked: sampleSize, held },
    );
  }
  if (allocation.method === "fixed") return fixedSizes(strata, allocation.sizes);
  const shares = strata.map((stratum): Share => {
    const { key, populationSize } = stratum;
    return {
      key,
      measure: allocation.method === "equal" ? 1 : populationSize,
      min: Math.min(allocation.min ?? defaultMinimum, populationSize),
      max: Math.min(allocation.max ?? populationSize, populationSize),
    };
  });
  refuseInfeasible(strata, shares, sampleSize, allocation);
  return boundedShares(shares, sampleSize);
}

function refuseInfeasible(
  held: readonly StratumSize[],
  shares: readonly Share[],
  sampleSize: number,
  allocation: { readonly min?: number; readonly max?: number },
): void {
  const crossed = shares.filter((share) => share.min > share.max).map((share) => share.key);
  if (crossed.length > 0) {
    throw new CasedrawError(
      "ALLOCATION_INFEASIBLE",
      `Allocation bounds cross: at least ${allocation.min ?? defaultMinimum} and at most ${allocation.max} cannot both ` +
        `hold in ${list(crossed)}. Set sample.allocation.min to ${allocation.max} or less.`,
      { strata: crossed },
    );
  }
  const least = shares.reduce((sum, share) => sum + share.min, 0);
  const most = shares.reduce((sum, share) => sum + share.max, 0);
  if (sampleSize >= least && sampleSize <= most) return;
  const tooFew = sampleSize < least;
  const cut = shares.filter((share, index) => share.max < (held[index] as StratumSize).populationSize);
  const strata = (tooFew ? shares : cut).map((share) => share.key);
  throw new CasedrawError(
    "ALLOCATION_INFEASIBLE",
    tooFew
      ? `Allocation minima need more cases than asked for: ${shares.length} strata need ${least} at the least, ` +
          `sample.size is ${sampleSize} (${list(strata)}). The nearest size that can be met is ${least}; ` +
          `or lower sample.allocation.min.`
      : `Allocation maxima allow fewer cases than asked for: the strata give ${most} at the most, ` +
          `sample.size is ${sampleSize} (${list(strata)}). The nearest size that can be met is ${most}; ` +
          `or raise sample.allocation.max.`,
    { strata, asked: sampleSize, nearest: tooFew ? least : most },
  );
}

function fixedSizes(strata: readonly StratumSize[], sizes: Readonly<Record<string, number>>): number[] {
  const keys = strata.map((stratum) => stratum.key);
  for (const key of Object.keys(sizes)) {
    if (keys.includes(key)) continue;
    const meant = nearest(key, keys);
    throw new CasedrawError(
      "ALLOCATION_STRATUM_UNKNOWN",
      `Fixed allocation names a stratum that the frame does not have: "${key}". ` +
        `${meant === undefined ? "" : `Did you mean "${meant}"? `}The strata are ${list(keys)}.`,
      { stratum: key, strata: keys },
    );
  }
  const missing = keys.filter((key) => !Object.hasOwn(sizes, key));
  if (missing.length > 0) {
    throw new CasedrawError(
      "ALLOCATION_STRATUM_MISSING",
      `Fixed allocation leaves strata without a number: ${list(missing)}. ` +
        `Give each one in sample.allocation.sizes; 0 leaves a stratum out on purpose.`,
      { strata: missing },
    );
  }
  return strata.map(({ key, populationSize }) => {
    const asked = sizes[key] as number;
    if (asked > populationSize) {
      throw new CasedrawError(
        "ALLOCATION_EXCEEDS_STRATUM",
        `Allocation exceeds stratum "${key}": asked for ${asked} cases, the frame holds ${populationSize}. ` +
          `Lower the allocation or merge strata in the plan.`,
        { stratum: key, asked, held: populationSize },
      );
    }
    return asked;
  });
}

function list(keys: readonly string[]): string {
  const shown = keys
    .slice(0, 8)
    .map((key) => `"${key}"`)
    .join(", ");
  return keys.length > 8 ? `${shown} and ${keys.length - 8} more` : shown;
}
