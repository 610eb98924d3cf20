import { CasedrawError } from "../errors.js";
import type { Frame } from "../frame/frame.js";
import type { Note } from "../frame/note.js";
import { someOf, thousands } from "../frame/words.js";
import { ticketKey } from "../random/tickets.js";
import { type CappedField, capGroups } from "./caps/cap-groups.js";
import { refuseInfeasibleCaps } from "./caps/feasible.js";
import { type EstimatedProbabilities, replayCaps } from "./caps/replay.js";
import { type Design, sayShortReserves } from "./design.js";
import type { DesignStratum } from "./design-stratum.js";
import type { Picked, PickedUnit } from "./picked.js";
import type { TicketedUnit } from "./smallest-tickets.js";
import { stratumPlaces } from "./strata.js";
import { inTicketOrder } from "./ticket-order.js";

/** K: replays from which probabilities under caps are estimated. Part of the algorithm's version. */
export const capReplays = 10_000;

/** Distortions below this share of π are not worth a warning. */
const worthSaying = 0.02;

/**
 * Stratified random sampling under caps: units in global ticket order, taken within their stratum's allocation and passed over
 * where a cap of theirs is full; reserves go on in the same way. Caps bend the probabilities, so they are estimated by
 * replaying the draw.
 *
 * @throws CasedrawError `CAPS_INFEASIBLE`, `CAPS_SHORTFALL`, `CAP_SHUTS_OUT`
 */
export function drawCapped(frame: Frame, design: Design, seed: string): Picked {
  const notes: Note[] = [];
  const strata = design.strata.filter(({ sampleSize }) => sampleSize > 0);
  const caps = capGroups(frame, design.plan.caps ?? {}, strata, notes);
  refuseInfeasibleCaps(strata, caps);
  const picked = pickWithinCaps(frame, strata, caps, ticketKey(seed));
  refuseShortfall(strata, picked.drawn);
  const replay = replayCaps(strata, caps, { seed, replays: capReplays, unitCount: frame.ids.length });
  refuseShutOut(frame, design, { strata, drawn: picked.drawn }, replay);
  sayShortReserves(notes, strata, picked.reserves, "the caps are full");
  sayDistortion(design, strata, replay, notes);
  return { ...picked, estimated: replay, notes };
}

/** What one pass over the units in ticket order takes. */
interface WithinCaps {
  readonly drawn: PickedUnit[];
  readonly reserves: PickedUnit[];
}

/**
 * One capped draw, without its probabilities.
 *
 * @param already - units that are in the sample and count for their caps: they are not taken again
 */
export function pickWithinCaps(
  frame: Frame,
  strata: readonly DesignStratum[],
  caps: readonly CappedField[],
  key: string,
  already: ReadonlySet<number> = new Set(),
): WithinCaps {
  const stratumOf = stratumPlaces(strata, frame.ids.length);
  const open = frame.eligible.filter((unit) => stratumOf[unit] !== -1 && !already.has(unit));
  const order = inTicketOrder(open, frame.ids, key);
  const admits = admission(caps);
  for (const unit of already) admits(unit);
  const isTaken = new Uint8Array(order.length);
  const take = (quotaOf: (stratum: DesignStratum) => number): PickedUnit[] => {
    const left = strata.map(quotaOf);
    let wanted = left.reduce((sum, quota) => sum + quota, 0);
    const taken: PickedUnit[] = [];
    for (let i = 0; i < order.length && wanted > 0; i++) {
      if (isTaken[i] === 1) continue;
      const found = order[i] as TicketedUnit;
      const own = stratumOf[found.unit] as number;
      if (left[own] === 0 || !admits(found.unit)) continue;
      left[own] = (left[own] as number) - 1;
      wanted--;
      isTaken[i] = 1;
      taken.push({ ...found, stratum: strata[own] as DesignStratum });
    }
    return taken;
  };
  const drawn = take(({ sampleSize }) => sampleSize);
  const spare = take(({ reserves }) => reserves);
  return {
    drawn,
    reserves: strata.flatMap((stratum) => spare.filter((found) => found.stratum === stratum)),
  };
}

