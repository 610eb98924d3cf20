import { hash } from "node:crypto";

/**
 * The key of a draw: SHA-256 of the seed's UTF-8 text.
 *
 * @param seed - any text, used exactly as given
 * @returns 64 lower-case hexadecimal characters
 * @see R. Rivest, consistent_sampler (2018), whose digest input this is
 * @example ticketKey("314159").slice(0, 8) // → "c5b389be"
 */
export function ticketKey(seed: string): string {
  return hash("sha256", seed, "hex");
}

/**
 * A unit's ticket: SHA-256 of the key followed by the unit id. Tickets compare as text, smallest first.
 * A ticket depends on the seed and the id alone: not on row order, on other units or on the machine.
 *
 * @param key - from {@link ticketKey}
 * @param unitId - the unit's id, its parts already joined by `_`
 * @returns 64 lower-case hexadecimal characters
 * @example ticket(ticketKey("314159"), "A-1").slice(0, 8) // → "089cfe38"
 */
export function ticket(key: string, unitId: string): string {
  return hash("sha256", key + unitId, "hex");
}

/** Ids that tickets are made of. An archive has pseudonyms instead, which stand in the order that the tickets of the ids had. */
export interface Ids extends ReadonlyArray<string> {
  /** By the key of each draw: what stands for the ticket of each id, as long as one. */
  readonly tickets?: ReadonlyMap<string, readonly string[]>;
}

/** The ticket of one of several ids. */
export function ticketAt(key: string, ids: Ids, at: number): string {
  const { tickets } = ids;
  if (tickets === undefined) return ticket(key, ids[at] as string);
  const own = tickets.get(key)?.[at];
  if (own === undefined) throw new RangeError("An archive has no order of tickets for this key");
  return own;
}
