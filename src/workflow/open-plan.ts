import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { CasedrawError } from "../errors.js";
import { parsePlan } from "../plan/load.js";
import { mostPlanBytes, planTooLarge } from "../plan/tree.js";
import type { Plan, SamplePlan } from "../plan/types.js";
import { readText } from "./read-text.js";

/** A plan and where it lies: the paths in it are relative to its folder. */
export interface PlanFile {
  readonly plan: Plan;
  /** Absolute. */
  readonly path: string;
  /** Absolute. */
  readonly folder: string;
}

/**
 * Reads and checks a plan file.
 *
 * @param path - as the user wrote it
 * @throws CasedrawError `FILE_NOT_FOUND`, `FILE_NOT_READABLE`, `NOT_A_FILE`, `PLAN_…`
 */
export function openPlan(path: string, cwd: string): PlanFile {
  const absolute = resolve(cwd, path);
  // Looked at before it is read: an export of gigabytes may have been named by mistake.
  if (sizeOf(absolute) > mostPlanBytes) throw planTooLarge(path);
  const text = readText(absolute, path, "Plan");
  return { plan: parsePlan(text, { file: path }), path: absolute, folder: dirname(absolute) };
}

/** In bytes; 0 where the system does not say, which reading then tells of. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

/**
 * One frame of a plan that has several, as a plan of its own.
 *
 * @param frame - its name; undefined for a plan that is whole by itself
 * @throws CasedrawError `FRAME_UNKNOWN`
 */
export function planOfFrame(planFile: PlanFile, frame: string | undefined): PlanFile {
  if (frame === undefined) return planFile;
  const { frames = {} } = planFile.plan;
  const plan = Object.hasOwn(frames, frame) ? frames[frame] : undefined;
  if (plan !== undefined) return { ...planFile, plan };
  const names = Object.keys(frames);
  throw new CasedrawError(
    "FRAME_UNKNOWN",
    `Plan has no frame "${frame}", of which this sample is: it has ${names.length === 0 ? "no frames at all" : names.join(", ")} ` +
      `(${planFile.path}). Name the plan of the draw with --plan.`,
    { frame, frames: names, file: planFile.path },
  );
}

/** The plan's design; a plan may do without one until a sample is wanted. */
export function samplePlan(plan: Plan): SamplePlan {
  if (plan.sample !== undefined) return plan.sample;
  if (plan.linked !== undefined) {
    throw new CasedrawError(
      "LINK_SAMPLE_MISSING",
      "Plan is for a linked sample: it takes the records that belong to an earlier sample, got none. " +
        "Name that sample's folder with --linked-to DIR.",
    );
  }
  if (plan.frames !== undefined) {
    throw new CasedrawError(
      "PLAN_WITH_FRAMES",
      `Plan has several frames (${Object.keys(plan.frames).join(", ")}), each of which is sampled on its own: a plan with one ` +
        "sample is wanted here. Use casedraw sample, which draws them all, or make a plan of the one that you want.",
      { frames: Object.keys(plan.frames) },
    );
  }
  throw new CasedrawError(
    "PLAN_WITHOUT_SAMPLE",
    "Plan has no design: a draw needs sample.size, and usually sample.strata. Add a sample section to the plan.",
  );
}
