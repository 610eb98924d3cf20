import { resolve } from "node:path";
import type { Edition } from "../../analysis/item.js";
import type { FrameDigests } from "../../frame/frame-digests.js";
import type { ReadPart } from "../../readers/text-part.js";
import type { AnalysisManifest } from "../../report/analysis-manifest.js";
import { startClock } from "../../report/clock.js";
import type { ManifestOutput } from "../../report/manifest.js";
import type { DrawPng } from "../../report/png.js";
import { type AnalysisFiles, writeAnalysisFolder } from "../analysis/folder.js";
import { frameOf } from "../analysis/frame-record.js";
import { openAnalysisPlan } from "../analysis/open-plan.js";
import { rendererOrReason } from "../analysis/renderer.js";
import { inputFiles, type Progress } from "../build.js";
import { frameRecord } from "../manifest-of.js";
import { packageVersion } from "../version.js";
import { type Analysis, analyse, inputsOf } from "./analyse.js";
import type { FindAside } from "./aside.js";
import { writeAnalysis } from "./outputs.js";
import { suppliedPaths } from "./supplied.js";

/** An analysis as it was written. */
export interface WrittenAnalysis {
  readonly analysis: Analysis;
  readonly outputs: readonly ManifestOutput[];
  /** Why there are no pictures as PNG, where they were wanted and cannot be made. */
  readonly withoutPng?: string;
}

/** As verification knows it: another version may give another folder from the same export and plan. */
export const piaVersion = 1;

/**
 * Writes the pre-inspection analysis of a plan into a folder, whole or not at all.
 *
 * @param planPath - as the user wrote it
 * @param options.png - whether pictures are wanted as PNG too
 * @throws CasedrawError before anything is written, or with everything removed again
 */
export async function piaToFolder(
  planPath: string,
  options: {
    readonly edition: Edition;
    readonly png: boolean;
    readonly out: string;
    readonly force: boolean;
    readonly cwd: string;
    readonly progress: Progress;
    /** Called with the absolute target before the first byte is written. */
    readonly claim: (target: string) => void;
    readonly readPart?: ReadPart;
    readonly findAside?: FindAside;
  },
): Promise<WrittenAnalysis> {
  const clock = startClock();
  const { cwd, findAside } = options;
  const planFile = openAnalysisPlan(planPath, cwd);
  const analysis = await analyse(planFile, options);
  const { drawPng, withoutPng } = options.png ? await rendererOrReason() : {};
  const files = [
    ...inputFiles(planFile),
    ...suppliedPaths(planFile.plan).map((path) => ({ path, file: resolve(planFile.folder, path) })),
  ];
  const { progress } = options;
  const made = piaFiles(analysis, { progress, ...(drawPng && { drawPng }), ...(findAside && { findAside }) });
  const outputs = await writeAnalysisFolder(made, {
    ...options,
    run: { clock, files, planPath: planFile.path },
  });
  return { analysis, outputs, ...(withoutPng === undefined ? {} : { withoutPng }) };
}

/**
 * What an analysis puts into its folder.
 *
 * @param options.drawPng - absent where pictures are wanted as SVG only
 */
export function piaFiles(
  analysis: Analysis,
  options: { readonly progress: Progress; readonly drawPng?: DrawPng; readonly findAside?: FindAside },
): AnalysisFiles {
  const { edition, finishDigests } = analysis;
  return {
    write: (folder) => writeAnalysis(folder, analysis, options),
    async manifest(outputs) {
      const digests = await finishDigests?.();
      const png = options.drawPng !== undefined;
      return manifestOf(analysis, { edition, png, outputs, ...(digests && { digests }) });
    },
  };
}

/**
 * What an analysis says of itself.
 *
 * @param made.digests - of its frame; by default they are made here
 */
export function manifestOf(
  analysis: Analysis,
  made: {
    readonly edition: Edition;
    readonly png: boolean;
    readonly outputs: readonly ManifestOutput[];
    readonly digests?: FrameDigests;
  },
): AnalysisManifest {
  const { plan, built, answers } = analysis;
  const isInternal = made.edition === "internal";
  return {
    casedraw: 1,
    software: { name: "casedraw", version: packageVersion() },
    algorithm: { name: "pia", version: piaVersion },
    edition: made.edition,
    png: made.png,
    plan,
    inputs: isInternal
      ? inputsOf(analysis)
      : inputsOf(analysis).map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
    ...(built === undefined
      ? {}
      : { frame: frameOf(frameRecord(built.frame, plan, made.digests), isInternal) }),
    items: answers.map((answer) => ({ id: answer.item.id, shown: "result" in answer })),
    outputs: made.outputs,
  };
}
