import { existsSync } from "node:fs";
import { CasedrawError } from "../../errors.js";
import type { Manifest } from "../../report/manifest.js";
import { type DesignInputs, designSample } from "../../sampling/design.js";
import { drawSample, type Sample } from "../../sampling/draw.js";
import { replaySteps } from "../next-version/sample-versions.js";
import { samplePlan } from "../open-plan.js";
import type { SampleFolder } from "../sample/folder.js";
import { selectionOf } from "../sample/manifest-of.js";
import { readAvoided } from "../sample/read-avoided.js";
import { strataRecords } from "../sample/tables.js";
import { differingPaths } from "../verify/compare-records.js";
import { refuseUnknownAlgorithm } from "../verify/known-algorithm.js";
import { filesDisagree, type RecordedFrame } from "./recorded-frame.js";

/** A sample drawn again. */
export interface ReplayedSample {
  /** As drawn, or as the last update left it. */
  readonly drawn: Sample;
  /** As it stands: after the replacements and top-ups that the manifest records. */
  readonly sample: Sample;
  /** What its design went by. */
  readonly designInputs: DesignInputs;
}

/**
 * Draws a sample again from what its folder records, without the export. Only one that keeps away from an earlier sample
 * needs that sample's folder too.
 *
 * @returns the sample as it stands has the strata, units and reserves of the manifest
 * @throws CasedrawError `ALGORITHM_UNKNOWN`; `MANIFEST_INVALID` where the replay is not what the manifest records;
 *   `FILE_NOT_FOUND` where the earlier sample is not where it lay
 */
export async function replayRecorded(folder: SampleFolder, recorded: RecordedFrame): Promise<ReplayedSample> {
  const { manifest } = folder;
  refuseUnknownAlgorithm(manifest);
  const { frame, plan } = recorded;
  const designInputs = { ...recorded.designInputs, ...(await earlierSample(folder, recorded)) };
  let drawn: Sample;
  let sample: Sample;
  try {
    ({ drawn, sample } = drawRecorded({ plan, frame, designInputs }, manifest));
  } catch (error) {
    if (!(error instanceof CasedrawError)) throw error;
    throw filesDisagree("no draw can be made from frame.csv with the manifest's plan");
  }
  if (differingPaths(manifest.strata, strataRecords(sample)).length > 0) {
    throw filesDisagree("the manifest's strata are not those that its plan makes of frame.csv");
  }
  if (selectionOf(frame, sample) !== manifest.selection.digest) {
    throw filesDisagree("frame.csv and the seed draw other units than the manifest records");
  }
  return { drawn, sample, designInputs };
}

/**
 * Draws a recorded sample, and takes the steps that its manifest records.
 *
 * @throws CasedrawError where no draw can be made, or a step does not fit the sample
 */
export function drawRecorded(
  { plan, frame, designInputs }: RecordedFrame,
  manifest: Pick<Manifest, "seed" | "steps">,
): Pick<ReplayedSample, "drawn" | "sample"> {
  const built = { frame, inputs: [], files: [], remarks: 0, designInputs };
  const { seed, steps = [] } = manifest;
  const updated = steps.findLastIndex(({ kind }) => kind === "update");
  const beginning = updated === -1 ? undefined : { plan: samplePlan(plan) };
  const drawn =
    beginning === undefined
      ? drawSample(frame, designSample(frame, samplePlan(plan), designInputs), seed)
      : replaySteps(built, beginning, manifest, steps.slice(0, updated + 1));
  return { drawn, sample: replaySteps(built, beginning ?? drawn, manifest, steps) };
}

/** The sample that the plan keeps away from, from where it lay at the draw. */
async function earlierSample(
  { manifest, run }: SampleFolder,
  { plan, frame }: RecordedFrame,
): Promise<DesignInputs> {
  const avoid = plan.sample?.avoid;
  if (avoid === undefined || !("sample" in avoid)) return {};
  const file = run?.inputs.at(-1)?.file;
  if (file === undefined || !existsSync(file)) {
    throw new CasedrawError(
      "FILE_NOT_FOUND",
      `Earlier sample not found: this one keeps away from ${avoid.sample}, which is not where it lay at the draw. ` +
        "Put it back, and keep run.json in the sample's folder.",
      { file: avoid.sample },
    );
  }
  const { designInputs, input } = await readAvoided(avoid, file, frame);
  if (input.sha256 !== manifest.inputs.at(-1)?.sha256) {
    throw filesDisagree(`the sample in ${avoid.sample} is not the one that this draw kept away from`);
  }
  return designInputs;
}
