import { createHash } from "node:crypto";

/**
 * SHA-256 of who was drawn: the drawn ids in draw order, one a line, an empty line, then the reserves as stratum key
 * and id joined by U+001F, one a line; every line ends with LF.
 *
 * @returns 64 lower-case hexadecimal characters
 */
export function selectionDigest(
  drawnIds: readonly string[],
  reserves: readonly { readonly stratum: string; readonly unitId: string }[],
): string {
  const hash = createHash("sha256");
  for (const id of drawnIds) hash.update(`${id}\n`);
  hash.update("\n");
  for (const { stratum, unitId } of reserves) hash.update(`${stratum}\u001f${unitId}\n`);
  return hash.digest("hex");
}
