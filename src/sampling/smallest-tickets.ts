import { compareUnits } from "../frame/text.js";
import { type Ids, ticketAt } from "../random/tickets.js";

/** A unit of the frame with its ticket. */
export interface TicketedUnit {
  readonly unit: number;
  readonly ticket: string;
}

/** Tickets are first compared by this many hexadecimal digits, which a double holds exactly. */
const prefixDigits = 12;

/**
 * The units with the smallest tickets, smallest first; equal tickets go by the ids' bytes.
 *
 * @param units - units in byte order of their ids
 * @param ids - unit ids of the frame
 * @param count - how many, at most all of them
 * @param key - from `ticketKey(seed)`
 */
export function smallestTickets(
  units: Int32Array,
  ids: Ids,
  options: { readonly key: string; readonly count: number },
): TicketedUnit[] {
  const { key, count } = options;
  if (count === 0) return [];
  const prefixes = ticketPrefixes(units, ids, key);
  // Only units at or below the last prefix that can be drawn are sorted by their whole ticket.
  const limit = prefixes.toSorted()[Math.min(count, units.length) - 1] as number;
  const within = units.filter((_, i) => (prefixes[i] as number) <= limit);
  const near = Array.from(within, (unit): TicketedUnit => ({ unit, ticket: ticketAt(key, ids, unit) }));
  // The sort is stable and `units` stand in id order, so equal tickets keep it.
  near.sort((a, b) => compareUnits(a.ticket, b.ticket));
  return near.slice(0, count);
}

function ticketPrefixes(units: Int32Array, ids: Ids, key: string): Float64Array {
  const prefixes = new Float64Array(units.length);
  for (let i = 0; i < units.length; i++) {
    const text = ticketAt(key, ids, units[i] as number);
    prefixes[i] = Number.parseInt(text.slice(0, prefixDigits), 16);
  }
  return prefixes;
}
