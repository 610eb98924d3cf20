import { CasedrawError } from "../errors.js";
import type { Plan } from "../plan/types.js";
import type { PlanFile } from "../workflow/open-plan.js";
import { type WorkOptions, workOf } from "./options.js";

/**
 * Loads a plan from its file, checked as a whole, with its defaults filled in.
 *
 * @param path - the YAML file
 * @param options.frame - one of the plan's frames, where it has several
 * @returns the plan and where it lies, for the paths in it are relative to its folder
 * @throws CasedrawError `PLAN_INVALID` with every problem at once; `PLAN_…`, `FILE_…`; `FRAME_UNKNOWN`; `CALL_INVALID`
 * @example
 * const { plan } = await loadPlan("plan.yaml");
 * plan.title // → "Cafcass full inspection, autumn 2026"
 * plan.sample?.strata // → ["law_type", "delay_band"]
 */
export async function loadPlan(
  path: string,
  options: WorkOptions & { readonly frame?: string } = {},
): Promise<PlanFile> {
  if (typeof path !== "string") {
    throw new CasedrawError(
      "CALL_INVALID",
      'No plan is named: give the path of its file, such as "plan.yaml".',
    );
  }
  const { openPlan } = await import("../workflow/open-plan.js");
  const planFile = openPlan(path, workOf(options).cwd);
  if (options.frame === undefined) return planFile;
  const { frameNamed } = await import("../workflow/named-frame.js");
  return frameNamed(planFile, options.frame);
}

/** A plan that is open already, or the path of its file. */
export type PlanSource = PlanFile | string;

/** Loads a plan where only its path is given. */
export async function opened(plan: PlanSource, options: WorkOptions): Promise<PlanFile> {
  return typeof plan === "string" ? await loadPlan(plan, options) : plan;
}

/**
 * Reads a plan's text: YAML 1.2, checked as a whole, with its defaults filled in. Where text is expected the source text
 * counts, so `007` stays `007`.
 *
 * @param text - of a plan file
 * @param options.file - what messages call it; default `plan.yaml`
 * @throws CasedrawError `PLAN_INVALID` with every problem in `details.problems`; `PLAN_NOT_YAML`, `PLAN_EMPTY` and others
 *   where there is no plan to check
 * @example
 * const text = "casedraw: 1\ntitle: 007\nreference_date: 2026-11-16\nunit: child\nunit_id: [child_id]\ndata: [{ path: a.csv }]\ncolumns: { child_id: id }";
 * (await parsePlan(text)).title // → "007"; the source text, and no number
 */
export async function parsePlan(text: string, options: { readonly file?: string } = {}): Promise<Plan> {
  const { parsePlan: parse } = await import("../plan/load.js");
  return parse(text, { file: options.file ?? "plan.yaml" });
}

/**
 * The JSON Schema of a plan, as editors take it; the package has it as `docs/plan.schema.json` too.
 *
 * @example (await planJsonSchema()).type // → "object"
 */
export async function planJsonSchema(): Promise<Record<string, unknown>> {
  const { planJsonSchema: schema } = await import("../plan/schema.js");
  return schema() as Record<string, unknown>;
}
