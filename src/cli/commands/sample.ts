import { designPlan } from "../../workflow/design-from-plan.js";
import { drawToFolder } from "../../workflow/draw-to-folder.js";
import { openPlan } from "../../workflow/open-plan.js";
import type { Invocation } from "../command.js";
import { startHelper } from "../helper.js";
import type { Io } from "../io.js";
import { registerOption } from "../register-wording.js";
import { report, reportDesign, seedOf } from "../sample-wording.js";
import { commit } from "./sample-commit.js";
import { continueFrom, isContinuation } from "./sample-continue.js";
import { sampleFrames } from "./sample-frames.js";
import { sampleLinked } from "./sample-linked.js";

export async function run(invocation: Invocation, io: Io): Promise<number> {
  if (invocation.flags.has("commit")) return await commit(invocation, io);
  if (isContinuation(invocation)) return await continueFrom(invocation, io);
  const plan = invocation.values.plan as string;
  const { cwd } = io;
  const planFile = openPlan(plan, cwd);
  if (invocation.values["linked-to"] !== undefined) return await sampleLinked(planFile, invocation, io);
  if (planFile.plan.frames !== undefined) return await sampleFrames(planFile, invocation, io);
  const progress = (step: string, fraction?: number): void => io.progress(step, fraction);
  if (invocation.flags.has("dry-run")) {
    reportDesign(await designPlan(planFile, { progress }), io);
    return 0;
  }
  const out = invocation.values.out as string;
  const seed = seedOf(invocation, io);
  const force = invocation.flags.has("force");
  const claim: Io["claim"] = (target, register) => io.claim(target, register);
  const helper = startHelper();
  try {
    const register = registerOption(invocation.values.register);
    const { readPart, render } = helper;
    const options = { out, force, cwd, progress, claim, readPart, render, ...register };
    const written = await drawToFolder(plan, seed, options);
    io.claim(undefined);
    report(written, { out, how: `with seed ${seed}` }, io);
  } finally {
    await helper.stop();
  }
  return 0;
}
