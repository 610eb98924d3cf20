import { startClock } from "../../report/clock.js";
import { openPlan } from "../../workflow/open-plan.js";
import { designPlan } from "../../workflow/sample/design-from-plan.js";
import { drawsToFolder, type WrittenSample } from "../../workflow/sample/to-folder.js";
import type { Invocation } from "../command.js";
import { isContinuation } from "../continuation.js";
import { drawOptions } from "../draw-options.js";
import type { Helper } from "../helper.js";
import type { Io } from "../io.js";
import { report, reportDesign, seedOf } from "../sample-words.js";

/** `casedraw sample` in all its forms but `--commit`; what a plain draw does not need is not loaded for one. */
export async function drawOrContinue(invocation: Invocation, io: Io, helper: Helper): Promise<number> {
  if (isContinuation(invocation)) {
    const { continueFrom } = await import("./sample-continue.js");
    return await continueFrom(invocation, io, helper);
  }
  const clock = startClock();
  const { cwd } = io;
  const planFile = openPlan(invocation.values.plan as string, cwd);
  if (invocation.values["linked-to"] !== undefined) {
    const { sampleLinked } = await import("./sample-linked.js");
    return await sampleLinked(planFile, invocation, io, helper);
  }
  if (planFile.plan.frames !== undefined) {
    const { sampleFrames } = await import("./sample-frames.js");
    return await sampleFrames(planFile, invocation, io, helper);
  }
  const options = drawOptions(invocation, io, helper);
  if (invocation.flags.has("dry-run")) {
    reportDesign(await designPlan(planFile, options), io);
    return 0;
  }
  const seed = seedOf(invocation, io);
  const designed = await designPlan(planFile, options);
  const [written] = await drawsToFolder([{ designed, seed, prefix: "" }], {
    ...options,
    clock,
  });
  io.claim(undefined);
  report(written as WrittenSample, { out: options.out, how: `with seed ${seed}` }, io);
  return 0;
}
