import { stream } from "../../random/streams.js";
import type { DesignStratum } from "../design-stratum.js";
import type { CappedField } from "./cap-groups.js";
import { exchangeableClasses } from "./exchangeable.js";

/** Inclusion probabilities estimated by replaying a draw. */
export interface EstimatedProbabilities {
  /** π̂ and its standard error, of each unit of the frame. */
  readonly probabilities: Float64Array;
  readonly standardErrors: Float64Array;
  /** How many exchangeable units each estimate is pooled over, itself included. */
  readonly pooled: Int32Array;
  /** The label of the streams of random numbers, k from 1. */
  readonly stream: string;
  /** Replays that count. */
  readonly replays: number;
  readonly discarded: number;
}

/** The streams of the replays. */
export const cappedStream = "caps/<k>";

/**
 * Estimates inclusion probabilities under caps by drawing again and again: units in random order, accepted within their
 * stratum's quota while no cap of theirs is full. Replay k takes its numbers from the stream `caps/<k>`; one that cannot
 * fill a stratum is discarded and counted. Counts are pooled over exchangeable units only.
 *
 * @param strata - those that give units
 * @param options.replays - K; whole number ≥ 2
 * @param options.rounds - how many units each stratum gives in each round of the draw, where it had several; by default
 *   all at once. A round goes on where the one before stopped: what it took stays.
 * @returns π̂ as a share of the replays that count, and the standard error of that share over replays
 */
export function replayCaps(
  strata: readonly DesignStratum[],
  caps: readonly CappedField[],
  options: {
    readonly seed: string;
    readonly replays: number;
    readonly unitCount: number;
    readonly rounds?: readonly (readonly number[])[];
  },
): EstimatedProbabilities {
  const { replays, unitCount } = options;
  const classes = exchangeableClasses(strata, caps, unitCount);
  const tally = new ClassTally(classes.sizes.length);
  const discarded = eachCappedReplay(strata, caps, options, (accepted) =>
    tally.add(accepted, classes.classOf),
  );
  const kept = replays - discarded;
  const probabilities = new Float64Array(unitCount);
  const standardErrors = new Float64Array(unitCount);
  const pooled = new Int32Array(unitCount);
  for (const { units } of strata) {
    for (const unit of units) {
      const own = classes.classOf[unit] as number;
      const size = classes.sizes[own] as number;
      pooled[unit] = size;
      probabilities[unit] = tally.sum(own) / (size * kept);
      standardErrors[unit] = tally.errorOfMean(own, kept) / size;
    }
  }
  return { probabilities, standardErrors, pooled, stream: cappedStream, replays: kept, discarded };
}

/**
 * Draws under caps again and again, replay k from the stream `caps/<k>`.
 *
 * @param take - sees the accepted units of each replay that counts; valid until the next
 * @returns how many replays could not fill a stratum
 */
export function eachCappedReplay(
  strata: readonly DesignStratum[],
  caps: readonly CappedField[],
  options: {
    readonly seed: string;
    readonly replays: number;
    readonly rounds?: readonly (readonly number[])[];
  },
  take: (accepted: Int32Array) => void,
): number {
  const draw = new CappedReplay(strata, caps, options.rounds ?? [strata.map(({ sampleSize }) => sampleSize)]);
  let discarded = 0;
  for (let k = 1; k <= options.replays; k++) {
    const accepted = draw.run(stream(options.seed, `caps/${k}`));
    if (accepted === undefined) discarded++;
    else take(accepted);
  }
  return discarded;
}

/** Sums and sums of squares, over replays, of how many units each class gave. */
class ClassTally {
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  readonly #now: Int32Array;

  constructor(classCount: number) {
    this.#sums = new Float64Array(classCount);
    this.#squares = new Float64Array(classCount);
    this.#now = new Int32Array(classCount);
  }

  add(units: Int32Array, classOf: Int32Array): void {
    for (const unit of units) {
      const own = classOf[unit] as number;
      this.#now[own] = (this.#now[own] as number) + 1;
    }
    for (const unit of units) {
      const own = classOf[unit] as number;
      const count = this.#now[own] as number;
      this.#sums[own] = (this.#sums[own] as number) + count;
      this.#squares[own] = (this.#squares[own] as number) + count * count;
      this.#now[own] = 0; // a class is counted once, at the first of its units
    }
  }

  sum(own: number): number {
    return this.#sums[own] as number;
  }

