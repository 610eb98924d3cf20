import { CasedrawError } from "../errors.js";
import type { PlanFile } from "./open-plan.js";

/**
 * The plan of the frame that `--frame` names, where a plan has several.
 *
 * @param done - what is done to one frame at a time: "simulated"
 * @throws CasedrawError `PLAN_WITH_FRAMES`, `FRAME_UNKNOWN`
 */
export function namedFrame(planFile: PlanFile, name: string | undefined, done: string): PlanFile {
  if (name !== undefined) return frameNamed(planFile, name);
  const { frames } = planFile.plan;
  if (frames === undefined) return planFile;
  const names = Object.keys(frames);
  throw new CasedrawError(
    "PLAN_WITH_FRAMES",
    `Plan has several frames (${names.join(", ")}): one is ${done} at a time. Name it with --frame NAME.`,
    { frames: names },
  );
}

/**
 * The plan of a frame by its name, which the caller gave.
 *
 * @throws CasedrawError `FRAME_UNKNOWN`
 */
export function frameNamed(planFile: PlanFile, name: string): PlanFile {
  const { frames = {} } = planFile.plan;
  const plan = Object.hasOwn(frames, name) ? frames[name] : undefined;
  if (plan !== undefined) return { ...planFile, plan };
  const names = Object.keys(frames);
  const known = names.length === 0 ? "the plan has no frames" : `the plan has ${names.join(", ")}`;
  throw new CasedrawError(
    "FRAME_UNKNOWN",
    `Frame: it has to be one of the plan's, got "${name}", and ${known}. Correct the frame, or leave it out where there are none.`,
    { frame: name, frames: names },
  );
}
