import type { ReadPart } from "../../readers/text-part.js";
import { type Design, designSample } from "../../sampling/design.js";
import { type BuiltFrame, buildFromPlan } from "../build-from-plan.js";
import { openPlan, type PlanFile, samplePlan } from "../open-plan.js";
import type { Progress } from "../progress.js";

/** A frame with its design, before a draw. */
export interface DesignedFrame extends BuiltFrame {
  readonly planFile: PlanFile;
  readonly design: Design;
}

/** Reads a plan and its files and works out strata and allocation: all of a draw but the draw. */
export async function designFromPlan(
  planPath: string,
  options: { readonly cwd: string; readonly progress: Progress; readonly readPart?: ReadPart },
): Promise<DesignedFrame> {
  return await designPlan(openPlan(planPath, options.cwd), options);
}

/**
 * The same from a plan that is open already.
 *
 * @throws CasedrawError `FRAME_ERRORS` besides those of the readers, the frame and the design
 */
export async function designPlan(
  planFile: PlanFile,
  options: { readonly progress: Progress; readonly readPart?: ReadPart },
): Promise<DesignedFrame> {
  const wanted = samplePlan(planFile.plan);
  const built = await buildFromPlan(planFile, { ...options, forDraw: true });
  return { ...built, planFile, design: designSample(built.frame, wanted, built.designInputs) };
}