/** Whether a unit finds all its caps open; if so it counts for them. */
function admission(fields: readonly CappedField[]): (unit: number) => boolean {
  const counts = fields.map(({ groupCount }) => new Int32Array(groupCount));
  return (unit) => {
    for (const [f, { groups, cap }] of fields.entries()) {
      const group = groups[unit] as number;
      if (group !== -1 && ((counts[f] as Int32Array)[group] as number) >= cap) return false;
    }
    for (const [f, { groups }] of fields.entries()) {
      const group = groups[unit] as number;
      const own = counts[f] as Int32Array;
      if (group !== -1) own[group] = (own[group] as number) + 1;
    }
    return true;
  };
}

/** Refuses a draw that could not fill every stratum. */
export function refuseShortfall(strata: readonly DesignStratum[], drawn: readonly PickedUnit[]): void {
  const short = strata.flatMap((stratum) => {
    const got = drawn.filter((found) => found.stratum === stratum).length;
    return got < stratum.sampleSize ? [`${stratum.key} (${got} of ${stratum.sampleSize})`] : [];
  });
  if (short.length === 0) return;
  throw new CasedrawError(
    "CAPS_SHORTFALL",
    `Caps leave the sample short: with this seed ${someOf(short)} could not be filled, because the caps were full. ` +
      "Raise a cap in sample.caps, or lower the allocation of the stratum.",
    { strata: short },
  );
}

/** Below this share of what the allocation means, a unit is as good as shut out. */
const nearZero = 0.05;

/** Accepted units that a class should have had in all replays before its having none says anything. */
const enoughExpected = 20;

/** A unit that hardly ever gets in would stand for too many others, or for nobody. */
export function refuseShutOut(
  frame: Frame,
  design: Design,
  {
    strata,
    drawn,
  }: { readonly strata: readonly DesignStratum[]; readonly drawn: readonly { readonly unit: number }[] },
  { probabilities, pooled, replays }: EstimatedProbabilities,
): void {
  const shut = new Set(
    drawn.filter(({ unit }) => !((probabilities[unit] as number) > 0)).map(({ unit }) => unit),
  );
  for (const { units } of strata) {
    for (const unit of units) {
      const nominal = design.probabilities[unit] as number;
      const expected = nominal * (pooled[unit] as number) * replays;
      if (expected >= enoughExpected && (probabilities[unit] as number) < nominal * nearZero) shut.add(unit);
    }
  }
  if (shut.size === 0) return;
  const ids = Array.from(shut, (unit) => frame.ids[unit] as string);
  throw new CasedrawError(
    "CAP_SHUTS_OUT",
    `Caps shut units out: ${thousands(ids.length)} ${ids.length === 1 ? "unit has" : "units have"} less than a ` +
      `twentieth of the probability that the allocation means (${someOf(ids)}), so the sample could say nothing about such ` +
      "units. Raise a cap in sample.caps.",
    { unit_ids: ids.slice(0, 1000) },
  );
}

export function sayDistortion(
  design: Design,
  strata: readonly DesignStratum[],
  { probabilities, standardErrors, replays, discarded }: EstimatedProbabilities,
  notes: Note[],
): void {
  let bent = 0;
  let least = 1;
  let most = 1;
  for (const { units } of strata) {
    for (const unit of units) {
      const nominal = design.probabilities[unit] as number;
      const ratio = (probabilities[unit] as number) / nominal;
      const beyondError =
        Math.abs((probabilities[unit] as number) - nominal) > 4 * (standardErrors[unit] as number);
      if (Math.abs(ratio - 1) <= worthSaying || !beyondError) continue;
      bent++;
      least = Math.min(least, ratio);
      most = Math.max(most, ratio);
    }
  }
  if (bent > 0) {
    notes.push({
      code: "cap-distortion",
      text:
        `The caps bend the probabilities of ${thousands(bent)} unit${bent === 1 ? "" : "s"} by more than 2 % ` +
        `(from ${least.toFixed(2)} to ${most.toFixed(2)} times what the allocation means); weights allow for it.`,
      count: bent,
      details: { least, most, replays },
    });
  }
  if (discarded > 0.01 * (replays + discarded)) {
    notes.push({
      code: "cap-replays-short",
      text:
        `${thousands(discarded)} of ${thousands(replays + discarded)} replays could not fill every stratum under the caps: ` +
        "the caps are tight, and with another seed the draw could fail.",
      count: discarded,
      details: { replays: replays + discarded },
    });
  }
}
