import type { Edition } from "../analysis/item.js";
import type { CheckedExport } from "../workflow/check/read-export.js";
import type { WrittenCheck } from "../workflow/check/to-folder.js";
import type { WrittenStarterPlan } from "../workflow/init/to-files.js";
import type { WrittenMatch } from "../workflow/pseudonymise/match.js";
import type { WrittenCopy } from "../workflow/pseudonymise/to-folder.js";
import { given, type WorkOptions, type WriteOptions, workOf, writingOf } from "./options.js";
import { opened, type PlanSource } from "./plan.js";

/**
 * Looks at an export and writes a starter plan beside a list of how its headers were matched and a map of its values, as
 * `casedraw init` does. A file that somebody edited is kept.
 *
 * @param files - the export's files
 * @param options.out - the plan; default `plan.yaml`
 * @param options.sheets - sheets of workbooks, as `FILE:SHEET` or `SHEET`
 * @param options.referenceDate - ISO; by default what the export's dates suggest
 * @throws CasedrawError of the readers and of writing
 * @example
 * const { files } = await writeStarterPlan(["children.csv"], { out: "starter.yaml" });
 * files.map(({ path }) => path) // → ["starter.yaml", "starter-matching.csv", "starter-value-map.csv"]
 */
export async function writeStarterPlan(
  files: readonly string[],
  options: WorkOptions & {
    readonly out?: string;
    readonly sheets?: readonly string[];
    readonly referenceDate?: string;
  } = {},
): Promise<WrittenStarterPlan> {
  const { starterPlan } = await import("../workflow/init/to-files.js");
  return await starterPlan(files, {
    ...writingOf({ out: "plan.yaml", ...options }),
    sheets: options.sheets ?? [],
    ...given({ referenceDate: options.referenceDate }),
  });
}

/**
 * Checks a plan's export: what is wrong with it, by rules that each say what they mean. What keeps it from being read whole is
 * a finding too.
 *
 * @param plan - from `loadPlan`, or the path of its file
 * @returns `report.findings`, the errors and queries with their rows; `refusal`, if no frame can be built
 * @throws CasedrawError for what is wrong with the plan or the place of a file
 * @example
 * const { report, refusal } = await checkExport("plan.yaml");
 * [report.findings.filter(({ severity }) => severity === "error"), refusal] // → [[], undefined]
 */
export async function checkExport(plan: PlanSource, options: WorkOptions = {}): Promise<CheckedExport> {
  const { checkFromPlan } = await import("../workflow/check/read-export.js");
  return await checkFromPlan(await opened(plan, options), workOf(options));
}

/**
 * The same, written as a page, tables and the questions to send to the data's owner, as `casedraw check --out` does.
 *
 * @param plan - path of the plan's file
 * @param options.edition - default `internal`
 * @throws CasedrawError before anything is written, or with everything removed again
 * @example
 * const { outputs } = await writeCheck("plan.yaml", { out: "check" });
 * outputs?.some(({ path }) => path === "quality.html") // → true
 */
export async function writeCheck(
  plan: string,
  options: WriteOptions & { readonly edition?: Edition },
): Promise<WrittenCheck> {
  const { checkToFolder } = await import("../workflow/check/to-folder.js");
  return await checkToFolder(plan, { ...writingOf(options), edition: options.edition ?? "internal" });
}

/**
 * Writes a copy of a plan's export in which nobody is named, with a plan of its own, as `casedraw pseudonymise` does. Draws
 * from the copy choose the same children.
 *
 * @param plan - path of the plan's file
 * @param options.key - the key file; made where there is none
 * @param options.frame - which frame of a plan that has several
 * @throws CasedrawError before anything is written, or with everything but a new key removed again
 * @example
 * await pseudonymise("plan.yaml", { key: "copy.key", out: "copy" });
 * (await readFrame("copy/plan.yaml")).frame.eligible.length === (await readFrame("plan.yaml")).frame.eligible.length // → true
 */
export async function pseudonymise(
  plan: string,
  options: WriteOptions & { readonly key: string; readonly frame?: string },
): Promise<WrittenCopy> {
  const { pseudonymiseToFolder } = await import("../workflow/pseudonymise/to-folder.js");
  const { key, frame } = options;
  return await pseudonymiseToFolder(plan, { ...writingOf(options), key, ...given({ frame }) });
}

/**
 * Matches ids of a pseudonymised copy back to those of the export, into a file that says who is who.
 *
 * @param list - a sample's folder, or a file with the column `unit_id`
 * @param options.plan - path of the export's own plan
 * @param options.key - the key file of the copy
 * @param options.out - the file
 * @throws CasedrawError `KEY_FILE_MISSING`, `MATCH_NOTHING`, and those of reading and writing
 */
export async function matchPseudonyms(
  list: string,
  options: WriteOptions & { readonly plan: string; readonly key: string; readonly frame?: string },
): Promise<WrittenMatch> {
  const { matchToFile } = await import("../workflow/pseudonymise/match.js");
  const { plan, key, frame } = options;
  return await matchToFile(list, { ...writingOf(options), plan, key, ...given({ frame }) });
}
