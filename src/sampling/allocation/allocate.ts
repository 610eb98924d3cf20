import { CasedrawError } from "../../errors.js";
import type { Allocation } from "../../plan/types.js";
import { decimalRatio, type Ratio } from "../exact.js";
import { boundedShares } from "./bounded-shares.js";
import { allocationBounds, type StratumBounds } from "./bounds.js";
import { type ByStratum, listKeys, numbersOfAll } from "./by-stratum.js";
import { powerMeasure } from "./measure.js";
import { type OptimalClaim, optimalSizes } from "./neyman.js";

/** A stratum as allocation sees it. */
export interface StratumSize {
  readonly key: string;
  /** N_h, eligible units; at least 1. */
  readonly populationSize: number;
  /** S_h², exact, for `neyman` and `optimal`: from `stratumVariances`. Absent where it is not known. */
  readonly variance?: Ratio;
}

/**
 * How many units each stratum gives: whole numbers that sum exactly to the sample size.
 *
 * - `proportional` (N_h), `equal`, `power` (N_h^q): shares within the bounds, rounded by largest remainder.
 * - `neyman`: the whole numbers within the bounds with the least variance of an estimated total.
 * - `optimal`: the same with gains divided by the cost of a case. With unequal costs that is near the best use of the
 *   money, not surely the best; the size stays as asked for.
 * - `fixed`: what the plan gives.
 *
 * @param strata - in any order; keys distinct
 * @param options.sampleSize - n; whole number ≥ 1
 * @param options.allocation - the plan's method. `min` defaults to 2, and where it is one number a stratum that holds fewer
 *   is taken whole (a certainty). `max` defaults to the stratum's size. Under `neyman` and `optimal` each stratum whose
 *   bounds leave a choice has to have a `variance`.
 * @returns one whole number a stratum, in the order given
 * @throws CasedrawError `SAMPLE_EXCEEDS_FRAME`, `ALLOCATION_INFEASIBLE`, `ALLOCATION_EXCEEDS_STRATUM`,
 *   `ALLOCATION_STRATUM_UNKNOWN`, `ALLOCATION_STRATUM_MISSING`, `ALLOCATION_SPREAD_UNKNOWN`, `ALLOCATION_COST_INVALID`;
 *   nothing is rescaled to fit
 * @see Cochran (1977) Sampling Techniques, 3rd ed., §§5.5–5.9; Wright (2017) Statistics & Probability Letters 129:50–57
 * @example allocate([{ key: "a", populationSize: 90 }, { key: "b", populationSize: 10 }],
 *   { sampleSize: 10, allocation: { method: "proportional" } }) // → [8, 2]
 */
export function allocate(
  strata: readonly StratumSize[],
  options: {
    readonly sampleSize: number;
    readonly allocation: Allocation;
    /** What N_h counts, for messages; by default units. */
    readonly counted?: "units" | "families";
  },
): number[] {
  const { sampleSize, allocation, counted = "units" } = options;
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
      `Sample is larger than the frame: asked for ${sampleSize}, the frame holds ${held} eligible ${counted}. ` +
        `Set sample.size to ${held} or less, or widen the cohort.`,
      { asked: sampleSize, held },
    );
  }
  if (allocation.method === "fixed") return fixedSizes(strata, allocation.sizes, sampleSize);
  const bounds = allocationBounds(strata, { sampleSize, bounds: allocation });
  if (allocation.method === "neyman" || allocation.method === "optimal") {
    return optimalSizes(
      optimalClaims(strata, bounds, allocation.method === "optimal" ? allocation.cost : undefined),
      sampleSize,
    );
  }
  const exponent = exponentOf(allocation);
  return boundedShares(
    bounds.map((stratum) => ({ ...stratum, measure: powerMeasure(stratum.populationSize, exponent) })),
    sampleSize,
  );
}

type PowerMethod = Extract<Allocation, { readonly method: "proportional" | "equal" | "power" }>;

