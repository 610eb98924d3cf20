import { existsSync } from "node:fs";
import { basename, normalize, resolve } from "node:path";
import { CasedrawError } from "../errors.js";
import type { Manifest } from "../report/manifest.js";
import { algorithms, designSample } from "../sampling/design.js";
import { drawSample, type Sample } from "../sampling/draw.js";
import { type BuiltFrame, buildFromPlan, inputFiles, type Locate, type Progress } from "./build.js";
import { compareOutputs } from "./compare-outputs.js";
import { changedRows, compareManifests, differingPaths } from "./compare-records.js";
import { manifestOf } from "./draw-to-folder.js";
import type { Finding } from "./finding.js";
import { openPlan, type PlanFile, samplePlan } from "./open-plan.js";
import { checkRegister, type RegisterStory } from "./register-check.js";
import { openSampleFolder, type SampleFolder, unlistedFiles } from "./sample-folder.js";
import { packageVersion } from "./version.js";

/** What a replay found. The sample stands as written where nothing differs. */
export interface Verification {
  readonly manifest: Manifest;
  readonly differences: readonly Finding[];
  /** What is worth knowing and changes nothing. */
  readonly notes: readonly Finding[];
  /** Whether a replay draws exactly the units that the manifest and the files record. */
  readonly sameDraw: boolean;
  /** What the register tells of the draw, where its line is whole. */
  readonly register?: RegisterStory;
}

/**
 * Replays a drawn sample from its plan, data and seed, and compares everything with what its folder records.
 *
 * @param directory - the sample's folder
 * @param options.plan - the plan, where it is not where `run.json` says
 * @param options.data - inputs that have moved, matched by file name
 * @param options.register - the register, where it is not where `run.json` says; null to leave it out
 * @throws CasedrawError where it could not be done: a missing file, an unknown algorithm version, unreadable data
 */
export async function verifySample(
  directory: string,
  options: {
    readonly cwd: string;
    readonly progress: Progress;
    readonly plan?: string;
    readonly data: readonly string[];
    readonly register?: string | null;
  },
): Promise<Verification> {
  const folder = openSampleFolder(resolve(options.cwd, directory), directory);
  const { manifest } = folder;
  refuseUnknownAlgorithm(manifest);
  const planFile = findPlan(folder, directory, options);
  const entered = checkRegister(folder, { ...options, planFolder: planFile.folder });
  const register = entered.story === undefined ? {} : { register: entered.story };
  const differences: Finding[] = [];
  const notes: Finding[] = [];
  for (const { path, was, is } of differingPaths(manifest.plan, planFile.plan)) {
    differences.push({
      subject: "plan",
      text: `${path} was ${shown(was)} at the draw and is ${shown(is)} in ${basename(planFile.path)}`,
    });
  }

  let replayed: { built: BuiltFrame; sample: Sample };
  try {
    replayed = await replay(planFile, manifest, locateInputs(folder, planFile, options), options.progress);
  } catch (error) {
    // With another plan a replay may be impossible, and that is a finding; with the same plan it could not be done.
    const impossible = error instanceof CasedrawError && !/^(FILE|NOT_A_FILE|DATA)/.test(error.code);
    if (!impossible || differences.length === 0) throw error;
    differences.push({
      subject: "selection",
      text: `with this plan no draw can be replayed: ${error.message}`,
    });
    differences.push(...entered.differences);
    return { manifest, differences, notes: entered.notes, sameDraw: false, ...register };
  }
  const { built, sample } = replayed;
  const now = manifestOf(planFile.plan, manifest.seed, built, sample);
  const compared = compareManifests(manifest, now);
  differences.push(...compared.differences);
  notes.push(...compared.notes);
  options.progress("Comparing the files");
  const context = { built, sample, plan: planFile.plan, folder };
  differences.push(...changedRows(context, now));
  const sameDraw = now.selection.digest === manifest.selection.digest;
  const otherRelease = manifest.software.version !== packageVersion();
  const outputs = await compareOutputs({
    ...context,
    now,
    otherRelease: otherRelease && differences.length === 0,
  });
  differences.push(...outputs.differences);
  notes.push(...outputs.notes);
  if (otherRelease) {
    notes.push({
      subject: "manifest",
      text: `drawn by casedraw ${manifest.software.version}, replayed by ${packageVersion()}: the algorithm version is the same`,
    });
  }
  for (const name of unlistedFiles(folder)) {
    notes.push({ subject: name, text: "is in the folder and not in the manifest" });
  }
  differences.push(...entered.differences);
  notes.push(...entered.notes);
  return { manifest, differences, notes, sameDraw, ...register };
}

