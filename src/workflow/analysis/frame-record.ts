import type { AnalysisFrame } from "../../report/analysis-manifest.js";
import type { ManifestFrame } from "../../report/manifest.js";

/**
 * A frame's counts are exact, as of those excluded for a reason, and a field's digest lets whoever knows the ids try out guesses:
 * a publishable edition has the frame's digest alone.
 */
export function frameOf(record: ManifestFrame, isInternal: boolean): AnalysisFrame {
  return isInternal ? record : { digest: record.digest };
}
