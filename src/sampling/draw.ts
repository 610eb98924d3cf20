import type { Frame } from "../frame/frame.js";
import { type Note, someOf } from "../frame/note.js";
import { compareBytes, compareUnits } from "../frame/text.js";
import type { SamplePlan } from "../plan/types.js";
import { ticketKey } from "../random/tickets.js";
import { allocate } from "./allocation.js";
import { decimalRatio, shareRoundedUp } from "./exact.js";
import { smallestTickets, type TicketedUnit } from "./smallest-tickets.js";
import { stratify } from "./strata.js";

/** The method of this file as manifests name it. Another draw from the same frame and seed needs another version. */
export const algorithm = { name: "stratified-random", version: 1 } as const;

/** One stratum of a design: how many units it holds and gives. */
export interface DesignStratum {
  readonly key: string;
  /** Eligible units, in byte order of their ids. */
  readonly units: Int32Array;
  /** n_h */
  readonly sampleSize: number;
  readonly reserves: number;
  /** π = n_h / N_h, a fraction. */
  readonly inclusionProbability: number;
}

/** Strata in byte order of their keys, with what must be said of them. */
export interface Design {
  readonly strata: readonly DesignStratum[];
  readonly notes: readonly Note[];
}

/** One drawn unit. */
export interface DrawnUnit extends TicketedUnit {
  readonly stratum: DesignStratum;
}

export interface Sample {
  readonly design: Design;
  /** In draw order: by ticket over the whole sample. */
  readonly drawn: readonly DrawnUnit[];
  /** By stratum, and within one by ticket: the order in which they are to be released. */
  readonly reserves: readonly DrawnUnit[];
}

/**
 * The strata of a plan with their allocation and reserves, before anything is drawn.
 *
 * @throws CasedrawError of `stratify` and `allocate`
 */
export function designSample(frame: Frame, plan: SamplePlan): Design {
  const strata = stratify(frame.fields, plan.strata, frame.eligible);
  const sizes = allocate(
    strata.map(({ key, units }) => ({ key, populationSize: units.length })),
    { sampleSize: plan.size, allocation: plan.allocation },
  );
  const notes: Note[] = [];
  const short: string[] = [];
  const share = plan.reserves < 1 ? decimalRatio(plan.reserves) : undefined;
  const designed = strata.map(({ key, units }, at): DesignStratum => {
    const sampleSize = sizes[at] as number;
    const wanted = share === undefined ? plan.reserves : shareRoundedUp(share, sampleSize);
    const reserves = sampleSize === 0 ? 0 : Math.min(wanted, units.length - sampleSize);
    if (sampleSize > 0 && reserves < wanted) short.push(`${key} (${reserves} of ${wanted})`);
    return { key, units, sampleSize, reserves, inclusionProbability: sampleSize / units.length };
  });
  const whole = designed.filter((stratum) => stratum.sampleSize === stratum.units.length);
  const out = designed.filter((stratum) => stratum.sampleSize === 0);
  sayStrata(
    notes,
    "stratum-taken-whole",
    whole.map((stratum) => stratum.key),
    ["is", "are", "taken whole, so every unit is in the sample"],
  );
  sayStrata(
    notes,
    "stratum-left-out",
    out.map((stratum) => stratum.key),
    ["is", "are", "left out by the plan, and the sample says nothing about such units"],
  );
  sayStrata(notes, "reserves-short", short, [
    "has",
    "have",
    "fewer reserves than asked for, because no more units are left",
  ]);
  return { strata: designed, notes };
}

function sayStrata(
  notes: Note[],
  code: Note["code"],
  keys: readonly string[],
  [one, several, what]: readonly [string, string, string],
): void {
  if (keys.length === 0) return;
  const subject = keys.length === 1 ? `1 stratum ${one}` : `${keys.length} strata ${several}`;
  notes.push({
    code,
    text: `${subject} ${what}: ${someOf(keys, 8)}.`,
    count: keys.length,
    details: { strata: keys },
  });
}

/**
 * Draws a stratified random sample: in each stratum the n_h units with the smallest tickets, then the next ones as its
 * reserves. What is drawn depends on the seed, the eligible ids and their strata, and on nothing else.
 *
 * @param seed - any text, used exactly as given
 * @see R. Rivest, consistent_sampler (2018); Cochran (1977) ch. 5
 */
export function drawSample(frame: Frame, design: Design, seed: string): Sample {
  const key = ticketKey(seed);
  const drawn: DrawnUnit[] = [];
  const reserves: DrawnUnit[] = [];
  for (const stratum of design.strata) {
    const count = stratum.sampleSize + stratum.reserves;
    for (const [at, found] of smallestTickets(stratum.units, frame.ids, { key, count }).entries()) {
      (at < stratum.sampleSize ? drawn : reserves).push({ ...found, stratum });
    }
  }
  drawn.sort(
    (a, b) =>
      compareUnits(a.ticket, b.ticket) ||
      compareBytes(frame.ids[a.unit] as string, frame.ids[b.unit] as string),
  );
  return { design, drawn, reserves };
}
