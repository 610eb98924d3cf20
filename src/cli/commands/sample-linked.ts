import { CasedrawError } from "../../errors.js";
import { startClock } from "../../report/clock.js";
import type { PlanFile } from "../../workflow/open-plan.js";
import { linkFromPlan } from "../../workflow/sample/linked-draw.js";
import { drawsToFolder, type WrittenSample } from "../../workflow/sample/to-folder.js";
import type { Invocation } from "../command.js";
import { drawOptions } from "../draw-options.js";
import type { Helper } from "../helper.js";
import type { Io } from "../io.js";
import { report, reportDesign } from "../sample-words.js";

/** `casedraw sample --linked-to DIR`: takes what belongs to an earlier sample. */
export async function sampleLinked(
  planFile: PlanFile,
  invocation: Invocation,
  io: Io,
  helper: Helper,
): Promise<number> {
  const { values, flags } = invocation;
  if (values.seed !== undefined) {
    throw new CasedrawError(
      "USAGE",
      "--seed: a linked sample adds no lot of its own and keeps the earlier sample's seed, got another. Leave it out.",
      { option: "--seed" },
    );
  }
  const clock = startClock();
  const directory = values["linked-to"] as string;
  const options = drawOptions(invocation, io, helper);
  const draw = await linkFromPlan(planFile, directory, options);
  if (flags.has("dry-run")) {
    reportDesign(draw.designed, io);
    return 0;
  }
  const [written] = await drawsToFolder([draw], { ...options, clock });
  io.claim(undefined);
  report(
    written as WrittenSample,
    { out: options.out, how: `linked by ${draw.marks?.linked_to?.by} to ${directory}` },
    io,
  );
  return 0;
}
