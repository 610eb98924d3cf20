import type { Frame } from "../../frame/frame.js";
import type { Note } from "../../frame/note.js";
import { ticketAt, ticketKey } from "../../random/tickets.js";
import { capReplays, pickWithinCaps, refuseShortfall, refuseShutOut, sayDistortion } from "../capped.js";
import { type CappedField, capGroups } from "../caps/cap-groups.js";
import { refuseInfeasibleCaps } from "../caps/feasible.js";
import { replayCaps } from "../caps/replay.js";
import { sayShortReserves } from "../design.js";
import type { DesignStratum } from "../design-stratum.js";
import type { PickedUnit } from "../picked.js";
import type { Growth, Round } from "./growth.js";
import type { Standing } from "./standing.js";

/**
 * Goes on with a capped draw: what it took stays and counts for its caps; the others stand in a new random order, of tickets
 * under the seed `<seed>|extend/<version>`, and are taken as in the first round. The probability of each unit to be in
 * the sample after all rounds is estimated by replaying them one after the other.
 *
 * @throws CasedrawError `CAPS_INFEASIBLE`, `CAPS_SHORTFALL`, `CAP_SHUTS_OUT`
 */
export function addCapped(frame: Frame, standing: Standing, { design, seed, version }: Round): Growth {
  const notes: Note[] = [];
  const strata = design.strata.filter(({ sampleSize }) => sampleSize > 0);
  const caps = capGroups(frame, design.plan.caps ?? {}, strata, notes);
  refuseInfeasibleCaps(strata, caps);
  const taken = new Set(standing.members.map(({ unit }) => unit));
  const { lacking, added } = nextRound(frame, { strata, caps }, { taken, seed, version });
  refuseShortfall(lacking, added);
  const key = ticketKey(seed);
  const whole = new Map(strata.map((stratum) => [stratum.key, stratum]));
  for (const { unit } of added) taken.add(unit);
  const full = strata.map((stratum): DesignStratum => ({ ...stratum, sampleSize: 0 }));
  const spare = pickWithinCaps(frame, full, caps, key, taken).reserves;
  const round = new Map(lacking.map(({ key, sampleSize }) => [key, sampleSize]));
  const ofWhole = ({ unit, stratum }: (typeof added)[number]) => ({
    unit,
    ticket: ticketAt(key, frame.ids, unit),
    stratum: whole.get(stratum.key) as DesignStratum,
  });
  const estimated = replayCaps(strata, caps, {
    seed,
    replays: capReplays,
    unitCount: frame.ids.length,
    rounds: [...standing.rounds, round].map((sizes) => strata.map(({ key }) => sizes.get(key) ?? 0)),
  });
  const all = [...standing.members, ...added];
  refuseShutOut(frame, design, { strata, drawn: all }, estimated);
  sayShortReserves(notes, full, spare, "the caps are full");
  sayDistortion(design, strata, estimated, notes);
  return { added: added.map(ofWhole), reserves: spare.map(ofWhole), round, estimated, notes };
}

/** One more round of a capped draw, without its probabilities. */
export function nextRound(
  frame: Frame,
  { strata, caps }: { readonly strata: readonly DesignStratum[]; readonly caps: readonly CappedField[] },
  {
    taken,
    seed,
    version,
  }: { readonly taken: ReadonlySet<number>; readonly seed: string; readonly version: number },
): { readonly lacking: readonly DesignStratum[]; readonly added: readonly PickedUnit[] } {
  const lacking = strata.map((stratum): DesignStratum => {
    const present = stratum.units.filter((unit) => taken.has(unit)).length;
    return { ...stratum, sampleSize: stratum.sampleSize - present, reserves: 0 };
  });
  const key = ticketKey(`${seed}|extend/${version}`);
  return { lacking, added: pickWithinCaps(frame, lacking, caps, key, taken).drawn };
}
