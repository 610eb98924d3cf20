import { startClock } from "../../report/clock.js";
import { designPlan } from "../../workflow/design-from-plan.js";
import { drawsToFolder, type WrittenSample } from "../../workflow/draw-to-folder.js";
import { openPlan } from "../../workflow/open-plan.js";
import type { Invocation } from "../command.js";
import type { Helper } from "../helper.js";
import type { Io } from "../io.js";
import { registerOption } from "../register-wording.js";
import { report, reportDesign, seedOf } from "../sample-wording.js";
import { continueFrom, isContinuation } from "./sample-continue.js";
import { sampleFrames } from "./sample-frames.js";
import { sampleLinked } from "./sample-linked.js";

/** `casedraw sample` in all its forms but `--commit`. */
export async function drawOrContinue(invocation: Invocation, io: Io, helper: Helper): Promise<number> {
  if (isContinuation(invocation)) return await continueFrom(invocation, io, helper);
  const clock = startClock();
  const { cwd } = io;
  const planFile = openPlan(invocation.values.plan as string, cwd);
  if (invocation.values["linked-to"] !== undefined) {
    return await sampleLinked(planFile, invocation, io, helper);
  }
  if (planFile.plan.frames !== undefined) return await sampleFrames(planFile, invocation, io, helper);
  const progress = (step: string, fraction?: number): void => io.progress(step, fraction);
  const { readPart, render, startDigests } = helper;
  if (invocation.flags.has("dry-run")) {
    reportDesign(await designPlan(planFile, { progress, readPart }), io);
    return 0;
  }
  const out = invocation.values.out as string;
  const seed = seedOf(invocation, io);
  const designed = await designPlan(planFile, { progress, readPart });
  const [written] = await drawsToFolder([{ designed, seed, prefix: "" }], {
    out,
    force: invocation.flags.has("force"),
    cwd,
    clock,
    progress,
    claim: (target, register) => io.claim(target, register),
    readPart,
    render,
    startDigests,
    ...registerOption(invocation.values.register),
  });
  io.claim(undefined);
  report(written as WrittenSample, { out, how: `with seed ${seed}` }, io);
  return 0;
}