function refuseUnknownAlgorithm({ algorithm: used, software }: Manifest): void {
  const known = algorithms.find(({ name }) => name === used.name);
  if (known?.version === used.version) return;
  const here = known === undefined ? "does not have it" : `has its version ${known.version}`;
  throw new CasedrawError(
    "ALGORITHM_UNKNOWN",
    `Sample was drawn with ${used.name} version ${used.version}, and this release ${here}. ` +
      `Verify it with casedraw ${software.version}, which drew it.`,
    { algorithm: used, software: software.version },
  );
}

function findPlan(
  folder: SampleFolder,
  label: string,
  options: { readonly cwd: string; readonly plan?: string },
): PlanFile {
  if (options.plan !== undefined) return openPlan(options.plan, options.cwd);
  if (folder.run === undefined) {
    throw new CasedrawError(
      "SAMPLE_FOLDER_INCOMPLETE",
      `Plan not known: ${label} has no run.json, which says where the plan lay. Name it with --plan.`,
      { file: label },
    );
  }
  if (!existsSync(folder.run.plan)) {
    throw new CasedrawError(
      "FILE_NOT_FOUND",
      `Plan not found: it lay at ${folder.run.plan} and is not there now. Name it with --plan.`,
      { file: folder.run.plan },
    );
  }
  return openPlan(folder.run.plan, options.cwd);
}

/** Where each input lies: as named with --data, else where the plan says, else where it lay at the draw. */
function locateInputs(
  folder: SampleFolder,
  planFile: PlanFile,
  options: { readonly cwd: string; readonly data: readonly string[] },
): Locate {
  const named = namedInputs(planFile, options.data);
  return (path, at) => {
    const given = named.get(at);
    if (given !== undefined) return resolve(options.cwd, given);
    const beside = resolve(planFile.folder, path);
    const then = folder.run?.inputs[at];
    return !existsSync(beside) && then?.path === path && existsSync(then.file) ? then.file : beside;
  };
}

/** Files named with --data, by the input that each stands for: by file name, else all data files in the plan's order. */
function namedInputs(planFile: PlanFile, data: readonly string[]): Map<number, string> {
  const inputs = inputFiles(planFile).map(({ path }) => path);
  const found = new Map<number, string>();
  const strangers = data.filter((file) => {
    const named = inputs.flatMap((path, at) => (basename(path) === basename(file) ? [at] : []));
    // Of several inputs with this file name, the one whose path the file's own ends with.
    const matches =
      named.length === 1 ? named : named.filter((at) => endsWithPath(file, inputs[at] as string));
    for (const at of matches) found.set(at, file);
    return matches.length === 0;
  });
  if (strangers.length === 0) return found;
  if (strangers.length === data.length && data.length === planFile.plan.data.length) {
    return new Map(data.map((file, at) => [at, file]));
  }
  throw new CasedrawError(
    "DATA_NOT_AN_INPUT",
    `File is not an input of this sample: ${strangers.join(", ")}. Its inputs are ${inputs.join(", ")}. ` +
      "Name moved files by the same file name, or name every data file in the plan's order.",
    { files: strangers },
  );
}

function endsWithPath(file: string, path: string): boolean {
  const [long, short] = [file, path].map((each) => normalize(each).replaceAll("\\", "/")) as [string, string];
  return long === short || long.endsWith(`/${short}`);
}

async function replay(
  planFile: PlanFile,
  manifest: Manifest,
  locate: Locate,
  progress: Progress,
): Promise<{ built: BuiltFrame; sample: Sample }> {
  const built = await buildFromPlan(planFile, { progress, locate });
  progress("Replaying the draw");
  const design = designSample(built.frame, samplePlan(planFile.plan));
  return { built, sample: drawSample(built.frame, design, manifest.seed) };
}

function shown(value: unknown): string {
  return value === undefined ? "absent" : JSON.stringify(value);
}
