import type { Frame } from "../frame/frame.js";
import { ticketKey } from "../random/tickets.js";
import type { Design } from "./design.js";
import type { Picked, PickedUnit } from "./picked.js";
import { smallestTickets } from "./smallest-tickets.js";

/**
 * Stratified random sampling: in each stratum the n_h units with the smallest tickets, then the next ones as reserves.
 *
 * @see R. Rivest, consistent_sampler (2018); Cochran (1977) Sampling Techniques, ch. 5
 */
export function drawRandom(frame: Frame, design: Design, seed: string): Picked {
  const key = ticketKey(seed);
  const drawn: PickedUnit[] = [];
  const reserves: PickedUnit[] = [];
  for (const stratum of design.strata) {
    const count = stratum.sampleSize + stratum.reserves;
    for (const [at, found] of smallestTickets(stratum.units, frame.ids, { key, count }).entries()) {
      (at < stratum.sampleSize ? drawn : reserves).push({ ...found, stratum });
    }
  }
  return { drawn, reserves };
}
