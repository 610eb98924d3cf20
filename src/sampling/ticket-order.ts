import { compareUnits } from "../frame/text.js";
import { ticket } from "../random/tickets.js";
import type { TicketedUnit } from "./smallest-tickets.js";

/** Every unit with its ticket, smallest ticket first; equal tickets keep the order given, which is that of the ids' bytes. */
export function inTicketOrder(units: Int32Array, ids: readonly string[], key: string): TicketedUnit[] {
  return Array.from(units, (unit) => ({ unit, ticket: ticket(key, ids[unit] as string) })).sort((a, b) =>
    compareUnits(a.ticket, b.ticket),
  );
}
