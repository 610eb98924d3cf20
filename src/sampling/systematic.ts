import type { Frame } from "../frame/frame.js";
import { stream } from "../random/streams.js";
import { ticketKey } from "../random/tickets.js";
import type { Design } from "./design.js";
import type { Picked, PickedUnit } from "./picked.js";
import { serpentine, sortFields } from "./serpentine.js";
import type { TicketedUnit } from "./smallest-tickets.js";
import { nextTickets } from "./substitutes.js";
import { inTicketOrder } from "./ticket-order.js";

/**
 * Systematic sampling within strata: units in serpentine order of the balance fields, then by ticket; every N_h/n_h-th
 * from a random start, a real interval, so that n_h is exact. π = n_h/N_h; two neighbours are hardly ever drawn together.
 *
 * @param purpose - label of the streams of its starts, before the stratum's key
 * @see Cochran (1977) Sampling Techniques, §8.1 and 8.2; Särndal, Swensson & Wretman (1992) §3.4.2
 */
export function drawSystematic(frame: Frame, design: Design, seed: string, purpose = "systematic"): Picked {
  const key = ticketKey(seed);
  const fields = sortFields(frame.fields, design.plan.balance ?? []);
  const drawn: PickedUnit[] = [];
  const reserves: PickedUnit[] = [];
  for (const stratum of design.strata) {
    const { sampleSize } = stratum;
    if (sampleSize === 0) continue;
    const tickets = inTicketOrder(stratum.units, frame.ids, key);
    const sorted = serpentine(tickets, fields);
    const start = stream(seed, `${purpose}/${stratum.key}`)();
    const taken = new Set<number>();
    for (let i = 0; i < sampleSize; i++) {
      // The last step ends below N; rounding may take it there.
      const place = Math.min(Math.floor((i + start) * (sorted.length / sampleSize)), sorted.length - 1);
      const found = sorted[place] as TicketedUnit;
      taken.add(found.unit);
      drawn.push({ ...found, stratum });
    }
    reserves.push(...nextTickets(tickets, taken, stratum));
  }
  return { drawn, reserves };
}
