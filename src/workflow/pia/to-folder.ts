import type { Edition } from "../../analysis/item.js";
import type { FrameDigests } from "../../frame/frame-digests.js";
import { analysedPlan } from "../../plan/drawn-plan.js";
import type { AnalysisManifest } from "../../report/analysis-manifest.js";
import type { ManifestOutput } from "../../report/manifest.js";
import type { AnalysisFiles } from "../analysis/folder.js";
import { frameOf } from "../analysis/frame-record.js";
import { inputRecords } from "../analysis/input-records.js";
import {
  analysisToFolder,
  type ToFolderOptions,
  type WritingOptions,
  type Written,
} from "../analysis/to-folder.js";
import { recordHead } from "../package-version.js";
import { frameRecord } from "../sample/manifest-of.js";
import { type Analysis, analyseFromPlan, inputsOf } from "./analyse.js";
import { writeAnalysis } from "./outputs.js";
import { suppliedPaths } from "./supplied.js";

/** An analysis as it was written. */
export interface WrittenAnalysis extends Written {
  readonly analysis: Analysis;
}

/** As verification knows it: another version may give another folder from the same export and plan. */
export const piaVersion = 1;

/**
 * Writes the pre-inspection analysis of a plan into a folder, whole or not at all.
 *
 * @param planPath - as the user wrote it
 * @throws CasedrawError before anything is written, or with everything removed again
 */
export async function piaToFolder(planPath: string, options: ToFolderOptions): Promise<WrittenAnalysis> {
  const { made, ...written } = await analysisToFolder(planPath, options, {
    make: (planFile) => analyseFromPlan(planFile, options),
    supplied: suppliedPaths,
    files: piaFiles,
  });
  return { analysis: made, ...written };
}

/** What an analysis puts into its folder. */
export function piaFiles(analysis: Analysis, options: WritingOptions): AnalysisFiles {
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
    ...recordHead(),
    algorithm: { name: "pia", version: piaVersion },
    edition: made.edition,
    png: made.png,
    plan: analysedPlan(plan),
    inputs: inputRecords(inputsOf(analysis), isInternal),
    ...(built === undefined
      ? {}
      : { frame: frameOf(frameRecord(built.frame, plan, made.digests), isInternal) }),
    items: answers.map((answer) => ({ id: answer.item.id, shown: "result" in answer })),
    outputs: made.outputs,
  };
}
