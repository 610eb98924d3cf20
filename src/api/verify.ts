import { resolve } from "node:path";
import { CasedrawError } from "../errors.js";
import type { AnalysisVerification } from "../workflow/analysis/verify.js";
import type { ArchiveVerification } from "../workflow/archive/verify-archive.js";
import type { FramesExplanation } from "../workflow/explain/frames.js";
import type { Explanation } from "../workflow/explain/unit.js";
import type { FramesVerification } from "../workflow/frames/verify-frames.js";
import type { Verification } from "../workflow/verify/verify-sample.js";
import { given, type WorkOptions, workOf } from "./options.js";
import type { RegisterOption } from "./sample.js";

/** What a verification found, by what the folder is. */
export type Verified = { readonly verified: boolean } & (
  | ({ readonly kind: "sample" } & Verification)
  /** A folder with the samples of several frames. */
  | ({ readonly kind: "frames" } & FramesVerification)
  /** Of `pia`, `compare` or `check`. */
  | ({ readonly kind: "analysis" } & AnalysisVerification)
  | ({ readonly kind: "archive" } & ArchiveVerification)
);

/**
 * Verifies a folder that casedraw wrote: a sample is drawn again from its plan, data and seed, an analysis made again, an archive
 * replayed from itself, and everything compared with what the folder has.
 *
 * @param folder - of a sample, of the samples of several frames, of an analysis, comparison or check, or an archive
 * @param options.plan - the plan's file, where it is not where `run.json` says
 * @param options.data - inputs that have moved, matched by file name
 * @param options.register - the register, where it is not where `run.json` says; null to leave it out
 * @param options.linkedTo - folder of the sample that this one is linked to, where it is not where `run.json` says
 * @param options.key - of an archive, the key file that it was made with: with it the archive is held to `options.plan` and
 *   `options.register` too, as long as they are there
 * @returns whether all was compared and nothing differs, and what does; `unmade` of an analysis is what could not be made again
 * @throws CasedrawError where it could not be done: a missing file, an unknown algorithm version, unreadable data
 * @example
 * await writeSample("plan.yaml", { seed: "314159", out: "my-sample" });
 * const { verified, differences } = await verify("my-sample");
 * [verified, differences] // → [true, []]
 */
export async function verify(
  folder: string,
  options: WorkOptions &
    RegisterOption & {
      readonly plan?: string;
      readonly data?: readonly string[];
      readonly linkedTo?: string;
      readonly key?: string;
    } = {},
): Promise<Verified> {
  const { cwd, progress } = workOf(options);
  const { plan, register, linkedTo, key, data = [] } = options;
  const asked = { cwd, progress, data, ...given({ plan, register, linkedTo }) };
  const place = resolve(cwd, folder);
  const { openFramesFolder } = await import("../workflow/frames/folder.js");
  const frames = openFramesFolder(place, folder);
  if (frames !== undefined) {
    const { verifyFrames } = await import("../workflow/frames/verify-frames.js");
    return { kind: "frames", ...(await verifyFrames(frames, asked)) };
  }
  const { isVerified, openAnalysisFolder, verifyAnalysis } = await import("../workflow/analysis/verify.js");
  const analysis = openAnalysisFolder(place, folder);
  if (analysis !== undefined) {
    const found = await verifyAnalysis(analysis, asked);
    return { kind: "analysis", verified: isVerified(found), ...found };
  }
  const { openArchive } = await import("../workflow/archive/manifest.js");
  const archive = openArchive(place, folder);
  if (archive !== undefined) {
    const { verifyArchive } = await import("../workflow/archive/verify-archive.js");
    const found = await verifyArchive(archive, { ...asked, ...given({ key }) });
    return { kind: "archive", verified: found.differences.length === 0, ...found };
  }
  const { verifySample } = await import("../workflow/verify/verify-sample.js");
  const found = await verifySample(folder, asked);
  return { kind: "sample", verified: found.differences.length === 0, ...found };
}

/**
 * Explains why a unit of a sample was drawn, or was not. An eligible unit is explained from the folder alone, any other by
 * reading the export again.
 *
 * @param folder - of the sample
 * @param unitId - as the lists have it
 * @throws CasedrawError `UNIT_UNKNOWN`; `MANIFEST_INVALID` where the folder's files disagree; `ALGORITHM_UNKNOWN`
 * @example
 * const { designed, sample } = await writeSample("plan.yaml", { seed: "314159", out: "my-sample" });
 * const first = designed.frame.ids[sample.drawn[0].unit];
 * (await explainUnit("my-sample", first)).outcome // → "drawn"
 */
export async function explainUnit(
  folder: string,
  unitId: string,
  options: WorkOptions = {},
): Promise<Explanation> {
  const { explainUnit: explain } = await import("../workflow/explain/unit.js");
  return await explain(folder, unitId, workOf(options));
}

/**
 * The same in every frame of a folder that has several.
 *
 * @param folder - with the samples of several frames
 * @throws CasedrawError `UNIT_UNKNOWN` where no frame has the id; `FRAMES_FOLDER_WANTED` for another folder
 */
export async function explainInFrames(
  folder: string,
  unitId: string,
  options: WorkOptions = {},
): Promise<FramesExplanation> {
  const work = workOf(options);
  const { openFramesFolder } = await import("../workflow/frames/folder.js");
  const frames = openFramesFolder(resolve(work.cwd, folder), folder);
  if (frames === undefined) {
    throw new CasedrawError(
      "FRAMES_FOLDER_WANTED",
      `Folder has no samples of several frames: one that casedraw wrote for a plan with frames is wanted, got ${folder}. ` +
        "For one sample use explainUnit.",
      { file: folder },
    );
  }
  const { explainInEveryFrame } = await import("../workflow/explain/frames.js");
  return await explainInEveryFrame(frames, unitId, work);
}
