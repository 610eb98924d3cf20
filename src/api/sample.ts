import type { WrittenFrames } from "../workflow/frames/to-folder.js";
import type { Commitment } from "../workflow/sample/register.js";
import type { WrittenSample } from "../workflow/sample/to-folder.js";
import { given, seedOf, type WorkOptions, type WriteOptions, workOf, writingOf } from "./options.js";

/** How a draw is entered. */
export interface RegisterOption {
  /** The register, a file; null for none; by default `draws.jsonl` beside the plan. */
  readonly register?: string | null;
}

/**
 * Draws the sample of a plan and writes its folder, as `casedraw sample` does: lists, workbook, page, and the manifest that
 * proves how it was drawn.
 *
 * @param plan - path of the plan's file, which has to be there still when the sample is verified
 * @param options.seed - any text, used exactly as given; `newSeed()` makes one
 * @throws CasedrawError before anything is written, or with everything removed again
 * @example
 * const { sample } = await writeSample("plan.yaml", { seed: "314159", out: "my-sample" });
 * [sample.drawn.length, (await verify("my-sample")).verified] // → [60, true]
 */
export async function writeSample(
  plan: string,
  options: WriteOptions & RegisterOption & { readonly seed: string },
): Promise<WrittenSample> {
  const { drawToFolder } = await import("../workflow/sample/to-folder.js");
  return await drawToFolder(plan, seedOf(options), {
    ...writingOf(options),
    ...given({ register: options.register }),
  });
}

/**
 * Draws the samples of a plan that has several frames, each into a folder of its own under `out`.
 *
 * @param plan - path of the plan's file
 * @param options.seed - any text; each frame's own seed is made from it
 * @throws CasedrawError before anything is written, or with everything removed again
 */
export async function writeSamplesOfFrames(
  plan: string,
  options: WriteOptions & RegisterOption & { readonly seed: string },
): Promise<WrittenFrames> {
  const { framesToFolder } = await import("../workflow/frames/to-folder.js");
  const { openPlan } = await import("../workflow/open-plan.js");
  const writing = writingOf(options);
  return await framesToFolder(openPlan(plan, writing.cwd), seedOf(options), {
    ...writing,
    ...given({ register: options.register }),
  });
}

/**
 * Takes the records that belong to an earlier sample, as the plan's `linked` says, and writes them as a sample. It keeps the
 * earlier sample's seed.
 *
 * @param plan - path of the plan's file
 * @param options.linkedTo - folder of the earlier sample
 * @throws CasedrawError `LINK_…`, and those of a draw
 */
export async function writeLinkedSample(
  plan: string,
  options: WriteOptions & RegisterOption & { readonly linkedTo: string },
): Promise<WrittenSample> {
  const { startClock } = await import("../report/clock.js");
  const clock = startClock();
  const { linkFromPlan } = await import("../workflow/sample/linked-draw.js");
  const { openPlan } = await import("../workflow/open-plan.js");
  const { drawsToFolder } = await import("../workflow/sample/to-folder.js");
  const writing = writingOf(options);
  const draw = await linkFromPlan(openPlan(plan, writing.cwd), options.linkedTo, writing);
  const [written] = await drawsToFolder([draw], {
    ...writing,
    ...given({ register: options.register }),
    clock,
  });
  return written as WrittenSample;
}

/**
 * Promises a seed before the data are there: the register gets the seed's hash, and the seed itself stays with you.
 *
 * @param seed - any text; guessable ones can be worked out from the hash, so take one from `newSeed()`
 * @param options.plan - path of the plan's file, which need not be whole yet
 * @param options.register - by default `draws.jsonl` beside the plan
 * @throws CasedrawError `FILE_…`, `REGISTER_…`
 */
export async function commitSeed(
  seed: string,
  options: WorkOptions & { readonly plan: string; readonly register?: string },
): Promise<Commitment> {
  const { registerSeed } = await import("../workflow/sample/register.js");
  const { cwd } = workOf(options);
  return await registerSeed(seedOf({ seed }), {
    cwd,
    plan: options.plan,
    ...given({ register: options.register }),
    claim: () => {},
  });
}
