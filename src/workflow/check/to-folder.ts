import type { Edition } from "../../analysis/item.js";
import { rules } from "../../checks/catalogue.js";
import { analysedPlan } from "../../plan/drawn-plan.js";
import type { ReadPart } from "../../readers/text-part.js";
import type { AnalysisManifest } from "../../report/analysis-manifest.js";
import { startClock } from "../../report/clock.js";
import type { ManifestOutput } from "../../report/manifest.js";
import { type AnalysisFiles, writeAnalysisFolder } from "../analysis/folder.js";
import { inputRecords } from "../analysis/input-records.js";
import { openPlan } from "../open-plan.js";
import { recordHead } from "../package-version.js";
import type { Progress } from "../progress.js";
import { putCheck } from "./outputs.js";
import { type CheckedExport, checkFromPlan } from "./read-export.js";
import { type ShownCheck, shownCheck } from "./shown.js";

/** A check as it was done, and written where a folder was wanted. */
export interface WrittenCheck {
  readonly checked: CheckedExport;
  readonly shown: ShownCheck;
  readonly outputs?: readonly ManifestOutput[];
}

/** As verification knows it: another version may give another folder from the same export and plan. */
export const checkVersion = 1;

/**
 * Checks a plan's export, and writes what was found into a folder where one is named, whole or not at all.
 *
 * @param planPath - as the user wrote it
 * @throws CasedrawError before anything is written, or with everything removed again
 */
export async function checkToFolder(
  planPath: string,
  options: {
    readonly edition: Edition;
    readonly out?: string;
    readonly force: boolean;
    readonly cwd: string;
    readonly progress: Progress;
    /** Called with the absolute target before the first byte is written. */
    readonly claim: (target: string) => void;
    readonly readPart?: ReadPart;
  },
): Promise<WrittenCheck> {
  const clock = startClock();
  const { cwd, progress, edition, out } = options;
  const planFile = openPlan(planPath, cwd);
  const checked = await checkFromPlan(planFile, options);
  const shown = shownCheck(checked, edition);
  if (out === undefined) return { checked, shown };
  const { files } = checked;
  const outputs = await writeAnalysisFolder(checkFiles(checked, { shown, progress }), {
    ...options,
    out,
    run: { clock, files, planPath: planFile.path },
  });
  return { checked, shown, outputs };
}

/** What a check puts into its folder. */
export function checkFiles(
  checked: CheckedExport,
  options: { readonly shown: ShownCheck; readonly progress: Progress },
): AnalysisFiles {
  return {
    write: (folder) => putCheck(folder, checked, options),
    manifest: (outputs) => checkManifest(checked, { ...options, outputs }),
  };
}

/** What a check says of itself. */
export function checkManifest(
  { plan, report, inputs }: CheckedExport,
  { shown, outputs }: { readonly shown: ShownCheck; readonly outputs: readonly ManifestOutput[] },
): AnalysisManifest {
  const isInternal = shown.edition === "internal";
  const skipped = new Set(report.notRun.map(({ code }) => code));
  return {
    ...recordHead(),
    algorithm: { name: "check", version: checkVersion },
    edition: shown.edition,
    png: false,
    plan: analysedPlan(plan),
    inputs: inputRecords(inputs, isInternal),
    items: rules.map(({ code }) => ({ id: code, shown: !skipped.has(code) })),
    outputs,
  };
}
