import { hash } from "node:crypto";

/**
 * The key of a draw: SHA-256 of the seed's UTF-8 text.
 *
 * @param seed - any text, used exactly as given
 * @returns 64 lower-case hexadecimal characters
 * @see R. Rivest, consistent_sampler (2018), whose digest input this is
 * @example ticketKey("314159") // "c5b389be…dc75c3f0"
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
 * @example ticket(ticketKey("314159"), "A-1") // "089cfe38…974d11"
 */
export function ticket(key: string, unitId: string): string {
  return hash("sha256", key + unitId, "hex");
}
