import { checkCompare, checkCompareWithoutExport } from "./check-compare.js";
import { checkData } from "./check-data.js";
import { checkDesign } from "./check-design.js";
import { checkHandover } from "./check-handover.js";
import { declaredNames } from "./check-names.js";
import { checkPia, checkWithoutExport } from "./check-pia.js";
import { resolveFrames } from "./frames.js";
import { Problems } from "./problems.js";
import { readShape, withoutExport } from "./shape.js";
import { readTree } from "./tree.js";
import type { Plan } from "./types.js";

/**
 * Reads a plan: YAML 1.2, checked as a whole, with its defaults filled in.
 * Where text is expected the source text counts, so `007` stays `007` and `yes` stays `yes`.
 *
 * @param text - the plan file's text
 * @param options.file - its path as messages should name it
 * @returns the plan; printed as YAML and read again it gives the same plan. Where it has `frames`, each of them is a
 * whole plan, and only they are drawn from: what the plan itself holds is what its top says, `unit_id` and `data` empty
 * where it says none. They are empty too in an analysis that takes no export: `pia` or `compare` without
 * `data`
 * @throws CasedrawError `PLAN_INVALID` with every problem in `details.problems` (path, line, message, suggestion);
 * `PLAN_NOT_YAML`, `PLAN_EMPTY`, `PLAN_NOT_KEYS`, `PLAN_SEVERAL_DOCUMENTS` where there is no plan to check
 */
export function parsePlan(text: string, options: { readonly file: string }): Plan {
  const problems = new Problems(options.file);
  const tree = readTree(text, { file: options.file, problems });
  const { frames, ...plan } = readShape(tree, problems);
  if (Object.hasOwn(tree, "frames")) {
    const resolved = resolveFrames(tree, { ...plan, frames: frames ?? {} }, problems);
    problems.throwIfAny();
    return { ...plan, frames: resolved };
  }
  const check = { plan, problems, declared: declaredNames(tree) };
  if (withoutExport(tree)) {
    checkWithoutExport(check, tree);
    checkCompareWithoutExport(check);
  } else {
    checkData(check);
    checkDesign(check);
    checkPia(check);
    checkCompare(check);
    checkHandover(check);
  }
  problems.throwIfAny();
  return plan;
}
