import { CasedrawError } from "../../errors.js";
import { startClock } from "../../report/clock.js";
import { drawsToFolder, type WrittenSample } from "../../workflow/draw-to-folder.js";
import { linkFromPlan } from "../../workflow/linked-draw.js";
import type { PlanFile } from "../../workflow/open-plan.js";
import type { Invocation } from "../command.js";
import type { Helper } from "../helper.js";
import type { Io } from "../io.js";
import { registerOption } from "../register-wording.js";
import { report, reportDesign } from "../sample-wording.js";

/** `casedraw sample --linked-to DIR`: takes what belongs to an earlier sample. */
export async function sampleLinked(
  planFile: PlanFile,
  { values, flags }: Invocation,
  io: Io,
  helper: Helper,
): Promise<number> {
  if (values.seed !== undefined) {
    throw new CasedrawError(
      "USAGE",
      "--seed: a linked sample adds no lot of its own and keeps the earlier sample's seed, got another. Leave it out.",
      { option: "--seed" },
    );
  }
  const clock = startClock();
  const directory = values["linked-to"] as string;
  const { cwd } = io;
  const progress = (step: string, fraction?: number): void => io.progress(step, fraction);
  const { readPart, render, startDigests } = helper;
  const draw = await linkFromPlan(planFile, directory, { cwd, progress, readPart });
  if (flags.has("dry-run")) {
    reportDesign(draw.designed, io);
    return 0;
  }
  const out = values.out as string;
  const [written] = await drawsToFolder([draw], {
    out,
    force: flags.has("force"),
    cwd,
    progress,
    claim: (target, register) => io.claim(target, register),
    render,
    startDigests,
    clock,
    ...registerOption(values.register),
  });
  io.claim(undefined);
  report(
    written as WrittenSample,
    { out, how: `linked by ${draw.marks?.linked_to?.by} to ${directory}` },
    io,
  );
  return 0;
}
