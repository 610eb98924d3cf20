import type { Continuation } from "../workflow/next-version/continue-sample.js";
import type { WrittenSample } from "../workflow/sample/to-folder.js";
import type { WrittenUpdate } from "../workflow/update/update-sample.js";
import { given, type WriteOptions, writingOf } from "./options.js";
import type { RegisterOption } from "./sample.js";

/** How a sample's next version is written. */
export interface NextVersionOptions extends WriteOptions, RegisterOption {
  /** Inputs that have moved since the draw, matched by file name. */
  readonly data?: readonly string[];
}

/** The same where the plan is the one of the draw. */
export interface ContinueOptions extends NextVersionOptions {
  /** The plan's file, where it is not where `run.json` says. */
  readonly plan?: string;
}

async function goOn(from: string, wanted: Continuation, options: ContinueOptions): Promise<WrittenSample> {
  const { continueSample } = await import("../workflow/next-version/continue-sample.js");
  return await continueSample(from, wanted, {
    ...writingOf(options),
    data: options.data ?? [],
    ...given({ plan: options.plan, register: options.register }),
  });
}

/**
 * Replaces cases that were lost: the next version of a sample, with reserves released in their order.
 *
 * @param from - folder of the version before
 * @param options.log - a CSV or workbook of losses: `unit_id,reason`
 * @throws CasedrawError `SAMPLE_FOLDER_CHANGED`, `SAMPLE_NOT_REPLAYED`, `REPLACEMENT_…`; before anything is written
 * @example
 * import { writeFileSync } from "node:fs";
 * const { designed, sample } = await writeSample("plan.yaml", { seed: "314159", out: "my-sample" });
 * const lost = designed.frame.ids[sample.drawn[0].unit];
 * writeFileSync("losses.csv", `unit_id,reason\n${lost},inaccessible\n`);
 * const next = await replaceCases("my-sample", { log: "losses.csv", out: "my-sample-2" });
 * next.sample.after?.releases.length // → 1
 */
export async function replaceCases(
  from: string,
  options: ContinueOptions & { readonly log: string },
): Promise<WrittenSample> {
  return await goOn(from, { kind: "replace", log: options.log }, options);
}

/**
 * Enlarges a sample: the next tickets of each stratum join it.
 *
 * @param from - folder of the version before
 * @param options.size - units that the sample shall have, those that it has counted in
 * @param options.afterFindings - whether findings were seen already; it is recorded; default false
 * @throws CasedrawError `SAMPLE_FOLDER_CHANGED`, `SAMPLE_NOT_REPLAYED`, `EXTENSION_…`; before anything is written
 * @example
 * await writeSample("plan.yaml", { seed: "314159", out: "my-sample" });
 * const { sample } = await extendSample("my-sample", { size: 80, out: "my-sample-2" });
 * sample.drawn.length // → 80
 */
export async function extendSample(
  from: string,
  options: ContinueOptions & { readonly size: number; readonly afterFindings?: boolean },
): Promise<WrittenSample> {
  const { size, afterFindings = false } = options;
  return await goOn(from, { kind: "extend", size, afterFindings }, options);
}

/**
 * Adds chosen cases beside a sample. They have no weight: nothing follows from them for other cases.
 *
 * @param from - folder of the version before
 * @param options.cases - a CSV or workbook of cases: `unit_id,reason,asked_by,asked_on`
 * @throws CasedrawError `SAMPLE_FOLDER_CHANGED`, `SAMPLE_NOT_REPLAYED`, `CHOSEN_…`; before anything is written
 */
export async function addCases(
  from: string,
  options: ContinueOptions & { readonly cases: string },
): Promise<WrittenSample> {
  return await goOn(from, { kind: "add", cases: options.cases }, options);
}

/**
 * Brings a sample to a corrected export. Cases that are still eligible stay; who joins does so with a known probability.
 *
 * @param from - folder of the version before; its own export is not needed
 * @param options.plan - path of the plan of the corrected export
 * @returns the new version, and what changed
 * @throws CasedrawError `SAMPLE_FOLDER_CHANGED`, `UPDATE_…`, and those of a draw; before anything is written
 */
export async function updateSample(
  from: string,
  options: NextVersionOptions & { readonly plan: string },
): Promise<WrittenUpdate> {
  const { updateToFolder } = await import("../workflow/update/update-sample.js");
  return await updateToFolder(from, options.plan, {
    ...writingOf(options),
    data: options.data ?? [],
    ...given({ register: options.register }),
  });
}
