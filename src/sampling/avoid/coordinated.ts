import type { Frame } from "../../frame/frame.js";
import { stream } from "../../random/streams.js";
import { ticketKey } from "../../random/tickets.js";
import { cubeOfNearlyFixedSize } from "../cube/nearly-fixed.js";
import type { Design } from "../design.js";
import type { Picked, PickedUnit } from "../picked.js";
import { nextTickets } from "../substitutes.js";
import { inTicketOrder } from "../ticket-order.js";

/**
 * Draws a sample that keeps away from an earlier one: each unit with exactly its conditional probability, at a size that is
 * fixed in a stratum where these add up to a whole number, else the whole number below or above. The cube with no column but
 * the size does that. Reserves are the next tickets of units that could have been drawn.
 *
 * @see Deville & Tillé (2004) Biometrika 91:893–912
 */
export function drawCoordinated(frame: Frame, design: Design, seed: string): Picked {
  const key = ticketKey(seed);
  const conditional = design.conditional as Float64Array;
  const next = stream(seed, "avoid");
  const drawn: PickedUnit[] = [];
  const reserves: PickedUnit[] = [];
  for (const stratum of design.strata) {
    const tickets = inTicketOrder(stratum.units, frame.ids, key);
    const taken = cubeOfNearlyFixedSize({
      probabilities: Float64Array.from(tickets, ({ unit }) => conditional[unit] as number),
      strata: new Int32Array(tickets.length),
      indicators: { count: 0, starts: new Int32Array(tickets.length + 1), columns: new Int32Array(0) },
      next,
    });
    const own = tickets.filter((_, at) => taken[at] === 1);
    for (const found of own) drawn.push({ ...found, stratum });
    const open = tickets.filter(({ unit }) => (conditional[unit] as number) > 0);
    reserves.push(...nextTickets(open, new Set(own.map(({ unit }) => unit)), stratum));
  }
  return { drawn, reserves };
}
