import { compareBytes } from "../../frame/text.js";
import { sha256Of } from "../sha256.js";

/**
 * SHA-256 of a resolved plan's canonical JSON: no blanks, keys in byte order at every depth, lists in their own order.
 * Plans that say the same have one digest, however their keys are ordered.
 *
 * @returns 64 lower-case hexadecimal characters
 */
export function planDigest(plan: object): string {
  return sha256Of(canonical(plan));
}

/**
 * What a commitment records of a seed: SHA-256 of `<seed>|commit|v1`. The label keeps it apart from the SHA-256 of the
 * seed alone, which is the key of the tickets and would give the draw away.
 *
 * @returns 64 lower-case hexadecimal characters
 */
export function seedCommitment(seed: string): string {
  return sha256Of(`${seed}|commit|v1`);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  entries.sort(([a], [b]) => compareBytes(a, b));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(",")}}`;
}
