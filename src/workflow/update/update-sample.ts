import { resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import type { Note } from "../../frame/note.js";
import { counted } from "../../frame/words.js";
import { startClock } from "../../report/clock.js";
import type { UpdateRecord } from "../../report/manifest-steps.js";
import { prepareUpdate } from "../../sampling/update/prepare.js";
import { refuseNotUpdatable } from "../../sampling/update/refuse.js";
import type { UpdateFacts } from "../../sampling/update/update-facts.js";
import { buildFromPlan } from "../build-from-plan.js";
import { readRecordedFrame } from "../explain/recorded-frame.js";
import { replayRecorded } from "../explain/replay-recorded.js";
import { hashOfManifest, registerAsBefore, replaySteps } from "../next-version/sample-versions.js";
import { openPlan, planOfFrame, samplePlan } from "../open-plan.js";
import { openSampleFolder, refuseChangedFolder } from "../sample/folder.js";
import { type DrawOptions, drawsToFolder, type WrittenSample } from "../sample/to-folder.js";
import { locateInputs } from "../verify/find-plan.js";
import { refuseUnknownAlgorithm } from "../verify/known-algorithm.js";
import { changesOf } from "./changes.js";
import { renumberedNotes } from "./numbered.js";
import { sameDesign } from "./same-design.js";
import { updateRecord } from "./step-record.js";

/** An update as it was written. */
export interface WrittenUpdate extends WrittenSample {
  readonly step: UpdateRecord;
  /** Of what left the sample, and of the plan. */
  readonly notes: readonly Note[];
}

/**
 * Brings a sample to a corrected export and writes its next version. The sample before is drawn again from its own folder;
 * its export is not needed.
 *
 * @param from - the folder of the version before, as the user wrote it
 * @param planPath - the plan of the corrected export, as the user wrote it
 * @param options.data - inputs of that plan that lie elsewhere, matched by file name
 * @throws CasedrawError `SAMPLE_FOLDER_CHANGED`, `UPDATE_…`, those of a draw; before anything is written
 */
export async function updateToFolder(
  from: string,
  planPath: string,
  options: DrawOptions & { readonly data: readonly string[] },
): Promise<WrittenUpdate> {
  const clock = startClock();
  const { progress, cwd } = options;
  const folder = openSampleFolder(resolve(cwd, from), from);
  const { manifest } = folder;
  refuseUnknownAlgorithm(manifest);
  if (manifest.linked_to !== undefined) throw linked();
  refuseChangedFolder(folder, from);
  const planFile = planOfFrame(openPlan(planPath, cwd), manifest.of_frames?.frame);
  const differing = sameDesign(manifest.plan, planFile.plan, planPath);
  const design = samplePlan(planFile.plan);
  refuseNotUpdatable(design);
  progress("Reading the sample");
  const recorded = readRecordedFrame(folder, from);
  const { sample: before } = await replayRecorded(folder, recorded);
  const earlier = { frame: recorded.frame, sample: before };
  const read = await buildFromPlan(planFile, {
    progress,
    locate: locateInputs({ manifest }, planFile, options),
    ...(options.readPart === undefined ? {} : { readPart: options.readPart }),
  });
  progress("Comparing with the sample before");
  const prepared = prepareUpdate(earlier, read.frame);
  const built = { ...read, designInputs: { ...read.designInputs, before: prepared.before } };
  const { steps = [], seed } = manifest;
  const { digest, design_digest } = manifest.frame;
  const digests = { frame: digest, design: design_digest };
  const nobody = { kept: 0, moved: 0, gone: 0, new: 0 };
  const draft = updateRecord(prepared, {
    changes: { ...changesOf(earlier, { ...prepared, frame: read.frame, homes: [] }), eligible: nobody },
    digests,
  });
  const sample = replaySteps(built, { plan: design }, manifest, [...steps, draft]);
  const { homes } = sample.design.updated as UpdateFacts;
  const { eligible } = changesOf(earlier, { ...prepared, frame: read.frame, homes });
  const step: UpdateRecord = { ...draft, eligible };
  const taken = [...steps, step];
  const marks = {
    version: taken.length + 1,
    previous: {
      selection_digest: manifest.selection.digest,
      manifest_sha256: hashOfManifest(folder.path),
    },
    steps: taken,
    ...(manifest.of_frames === undefined ? {} : { of_frames: manifest.of_frames }),
  };
  const designed = { ...built, planFile, design: sample.design };
  const [written] = await drawsToFolder(
    [{ designed, seed, prefix: "", draw: () => sample, marks, from: folder.path }],
    { ...registerAsBefore(folder, options), clock, protect: [folder.path] },
  );
  return {
    ...(written as WrittenSample),
    step,
    notes: [
      ...leftNotes(step),
      ...planNotes(differing),
      ...renumberedNotes(folder, from, { plan: planFile.plan, frame: read.frame, kept: step.kept }),
    ],
  };
}

function linked(): CasedrawError {
  return new CasedrawError(
    "UPDATE_NOT_POSSIBLE",
    "Sample cannot be updated: it is linked to an earlier sample, whose units lead to it. Update that sample, and take from the corrected export " +
      "what is linked to it with casedraw sample --linked-to.",
  );
}

/** What was logged out of scope and is gone: a correction of the sampled cases alone would bend the weights. */
function leftNotes({ left }: UpdateRecord): Note[] {
  const outOfScope = left.filter(({ status }) => status === "out-of-scope").length;
  if (outOfScope === 0) return [];
  return [
    {
      code: "update-lost-gone",
      text:
        `${counted(outOfScope, "case")} that the replacement log has as out of scope ${outOfScope === 1 ? "is" : "are"} gone from the corrected export. If cases were taken out because the ` +
        "review found them, and others like them that were not sampled are still there, totals come out too high: ask that they be put back.",
      count: outOfScope,
      details: {},
    },
  ];
}

function planNotes(paths: readonly string[]): Note[] {
  const cohort = paths.filter((path) => /^cohort(?:\.|$| )/.test(path));
  if (cohort.length === 0) return [];
  return [
    {
      code: "updated",
      text: "The plan's cohort is not what it was at the draw, so who is gone or new follows from that as well.",
      count: cohort.length,
      details: { paths: cohort },
    },
  ];
}
