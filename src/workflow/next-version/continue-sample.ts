import { resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import { frameDigests } from "../../frame/frame-digests.js";
import { designFields } from "../../plan/design-fields.js";
import { startClock } from "../../report/clock.js";
import type { ChosenRecord, ManifestStep } from "../../report/manifest-steps.js";
import { checkedLosses } from "../../sampling/after/check-losses.js";
import type { Beginning } from "../../sampling/after/follow.js";
import type { Loss } from "../../sampling/after/outcome.js";
import { designSample } from "../../sampling/design.js";
import { buildFromPlan } from "../build-from-plan.js";
import { checkedCases, readCases } from "../chosen/listed-cases.js";
import { samplePlan } from "../open-plan.js";
import type { DesignedFrame } from "../sample/design-from-plan.js";
import { openSampleFolder, refuseChangedFolder, type SampleFolder } from "../sample/folder.js";
import { selectionOf } from "../sample/manifest-of.js";
import { type DrawOptions, drawsToFolder, type WrittenSample } from "../sample/to-folder.js";
import { withBefore } from "../update/before.js";
import { differingPlan } from "../verify/compare-records.js";
import { findPlan, locateInputs } from "../verify/find-plan.js";
import { tellingGone } from "../verify/input-gone.js";
import { refuseUnknownAlgorithm } from "../verify/known-algorithm.js";
import { readReplacementLog } from "./replacement-log.js";
import { beginningOf, hashOfManifest, registerAsBefore, replaySteps } from "./sample-versions.js";

/** What is to be done with a sample. */
export type Continuation =
  | {
      readonly kind: "replace";
      /** Path of the replacement log, as the user wrote it. */
      readonly log: string;
    }
  | { readonly kind: "extend"; readonly size: number; readonly afterFindings: boolean }
  | {
      readonly kind: "add";
      /** Path of the chosen cases, as the user wrote it. */
      readonly cases: string;
    };

/**
 * Writes the next version of a sample: its folder with cases replaced or added, chained to the one before. The sample is drawn
 * again from its plan and data, and has to be the one that the folder records; fields that the design does not use may have
 * been corrected since.
 *
 * @param from - the folder of the version before, as the user wrote it
 * @param options.plan - the plan, where it is not where `run.json` says
 * @param options.data - inputs that have moved, matched by file name
 * @throws CasedrawError `SAMPLE_FOLDER_CHANGED`, `SAMPLE_NOT_REPLAYED`, `EXTENSION_DESIGN_CHANGED`, `REPLACEMENT_…`,
 *   `EXTENSION_…`, and those of a draw; before anything is written
 */
export async function continueSample(
  from: string,
  wanted: Continuation,
  options: DrawOptions & { readonly plan?: string; readonly data: readonly string[] },
): Promise<WrittenSample> {
  const clock = startClock();
  const folder = openSampleFolder(resolve(options.cwd, from), from);
  const { manifest } = folder;
  refuseUnknownAlgorithm(manifest);
  refuseChangedFolder(folder, from);
  const logged =
    wanted.kind === "replace"
      ? await readReplacementLog(resolve(options.cwd, wanted.log), wanted.log)
      : undefined;
  const listed =
    wanted.kind === "add" ? await readCases(resolve(options.cwd, wanted.cases), wanted.cases) : undefined;
  const { designed, beginning } = await drawnAgain(folder, from, options);
  options.progress("Replaying the steps since the draw");
  const { steps = [], seed } = manifest;
  const before = replaySteps(designed, beginning, manifest, steps);
  if (selectionOf(designed.frame, before) !== manifest.selection.digest) {
    throw notReplayed(`its seed and steps give other units than its manifest records (${from})`);
  }
  const step = stepOf(wanted, {
    losses: () => checkedLosses(designed.frame, before, logged ?? []),
    cases: () => checkedCases(designed.frame, before, listed ?? []),
  });
  const taken = [...steps, step];
  const sample = replaySteps(designed, beginning, manifest, taken);
  const marks = {
    version: taken.length + 1,
    previous: {
      selection_digest: manifest.selection.digest,
      manifest_sha256: hashOfManifest(folder.path),
    },
    steps: taken,
    ...(manifest.of_frames === undefined ? {} : { of_frames: manifest.of_frames }),
  };
  const named = wanted.kind === "replace" ? [wanted.log] : wanted.kind === "add" ? [wanted.cases] : [];
  const log = named.map((file) => resolve(options.cwd, file));
  const [written] = await drawsToFolder(
    [{ designed, seed, prefix: "", draw: () => sample, marks, from: folder.path }],
    { ...registerAsBefore(folder, options), clock, protect: [folder.path, ...log] },
  );
  return written as WrittenSample;
}

function stepOf(
  wanted: Continuation,
  checked: { readonly losses: () => readonly Loss[]; readonly cases: () => readonly ChosenRecord[] },
): ManifestStep {
  if (wanted.kind === "extend")
    return { kind: "extend", size: wanted.size, after_findings: wanted.afterFindings };
  return wanted.kind === "add"
    ? { kind: "add", cases: checked.cases() }
    : {
        kind: "replace",
        losses: checked.losses().map(({ unitId, reason }) => ({ unit_id: unitId, reason })),
      };
}

/** The sample of a folder as it was drawn first, or what its last update begins with. */
async function drawnAgain(
  folder: SampleFolder,
  label: string,
  options: DrawOptions & { readonly plan?: string; readonly data: readonly string[] },
): Promise<{ readonly designed: DesignedFrame; readonly beginning: Beginning }> {
  const { manifest } = folder;
  const planFile = findPlan(folder, label, options);
  const [changed] = differingPlan(manifest.plan, planFile.plan);
  if (changed !== undefined) {
    throw notReplayed(
      `${changed.path} of the plan is not what it was at the draw (${planFile.path}). Name that plan with --plan`,
    );
  }
  const locate = locateInputs(folder, planFile, options);
  const work = buildFromPlan(planFile, {
    progress: options.progress,
    locate,
    ...(options.readPart === undefined ? {} : { readPart: options.readPart }),
  });
  const read = await tellingGone(work, { ...options, planFile, locate });
  const built = withBefore(read, folder, label);
  const digests = frameDigests(built.frame, planFile.plan);
  if (digests.design !== manifest.frame.design_digest) {
    throw designChanged(folder, {
      fields: digests.fields,
      eligible: built.frame.eligible.length,
      names: designFields(planFile.plan),
    });
  }
  const design = designSample(built.frame, samplePlan(planFile.plan), built.designInputs);
  options.progress("Replaying the draw");
  return {
    designed: { ...built, planFile, design },
    beginning: beginningOf(built, planFile.plan, manifest),
  };
}

function designChanged(
  { manifest }: SampleFolder,
  now: {
    readonly fields: Readonly<Record<string, string>>;
    readonly eligible: number;
    readonly names: readonly string[];
  },
): CasedrawError {
  const { eligible, field_digests } = manifest.frame;
  const changed = now.names.filter((name) => field_digests[name] !== now.fields[name]);
  const same = now.eligible === eligible;
  return new CasedrawError(
    "EXTENSION_DESIGN_CHANGED",
    `Data has changed since the draw in what the design uses: ${
      changed.length === 0 ? "the eligible units" : changed.join(", ")
    }${same ? "" : ` (${eligible} units were eligible, now ${now.eligible} are)`}. ` +
      "Name the export that the sample was drawn from with --data.",
    { fields: changed, eligible: { was: eligible, is: now.eligible } },
  );
}

function notReplayed(why: string): CasedrawError {
  return new CasedrawError(
    "SAMPLE_NOT_REPLAYED",
    `Sample cannot be continued: ${why}. casedraw verify tells what differs.`,
  );
}
