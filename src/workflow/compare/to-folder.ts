import type { FrameDigests } from "../../frame/frame-digests.js";
import { analysedPlan } from "../../plan/drawn-plan.js";
import type { AnalysisInput, AnalysisManifest } from "../../report/analysis-manifest.js";
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
import { compareFromPlan } from "./compare-from-plan.js";
import type { Comparison } from "./compared.js";
import { putComparison } from "./outputs.js";
import { suppliedToComparePaths } from "./supplied.js";

/** As verification knows it: another version may give another folder from the same export and plan. */
export const compareVersion = 1;

/** A comparison as it was written. */
export interface WrittenComparison extends Written {
  readonly comparison: Comparison;
}

/**
 * Compares a plan's areas and writes the comparison into a folder, whole or not at all.
 *
 * @param planPath - as the user wrote it
 * @throws CasedrawError before anything is written, or with everything removed again
 */
export async function compareToFolder(
  planPath: string,
  options: ToFolderOptions & { readonly by?: string },
): Promise<WrittenComparison> {
  const { made, ...written } = await analysisToFolder(planPath, options, {
    make: (planFile) => compareFromPlan(planFile, options),
    supplied: suppliedToComparePaths,
    files: compareFiles,
  });
  return { comparison: made, ...written };
}

/** What a comparison puts into its folder. */
export function compareFiles(comparison: Comparison, options: WritingOptions): AnalysisFiles {
  return {
    write: (folder) => putComparison(folder, comparison, options),
    manifest: async (outputs) =>
      compareManifest(comparison, {
        png: options.drawPng !== undefined,
        outputs,
        digests: await comparison.finishDigests?.(),
      }),
  };
}

/** Every file that a comparison read, in the order of its manifest. */
export function inputsOf({ built, earlier = [], supplied }: Comparison): AnalysisInput[] {
  return [...(built?.inputs ?? []), ...earlier, ...supplied];
}

/**
 * What a comparison says of itself.
 *
 * @param made.digests - of its frame; by default they are made here
 */
export function compareManifest(
  comparison: Comparison,
  made: {
    readonly png: boolean;
    readonly outputs: readonly ManifestOutput[];
    readonly digests?: FrameDigests | undefined;
  },
): AnalysisManifest {
  const { plan, edition, by, built, groups, refused } = comparison;
  const isInternal = edition === "internal";
  return {
    ...recordHead(),
    algorithm: { name: "compare", version: compareVersion },
    edition,
    png: made.png,
    ...(by === undefined ? {} : { by }),
    plan: analysedPlan(plan),
    inputs: inputRecords(inputsOf(comparison), isInternal),
    ...(built === undefined
      ? {}
      : { frame: frameOf(frameRecord(built.frame, plan, made.digests), isInternal) }),
    items: [
      ...groups.flatMap(({ compared }) =>
        compared.map(({ comparison }) => ({ id: comparison.indicator.id, shown: true })),
      ),
      ...refused.map(({ name }) => ({ id: name, shown: false })),
    ],
    outputs: made.outputs,
  };
}
