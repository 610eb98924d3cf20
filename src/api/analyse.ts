import type { Edition, Item } from "../analysis/item.js";
import type { ResultTable } from "../analysis/result.js";
import { CasedrawError } from "../errors.js";
import type { ComparisonCharts } from "../workflow/compare/charts.js";
import type { Comparison } from "../workflow/compare/compared.js";
import type { WrittenComparison } from "../workflow/compare/to-folder.js";
import type { Analysis, Answer } from "../workflow/pia/analyse.js";
import type { WrittenAnalysis } from "../workflow/pia/to-folder.js";
import { given, type WorkOptions, type WriteOptions, workOf, writingOf } from "./options.js";
import { opened, type PlanSource } from "./plan.js";

/** Whom an analysis is for. */
export interface EditionOption {
  /** `internal` for the inspection team, with every count; `publishable` with small counts suppressed. Default `internal`. */
  readonly edition?: Edition;
}

/** How an analysis is written. */
export interface WriteAnalysisOptions extends WriteOptions, EditionOption {
  /** Whether pictures are written as PNG too; default true. */
  readonly png?: boolean;
}

/**
 * The pre-inspection analysis of a plan: every question of the catalogue asked of the export, each with its tables, its words
 * and its chart as a Vega-Lite specification, or with the reason why the data cannot carry it.
 *
 * @param plan - from `loadPlan`, or the path of its file
 * @throws CasedrawError of the readers, of `buildFrame` and of the items
 * @example
 * const analysis = await analyse("plan.yaml");
 * const { result, chart } = shownItem(analysis, "gender");
 * [result.tables[0]?.id, chart?.table.header.slice(0, 2)] // → ["gender", ["Law type", "Gender"]]
 */
export async function analyse(
  plan: PlanSource,
  options: WorkOptions & EditionOption = {},
): Promise<Analysis> {
  const { analyseFromPlan } = await import("../workflow/pia/analyse.js");
  const { edition = "internal" } = options;
  return await analyseFromPlan(await opened(plan, options), { edition, progress: workOf(options).progress });
}

/** An item of an analysis that has a result. */
export type ShownItem = Extract<Answer, { readonly result: unknown }>;

/**
 * One item of an analysis.
 *
 * @param id - as `piaItems` has it, for example `duration`
 * @throws CasedrawError `ITEM_NOT_SHOWN` with the reason, where the data cannot carry it or there is no such item
 * @example
 * const { result } = shownItem(await analyse("plan.yaml"), "gender");
 * result.tables[0].dimensions // → ["Law type", "Gender"]
 */
export function shownItem(analysis: Analysis, id: string): ShownItem {
  const answer = analysis.answers.find(({ item }) => item.id === id);
  if (answer !== undefined && "result" in answer) return answer;
  const known = analysis.answers.map(({ item }) => item.id);
  throw new CasedrawError(
    "ITEM_NOT_SHOWN",
    answer === undefined
      ? `Item of the analysis: it has to be one of ${known.join(", ")}, got "${id}". Correct the id.`
      : `Item "${id}" is not shown: ${answer.refusal.reason} ${answer.refusal.instead}`,
    { item: id },
  );
}

/**
 * The catalogue of the pre-inspection analysis, in its order.
 *
 * @example (await piaItems()).slice(0, 3).map(({ id }) => id) // → ["cohort-flow", "age", "gender"]
 */
export async function piaItems(): Promise<Pick<Item, "id" | "section" | "question" | "needs">[]> {
  const { catalogue } = await import("../analysis/catalogue.js");
  return catalogue.map(({ id, section, question, needs }) => ({ id, section, question, needs }));
}

/**
 * Writes the pre-inspection analysis of a plan: page, documents, tables and pictures, as `casedraw pia` does.
 *
 * @param plan - path of the plan's file
 * @throws CasedrawError before anything is written, or with everything removed again
 * @example
 * const { outputs } = await writePia("plan.yaml", { out: "pia", png: false });
 * outputs.some(({ path }) => path === "pia.html") // → true
 */
export async function writePia(plan: string, options: WriteAnalysisOptions): Promise<WrittenAnalysis> {
  const { piaToFolder } = await import("../workflow/pia/to-folder.js");
  const { edition = "internal", png = true } = options;
  return await piaToFolder(plan, { ...writingOf(options), edition, png });
}

/**
 * Compares the areas of a plan's export by every indicator, fair to small areas: funnels, overdispersion, ranks with their
 * uncertainty, and false discoveries held down.
 *
 * @param plan - from `loadPlan`, or the path of its file
 * @param options.by - field of the areas, for example `service_area`; or what published ones are called where there is no export
 * @throws CasedrawError `COMPARE_FIELD_UNKNOWN`, `COMPARE_EMPTY`, `DISCLOSURE_EXPOSED`; those of the readers and of `buildFrame`
 * @example
 * const { groups } = await compareAreas("plan.yaml", { by: "service_area" });
 * groups[0].compared.length > 0 // → true
 */
export async function compareAreas(
  plan: PlanSource,
  options: WorkOptions & EditionOption & { readonly by?: string } = {},
): Promise<Comparison> {
  const { compareFromPlan } = await import("../workflow/compare/compare-from-plan.js");
  const { edition = "internal", by } = options;
  const { progress } = workOf(options);
  return await compareFromPlan(await opened(plan, options), { edition, progress, ...given({ by }) });
}

/**
 * Every chart of a comparison: rugs, and those of each indicator by its id.
 *
 * @example
 * const charts = await comparisonCharts(await compareAreas("plan.yaml", { by: "service_area" }));
 * charts.rugs.length // → 1
 */
export async function comparisonCharts(comparison: Comparison): Promise<ComparisonCharts> {
  const { chartsOf } = await import("../workflow/compare/charts.js");
  return chartsOf(comparison);
}

/**
 * Every table of a comparison, as its files have them.
 *
 * @example
 * const tables = await comparisonTables(await compareAreas("plan.yaml", { by: "service_area" }));
 * tables[0].id // → "rug"
 */
export async function comparisonTables(comparison: Comparison): Promise<ResultTable[]> {
  const { allTables } = await import("../workflow/compare/tables.js");
  return allTables(comparison);
}

/**
 * Compares a plan's areas and writes page, tables and pictures, as `casedraw compare` does.
 *
 * @param plan - path of the plan's file
 * @param options.by - as in `compareAreas`
 * @throws CasedrawError before anything is written, or with everything removed again
 */
export async function writeComparison(
  plan: string,
  options: WriteAnalysisOptions & { readonly by?: string },
): Promise<WrittenComparison> {
  const { compareToFolder } = await import("../workflow/compare/to-folder.js");
  const { edition = "internal", png = true, by } = options;
  return await compareToFolder(plan, { ...writingOf(options), edition, png, ...given({ by }) });
}
