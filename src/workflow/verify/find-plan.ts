import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import type { Manifest, RunRecord } from "../../report/manifest.js";
import { inputFiles, type Locate } from "../build-from-plan.js";
import { openPlan, type PlanFile, planOfFrame } from "../open-plan.js";
import { namedInputs, type RecordedInput, recognise } from "./named-data.js";
import type { Remark } from "./remark.js";

/** A folder's records, as far as they say where things lay. */
export interface Recorded {
  readonly manifest: Partial<Pick<Manifest, "of_frames">> & { readonly inputs?: readonly RecordedInput[] };
  readonly run?: RunRecord;
}

/**
 * The plan that a folder's sample was drawn with: as named with --plan, else where `run.json` says; of several frames the
 * sample's own.
 *
 * @param label - the folder as the user wrote it
 * @throws CasedrawError `SAMPLE_FOLDER_INCOMPLETE`, `FILE_NOT_FOUND`, `FRAME_UNKNOWN`, and those of `openPlan`
 */
export function findPlan(
  folder: Recorded,
  label: string,
  options: { readonly cwd: string; readonly plan?: string },
): PlanFile {
  const frame = folder.manifest.of_frames?.frame;
  if (options.plan !== undefined) return planOfFrame(openPlan(options.plan, options.cwd), frame);
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
  return planOfFrame(openPlan(folder.run.plan, options.cwd), frame);
}

/**
 * Where each input lies: as named with --data, else where the plan says, else where it lay at the draw; the latter first where
 * only that is what was drawn from, for an update may have been given its corrected file with --data.
 */
export function locateInputs(
  folder: Recorded,
  planFile: PlanFile,
  {
    cwd,
    data,
    onElsewhere = () => {},
  }: {
    readonly cwd: string;
    readonly data: readonly string[];
    /** Told of each input that is taken from where it lay, although another file stands where the plan says. */
    readonly onElsewhere?: (remark: Remark) => void;
  },
): Locate {
  const recorded = folder.manifest.inputs ?? [];
  const inputs = inputFiles(planFile).map(({ path }, at): RecordedInput => {
    const own = recorded[at];
    return own?.path === path ? own : { path };
  });
  const named = namedInputs(inputs, { cwd, data, dataFiles: planFile.plan.data.length });
  const told = new Set<number>();
  return (path, at) => {
    const given = named.get(at);
    if (given !== undefined) return resolve(cwd, given);
    const beside = resolve(planFile.folder, path);
    const then = folder.run?.inputs[at];
    if (then?.path !== path || then.file === beside || !existsSync(then.file)) return beside;
    const input = inputs[at] as RecordedInput;
    const samePlan = folder.run !== undefined && dirname(folder.run.plan) === planFile.folder;
    const moved =
      !existsSync(beside) || (samePlan && !recognise(beside)(input) && recognise(then.file)(input));
    if (!moved) return beside;
    if (existsSync(beside) && !told.has(at)) {
      told.add(at);
      const text = `read from ${then.file}, where it lay then; the ${path} beside the plan is another file`;
      onElsewhere({ subject: "data", text });
    }
    return then.file;
  };
}
