import { resolve } from "node:path";
import type { DerivedField } from "../plan/types.js";
import type { InputFingerprint, Table } from "../table/table.js";
import type { BuiltFrame } from "../workflow/build-from-plan.js";
import type { DesignedFrame } from "../workflow/sample/design-from-plan.js";
import { given, type WorkOptions, workOf } from "./options.js";
import { opened, type PlanSource } from "./plan.js";

/**
 * Reads one file into a table: CSV and the like, an Excel workbook or Parquet, told apart by content and never by name.
 * Every cell is the text that the file has; nothing is guessed.
 *
 * @param path - one local file
 * @param options.sheet - of a workbook; by default its only one
 * @param options.columns - headers that are wanted, by which delimiter, sheet and header row are found; by default every column
 * @returns the table, and size and SHA-256 of the bytes that it was read from
 * @throws CasedrawError with a code for whatever keeps the file from being read whole
 * @example
 * const { table } = await readTable("children.csv", { columns: ["case ID", "gender"] });
 * [table.rowCount, table.columns.map(({ header }) => header)] // → [600, ["case ID", "gender"]]
 */
export async function readTable(
  path: string,
  options: WorkOptions & { readonly sheet?: string; readonly columns?: readonly string[] } = {},
): Promise<{ readonly table: Table; readonly fingerprint: InputFingerprint }> {
  const { readTable: read } = await import("../readers/read-table.js");
  const { cwd, progress } = workOf(options);
  return await read({
    path: resolve(cwd, path),
    label: path,
    ...given({ sheet: options.sheet, wanted: options.columns }),
    onProgress: (done, total) => progress(`Reading ${path}`, total === 0 ? 1 : done / total),
  });
}

/**
 * Reads every file of a plan and builds its frame: every unit, with its fields and the reason why it is excluded, or none.
 *
 * @param plan - from `loadPlan`, or the path of its file
 * @param options.derived - derived fields that are wanted beside those that the plan uses, for example `age_years`
 * @returns the frame, and what was read: path, size, SHA-256, rows
 * @throws CasedrawError of the readers and of `buildFrame`
 * @example
 * const { frame } = await readFrame("plan.yaml");
 * frame.accounting.rowsRead === frame.eligible.length + frame.exclusion.reasons.reduce((sum, { count }) => sum + count, 0) // → true
 */
export async function readFrame(
  plan: PlanSource,
  options: WorkOptions & { readonly derived?: readonly DerivedField[] } = {},
): Promise<BuiltFrame> {
  const { buildFromPlan } = await import("../workflow/build-from-plan.js");
  const { progress } = workOf(options);
  return await buildFromPlan(await opened(plan, options), {
    progress,
    ...given({ derived: options.derived }),
  });
}

/**
 * Reads every file of a plan, builds its frame and works out strata and allocation: all of a draw but the draw, as
 * `casedraw sample --dry-run` shows it.
 *
 * @param plan - from `loadPlan`, or the path of its file
 * @throws CasedrawError `FRAME_ERRORS` for what a frame may not have when it is sampled; `PLAN_WITHOUT_SAMPLE`; those of the
 *   readers, of `buildFrame` and of `designSample`
 * @example
 * const { frame, design } = await readDesign("plan.yaml");
 * const { drawn } = drawSample(frame, design, "314159");
 * drawn.length // → 60
 */
export async function readDesign(plan: PlanSource, options: WorkOptions = {}): Promise<DesignedFrame> {
  const { designPlan } = await import("../workflow/sample/design-from-plan.js");
  return await designPlan(await opened(plan, options), workOf(options));
}
