import type { ShareInterval } from "../analysis/estimates/row.js";
import type { WrittenEstimate } from "../workflow/estimate/to-folder.js";
import { given, type WriteOptions, writingOf } from "./options.js";

/** What is estimated, and how. */
export interface EstimateOptions extends WriteOptions {
  /** What reviewers found: a CSV or workbook with `unit_id` and a column for each question, or the filled-in `sample.xlsx`. */
  readonly findings: string;
  /** Fields of the sample's list to make groups by. */
  readonly by?: readonly string[];
  /** Columns of the findings; by default all but those of the sample's list. */
  readonly columns?: readonly string[];
  /** Of a workbook of findings; by default the one that has findings. */
  readonly sheet?: string;
  /** Column of agreement with the body's own audits; by default `audit_agreement`. */
  readonly auditColumn?: string;
  /** A file `unit_id,probability` that says how second reviews were chosen. */
  readonly secondReviews?: string;
  /** Fields to whose counts weights are brought: `FIELD`, or `FIELD:LEVEL=LEVEL` to take levels for one. */
  readonly calibrate?: readonly string[];
  /** Strata that are one for the variance: `STRATUM=STRATUM`. */
  readonly collapse?: readonly string[];
  /** Interval of a share; by default the first of `casedraw estimate --help`. */
  readonly interval?: ShareInterval;
  /** Figures on so few cases are not shown; whole number, 0 takes nothing out; by default the plan's, else 5. */
  readonly threshold?: number;
  /** Whether to list what was found in chosen cases beside the estimates; default false. */
  readonly chosen?: boolean;
}

/**
 * Estimates what the reviewed cases say about all of them, with intervals, and writes the page and the tables as
 * `casedraw estimate` does. The sample's folder is checked first, from its own files.
 *
 * @param sample - folder of the sample
 * @returns what was written; `context.shown.rows` are the estimates, shares as fractions
 * @throws CasedrawError `SAMPLE_FOLDER_CHANGED`, `MANIFEST_INVALID`, `FINDINGS_…`, `ESTIMATE_…`, before anything is written
 * @example
 * import { writeFileSync } from "node:fs";
 * const { designed, sample } = await writeSample("plan.yaml", { seed: "314159", out: "my-sample" });
 * const lines = sample.drawn.map(({ unit }, at) => `${designed.frame.ids[unit]},${at < 15 ? "yes" : "no"}`);
 * writeFileSync("findings.csv", `unit_id,late\n${lines.join("\n")}\n`);
 * const { context } = await writeEstimates("my-sample", { findings: "findings.csv", out: "estimates" });
 * context.shown.rows.map(({ column, n }) => [column, n]) // → [["late", 60]]
 */
export async function writeEstimates(sample: string, options: EstimateOptions): Promise<WrittenEstimate> {
  const { estimateToFolder } = await import("../workflow/estimate/to-folder.js");
  const { shareIntervals } = await import("../analysis/estimates/row.js");
  const { findings, sheet, auditColumn, secondReviews, threshold, chosen = false } = options;
  return await estimateToFolder({
    ...writingOf(options),
    sample,
    findings,
    by: options.by ?? [],
    columns: options.columns ?? [],
    ...given({ sheet, auditColumn, secondReviews }),
    calibrate: options.calibrate ?? [],
    collapse: options.collapse ?? [],
    interval: options.interval ?? shareIntervals[0],
    threshold,
    chosen,
  });
}
