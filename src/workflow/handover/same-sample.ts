import { existsSync } from "node:fs";
import { join } from "node:path";
import { CasedrawError } from "../../errors.js";
import { hashOfManifest } from "../next-version/sample-versions.js";
import { openSampleFolder, type SampleFolder } from "../sample/folder.js";
import type { ListedUnit } from "./cases.js";
import type { HandoverRecord } from "./record.js";

/**
 * Refuses a handover that is not of this sample or of an earlier version of it: its readers, second reviews and answers would be
 * taken for those of other cases. Each version names the manifest that it goes on with; where a folder between the two is gone,
 * most of the handover's cases must be in the sample.
 *
 * @param label - the handover's folder, as the user wrote it
 * @throws CasedrawError `HANDOVER_OTHER_SAMPLE`
 */
export function refuseOtherSample(
  { manifest, rows }: HandoverRecord,
  label: string,
  sample: { readonly folder: SampleFolder; readonly label: string; readonly units: readonly ListedUnit[] },
): void {
  const { version = 1, manifest_sha256: wanted } = manifest.sample;
  let at: SampleFolder | undefined = sample.folder;
  let hash: string | undefined = hashOfManifest(at.path);
  while (hash !== undefined && hash !== wanted && at !== undefined) {
    const now: SampleFolder = at;
    hash = (now.manifest.version ?? 1) > version ? now.manifest.previous?.manifest_sha256 : undefined;
    at = hash === undefined ? undefined : folderBefore(now, hash);
  }
  if (hash === wanted) return;
  if (hash !== undefined) {
    const sampled = new Set(sample.units.flatMap(({ unitId, role }) => (role === "sampled" ? [unitId] : [])));
    const given = rows.filter(({ role }) => role === "sampled");
    if (given.filter(({ unitId }) => sampled.has(unitId)).length * 2 > given.length) return;
  }
  throw new CasedrawError(
    "HANDOVER_OTHER_SAMPLE",
    `Handover: it must be of the sample ${sample.label} or of an earlier version of it, got that of another sample or of a later version ` +
      `(${label}). Name the folder of the sample that was handed over, as it stands now, and its own handover.`,
    { file: label, sample: sample.label },
  );
}

/** The folder of the version before, where it still lies as it was continued. */
function folderBefore({ run }: SampleFolder, hash: string): SampleFolder | undefined {
  const from = run?.from;
  if (from === undefined || !existsSync(join(from, "manifest.json")) || hashOfManifest(from) !== hash)
    return undefined;
  return openSampleFolder(from, from);
}
