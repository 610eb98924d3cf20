import type { WrittenHandover } from "../workflow/handover/to-folder.js";
import type { WrittenTrack } from "../workflow/track/to-folder.js";
import { given, type WriteOptions, writingOf } from "./options.js";

/** What a handover goes by, beside the sample and its plan's `teams` and `handover`. */
export interface HandoverOptions extends WriteOptions {
  /** The plan's file, where it is not where the draw found it. */
  readonly plan?: string;
  /** Inputs that have moved since the draw, matched by file name; read only where worksheets show the month of birth. */
  readonly data?: readonly string[];
  /** Who may not have which case: a CSV or workbook with `unit_id`, `team` and, where only one pair knows the family, `pair`. */
  readonly conflicts?: string;
  /** Folder of the handover before, whose readers keep what they have, and whose conflicts hold. */
  readonly after?: string;
}

/**
 * Gives the cases of a sample to the plan's teams and writes their worksheets, the request list, the evidence and the list of
 * who has which case, as `casedraw handover` does. The sample stays as it is.
 *
 * @param sample - folder of the sample
 * @returns what was written; `handover.rows` say who has which case, `pair` and `row` from 1
 * @throws CasedrawError `HANDOVER_…`, `CONFLICTS_INVALID`, `SAMPLE_FOLDER_CHANGED`; before anything is written
 * @example
 * await writeSample("plan.yaml", { seed: "314159", out: "my-sample" });
 * const { handover, outputs } = await handOverCases("my-sample", { out: "handover" });
 * handover.teams.map(({ name }) => name) // → ["North", "Off site"]
 * handover.rows.filter(({ role }) => role === "sampled").length // → 60
 * outputs.some(({ path }) => path === "worksheets/north.xlsx") // → true
 */
export async function handOverCases(sample: string, options: HandoverOptions): Promise<WrittenHandover> {
  const { handoverToFolder } = await import("../workflow/handover/to-folder.js");
  const { plan, conflicts, after } = options;
  return await handoverToFolder({
    ...writingOf(options),
    sample,
    data: options.data ?? [],
    ...given({ plan, conflicts, after }),
  });
}

/**
 * Reads worksheets back and writes findings, losses, conflicts, what has to be looked at and how far the review is, as
 * `casedraw track` does. The worksheets are only read.
 *
 * @param sample - folder of the sample as it stands now
 * @param options.handover - folder of the latest handover
 * @param options.worksheets - as they came back, of any handover of the sample, or folders of them: always all that there are
 * @returns what was written: `merged` has findings, losses, conflicts and issues, `due` the reserves that losses release, `progress`
 *   counts of cases
 * @throws CasedrawError `WORKSHEET_INVALID`, `HANDOVER_FOLDER_INVALID`, `SAMPLE_FOLDER_CHANGED`, and those of the readers; before
 *   anything is written
 * @example
 * await writeSample("plan.yaml", { seed: "314159", out: "my-sample" });
 * await handOverCases("my-sample", { out: "handover" });
 * const worksheets = ["handover/worksheets"]; // nobody has filled them in yet
 * const { merged, progress } = await trackReviews("my-sample", { handover: "handover", worksheets, out: "progress" });
 * [merged.findings.length, merged.issues.length] // → [0, 0]
 * progress.all // → { cases: 60, done: 0, begun: 0, lost: 0, left: 60 }
 */
export async function trackReviews(
  sample: string,
  options: WriteOptions & { readonly handover: string; readonly worksheets: readonly string[] },
): Promise<WrittenTrack> {
  const { trackToFolder } = await import("../workflow/track/to-folder.js");
  const { handover, worksheets } = options;
  return await trackToFolder({ ...writingOf(options), sample, handover, sheets: worksheets });
}
