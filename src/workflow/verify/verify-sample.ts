import { basename, resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import type { Plan } from "../../plan/types.js";
import type { LinkMark, Manifest } from "../../report/manifest.js";
import type { Sample } from "../../sampling/draw.js";
import type { LinkSource } from "../../sampling/linked/value-chances.js";
import { type BuiltFrame, buildFromPlan, type Locate } from "../build-from-plan.js";
import { frameSeed } from "../frames/seed.js";
import { beginningOf, checkVersions, replaySteps, versionMarks } from "../next-version/sample-versions.js";
import type { PlanFile } from "../open-plan.js";
import { packageVersion } from "../package-version.js";
import type { Progress } from "../progress.js";
import { openSampleFolder, type SampleFolder, unlistedFiles } from "../sample/folder.js";
import { linkMark, takeLinked } from "../sample/linked-draw.js";
import { type ManifestMarks, manifestOf } from "../sample/manifest-of.js";
import { withBefore } from "../update/before.js";
import { checkUpdate } from "../update/check-update.js";
import { compareOutputs } from "./compare-outputs.js";
import { changedRows, compareManifests, differingPaths, differingPlan } from "./compare-records.js";
import { findPlan, locateInputs } from "./find-plan.js";
import { tellingGone } from "./input-gone.js";
import { refuseUnknownAlgorithm } from "./known-algorithm.js";
import { dataOfEach } from "./named-data.js";
import { checkRegister, type RegisterStory } from "./register-check.js";
import type { Remark } from "./remark.js";

/** What a replay found. The sample stands as written where nothing differs. */
export interface Verification {
  readonly manifest: Manifest;
  readonly differences: readonly Remark[];
  /** What is worth knowing and changes nothing. */
  readonly notes: readonly Remark[];
  /** Whether a replay draws exactly the units that the manifest and the files record. */
  readonly sameDraw: boolean;
  /** What the replay gave; absent where none can be made. */
  readonly replayed?: { readonly plan: Plan; readonly built: BuiltFrame; readonly sample: Sample };
  /** What the register tells of the draw, where its line is whole. */
  readonly register?: RegisterStory;
}

/**
 * Replays a drawn sample from its plan, data and seed, and compares everything with what its folder records.
 *
 * @param directory - the sample's folder
 * @param options.plan - the plan, where it is not where `run.json` says
 * @param options.data - inputs that have moved, matched by what they hold, else by file name
 * @param options.register - the register, where it is not where `run.json` says; null to leave it out
 * @param options.linkedTo - the folder of the sample that this one is linked to, where it is not where `run.json` says
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
    readonly linkedTo?: string;
  },
): Promise<Verification> {
  const folder = openSampleFolder(resolve(options.cwd, directory), directory);
  const { manifest } = folder;
  refuseUnknownAlgorithm(manifest);
  const planFile = findPlan(folder, directory, options);
  const entered = checkRegister(folder, { ...options, planFolder: planFile.folder });
  const register = entered.story === undefined ? {} : { register: entered.story };
  const differences: Remark[] = [];
  const notes: Remark[] = [];
  for (const { path, was, is } of differingPlan(manifest.plan, planFile.plan)) {
    differences.push({
      subject: "plan",
      text: `${path} was ${shown(was)} at the draw and is ${shown(is)} in ${basename(planFile.path)}`,
    });
  }

  const { linked } = planFile.plan;
  const earlier = manifest.linked_to === undefined ? undefined : await verifyEarlier(folder, options);
  differences.push(...(earlier?.differences ?? []), ...frameMarkDifferences(manifest));
  notes.push(...(earlier?.notes ?? []));
  const marks: ManifestMarks = {
    ...versionMarks(manifest),
    ...(manifest.of_frames === undefined ? {} : { of_frames: manifest.of_frames }),
    ...(earlier === undefined || linked === undefined
      ? {}
      : { linked_to: linkMark(earlier.folder, linked.by) }),
  };

  let replayed: { built: BuiltFrame; sample: Sample; before?: Sample };
  try {
    const ownData = earlier === undefined ? options : { ...options, data: earlier.ownData };
    const onElsewhere = (remark: Remark): number => notes.push(remark);
    const locate = locateInputs(folder, planFile, { ...ownData, onElsewhere });
    const work = replay(planFile, folder, locate, { ...options, label: directory, source: earlier?.source });
    replayed = await tellingGone(work, {
      ...options,
      planFile,
      locate,
      ifGone: `python3 docs/verify.py ${directory}, with the script of casedraw’s own folder, checks what the sample’s folder alone can show (docs/reproduce-in-five-years.md)`,
    });
  } catch (error) {
    // With another plan a replay may be impossible, and that is a finding; with the same plan it could not be done.
    const impossible = error instanceof CasedrawError && !/^(FILE|NOT_A_FILE|DATA)/.test(error.code);
    const ofSteps = error instanceof CasedrawError && /^(REPLACEMENT|EXTENSION|UPDATE)_/.test(error.code);
    if (!impossible || (differences.length === 0 && !ofSteps)) throw error;
    differences.push({
      subject: "selection",
      text: `with this plan ${ofSteps ? "and these steps " : ""}no draw can be replayed: ${error.message}`,
    });
    differences.push(...entered.differences);
    return { manifest, differences, notes: [...notes, ...entered.notes], sameDraw: false, ...register };
  }
  const { built, sample } = replayed;
  const chain = checkVersions(folder, replayed);
  differences.push(...chain.differences);
  notes.push(...chain.notes);
  const updated = await checkUpdate(folder, replayed);
  differences.push(...updated.differences);
  notes.push(...updated.notes);
  const now = manifestOf(planFile.plan, manifest.seed, built, sample, marks);
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
    progress: options.progress,
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
  return {
    manifest,
    differences,
    notes,
    sameDraw,
    replayed: { ...replayed, plan: planFile.plan },
    ...register,
  };
}

/** The seed of a frame's sample is made from the one that was given for all of them. */
function frameMarkDifferences({ seed, of_frames }: Manifest): Remark[] {
  if (of_frames === undefined || seed === frameSeed(of_frames.seed, of_frames.frame)) return [];
  return [
    {
      subject: "manifest",
      text: `its seed is not that of frame ${of_frames.frame} under ${shown(of_frames.seed)}`,
    },
  ];
}

/** The sample that a linked one goes back to, verified as a whole, and whether the chain to it holds. */
async function verifyEarlier(
  folder: SampleFolder,
  options: Parameters<typeof verifySample>[1],
): Promise<{
  readonly folder: SampleFolder;
  readonly source?: LinkSource;
  readonly differences: readonly Remark[];
  readonly notes: readonly Remark[];
  /** What was named with --data and is an input of this sample, or none of the earlier one: a file may be of both. */
  readonly ownData: readonly string[];
}> {
  const mark = folder.manifest.linked_to as LinkMark;
  const named = options.linkedTo ?? folder.run?.linked_to;
  if (named === undefined) {
    throw new CasedrawError(
      "SAMPLE_FOLDER_INCOMPLETE",
      "Earlier sample not known: run.json, which says where the sample lay that this one is linked to, is gone. " +
        "Name its folder with --linked-to DIR.",
    );
  }
  const earlier = openSampleFolder(resolve(options.cwd, named), named);
  const { cwd, progress, register } = options;
  const [data, ownData] = dataOfEach([earlier.manifest.inputs, folder.manifest.inputs], options) as [
    string[],
    string[],
  ];
  const verified = await verifySample(named, {
    cwd,
    progress,
    data,
    ...(register === null ? { register } : {}),
  });
  const tell = ({ subject, text }: Remark): Remark => ({
    subject: `earlier sample, ${subject}`,
    text,
  });
  const chained = differingPaths(mark, linkMark(earlier, mark.by)).map(({ path }) => path);
  const { replayed, manifest } = verified;
  return {
    folder: earlier,
    ...(replayed === undefined
      ? {}
      : { source: { frame: replayed.built.frame, sample: replayed.sample, seed: manifest.seed } }),
    differences: [
      ...chained.map((path) => ({
        subject: "earlier sample",
        text: `${named} has another ${path} than the sample that this one was linked to`,
      })),
      ...verified.differences.map(tell),
    ],
    notes: verified.notes.map(tell),
    // What is neither's is told as no input of this one.
    ownData: options.data.filter((file) => ownData.includes(file) || !data.includes(file)),
  };
}

async function replay(
  planFile: PlanFile,
  folder: SampleFolder,
  locate: Locate,
  {
    progress,
    label,
    source,
  }: { readonly progress: Progress; readonly label: string; readonly source?: LinkSource | undefined },
): Promise<{ built: BuiltFrame; sample: Sample; before?: Sample }> {
  const { manifest } = folder;
  const built = withBefore(await buildFromPlan(planFile, { progress, locate }), folder, label);
  progress("Replaying the draw");
  const { linked } = planFile.plan;
  if (linked !== undefined) {
    if (source === undefined) {
      throw new CasedrawError(
        "LINK_SAMPLE_MISSING",
        "Earlier sample: this one follows from its replay, and none could be made. See what differs in the earlier one, and mend that first.",
      );
    }
    return { built, sample: takeLinked(built, linked.by, source, progress) };
  }
  const { steps = [] } = manifest;
  const beginning = beginningOf(built, planFile.plan, manifest);
  const sample = replaySteps(built, beginning, manifest, steps);
  if (steps.length === 0 || steps.at(-1)?.kind === "update") return { built, sample };
  return { built, sample, before: replaySteps(built, beginning, manifest, steps.slice(0, -1)) };
}

function shown(value: unknown): string {
  return value === undefined ? "absent" : JSON.stringify(value);
}
