import { existsSync } from "node:fs";
import { basename, normalize, resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import type { Manifest, RunRecord } from "../../report/manifest.js";
import { inputFiles, type Locate } from "../build-from-plan.js";
import { openPlan, type PlanFile, planOfFrame } from "../open-plan.js";

/** A folder's records, as far as they say where things lay. */
export interface Recorded {
  readonly manifest: Pick<Manifest, "of_frames">;
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

/** Where each input lies: as named with --data, else where the plan says, else where it lay at the draw. */
export function locateInputs(
  folder: Recorded,
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

/** Of the files named with --data, those that stand for an input of one of several samples that are verified together. */
export function dataOf({ inputs }: Manifest, data: readonly string[]): string[] {
  return data.filter((file) => inputs.some(({ path }) => basename(path) === basename(file)));
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
    for (const at of matches) {
      const other = found.get(at);
      if (other === undefined || endsWithPath(file, inputs[at] as string)) found.set(at, file);
      if (
        other === undefined ||
        other === file ||
        endsWithPath(file, inputs[at] as string) !== endsWithPath(other, inputs[at] as string)
      )
        continue;
      throw new CasedrawError(
        "DATA_NOT_AN_INPUT",
        `File named with --data: each stands for one input, got ${other} and ${file} for ${inputs[at]}. Name only the one that was drawn from.`,
        { files: [other, file] },
      );
    }
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
