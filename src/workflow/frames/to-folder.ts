import { CasedrawError } from "../../errors.js";
import type { ReadPart } from "../../readers/text-part.js";
import { startClock } from "../../report/clock.js";
import type { FolderWriter } from "../../report/folder.js";
import { framesManifestText } from "../../report/frames-manifest.js";
import { manifestText } from "../../report/manifest.js";
import { sha256Of } from "../../report/sha256.js";
import { type PlanFile, planOfFrame } from "../open-plan.js";
import { recordHead } from "../package-version.js";
import type { Progress } from "../progress.js";
import { type DesignedFrame, designPlan } from "../sample/design-from-plan.js";
import {
  type DrawOptions,
  drawsToFolder,
  type PlannedDraw,
  type WrittenSample,
} from "../sample/to-folder.js";
import { type FramePair, findOverlaps, overlapsText } from "./overlaps.js";
import { frameSeed } from "./seed.js";

/** A frame of a plan before its draw. */
export interface NamedFrame {
  readonly name: string;
  readonly designed: DesignedFrame;
}

/** The samples of several frames as they were written, in plan order. */
export interface WrittenFrames {
  readonly frames: readonly { readonly name: string; readonly written: WrittenSample }[];
  readonly overlaps: readonly FramePair[];
}

/**
 * Reads the files of each frame of a plan and works out its strata and allocation.
 *
 * @throws CasedrawError of `designPlan`, its message led by the frame's name; `FILE_CHANGED` where two frames read one file and
 *   found two contents
 */
export async function designFrames(
  planFile: PlanFile,
  options: { readonly progress: Progress; readonly readPart?: ReadPart },
): Promise<NamedFrame[]> {
  const frames: NamedFrame[] = [];
  for (const name of Object.keys(planFile.plan.frames ?? {})) {
    const progress: Progress = (step, fraction) => options.progress(`${name}: ${step}`, fraction);
    frames.push({
      name,
      designed: await ofFrame(name, () => designPlan(planOfFrame(planFile, name), { ...options, progress })),
    });
  }
  refuseChanged(frames);
  return frames;
}

/**
 * Samples each frame of a plan on its own into a subfolder of its name, beside what is in more than one of them, whole or
 * not at all. Each draw has a seed of its own, made from the one given.
 *
 * @throws CasedrawError of `designFrames` and `drawsToFolder`
 */
export async function framesToFolder(
  planFile: PlanFile,
  seed: string,
  options: DrawOptions,
): Promise<WrittenFrames> {
  const clock = startClock();
  const frames = await designFrames(planFile, options);
  let overlaps: readonly FramePair[] = [];
  const draws = frames.map(
    ({ name, designed }): PlannedDraw => ({
      designed,
      seed: frameSeed(seed, name),
      prefix: `${name}/`,
      marks: { of_frames: { frame: name, seed } },
    }),
  );
  const finish = (folder: FolderWriter, written: readonly WrittenSample[]): void => {
    overlaps = findOverlaps(
      written.map(({ designed, sample }, at) => ({
        name: frames[at]?.name as string,
        plan: designed.planFile.plan,
        frame: designed.frame,
        sample,
      })),
    );
    folder.file("overlaps.csv", overlapsText(overlaps));
    folder.file(
      "manifest.json",
      framesManifestText({
        ...recordHead(),
        seed,
        frames: written.map(({ manifest }, at) => ({
          name: frames[at]?.name as string,
          seed: manifest.seed,
          units: manifest.selection.units,
          manifest_sha256: sha256Of(manifestText(manifest)),
        })),
        outputs: folder.outputs(),
      }),
    );
  };
  const written = await drawsToFolder(draws, { ...options, clock, finish });
  return {
    frames: written.map((sample, at) => ({ name: frames[at]?.name as string, written: sample })),
    overlaps,
  };
}

/** What goes wrong with one frame of several is told with its name. */
export async function ofFrame<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CasedrawError)) throw error;
    throw new CasedrawError(error.code, `Frame ${name}: ${error.message}`, { ...error.details, frame: name });
  }
}

/** Frames that read one file are to speak of the same data. */
function refuseChanged(frames: readonly NamedFrame[]): void {
  const seen = new Map<string, string>();
  for (const { designed } of frames) {
    for (const [at, { path, file }] of designed.files.entries()) {
      const digest = designed.inputs[at]?.sha256 as string;
      if (seen.get(file) !== undefined && seen.get(file) !== digest) {
        throw new CasedrawError(
          "FILE_CHANGED",
          `Input changed while the frames were being read: two of them found two contents (${path}). Run it again.`,
          { file: path },
        );
      }
      seen.set(file, digest);
    }
  }
}
