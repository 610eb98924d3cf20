import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import { analysedPlan } from "../../plan/drawn-plan.js";
import {
  type AnalysisInput,
  type AnalysisManifest,
  type AnalysisName,
  isAnalysisManifest,
  parseAnalysisManifest,
} from "../../report/analysis-manifest.js";
import { type ManifestOutput, parseRunRecord } from "../../report/manifest.js";
import type { OutputFile, OutputStream } from "../../report/output-file.js";
import type { Locate } from "../build-from-plan.js";
import { putCheck } from "../check/outputs.js";
import { checkFromPlan } from "../check/read-export.js";
import { shownCheck } from "../check/shown.js";
import { checkManifest, checkVersion } from "../check/to-folder.js";
import { compareAgain } from "../compare/compare-again.js";
import { compareVersion } from "../compare/to-folder.js";
import type { PlanFile } from "../open-plan.js";
import { packageVersion } from "../package-version.js";
import { analyseFromPlan, inputsOf } from "../pia/analyse.js";
import { writeAnalysis } from "../pia/outputs.js";
import { suppliedPaths } from "../pia/supplied.js";
import { manifestOf, piaVersion } from "../pia/to-folder.js";
import type { Progress } from "../progress.js";
import { readText } from "../read-text.js";
import { unlistedFiles } from "../sample/folder.js";
import { differingPaths } from "../verify/compare-records.js";
import { findPlan, locateInputs, type Recorded } from "../verify/find-plan.js";
import { tellingGone } from "../verify/input-gone.js";
import type { Remark } from "../verify/remark.js";
import {
  compareInputs,
  diskDifferences,
  recordDifferences,
  replayDifferences,
  unrecorded,
  withPng,
} from "./compare-again.js";
import type { FileTaker } from "./folder.js";
import { rendererOrReason } from "./renderer.js";

/** An analysis's folder as it lies on the disk. */
export interface AnalysisFolder {
  /** Absolute. */
  readonly path: string;
  /** As the user wrote it. */
  readonly label: string;
  readonly manifest: AnalysisManifest;
}

/** What verifying an analysis found; nothing differs where `differences` is empty. */
export interface AnalysisVerification {
  readonly manifest: AnalysisManifest;
  readonly differences: readonly Remark[];
  /** What is worth knowing and changes nothing. */
  readonly notes: readonly Remark[];
  /** What could not be made again here, and was held to its recorded hash alone: without it nothing is verified whole. */
  readonly unmade?: { readonly paths: readonly string[]; readonly reason: string };
}

/** Whether everything was made again, and nothing differs. */
export function isVerified({ differences, unmade }: AnalysisVerification): boolean {
  return differences.length === 0 && unmade === undefined;
}

/**
 * Opens an analysis's folder.
 *
 * @returns undefined where the folder is none
 * @throws CasedrawError `MANIFEST_INVALID`, `MANIFEST_FORMAT_UNKNOWN`
 */
export function openAnalysisFolder(path: string, label: string): AnalysisFolder | undefined {
  const file = join(path, "manifest.json");
  if (!existsSync(file)) return undefined;
  const shown = join(label, "manifest.json");
  const text = readText(file, shown, "Manifest");
  return isAnalysisManifest(text) ? { path, label, manifest: parseAnalysisManifest(text, shown) } : undefined;
}

/**
 * Makes an analysis again from its plan and data, and compares every output with what its manifest records and what lies in its
 * folder.
 *
 * @throws CasedrawError where it could not be done: a missing file, unreadable data, another version of the analysis
 */
export async function verifyAnalysis(
  folder: AnalysisFolder,
  options: {
    readonly cwd: string;
    readonly progress: Progress;
    readonly plan?: string;
    readonly data: readonly string[];
  },
): Promise<AnalysisVerification> {
  const { manifest, path, label } = folder;
  const { progress } = options;
  refuseOtherVersion(manifest, label);
  const recorded = recordedRun(folder);
  const planFile = findPlan(recorded, label, options);
  const differences: Remark[] = differingPaths(analysedPlan(manifest.plan), analysedPlan(planFile.plan)).map(
    ({ path: key }) => ({
      subject: "plan",
      text: `${key} is another than when the analysis was made`,
    }),
  );
  const notes: Remark[] = [];
  const onElsewhere = (remark: Remark): number => notes.push(remark);
  const locate = locateInputs(recorded, planFile, { ...options, onElsewhere });
  const { now, inputs, supplied, withoutPng } = await tellingGone(
    remakers[manifest.algorithm.name].again(manifest, planFile, { progress, recorded, locate }),
    { ...options, planFile, locate },
  );
  compareInputs(manifest, { now, inputs, supplied, differences, notes });
  differences.push(...recordDifferences(manifest, now));
  const unmade = withoutPng === undefined ? [] : withPng(now.outputs);
  const isMade = (output: ManifestOutput): boolean => !unmade.includes(output.path);
  differences.push(
    ...replayDifferences(manifest.outputs.filter(isMade), now.outputs.filter(isMade)),
    ...unmade
      .filter((each) => !manifest.outputs.some((output) => output.path === each))
      .map((each) => ({ subject: each, text: unrecorded })),
    ...diskDifferences(path, manifest.outputs),
  );
  for (const name of unlistedFiles({ path, manifest })) {
    notes.push({ subject: name, text: "is in the folder and not in the manifest" });
  }
  if (manifest.software.version !== packageVersion()) {
    notes.push({
      subject: "manifest",
      text: `made by casedraw ${manifest.software.version}, made again by ${packageVersion()}`,
    });
  }
  return {
    manifest,
    differences,
    notes,
    ...(withoutPng === undefined || unmade.length === 0
      ? {}
      : { unmade: { paths: unmade, reason: withoutPng } }),
  };
}

