import type { Frame } from "../../frame/frame.js";
import { type FrameDigests, frameDigests } from "../../frame/frame-digests.js";
import { recordedPlan } from "../../plan/drawn-plan.js";
import type { Plan } from "../../plan/types.js";
import type { Manifest, ManifestFrame } from "../../report/manifest.js";
import type { Sample } from "../../sampling/draw.js";
import { selectionDigest } from "../../sampling/selection-digest.js";
import type { BuiltFrame } from "../build-from-plan.js";
import { recordHead } from "../package-version.js";
import { strataRecords } from "./tables.js";

/** What a manifest says of a sample that is one of several frames', linked to another, or a later version of one. */
export type ManifestMarks = Pick<Manifest, "version" | "previous" | "steps" | "of_frames" | "linked_to">;

/**
 * The manifest of a sample, but for the files that it lists.
 *
 * @param digests - the frame's, where they are made already
 */
export function manifestOf(
  plan: Plan,
  seed: string,
  built: Pick<BuiltFrame, "frame" | "inputs">,
  sample: Sample,
  marks: ManifestMarks = {},
  digests?: FrameDigests,
): Omit<Manifest, "outputs"> {
  const { frame, inputs } = built;
  return {
    ...recordHead(),
    algorithm: sample.design.algorithm,
    seed,
    plan: recordedPlan(plan),
    inputs,
    frame: frameRecord(frame, plan, digests),
    strata: strataRecords(sample),
    selection: { units: sample.drawn.length, digest: selectionOf(frame, sample) },
    ...(sample.estimated === undefined
      ? {}
      : {
          estimation: {
            stream: sample.estimated.stream,
            replays: sample.estimated.replays,
            discarded: sample.estimated.discarded,
          },
        }),
    ...marks,
  };
}

/** What a manifest says of a frame: every row that was read, what became of it, and its digests. */
export function frameRecord(
  frame: Frame,
  plan: Plan,
  digests: FrameDigests = frameDigests(frame, plan),
): ManifestFrame {
  return {
    ...frameCounts(frame),
    digest: digests.frame,
    design_digest: digests.design,
    field_digests: digests.fields,
  };
}

/** Every row that was read, and what became of it. */
export function frameCounts({ accounting, eligible, exclusion }: Frame) {
  return {
    rows_read: accounting.rowsRead,
    superseded: accounting.superseded,
    folded: accounting.folded,
    eligible: eligible.length,
    excluded: exclusion.reasons,
  };
}

/** The digest of who was drawn, and of the reserves. */
export function selectionOf(frame: Frame, sample: Sample): string {
  return selectionDigest(
    sample.drawn.map(({ unit }) => frame.ids[unit] as string),
    sample.reserves.map(({ unit, stratum }) => ({ stratum: stratum.key, unitId: frame.ids[unit] as string })),
  );
}
