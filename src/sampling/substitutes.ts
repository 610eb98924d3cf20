import type { DesignStratum } from "./design-stratum.js";
import type { PickedUnit } from "./picked.js";
import type { TicketedUnit } from "./smallest-tickets.js";

/**
 * Reserves where a draw is not by ticket alone: the next tickets of the stratum. They are matched substitutes, not a
 * continuation of the draw.
 *
 * @param tickets - the stratum's units in ticket order
 * @param taken - the drawn ones
 */
export function nextTickets(
  tickets: readonly TicketedUnit[],
  taken: ReadonlySet<number>,
  stratum: DesignStratum,
): PickedUnit[] {
  const found: PickedUnit[] = [];
  for (const each of tickets) {
    if (found.length === stratum.reserves) break;
    if (!taken.has(each.unit)) found.push({ ...each, stratum });
  }
  return found;
}
