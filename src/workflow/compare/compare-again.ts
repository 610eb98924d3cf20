import type { AnalysisInput, AnalysisManifest } from "../../report/analysis-manifest.js";
import type { ManifestOutput } from "../../report/manifest.js";
import type { FileTaker } from "../analysis/folder.js";
import { rendererOrReason } from "../analysis/renderer.js";
import type { Locate } from "../build-from-plan.js";
import type { PlanFile } from "../open-plan.js";
import type { Progress } from "../progress.js";
import { compareFromPlan } from "./compare-from-plan.js";
import { putComparison } from "./outputs.js";
import { suppliedToComparePaths } from "./supplied.js";
import { compareManifest, inputsOf } from "./to-folder.js";

/**
 * Makes a comparison again, to verify it.
 *
 * @param options.files - takes its outputs and keeps their hashes
 * @param options.locateSupplied - where a file lies that the plan names beside the export
 */
export async function compareAgain(
  { edition, png, by }: AnalysisManifest,
  planFile: PlanFile,
  options: {
    readonly files: FileTaker & { readonly files: readonly ManifestOutput[] };
    readonly progress: Progress;
    readonly locate: Locate;
    readonly locateSupplied: (path: string) => string;
  },
): Promise<{
  readonly now: AnalysisManifest;
  readonly inputs: readonly AnalysisInput[];
  readonly supplied: readonly string[];
  readonly withoutPng?: string;
}> {
  const { files, progress } = options;
  const comparison = await compareFromPlan(planFile, {
    ...options,
    edition,
    ...(by === undefined ? {} : { by }),
  });
  const { drawPng, withoutPng } = png ? await rendererOrReason() : {};
  await putComparison(files, comparison, { progress, ...(drawPng === undefined ? {} : { drawPng }) });
  return {
    now: compareManifest(comparison, { png, outputs: files.files }),
    inputs: inputsOf(comparison),
    supplied: suppliedToComparePaths(planFile.plan),
    ...(withoutPng === undefined ? {} : { withoutPng }),
  };
}
