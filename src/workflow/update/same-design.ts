import { CasedrawError } from "../../errors.js";
import type { Plan } from "../../plan/types.js";
import type { Manifest } from "../../report/manifest.js";
import { differingPlan } from "../verify/compare-records.js";

/** What tells how the corrected export is read, and who in it is eligible: a correction may change it. */
const mayDiffer = /^(?:title|data|joins|lookups|columns|fields|values|value_map|prefer|cohort)(?:\.|$| )/;

/**
 * Makes sure that the plan of a corrected export has the sample's own design.
 *
 * @param label - the plan as the user wrote it
 * @returns paths of the plan that differ all the same
 * @throws CasedrawError `UPDATE_PLAN_DIFFERS`
 */
export function sameDesign(recorded: Manifest["plan"], plan: Plan, label: string): string[] {
  const paths = differingPlan(recorded, plan).map(({ path }) => path);
  const [first] = paths.filter((path) => !mayDiffer.test(path));
  if (first === undefined) return paths;
  throw new CasedrawError(
    "UPDATE_PLAN_DIFFERS",
    `Plan of the corrected export has another design than the sample: ${first} is not what it was at the draw (${label}). ` +
      "Only what reads the export and says who is eligible may differ: put the rest back, or draw a new sample.",
    { file: label, path: first },
  );
}
