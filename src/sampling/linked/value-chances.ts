import { CasedrawError } from "../../errors.js";
import type { Frame } from "../../frame/frame.js";
import { ticketKey } from "../../random/tickets.js";
import type { Algorithm, Design } from "../design.js";
import type { Sample } from "../draw.js";
import { serpentine, sortFields } from "../serpentine.js";
import { inTicketOrder } from "../ticket-order.js";
import { chanceInList } from "./chance-in-list.js";
import { chanceOfAny, either } from "./chance-of-any.js";
import type { LinkGroups } from "./link-groups.js";
import { replayBalanced, replayCapped } from "./replayed-chances.js";

/** A sample that another is linked to, as its replay gives it. */
export interface LinkSource {
  readonly frame: Frame;
  readonly sample: Sample;
  readonly seed: string;
}

/** By value: the probability that a draw takes at least one unit with it. */
export interface ValueChances {
  /** Fractions. */
  readonly probabilities: Float64Array;
  /** 0 where the probability is exact. */
  readonly standardErrors: Float64Array;
  /** Where some were estimated by replaying the draw. */
  readonly estimation?: Estimation;
}

export interface Estimation {
  /** The label of the streams of random numbers, k from 1. */
  readonly stream: string;
  /** Replays that count, and those that could not fill a stratum. */
  readonly replays: number;
  readonly discarded: number;
  /** Values whose estimate fell outside what their units' own probabilities allow, and was set to the nearest they do. */
  readonly held: number;
}

/** Told how many of the replays are done. */
export type OnReplay = (done: number, all: number) => void;

/**
 * The probability of each value: exact for random, one-per-family and systematic draws (for these given the list's order, which
 * the tickets settle and the start does not touch), else estimated by replaying the draw.
 *
 * @throws CasedrawError `LINK_DESIGN_UNSUPPORTED` where the earlier sample was itself not drawn by such a design
 */
export function valueChances(earlier: LinkSource, groups: LinkGroups, onReplay: OnReplay): ValueChances {
  const { design } = earlier.sample;
  switch (design.algorithm.name) {
    case "stratified-random":
    case "stratified-random-reviewed-apart":
    case "stratified-one-per-family":
      return exactly(groups, design, (h, units) => chanceInStratum(design, h, units));
    case "stratified-systematic": {
      const places = listPlaces(earlier);
      return exactly(groups, design, (h, units) => {
        const stratum = design.strata[h] as Design["strata"][number];
        return chanceInList(
          units.map((unit) => places[unit] as number),
          stratum,
        );
      });
    }
    case "stratified-balanced":
      return replayBalanced(earlier, groups, onReplay);
    case "stratified-random-capped":
      return replayCapped(earlier, groups);
    default:
      throw unlinkable(design.algorithm);
  }
}

/** The designs for which the probability of a value is known, by their algorithms' names. */
const linkable = [
  "stratified-random",
  "stratified-random-reviewed-apart",
  "stratified-one-per-family",
  "stratified-systematic",
  "stratified-balanced",
  "stratified-random-capped",
];

/** @throws CasedrawError `LINK_DESIGN_UNSUPPORTED` */
export function refuseUnlinkable(algorithm: Algorithm): void {
  if (!linkable.includes(algorithm.name)) throw unlinkable(algorithm);
}

function unlinkable(algorithm: Algorithm): CasedrawError {
  return new CasedrawError(
    "LINK_DESIGN_UNSUPPORTED",
    `Earlier sample cannot be linked to: how likely it was to hold a value is known for ${linkable.join(", ")}, ` +
      `got ${algorithm.name}. Link to a sample that was drawn in one of these ways.`,
    { algorithm },
  );
}

function exactly(
  { members }: LinkGroups,
  design: Design,
  chance: (stratum: number, units: readonly number[]) => number,
): ValueChances {
  const stratumOf = new Map<number, number>();
  for (const [h, { units }] of design.strata.entries()) for (const unit of units) stratumOf.set(unit, h);
  const probabilities = Float64Array.from(members, (units) => {
    const byStratum = new Map<number, number[]>();
    for (const unit of units) {
      const h = stratumOf.get(unit) as number;
      const own = byStratum.get(h);
      if (own === undefined) byStratum.set(h, [unit]);
      else own.push(unit);
    }
    // Strata are drawn from independently.
    return [...byStratum].reduce(
      (sum, [h, own]) => either(sum, drawsFrom(design, h) ? chance(h, own) : 0),
      0,
    );
  });
  return { probabilities, standardErrors: new Float64Array(members.length) };
}

function drawsFrom(design: Design, h: number): boolean {
  return (design.strata[h]?.sampleSize ?? 0) > 0;
}

function chanceInStratum({ strata, families }: Design, h: number, units: readonly number[]): number {
  const { populationSize, sampleSize } = strata[h] as Design["strata"][number];
  if (families === undefined) return chanceOfAny({ populationSize, sampleSize, shares: units.map(() => 1) });
  const counts = new Map<number, { count: number; size: number }>();
  for (const unit of units) {
    const family = families.field.codes[unit] as number;
    const size = families.sizeOf[unit] as number;
    counts.set(family, { count: (counts.get(family)?.count ?? 0) + 1, size });
  }
  const shares = [...counts.values()].map(({ count, size }) => count / size);
  return chanceOfAny({ populationSize, sampleSize, shares });
}

/** The place of each unit in its stratum's list, from 0. */
function listPlaces({ frame, sample, seed }: LinkSource): Int32Array {
  const { design } = sample;
  const key = ticketKey(seed);
  const fields = sortFields(frame.fields, design.plan.balance ?? []);
  const places = new Int32Array(frame.ids.length);
  for (const { units } of design.strata) {
    for (const [place, { unit }] of serpentine(inTicketOrder(units, frame.ids, key), fields).entries())
      places[unit] = place;
  }
  return places;
}
