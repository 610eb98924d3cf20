import { resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import type { ReadPart } from "../../readers/text-part.js";
import type { LinkMark } from "../../report/manifest.js";
import { designSample } from "../../sampling/design.js";
import { drawSample, type Sample } from "../../sampling/draw.js";
import { drawLinked } from "../../sampling/linked/draw-linked.js";
import { type LinkSource, refuseUnlinkable } from "../../sampling/linked/value-chances.js";
import { type BuiltFrame, buildFromPlan } from "../build-from-plan.js";
import { digestsHere, type StartDigests, startFrameDigests } from "../make-digests.js";
import { hashOfManifest } from "../next-version/sample-versions.js";
import { type PlanFile, samplePlan } from "../open-plan.js";
import type { Progress } from "../progress.js";
import { differingPlan } from "../verify/compare-records.js";
import { findPlan, locateInputs } from "../verify/find-plan.js";
import { refuseUnknownAlgorithm } from "../verify/known-algorithm.js";
import { openSampleFolder, type SampleFolder } from "./folder.js";
import { selectionOf } from "./manifest-of.js";
import type { PlannedDraw } from "./to-folder.js";

/** How files are read, and who is told. */
interface ReadOptions {
  readonly cwd: string;
  readonly progress: Progress;
  readonly readPart?: ReadPart;
  readonly startDigests?: StartDigests;
}

/**
 * Takes the sample that a plan links to an earlier one: all of a draw but the writing.
 *
 * @param directory - the earlier sample's folder, as the user wrote it
 * @throws CasedrawError `LINK_NOT_PLANNED`, `LINK_SOURCE_DIFFERS`, `LINK_EMPTY`, and those of `drawLinked`, of opening the
 *   folder and of reading either plan's files
 */
export async function linkFromPlan(
  planFile: PlanFile,
  directory: string,
  options: ReadOptions,
): Promise<PlannedDraw & { readonly draw: () => Sample }> {
  const { linked } = planFile.plan;
  if (linked === undefined) {
    throw new CasedrawError(
      "LINK_NOT_PLANNED",
      "Plan does not say what links its records to the earlier sample, as --linked-to needs. " +
        "Add linked: { by: FIELD } to the plan instead of sample, or leave --linked-to out.",
    );
  }
  const { folder, source } = await replayEarlier(directory, options);
  const built = await buildFromPlan(planFile, { ...options, forDraw: true });
  const sample = takeLinked(built, linked.by, source, options.progress);
  if (sample.drawn.length === 0) {
    throw new CasedrawError(
      "LINK_EMPTY",
      `Linked sample is empty: no unit of the earlier sample has a ${linked.by} that an eligible unit here has too. ` +
        "Link to a larger sample.",
      { field: linked.by },
    );
  }
  return {
    designed: { ...built, planFile, design: sample.design },
    seed: source.seed,
    prefix: "",
    draw: () => sample,
    marks: { linked_to: linkMark(folder, linked.by) },
    linkedTo: folder.path,
  };
}

/** The draw itself, with its progress told. */
export function takeLinked(
  { frame }: Pick<BuiltFrame, "frame">,
  by: string,
  earlier: LinkSource,
  progress: Progress,
): Sample {
  const onReplay = (done: number, all: number): void => progress("Replaying the earlier draw", done / all);
  return drawLinked(frame, by, { earlier, onReplay });
}

/** What proves the earlier sample: the chain from a linked sample to it. */
export function linkMark({ path, manifest }: SampleFolder, by: string): LinkMark {
  return {
    by,
    algorithm: manifest.algorithm,
    frame_digest: manifest.frame.digest,
    selection_digest: manifest.selection.digest,
    manifest_sha256: hashOfManifest(path),
  };
}

/** Reads an earlier sample's export again and draws it again: its frame has every field, as `frame.csv` has not. */
async function replayEarlier(
  directory: string,
  options: ReadOptions,
): Promise<{ readonly folder: SampleFolder; readonly source: LinkSource }> {
  const folder = openSampleFolder(resolve(options.cwd, directory), directory);
  const { manifest } = folder;
  refuseUnknownAlgorithm(manifest);
  refuseUnlinkable(manifest.algorithm);
  const planFile = findPlan(folder, directory, { cwd: options.cwd });
  const [changed] = differingPlan(manifest.plan, planFile.plan);
  if (changed !== undefined) throw differs(directory, `its plan has another ${changed.path}`);
  const locate = locateInputs(folder, planFile, { cwd: options.cwd, data: [] });
  const built = await buildFromPlan(planFile, { ...options, locate });
  const { frame, designInputs, finishDigests = startFrameDigests(frame, planFile.plan, digestsHere) } = built;
  if ((await finishDigests()).frame !== manifest.frame.digest) {
    throw differs(directory, "its data gives another frame");
  }
  const { seed } = manifest;
  const sample = drawSample(frame, designSample(frame, samplePlan(planFile.plan), designInputs), seed);
  if (selectionOf(frame, sample) !== manifest.selection.digest) {
    throw differs(directory, "its seed draws other units");
  }
  return { folder, source: { frame, sample, seed } };
}

function differs(directory: string, how: string): CasedrawError {
  return new CasedrawError(
    "LINK_SOURCE_DIFFERS",
    `Earlier sample is no longer as it was drawn: ${how} than its manifest records (${directory}). ` +
      "A linked sample needs the plan and the data of that draw, and not of a sample with replacements or a top-up. " +
      `casedraw verify ${directory} tells what differs.`,
    { file: directory },
  );
}
