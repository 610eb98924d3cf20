import { randomBytes } from "node:crypto";

/**
 * A seed from the system's randomness, for whoever gives none: 64 bits in decimal. Note it before the draw.
 *
 * @example /^[0-9]{1,20}$/.test(newSeed()) // → true
 */
export function newSeed(): string {
  return randomBytes(8).readBigUInt64BE().toString();
}
