import type { ReadPart } from "../../readers/text-part.js";
import { openPlan, samplePlan } from "../open-plan.js";
import type { Progress } from "../progress.js";
import { type DesignedFrame, designPlan } from "../sample/design-from-plan.js";

/**
 * A plan's frame and design, for another size where one is given.
 *
 * @param options.size - takes the place of the plan's; whole number of 1 or more
 * @throws CasedrawError those of reading a plan and its files, and of the allocation
 */
export async function designOfSize(
  planPath: string,
  options: {
    readonly size?: number;
    readonly cwd: string;
    readonly progress: Progress;
    readonly readPart?: ReadPart;
  },
): Promise<DesignedFrame> {
  const planFile = openPlan(planPath, options.cwd);
  const sample = samplePlan(planFile.plan);
  const { size = sample.size } = options;
  return await designPlan({ ...planFile, plan: { ...planFile.plan, sample: { ...sample, size } } }, options);
}
