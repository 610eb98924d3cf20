import { CasedrawError } from "../../errors.js";
import { type PlanFile, planOfFrame } from "../open-plan.js";

/**
 * The plan of one frame, where a plan has several.
 *
 * @throws CasedrawError `PLAN_WITH_FRAMES`, `FRAME_UNKNOWN`
 */
export function namedFrame(planFile: PlanFile, name: string | undefined): PlanFile {
  const { frames } = planFile.plan;
  if (name !== undefined || frames === undefined) return planOfFrame(planFile, name);
  throw new CasedrawError(
    "PLAN_WITH_FRAMES",
    `Plan has several frames (${Object.keys(frames).join(", ")}): one is copied at a time. Name it with --frame NAME.`,
    { frames: Object.keys(frames) },
  );
}
