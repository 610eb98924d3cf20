import { resolve } from "node:path";
import type { Edition } from "../../analysis/item.js";
import { CasedrawError } from "../../errors.js";
import { compareBytes } from "../../frame/text.js";
import type { ReadPart } from "../../readers/text-part.js";
import {
  type AnalysisFrame,
  type AnalysisManifest,
  analysisManifestText,
} from "../../report/analysis-manifest.js";
import { startClock } from "../../report/clock.js";
import { type FolderWriter, writeFolder } from "../../report/folder.js";
import type { ManifestFrame, ManifestOutput } from "../../report/manifest.js";
import type { OutputFile } from "../../report/output-file.js";
import { type DrawPng, loadPngRenderer } from "../../report/png.js";
import { inputFiles, type Progress } from "../build.js";
import { frameRecord } from "../manifest-of.js";
import { openPlan } from "../open-plan.js";
import { type Run, textOfRun } from "../run-record.js";
import { packageVersion } from "../version.js";
import { type Analysis, analyse, inputsOf } from "./analyse.js";
import { type FileTaker, writeAnalysis } from "./outputs.js";
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
  },
): Promise<WrittenAnalysis> {
  const clock = startClock();
  const { progress, cwd } = options;
  const planFile = openPlan(planPath, cwd);
  refuseFrames(planFile.plan.frames, planPath);
  const analysis = await analyse(planFile, options);
  const renderer = options.png ? await rendererOrReason() : {};
  const files = [
    ...inputFiles(planFile),
    ...suppliedPaths(planFile.plan).map((path) => ({ path, file: resolve(planFile.folder, path) })),
  ];
  const target = resolve(cwd, options.out);
  let outputs: readonly ManifestOutput[] = [];
  options.claim(target);
  await writeFolder(
    target,
    { force: options.force, protect: [planFile.path, ...files.map(({ file }) => file)] },
    async (folder) => {
      const run = { clock, files, planPath: planFile.path };
      outputs = await fillAnalysisFolder(folder, analysis, { ...renderer, run, progress, prefix: "" });
    },
  );
  const { withoutPng } = renderer;
  return { analysis, outputs, ...(withoutPng === undefined ? {} : { withoutPng }) };
}

/**
 * Writes an analysis's files and records into a folder that is being filled.
 *
 * @param options.prefix - subfolder with a slash at its end, or ""
 * @returns what its manifest lists
 */
export async function fillAnalysisFolder(
  folder: FolderWriter,
  analysis: Analysis,
  options: {
    readonly drawPng?: DrawPng;
    readonly run: Run;
    readonly progress: Progress;
    readonly prefix: string;
  },
): Promise<readonly ManifestOutput[]> {
  const { drawPng, run, progress, prefix } = options;
  const outputs: ManifestOutput[] = [];
  const listed = ({ path, ...rest }: OutputFile): OutputFile => {
    const file = { path: path.slice(prefix.length), ...rest };
    outputs.push({ path: file.path, sha256: file.sha256 });
    return file;
  };
  const taker: FileTaker = {
    file: (name, content) => listed(folder.file(`${prefix}${name}`, content)),
    stream(name) {
      const { write, close } = folder.stream(`${prefix}${name}`);
      return { write, close: () => listed(close()) };
    },
  };
  await writeAnalysis(taker, analysis, { progress, ...(drawPng === undefined ? {} : { drawPng }) });
  outputs.sort((a, b) => compareBytes(a.path, b.path));
  const { edition } = analysis;
  folder.file(
    `${prefix}manifest.json`,
    analysisManifestText(manifestOf(analysis, { edition, png: drawPng !== undefined, outputs })),
  );
  folder.file(`${prefix}run.json`, textOfRun(run));
  return outputs;
}

/** What an analysis says of itself. */
export function manifestOf(
  analysis: Analysis,
  made: { readonly edition: Edition; readonly png: boolean; readonly outputs: readonly ManifestOutput[] },
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
    ...(built === undefined ? {} : { frame: frameOf(frameRecord(built.frame, plan), isInternal) }),
    items: answers.map((answer) => ({ id: answer.item.id, shown: "result" in answer })),
    outputs: made.outputs,
  };
}

/**
 * A frame's counts are exact, as of those excluded for a reason, and a field's digest lets whoever knows the ids try out guesses:
 * a publishable edition has the frame's digest alone.
 */
function frameOf(record: ManifestFrame, isInternal: boolean): AnalysisFrame {
  return isInternal ? record : { digest: record.digest };
}

/** The renderer, or why there is none: everything else works without it. */
export async function rendererOrReason(): Promise<{
  readonly drawPng?: DrawPng;
  readonly withoutPng?: string;
}> {
  try {
    return { drawPng: await loadPngRenderer() };
  } catch (error) {
    if (!(error instanceof CasedrawError) || error.code !== "PNG_UNAVAILABLE") throw error;
    return { withoutPng: error.message };
  }
}

function refuseFrames(frames: object | undefined, planPath: string): void {
  if (frames === undefined) return;
  throw new CasedrawError(
    "PLAN_WITH_FRAMES",
    `Plan has several frames (${Object.keys(frames).join(", ")}): an analysis is of one (${planPath}). Make a plan of the one that you want.`,
    { frames: Object.keys(frames), file: planPath },
  );
}
