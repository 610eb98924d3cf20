import { checkData } from "./check-data.js";
import { checkDesign } from "./check-design.js";
import { checkHandover } from "./check-handover.js";
import { declaredNames } from "./check-names.js";
import { FrameProblems, tellFrames } from "./frame-problems.js";
import { must } from "./leaves.js";
import type { Problems } from "./problems.js";
import { idRule, type PlanShape } from "./schema.js";
import { dataRule } from "./schema-data.js";
import type { PlanMap } from "./tree.js";
import type { Plan } from "./types.js";

type FrameShape = NonNullable<PlanShape["frames"]>[string];

/**
 * The plan of each frame: its own keys, and for the rest the top's. Each is checked as a plan of its own; a fault of
 * what stands at the top is told once.
 *
 * @param tree - the plan as written
 * @param top - what the schema made of it
 */
export function resolveFrames(tree: PlanMap, top: PlanShape, problems: Problems): Record<string, Plan> {
  const { frames = {}, sample, linked, observed, disclosure, pia, compare, ...shared } = top;
  for (const [key, value] of Object.entries({ observed, disclosure, pia, compare })) {
    if (value === undefined) continue;
    problems.add([key], "has no effect beside frames; make the analysis a plan of its own.");
  }
  if (sample !== undefined) {
    problems.add(["sample"], "cannot stand beside frames, each of which has its own; take it out.");
  }
  if (linked !== undefined) {
    problems.add(["linked"], "cannot stand beside frames; make the linked sample a plan of its own.");
  }
  const plans: Record<string, Plan> = {};
  const judged: FrameProblems[] = [];
  for (const [name, frame] of Object.entries(frames)) {
    const written = (tree.frames as PlanMap)[name] as PlanMap;
    // Nothing shared: printed as YAML, what two frames share would become an anchor and its aliases.
    const plan = structuredClone({ ...shared, ...frame });
    const own = new FrameProblems(problems, { name, own: new Set(Object.keys(written)) });
    checkRepeated(frame, { name, top, problems });
    checkGiven(plan, { name, problems });
    const check = { plan, problems: own, declared: declaredNames({ ...tree, ...written }) };
    checkData(check);
    checkDesign(check);
    checkHandover(check);
    judged.push(own);
    plans[name] = plan;
  }
  tellFrames(problems, judged);
  return plans;
}

/** A resolved plan repeats its head in each frame, so that a frame is a plan; another head would be another plan. */
function checkRepeated(
  frame: FrameShape,
  { name, top, problems }: { readonly name: string; readonly top: PlanShape; readonly problems: Problems },
): void {
  for (const key of ["title", "reference_date"] as const) {
    if (frame[key] === undefined || frame[key] === top[key] || problems.broken([key])) continue;
    problems.add(
      ["frames", name, key],
      `must be the plan's own, ${JSON.stringify(top[key])}, got ${JSON.stringify(frame[key])}; take it out.`,
    );
  }
}

function checkGiven(
  plan: Plan,
  { name, problems }: { readonly name: string; readonly problems: Problems },
): void {
  for (const [key, rule] of [["unit_id", idRule] as const, ["data", dataRule] as const]) {
    const places = [[key], ["frames", name, key]];
    if (plan[key].length > 0 || places.some((at) => problems.broken(at) || problems.isMeant(at))) continue;
    problems.add(["frames", name, key], `${must(rule)({ input: undefined })} The plan itself gives none.`);
  }
}