  errorOfMean(own: number, replays: number): number {
    const mean = this.sum(own) / replays;
    const variance = ((this.#squares[own] as number) - replays * mean * mean) / (replays - 1);
    return Math.sqrt(Math.max(0, variance) / replays);
  }
}

/** One capped draw after another, over the same strata. */
class CappedReplay {
  readonly #pools: readonly Int32Array[];
  readonly #rounds: readonly (readonly number[])[];
  readonly #caps: readonly CappedField[];
  readonly #counts: readonly Int32Array[];
  readonly #left: Int32Array;
  readonly #open: Int32Array;
  readonly #accepted: Int32Array;

  constructor(
    strata: readonly DesignStratum[],
    caps: readonly CappedField[],
    rounds: readonly (readonly number[])[],
  ) {
    this.#pools = strata.map(({ units }) => units.slice());
    this.#rounds = rounds;
    this.#caps = caps;
    this.#counts = caps.map(({ groupCount }) => new Int32Array(groupCount));
    this.#left = new Int32Array(strata.length);
    this.#open = new Int32Array(strata.length);
    this.#accepted = new Int32Array(rounds.flat().reduce((sum, quota) => sum + quota, 0));
  }

  /** The accepted units, valid until the next run; undefined where a stratum could not be filled. */
  run(next: () => number): Int32Array | undefined {
    for (const counts of this.#counts) counts.fill(0);
    for (let h = 0; h < this.#pools.length; h++) this.#left[h] = (this.#pools[h] as Int32Array).length;
    const swapped: number[] = [];
    let accepted = 0;
    for (const quotas of this.#rounds) {
      const wanted = accepted + quotas.reduce((sum, quota) => sum + quota, 0);
      accepted = this.#runRound(quotas, { accepted, wanted, swapped, next });
      if (accepted < wanted) break;
    }
    this.#putBack(swapped);
    return accepted === this.#accepted.length ? this.#accepted : undefined;
  }

  /** Takes units until the quotas are full or nobody is left. One that a full cap kept out has no chance in a later round. */
  #runRound(
    quotas: readonly number[],
    {
      accepted,
      wanted,
      swapped,
      next,
    }: {
      readonly accepted: number;
      readonly wanted: number;
      readonly swapped: number[];
      readonly next: () => number;
    },
  ): number {
    let count = accepted;
    let reachable = 0;
    for (let h = 0; h < quotas.length; h++) {
      this.#open[h] = quotas[h] as number;
      if ((this.#open[h] as number) > 0) reachable += this.#left[h] as number;
    }
    // Units of a full stratum no longer matter, so a random order of the rest is all that has to be made.
    while (reachable > 0 && count < wanted) {
      let place = Math.floor(next() * reachable);
      let h = 0;
      while ((this.#open[h] as number) === 0 || place >= (this.#left[h] as number)) {
        if ((this.#open[h] as number) > 0) place -= this.#left[h] as number;
        h++;
      }
      const pool = this.#pools[h] as Int32Array;
      const last = (this.#left[h] as number) - 1;
      const unit = pool[place] as number;
      pool[place] = pool[last] as number;
      pool[last] = unit;
      swapped.push(h, place);
      this.#left[h] = last;
      reachable--;
      if (!this.#admits(unit)) continue;
      this.#accepted[count++] = unit;
      const open = (this.#open[h] as number) - 1;
      this.#open[h] = open;
      if (open === 0) reachable -= last;
    }
    return count;
  }

  #admits(unit: number): boolean {
    for (let f = 0; f < this.#caps.length; f++) {
      const { groups, cap } = this.#caps[f] as CappedField;
      const group = groups[unit] as number;
      if (group !== -1 && ((this.#counts[f] as Int32Array)[group] as number) >= cap) return false;
    }
    for (let f = 0; f < this.#caps.length; f++) {
      const group = (this.#caps[f] as CappedField).groups[unit] as number;
      const counts = this.#counts[f] as Int32Array;
      if (group !== -1) counts[group] = (counts[group] as number) + 1;
    }
    return true;
  }

  /** Every replay starts from the same order, so that each can be repeated alone. */
  #putBack(swapped: readonly number[]): void {
    for (let i = swapped.length - 2; i >= 0; i -= 2) {
      const h = swapped[i] as number;
      const place = swapped[i + 1] as number;
      const last = this.#left[h] as number;
      this.#left[h] = last + 1;
      const pool = this.#pools[h] as Int32Array;
      const unit = pool[last] as number;
      pool[last] = pool[place] as number;
      pool[place] = unit;
    }
  }
}
