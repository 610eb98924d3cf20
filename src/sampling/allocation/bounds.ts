import { hash } from "node:crypto";
import { CasedrawError } from "../../errors.js";
import type { Allocation, Bound, Bounds } from "../../plan/types.js";
import { listKeys, refuseUnknownStrata } from "./by-stratum.js";

/** One stratum's room: at least `min`, at most `max` of its N_h units. */
export interface StratumBounds {
  readonly key: string;
  readonly populationSize: number;
  readonly min: number;
  readonly max: number;
}

/** The smallest number that a stratum gets where the plan does not say: two, so that its variance can be estimated. */
const defaultMinimum = 2;

/**
 * The bounds of every stratum, and that they can be met together.
 *
 * @param strata - keys distinct
 * @param options.bounds - the plan's `min` and `max`: a number for every stratum, or numbers by stratum key. `min` is 2 where
 *   nothing is said; a `min` for every stratum takes whole those that hold fewer. `max` is N_h where nothing is said.
 * @throws CasedrawError `ALLOCATION_STRATUM_UNKNOWN`; `ALLOCATION_EXCEEDS_STRATUM` for a stratum's own `min` above N_h;
 *   `ALLOCATION_INFEASIBLE`, which names a smallest set of strata that cannot be met together, and the nearest settings that can
 */
export function allocationBounds(
  strata: readonly { readonly key: string; readonly populationSize: number }[],
  { sampleSize, bounds }: { readonly sampleSize: number; readonly bounds: Bounds },
): StratumBounds[] {
  const keys = strata.map((stratum) => stratum.key);
  for (const side of ["min", "max"] as const) {
    const given = bounds[side];
    if (typeof given === "object") refuseUnknownStrata(given, keys, `sample.allocation.${side}`);
  }
  const resolved = strata.map(({ key, populationSize }): StratumBounds => {
    const own = ownBound(bounds.min, key);
    if (own !== undefined && own > populationSize) {
      throw new CasedrawError(
        "ALLOCATION_EXCEEDS_STRATUM",
        `Allocation minimum exceeds stratum "${key}": at least ${own} cases, the frame holds ${populationSize}. ` +
          `Set its sample.allocation.min to ${populationSize} or less, or merge strata in the plan.`,
        { stratum: key, asked: own, held: populationSize },
      );
    }
    const min = own ?? (typeof bounds.min === "number" ? bounds.min : defaultMinimum);
    const max = ownBound(bounds.max, key) ?? (typeof bounds.max === "number" ? bounds.max : populationSize);
    return { key, populationSize, min: Math.min(min, populationSize), max: Math.min(max, populationSize) };
  });
  refuseCrossed(resolved);
  const least = resolved.reduce((sum, stratum) => sum + stratum.min, 0);
  const most = resolved.reduce((sum, stratum) => sum + stratum.max, 0);
  if (sampleSize < least) throw minimaTooHigh(resolved, { sampleSize, sum: least, given: bounds.min });
  if (sampleSize > most) throw maximaTooLow(resolved, { sampleSize, sum: most, given: bounds.max });
  return resolved;
}

/**
 * An allocation under which no stratum gives fewer than it has given already; one that has given more than its maximum keeps
 * what it gave.
 *
 * @param options.present - how many each stratum has given, by key
 * @throws CasedrawError of {@link allocationBounds}
 */
export function withPresent(
  allocation: Allocation,
  strata: readonly { readonly key: string; readonly populationSize: number }[],
  options: { readonly sampleSize: number; readonly present: ReadonlyMap<string, number> | undefined },
): Allocation {
  const { sampleSize, present } = options;
  const held = strata.reduce((sum, { populationSize }) => sum + populationSize, 0);
  // More than the frame holds is for `allocate` to refuse.
  if (present === undefined || allocation.method === "fixed" || sampleSize > held) return allocation;
  const bounds = allocationBounds(strata, { sampleSize, bounds: allocation });
  const atLeast = (key: string, bound: number): [string, number] => [
    key,
    Math.max(bound, present.get(key) ?? 0),
  ];
  return {
    ...allocation,
    min: Object.fromEntries(bounds.map(({ key, min }) => atLeast(key, min))),
    max: Object.fromEntries(bounds.map(({ key, max }) => atLeast(key, max))),
  };
}

function ownBound(bound: Bound | undefined, key: string): number | undefined {
  return typeof bound === "object" && Object.hasOwn(bound, key) ? bound[key] : undefined;
}

