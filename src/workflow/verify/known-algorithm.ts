import { CasedrawError } from "../../errors.js";
import type { Manifest } from "../../report/manifest.js";
import { algorithms } from "../../sampling/design.js";

/**
 * Refuses a sample that this release cannot draw again.
 *
 * @throws CasedrawError `ALGORITHM_UNKNOWN`, which names the release that drew it
 */
export function refuseUnknownAlgorithm({ algorithm: used, software }: Manifest): void {
  const known = algorithms.find(({ name }) => name === used.name);
  if (known?.version === used.version) return;
  const here = known === undefined ? "does not have it" : `has its version ${known.version}`;
  throw new CasedrawError(
    "ALGORITHM_UNKNOWN",
    `Sample was drawn with ${used.name} version ${used.version}, and this release ${here}. ` +
      `Verify it with casedraw ${software.version}, which drew it.`,
    { algorithm: used, software: software.version },
  );
}
