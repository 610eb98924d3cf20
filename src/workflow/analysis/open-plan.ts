import { CasedrawError } from "../../errors.js";
import { openPlan, type PlanFile } from "../open-plan.js";

/**
 * Opens a plan that an analysis is to be made of.
 *
 * @param planPath - as the user wrote it
 * @throws CasedrawError `PLAN_WITH_FRAMES`, and of `openPlan`
 */
export function openAnalysisPlan(planPath: string, cwd: string): PlanFile {
  const planFile = openPlan(planPath, cwd);
  const { frames } = planFile.plan;
  if (frames === undefined) return planFile;
  throw new CasedrawError(
    "PLAN_WITH_FRAMES",
    `Plan has several frames (${Object.keys(frames).join(", ")}): an analysis is of one (${planPath}). Make a plan of the one that you want.`,
    { frames: Object.keys(frames), file: planPath },
  );
}
