import { CasedrawError } from "../errors.js";
import { designSample } from "../sampling/design.js";
import { drawSample, type Sample } from "../sampling/draw.js";
import { selectionDigest } from "../sampling/selection-digest.js";
import { differingPaths } from "./compare-records.js";
import { refuseUnknownAlgorithm } from "./known-algorithm.js";
import { samplePlan } from "./open-plan.js";
import { filesDisagree, type RecordedFrame } from "./recorded-frame.js";
import type { SampleFolder } from "./sample-folder.js";
import { strataRecords } from "./sample-tables.js";

/**
 * Draws a sample again from what its folder records, without the export.
 *
 * @returns the sample: strata, drawn units and reserves are those of the manifest
 * @throws CasedrawError `ALGORITHM_UNKNOWN`; `MANIFEST_INVALID` where the replay is not what the manifest records
 */
export function replayRecorded({ manifest }: SampleFolder, recorded: RecordedFrame): Sample {
  refuseUnknownAlgorithm(manifest);
  const { frame, plan, strata } = recorded;
  let sample: Sample;
  try {
    sample = drawSample(frame, designSample(frame, samplePlan(plan), strata), manifest.seed);
  } catch (error) {
    if (!(error instanceof CasedrawError)) throw error;
    throw filesDisagree("no draw can be made from frame.csv with the manifest's plan");
  }
  if (differingPaths(manifest.strata, strataRecords(sample)).length > 0) {
    throw filesDisagree("the manifest's strata are not those that its plan makes of frame.csv");
  }
  const digest = selectionDigest(
    sample.drawn.map(({ unit }) => frame.ids[unit] as string),
    sample.reserves.map(({ unit, stratum }) => ({ stratum: stratum.key, unitId: frame.ids[unit] as string })),
  );
  if (digest !== manifest.selection.digest) {
    throw filesDisagree("frame.csv and the seed draw other units than the manifest records");
  }
  return sample;
}