function refuseCrossed(strata: readonly StratumBounds[]): void {
  const crossed = strata.filter(({ min, max }) => min > max);
  const [first] = crossed;
  if (first === undefined) return;
  const keys = crossed.map(({ key }) => key);
  throw new CasedrawError(
    "ALLOCATION_INFEASIBLE",
    `Allocation bounds cross: at least ${first.min} and at most ${first.max} cannot both hold in ${listKeys(keys)}. ` +
      `Set sample.allocation.min there to ${first.max} or less, or sample.allocation.max to ${first.min} or more.`,
    { strata: keys, min: first.min, max: first.max },
  );
}

/** What the plan asks for, and what the bounds come to. */
interface Demand {
  readonly sampleSize: number;
  /** Σ of the bounds that stand in the way. */
  readonly sum: number;
  readonly given: Bound | undefined;
}

/** As few strata as need more than the whole sample: those with the largest minima. */
function minimaTooHigh(strata: readonly StratumBounds[], { sampleSize, sum, given }: Demand): CasedrawError {
  const conflict = smallestSet(strata, (stratum) => stratum.min, sampleSize);
  const need = conflict.reduce((total, stratum) => total + stratum.min, 0);
  const keys = conflict.map(({ key }) => key);
  // One number for every stratum can be lowered for all of them alike.
  const common = typeof given === "object" ? undefined : levelReaching(strata, sampleSize + 1) - 1;
  return new CasedrawError(
    "ALLOCATION_INFEASIBLE",
    `Allocation minima need more cases than asked for: ${listKeys(keys)} ${keys.length === 1 ? "needs" : "need"} ${need} ` +
      `at the least, ${keys.length < strata.length ? `all ${strata.length} strata ${sum}, ` : ""}` +
      `and sample.size is ${sampleSize}. The nearest size that can be met is ${sum}; or lower sample.allocation.min ` +
      `${common === undefined ? `by ${sum - sampleSize} in all` : `to ${common}`}.`,
    {
      strata: keys,
      asked: sampleSize,
      nearest: sum,
      ...(common === undefined ? {} : { nearestMinimum: common }),
    },
  );
}

/** As few strata as leave too little even if all others were taken whole: those that are cut the most. */
function maximaTooLow(strata: readonly StratumBounds[], { sampleSize, sum, given }: Demand): CasedrawError {
  const held = strata.reduce((total, stratum) => total + stratum.populationSize, 0);
  const conflict = smallestSet(strata, (stratum) => stratum.populationSize - stratum.max, held - sampleSize);
  const keys = conflict.map(({ key }) => key);
  const common = typeof given === "number" ? levelReaching(strata, sampleSize) : undefined;
  return new CasedrawError(
    "ALLOCATION_INFEASIBLE",
    `Allocation maxima allow fewer cases than asked for: with those of ${listKeys(keys)} the strata give ${sum} ` +
      `at the most, and sample.size is ${sampleSize}. The nearest size that can be met is ${sum}; or raise ` +
      `sample.allocation.max ${common === undefined ? `by ${sampleSize - sum} in all` : `to ${common}`}.`,
    {
      strata: keys,
      asked: sampleSize,
      nearest: sum,
      ...(common === undefined ? {} : { nearestMaximum: common }),
    },
  );
}

/** The smallest number that, asked of every stratum or all it holds, gives this total; the strata hold as many. */
function levelReaching(strata: readonly StratumBounds[], total: number): number {
  let [low, high] = [0, total];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const given = strata.reduce((sum, stratum) => sum + Math.min(middle, stratum.populationSize), 0);
    if (given >= total) high = middle;
    else low = middle;
  }
  return high;
}

/** The fewest strata whose amounts sum to more than the limit, in the order given; equal amounts by SHA-256 of the key. */
function smallestSet(
  strata: readonly StratumBounds[],
  amount: (stratum: StratumBounds) => number,
  limit: number,
): StratumBounds[] {
  const tie = new Map(strata.map((stratum) => [stratum, hash("sha256", stratum.key, "hex")]));
  const ordered = strata.toSorted(
    (a, b) => amount(b) - amount(a) || ((tie.get(a) as string) < (tie.get(b) as string) ? -1 : 1),
  );
  let sum = 0;
  const count = ordered.findIndex((stratum) => {
    sum += amount(stratum);
    return sum > limit;
  });
  const chosen = new Set(ordered.slice(0, count + 1));
  return strata.filter((stratum) => chosen.has(stratum));
}
