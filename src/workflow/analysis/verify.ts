import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import { analysedPlan } from "../../plan/drawn-plan.js";
import {
  type AnalysisManifest,
  type AnalysisName,
  isAnalysisManifest,
  parseAnalysisManifest,
} from "../../report/analysis-manifest.js";
import { type ManifestOutput, parseRunRecord } from "../../report/manifest.js";
import type { OutputFile, OutputStream } from "../../report/output-file.js";
import { sha256OfFile } from "../../report/sha256.js";
import type { Locate } from "../build-from-plan.js";
import { putCheck } from "../check/outputs.js";
import { checkFromPlan } from "../check/read-export.js";
import { shownCheck } from "../check/shown.js";
import { checkManifest, checkVersion } from "../check/to-folder.js";
import { compareAgain } from "../compare/compare-again.js";
import { compareVersion } from "../compare/to-folder.js";
import type { PlanFile } from "../open-plan.js";
import { packageVersion } from "../package-version.js";
import { analyseFromPlan } from "../pia/analyse.js";
import { writeAnalysis } from "../pia/outputs.js";
import { suppliedPaths } from "../pia/supplied.js";
import { manifestOf, piaVersion } from "../pia/to-folder.js";
import type { Progress } from "../progress.js";
import { readText } from "../read-text.js";
import { unlistedFiles } from "../sample/folder.js";
import { differingPaths } from "../verify/compare-records.js";
import { findPlan, locateInputs, type Recorded } from "../verify/find-plan.js";
import type { Remark } from "../verify/remark.js";
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
  const { now, supplied, withoutPng } = await remakers[manifest.algorithm.name].again(manifest, planFile, {
    progress,
    recorded,
    locate: locateInputs(recorded, planFile, options),
  });
  const notes: Remark[] = [];
  compareInputs(manifest, now, { supplied, differences, notes });
  if (withoutPng === undefined) differences.push(...replayDifferences(manifest.outputs, now.outputs));
  else notes.push({ subject: "outputs", text: `could not be made again for want of PNG. ${withoutPng}` });
  differences.push(...diskDifferences(path, manifest.outputs));
  for (const name of unlistedFiles({ path, manifest })) {
    notes.push({ subject: name, text: "is in the folder and not in the manifest" });
  }
  if (manifest.software.version !== packageVersion()) {
    notes.push({
      subject: "manifest",
      text: `made by casedraw ${manifest.software.version}, made again by ${packageVersion()}`,
    });
  }
  return { manifest, differences, notes };
}

/** An analysis made again. */
interface Again {
  readonly now: AnalysisManifest;
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
    supplied: suppliedPaths(planFile.plan),
    ...(withoutPng === undefined ? {} : { withoutPng }),
  };
}

/** Every row is named by its place in its file, so that the files must be the same bytes. */
async function checkAgain(
  { edition, inputs }: AnalysisManifest,
  planFile: PlanFile,
  { progress, locate }: Parameters<Remaker["again"]>[2],
): Promise<Again> {
  const checked = await checkFromPlan(planFile, { progress, locate });
  const shown = shownCheck(checked, edition);
  const memory = new HashedFiles();
  await putCheck(memory, checked, { shown, progress });
  return {
    now: checkManifest(checked, { shown, outputs: memory.files }),
    supplied: inputs.map(({ path }) => path),
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

function recordedRun({ path, label }: AnalysisFolder): Recorded {
  const file = join(path, "run.json");
  if (!existsSync(file)) return { manifest: {} };
  const shown = join(label, "run.json");
  return { manifest: {}, run: parseRunRecord(readText(file, shown, "Run record"), shown) };
}

function locateSupplied(name: string, folder: string, then: ReadonlyMap<string, string>): string {
  const beside = resolve(folder, name);
  const lay = then.get(name);
  return !existsSync(beside) && lay !== undefined && existsSync(lay) ? lay : beside;
}

/** Other bytes that give the same frame are worth a note; what has no frame must be the same bytes. */
function compareInputs(
  was: AnalysisManifest,
  is: AnalysisManifest,
  {
    supplied,
    differences,
    notes,
  }: {
    readonly supplied: readonly string[];
    readonly differences: Remark[];
    readonly notes: Remark[];
  },
): void {
  const sameFrame = was.frame?.digest === is.frame?.digest;
  if (!sameFrame) {
    differences.push({ subject: "data", text: "gives another frame than when the analysis was made" });
  }
  for (const [at, before] of was.inputs.entries()) {
    const now = is.inputs[at];
    if (now?.sha256 === before.sha256) continue;
    const ofFrame = !supplied.includes(before.path);
    const finding = {
      subject: basename(before.path),
      text: "has other bytes than when the analysis was made",
    };
    if (ofFrame && sameFrame) notes.push({ ...finding, text: `${finding.text}, and gives the same frame` });
    else if (!ofFrame) differences.push(finding);
  }
}

function replayDifferences(was: readonly ManifestOutput[], is: readonly ManifestOutput[]): Remark[] {
  const now = new Map(is.map(({ path, sha256 }) => [path, sha256]));
  const then = new Set(was.map(({ path }) => path));
  return [
    ...was.flatMap(({ path, sha256 }) => {
      const again = now.get(path);
      if (again === sha256) return [];
      return [
        {
          subject: path,
          text:
            again === undefined
              ? "is not made by this plan and data"
              : "comes out otherwise when it is made again",
        },
      ];
    }),
    ...is.flatMap(({ path }) =>
      then.has(path) ? [] : [{ subject: path, text: "is made by this plan and data and was not then" }],
    ),
  ];
}

function diskDifferences(folder: string, outputs: readonly ManifestOutput[]): Remark[] {
  return outputs.flatMap(({ path, sha256 }) => {
    const file = join(folder, path);
    if (!existsSync(file)) return [{ subject: path, text: "is missing from the folder" }];
    const hash = sha256OfFile(file);
    return hash === sha256 ? [] : [{ subject: path, text: "was changed since it was written" }];
  });
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
