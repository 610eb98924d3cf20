import { checkData } from "./check-data.js";
import { checkDesign } from "./check-design.js";
import { Problems } from "./problems.js";
import { readShape } from "./shape.js";
import { type PlanMap, type PlanNode, readTree, Written } from "./tree.js";
import type { Plan } from "./types.js";

/**
 * Reads a plan: YAML 1.2, checked as a whole, with its defaults filled in.
 * Where text is expected the source text counts, so `007` stays `007` and `yes` stays `yes`.
 *
 * @param text - the plan file's text
 * @param options.file - its path as messages should name it
 * @returns the plan; printed as YAML and read again it gives the same plan
 * @throws CasedrawError `PLAN_INVALID` with every problem in `details.problems` (path, line, message, suggestion);
 * `PLAN_NOT_YAML`, `PLAN_EMPTY`, `PLAN_NOT_KEYS`, `PLAN_SEVERAL_DOCUMENTS` where there is no plan to check
 */
export function parsePlan(text: string, options: { readonly file: string }): Plan {
  const problems = new Problems(options.file);
  const tree = readTree(text, { file: options.file, problems });
  const plan = readShape(tree, problems);
  const check = { plan, problems, declared: declaredNames(tree) };
  checkData(check);
  checkDesign(check);
  problems.throwIfAny();
  return plan;
}

/** Names under `fields` and under the `to` of `lookups`, as written. */
function declaredNames(tree: PlanMap): Set<string> {
  const lookups = tree.lookups;
  const entries = Array.isArray(lookups) ? lookups : [];
  return new Set([
    ...keysOf(tree.fields),
    ...entries.flatMap((entry) => (isKeys(entry) ? keysOf(entry.to) : [])),
  ]);
}

function keysOf(node: PlanNode | undefined): string[] {
  return node !== undefined && isKeys(node) ? Object.keys(node) : [];
}

function isKeys(node: PlanNode): node is PlanMap {
  return !(node instanceof Written) && !Array.isArray(node);
}