/** An analysis made again. */
interface Again {
  readonly now: AnalysisManifest;
  /** Every file that was read, with its hash in any edition. */
  readonly inputs: readonly AnalysisInput[];
  /** Files that no frame stands for: they must be the same bytes. */
  readonly supplied: readonly string[];
  readonly withoutPng?: string;
}

/** How a kind of analysis is made again, in the version that this release makes. */
interface Remaker {
  readonly version: number;
  readonly again: (
    manifest: AnalysisManifest,
    planFile: PlanFile,
    options: { readonly progress: Progress; readonly recorded: Recorded; readonly locate: Locate },
  ) => Promise<Again>;
}

const remakers: Readonly<Record<AnalysisName, Remaker>> = {
  pia: { version: piaVersion, again: piaAgain },
  check: { version: checkVersion, again: checkAgain },
  compare: {
    version: compareVersion,
    again: (manifest, planFile, { progress, recorded, locate }) => {
      const supplied = new Map(recorded.run?.inputs.map((input) => [input.path, input.file]));
      return compareAgain(manifest, planFile, {
        files: new HashedFiles(),
        progress,
        locate,
        locateSupplied: (name) => locateSupplied(name, planFile.folder, supplied),
      });
    },
  },
};

async function piaAgain(
  { edition, png }: AnalysisManifest,
  planFile: PlanFile,
  { progress, recorded, locate }: Parameters<Remaker["again"]>[2],
): Promise<Again> {
  const supplied = new Map(recorded.run?.inputs.map((input) => [input.path, input.file]));
  const analysis = await analyseFromPlan(planFile, {
    edition,
    progress,
    locate,
    locateSupplied: (name) => locateSupplied(name, planFile.folder, supplied),
  });
  const renderer = png ? await rendererOrReason() : {};
  const { drawPng, withoutPng } = renderer;
  const memory = new HashedFiles();
  await writeAnalysis(memory, analysis, { progress, ...(drawPng === undefined ? {} : { drawPng }) });
  return {
    now: manifestOf(analysis, { edition, png, outputs: memory.files }),
    inputs: inputsOf(analysis),
    supplied: suppliedPaths(planFile.plan),
    ...(withoutPng === undefined ? {} : { withoutPng }),
  };
}

/** Every row is named by its place in its file, so that the files must be the same bytes. */
async function checkAgain(
  { edition }: AnalysisManifest,
  planFile: PlanFile,
  { progress, locate }: Parameters<Remaker["again"]>[2],
): Promise<Again> {
  const checked = await checkFromPlan(planFile, { progress, locate });
  const shown = shownCheck(checked, edition);
  const memory = new HashedFiles();
  await putCheck(memory, checked, { shown, progress });
  return {
    now: checkManifest(checked, { shown, outputs: memory.files }),
    inputs: checked.inputs,
    supplied: checked.inputs.map(({ path }) => path),
  };
}

function refuseOtherVersion({ algorithm, software }: AnalysisManifest, label: string): void {
  const { version } = remakers[algorithm.name];
  if (algorithm.version === version) return;
  throw new CasedrawError(
    "ALGORITHM_UNKNOWN",
    `Analysis of another version: this release makes version ${version}, got ${algorithm.version} (${label}). ` +
      `Use casedraw ${software.version}, which wrote it.`,
    { file: label, version: algorithm.version },
  );
}

function recordedRun({ path, label, manifest: { inputs } }: AnalysisFolder): Recorded {
  const file = join(path, "run.json");
  if (!existsSync(file)) return { manifest: { inputs } };
  const shown = join(label, "run.json");
  return { manifest: { inputs }, run: parseRunRecord(readText(file, shown, "Run record"), shown) };
}

function locateSupplied(name: string, folder: string, then: ReadonlyMap<string, string>): string {
  const beside = resolve(folder, name);
  const lay = then.get(name);
  return !existsSync(beside) && lay !== undefined && existsSync(lay) ? lay : beside;
}

/** Takes files and keeps their hashes only. */
class HashedFiles implements FileTaker {
  readonly files: OutputFile[] = [];

  file(name: string, content: string | Uint8Array): OutputFile {
    const stream = this.stream(name);
    stream.write(content);
    return stream.close();
  }

  stream(path: string): OutputStream {
    const hash = createHash("sha256");
    let bytes = 0;
    return {
      write: (chunk) => {
        const data = typeof chunk === "string" ? Buffer.from(chunk, "utf8") : chunk;
        hash.update(data);
        bytes += data.length;
      },
      close: () => {
        const file = { path, bytes, sha256: hash.digest("hex") };
        this.files.push(file);
        return file;
      },
    };
  }
}
