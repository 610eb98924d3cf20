import { resolve } from "node:path";
import type { Edition } from "../../analysis/item.js";
import type { Plan } from "../../plan/types.js";
import type { ReadPart } from "../../readers/text-part.js";
import { startClock } from "../../report/clock.js";
import type { ManifestOutput } from "../../report/manifest.js";
import type { DrawPng } from "../../report/png.js";
import { inputFiles } from "../build-from-plan.js";
import type { PlanFile } from "../open-plan.js";
import type { Progress } from "../progress.js";
import type { FindAside } from "./aside.js";
import { type AnalysisFiles, writeAnalysisFolder } from "./folder.js";
import { openAnalysisPlan } from "./open-plan.js";
import { rendererOrReason } from "./renderer.js";

/** How an analysis is made into a folder. */
export interface ToFolderOptions {
  readonly edition: Edition;
  /** Whether pictures are wanted as PNG too. */
  readonly png: boolean;
  readonly out: string;
  readonly force: boolean;
  readonly cwd: string;
  readonly progress: Progress;
  /** Called with the absolute target before the first byte is written. */
  readonly claim: (target: string) => void;
  readonly readPart?: ReadPart;
  /** Another thread; without one everything is done in this one. */
  readonly findAside?: FindAside;
}

/** What drawing and writing need; `drawPng` is absent where pictures are wanted as SVG only. */
export interface WritingOptions {
  readonly progress: Progress;
  readonly drawPng?: DrawPng;
  readonly findAside?: FindAside;
}

/** What was written. */
export interface Written {
  readonly outputs: readonly ManifestOutput[];
  /** Why there are no pictures as PNG, where they were wanted and cannot be made. */
  readonly withoutPng?: string;
}

/**
 * Makes an analysis of a plan and writes it into a folder, whole or not at all.
 *
 * @param planPath - as the user wrote it
 * @param steps.supplied - paths of what the plan names beside its export
 * @throws CasedrawError before anything is written, or with everything removed again
 */
export async function analysisToFolder<Made>(
  planPath: string,
  options: ToFolderOptions,
  steps: {
    readonly make: (planFile: PlanFile) => Promise<Made>;
    readonly supplied: (plan: Plan) => readonly string[];
    readonly files: (made: Made, options: WritingOptions) => AnalysisFiles;
  },
): Promise<Written & { readonly made: Made }> {
  const clock = startClock();
  const { progress, findAside } = options;
  const planFile = openAnalysisPlan(planPath, options.cwd);
  const made = await steps.make(planFile);
  const { drawPng, withoutPng } = options.png ? await rendererOrReason() : {};
  const supplied = steps.supplied(planFile.plan);
  const files = [
    ...inputFiles(planFile),
    ...supplied.map((path) => ({ path, file: resolve(planFile.folder, path) })),
  ];
  const writing = { progress, ...(drawPng && { drawPng }), ...(findAside && { findAside }) };
  const outputs = await writeAnalysisFolder(steps.files(made, writing), {
    ...options,
    run: { clock, files, planPath: planFile.path },
  });
  return { made, outputs, ...(withoutPng === undefined ? {} : { withoutPng }) };
}