/** q of N_h^q. */
function exponentOf(allocation: PowerMethod): 0 | 0.25 | 0.5 | 0.75 | 1 {
  if (allocation.method === "power") return allocation.exponent;
  return allocation.method === "equal" ? 0 : 1;
}

function optimalClaims(
  strata: readonly StratumSize[],
  bounds: readonly StratumBounds[],
  cost: ByStratum | undefined,
): OptimalClaim[] {
  const costs = cost === undefined ? undefined : costRatios(strata, cost);
  const open = strata.filter((_, at) => {
    const { min, max } = bounds[at] as StratumBounds;
    return min < max;
  });
  const unknown = open.filter((stratum) => stratum.variance === undefined).map((stratum) => stratum.key);
  if (unknown.length > 0) {
    throw new CasedrawError(
      "ALLOCATION_SPREAD_UNKNOWN",
      `Allocation needs the spread of each stratum, which takes two known values: there are fewer in ${listKeys(unknown)}. ` +
        "Give expected proportions under sample.allocation.proportions, merge strata, or allocate by another method.",
      { strata: unknown },
    );
  }
  if (open.length > 0 && open.every((stratum) => stratum.variance?.over === 0n)) {
    throw new CasedrawError(
      "ALLOCATION_SPREAD_UNKNOWN",
      `Allocation needs strata that vary: the spread is 0 in ${listKeys(open.map((stratum) => stratum.key))}, ` +
        "and nothing tells how to share the sample. Use another field, or allocate by another method.",
      { strata: open.map((stratum) => stratum.key) },
    );
  }
  return bounds.map(({ key, populationSize, min, max }, at) => {
    // Without a choice the measure is never looked at.
    const variance = strata[at]?.variance ?? { over: 0n, under: 1n };
    const unit = costs?.[at] ?? { over: 1n, under: 1n };
    const size = BigInt(populationSize);
    return {
      key,
      min,
      max,
      squaredMeasure: {
        over: size * size * variance.over * unit.under,
        under: variance.under * unit.over,
      },
    };
  });
}

function costRatios(strata: readonly StratumSize[], cost: ByStratum): Ratio[] {
  const keys = strata.map((stratum) => stratum.key);
  const costs = numbersOfAll(cost, keys, {
    place: "sample.allocation.cost",
    advice: "Give the cost of a case in each one.",
  });
  const wrong = costs.findIndex((value) => !(value > 0 && Number.isFinite(value)));
  if (wrong !== -1) {
    throw new CasedrawError(
      "ALLOCATION_COST_INVALID",
      `Cost of a case must be a number above 0, got ${costs[wrong]} for stratum "${keys[wrong]}". ` +
        "Correct it in sample.allocation.cost; the unit is free, only ratios matter.",
      { stratum: keys[wrong], cost: costs[wrong] },
    );
  }
  return costs.map(decimalRatio);
}

function fixedSizes(strata: readonly StratumSize[], given: ByStratum, sampleSize: number): number[] {
  const keys = strata.map((stratum) => stratum.key);
  const sizes = numbersOfAll(given, keys, {
    place: "sample.allocation.sizes",
    advice: "Give each one a number; 0 leaves a stratum out on purpose.",
  });
  for (const [at, { key, populationSize }] of strata.entries()) {
    const asked = sizes[at] as number;
    if (asked > populationSize) {
      throw new CasedrawError(
        "ALLOCATION_EXCEEDS_STRATUM",
        `Allocation exceeds stratum "${key}": asked for ${asked} cases, the frame holds ${populationSize}. ` +
          `Lower the allocation or merge strata in the plan.`,
        { stratum: key, asked, held: populationSize },
      );
    }
  }
  const sum = sizes.reduce((total, size) => total + size, 0);
  if (sum !== sampleSize) {
    throw new CasedrawError(
      "ALLOCATION_INFEASIBLE",
      `Fixed allocation must add up to sample.size (${sampleSize}), got ${sum} over ${listKeys(keys)}. ` +
        `Change one of them; the nearest size that can be met is ${sum}.`,
      { strata: keys, asked: sampleSize, nearest: sum },
    );
  }
  return sizes;
}
