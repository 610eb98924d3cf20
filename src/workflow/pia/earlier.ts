import { resolve } from "node:path";
import type { Subject } from "../../analysis/item.js";
import type { DerivedField, EarlierExport, Plan } from "../../plan/types.js";
import type { ManifestInput } from "../../report/manifest.js";
import { buildFromPlan } from "../build-from-plan.js";
import type { PlanFile } from "../open-plan.js";
import type { Progress } from "../progress.js";

/** Earlier exports as subjects, and what a manifest says of their files. */
export interface EarlierExports {
  readonly subjects: readonly Subject[];
  readonly inputs: readonly ManifestInput[];
}

/**
 * Builds the frame of each earlier export, with the plan's own keys but for the file and the reference date.
 *
 * @throws CasedrawError of the readers and of `buildFrame`
 */
export async function readEarlier(
  planFile: PlanFile,
  options: {
    readonly progress: Progress;
    readonly derived: readonly DerivedField[];
    readonly locate?: (path: string) => string;
    readonly unitsOf: (frame: Subject["frame"], plan: Plan) => Int32Array;
  },
): Promise<EarlierExports> {
  const { progress, derived, unitsOf } = options;
  const locate = options.locate ?? ((path: string) => resolve(planFile.folder, path));
  const subjects: Subject[] = [];
  const inputs: ManifestInput[] = [];
  for (const earlier of planFile.plan.pia?.earlier ?? []) {
    const plan = planOf(planFile.plan, earlier);
    const built = await buildFromPlan(
      { ...planFile, plan },
      { progress, derived, locate, forAnalysis: true },
    );
    subjects.push({ frame: built.frame, plan, units: unitsOf(built.frame, plan) });
    inputs.push(built.inputs[0] as ManifestInput);
  }
  return { subjects, inputs };
}

/** What was observed up to the later export's date says nothing of an earlier one. */
function planOf({ observed, ...plan }: Plan, { path, reference_date, sheet, columns }: EarlierExport): Plan {
  const file = { path, columns: columns ?? {}, ...(sheet === undefined ? {} : { sheet }) };
  return { ...plan, reference_date, data: [file] };
}
