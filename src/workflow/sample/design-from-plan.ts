import type { ReadPart } from "../../readers/text-part.js";
import { type Design, designSample } from "../../sampling/design.js";
import { type BuiltFrame, buildFromPlan } from "../build-from-plan.js";
import type { DigestsBegun, StartDigests } from "../make-digests.js";
import { openPlan, type PlanFile, samplePlan } from "../open-plan.js";
import type { Progress } from "../progress.js";

/** A frame with its design, before a draw. */
export interface DesignedFrame extends BuiltFrame {
  readonly planFile: PlanFile;
  readonly design: Design;
}

/** Who is told, and what other threads do meanwhile. */
interface DesignOptions {
  readonly progress: Progress;
  readonly readPart?: ReadPart;
  /** Where the digests of the frame are made, for a draw that is to be written. */
  readonly startDigests?: StartDigests;
}

/** Reads a plan and its files and works out strata and allocation: all of a draw but the draw. */
export async function designFromPlan(
  planPath: string,
  options: DesignOptions & { readonly cwd: string },
): Promise<DesignedFrame & DigestsBegun> {
  return await designPlan(openPlan(planPath, options.cwd), options);
}

/**
 * The same from a plan that is open already.
 *
 * @throws CasedrawError `FRAME_ERRORS` besides those of the readers, the frame and the design
 */
export async function designPlan(
  planFile: PlanFile,
  options: DesignOptions,
): Promise<DesignedFrame & DigestsBegun> {
  const wanted = samplePlan(planFile.plan);
  const built = await buildFromPlan(planFile, { ...options, forDraw: true });
  return { ...built, planFile, design: designSample(built.frame, wanted, built.designInputs) };
}
