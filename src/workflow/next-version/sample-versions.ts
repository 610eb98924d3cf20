import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "../../plan/types.js";
import type { Manifest } from "../../report/manifest.js";
import type { ManifestStep } from "../../report/manifest-steps.js";
import { sha256OfFile } from "../../report/sha256.js";
import { checkedLosses } from "../../sampling/after/check-losses.js";
import { type Beginning, followSample } from "../../sampling/after/follow.js";
import type { Step } from "../../sampling/after/outcome.js";
import { designSample } from "../../sampling/design.js";
import { drawSample, type Sample } from "../../sampling/draw.js";
import type { BuiltFrame } from "../build-from-plan.js";
import { samplePlan } from "../open-plan.js";
import type { SampleFolder } from "../sample/folder.js";
import { selectionOf } from "../sample/manifest-of.js";
import { chosenOf, updateStepOf } from "../update/step-record.js";
import type { Remark } from "../verify/remark.js";

/** A step as the sampling room has it. */
function stepOf(step: ManifestStep): Step {
  if (step.kind === "extend") return { kind: "extend", size: step.size, afterFindings: step.after_findings };
  if (step.kind === "update") return updateStepOf(step);
  return step.kind === "add"
    ? { kind: "add", cases: step.cases.map(chosenOf) }
    : {
        kind: "replace",
        losses: step.losses.map(({ unit_id, reason }) => ({ unitId: unit_id, reason })),
      };
}

/**
 * A sample after the steps that a manifest records, each checked as a user's log is. Where there was an update, it begins at the
 * last one, which goes by `designInputs.before`.
 *
 * @throws CasedrawError `REPLACEMENT_…`, `EXTENSION_…` and those of the draw, where a step does not fit the sample
 */
export function replaySteps(
  { frame, designInputs = {} }: BuiltFrame,
  beginning: Beginning,
  { seed }: Pick<Manifest, "seed">,
  steps: readonly ManifestStep[] = [],
): Sample {
  const start = steps.findLastIndex(({ kind }) => kind === "update");
  let sample = beginning as Sample;
  const taken: Step[] = [];
  for (const [at, step] of steps.map(stepOf).entries()) {
    if (step.kind === "replace" && at > start) {
      const place = `(manifest.json, step ${at + 1}`;
      checkedLosses(
        frame,
        sample,
        step.losses.map((loss) => ({ ...loss, place, details: { file: "manifest.json" } })),
      );
    }
    taken.push(step);
    if (at < start) continue;
    sample = followSample(frame, beginning, taken, { seed, inputs: designInputs });
  }
  return sample;
}

/** What the steps of a manifest follow: the draw, or the last update, which takes the plan alone. */
export function beginningOf(
  { frame, designInputs }: BuiltFrame,
  plan: Plan,
  { seed, steps = [] }: Pick<Manifest, "seed" | "steps">,
): Beginning {
  const wanted = samplePlan(plan);
  return steps.some(({ kind }) => kind === "update")
    ? { plan: wanted }
    : drawSample(frame, designSample(frame, wanted, designInputs), seed);
}

/** What a manifest says of its sample's version. */
export function versionMarks({
  version,
  previous,
  steps,
}: Manifest): Pick<Manifest, "version" | "previous" | "steps"> {
  return {
    ...(version === undefined ? {} : { version }),
    ...(previous === undefined ? {} : { previous }),
    ...(steps === undefined ? {} : { steps }),
  };
}

/** The register that has the line of the version before, wherever the plan lies by now. */
export function registerAsBefore<Options extends { readonly register?: string | null }>(
  { run }: SampleFolder,
  options: Options,
): Options {
  const file = run?.register?.file;
  return options.register !== undefined || file === undefined || !existsSync(file)
    ? options
    : { ...options, register: file };
}

export function hashOfManifest(folder: string): string {
  return sha256OfFile(join(folder, "manifest.json"));
}

/**
 * Whether a later version goes back to the one before: the replay without the last step gives the selection that the manifest
 * names, and the earlier folder, where it still lies, has the manifest that was continued.
 *
 * @param before - the replay without the last step; absent for a sample as drawn
 */
export function checkVersions(
  { manifest, run }: SampleFolder,
  { built, before }: { readonly built: BuiltFrame; readonly before?: Sample },
): { readonly differences: readonly Remark[]; readonly notes: readonly Remark[] } {
  const { version, previous, steps = [] } = manifest;
  const differences: Remark[] = [];
  const notes: Remark[] = [];
  if (version === undefined && previous === undefined && steps.length === 0) return { differences, notes };
  const differ = (text: string): unknown => differences.push({ subject: "manifest", text });
  if (version !== steps.length + 1) differ(`it is of version ${version}, and records ${steps.length} steps`);
  if (before !== undefined && previous?.selection_digest !== selectionOf(built.frame, before)) {
    differ("previous.selection_digest is not that of the sample before the last step");
  }
  const from = run?.from;
  if (from === undefined || !existsSync(join(from, "manifest.json"))) {
    notes.push({
      subject: "versions",
      text: `the folder of version ${steps.length} is not where it lay, so its manifest was not compared`,
    });
  } else if (hashOfManifest(from) !== previous?.manifest_sha256) {
    differences.push({
      subject: "versions",
      text: `${from} is not the folder that this version continues, or its manifest was changed since`,
    });
  }
  return { differences, notes };
}
