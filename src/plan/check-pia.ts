import { type Check, checkDistinct, checkField, isBroken, mappingIsSound, refuse } from "./check-names.js";
import { fieldKind, ownCategories } from "./fields.js";
import { nearest } from "./nearest.js";
import type { PlanMap } from "./tree.js";
import type { PiaPlan } from "./types.js";

/** Checks what the analysis takes, across the plan. */
export function checkPia(check: Check): void {
  const { plan } = check;
  if (plan.observed !== undefined && plan.observed.to > plan.reference_date) {
    refuse(
      check,
      ["observed", "to"],
      `must not be later than the reference date ${plan.reference_date}, got ${plan.observed.to}.`,
    );
  }
  if (plan.pia === undefined) return;
  checkOutcome(check, plan.pia);
  checkAreas(check, plan.pia);
  checkOwnFields(check, plan.pia);
  checkEarlier(check, plan.pia);
}

function checkOutcome(check: Check, { outcome }: PiaPlan): void {
  if (outcome === undefined) return;
  const at = ["pia", "outcome"];
  if (!checkField(check, at, outcome, { without: "take it out", derived: false })) return;
  const kind = fieldKind(check.plan, outcome);
  if (kind !== "category") {
    refuse(check, at, `names ${outcome}, which is no category but ${kind}; give the field type: category.`);
  }
}

function checkAreas(check: Check, { areas }: PiaPlan): void {
  if (areas !== undefined) checkField(check, ["pia", "areas"], areas, { without: "take it out" });
}

function checkOwnFields(check: Check, { fields = [] }: PiaPlan): void {
  checkDistinct(check, ["pia", "fields"], fields);
  const own = ownCategories(check.plan);
  fields.forEach((name, i) => {
    const at = ["pia", "fields", i];
    if (isBroken(check, at) || own.includes(name) || !mappingIsSound(check)) return;
    refuse(
      check,
      at,
      `names ${JSON.stringify(name)}, which is no category of the plan's own: name those that stand under fields with type: category, or that a lookup gives.`,
      nearest(name, own),
    );
  });
}

function checkEarlier(check: Check, { earlier = [] }: PiaPlan): void {
  const { plan } = check;
  if (earlier.length > 0 && plan.data.length !== 1) {
    refuse(
      check,
      ["pia", "earlier"],
      `goes with one data file, whose place each earlier export takes, got ${plan.data.length}; take it out.`,
    );
  }
  earlier.forEach(({ reference_date }, i) => {
    const before = earlier[i - 1]?.reference_date;
    const at = ["pia", "earlier", i, "reference_date"];
    if (reference_date >= plan.reference_date) {
      refuse(check, at, `must be before the plan's own ${plan.reference_date}, got ${reference_date}.`);
    } else if (before !== undefined && reference_date <= before) {
      refuse(check, at, `must be after ${before}, the date before it, got ${reference_date}.`);
    }
  });
}

const withoutExport = new Set(["casedraw", "title", "reference_date", "disclosure", "pia", "compare"]);

/** Checks a plan that takes no export: whatever would say something of one has no effect. */
export function checkWithoutExport(check: Check, tree: PlanMap): void {
  for (const key of Object.keys(tree)) {
    if (withoutExport.has(key)) continue;
    refuse(check, [key], "has no effect without data; name the export under data, or take it out.");
  }
  const { areas, outcome, fields, population, earlier } = check.plan.pia ?? {};
  for (const [key, value] of Object.entries({ areas, outcome, fields, population, earlier })) {
    if (value !== undefined) refuse(check, ["pia", key], "has no effect without data; take it out.");
  }
}
