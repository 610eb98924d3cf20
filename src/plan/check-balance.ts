import { type Check, checkDistinct, checkField, isBroken, refuse } from "./check-names.js";
import { fieldKind, idFields, isDerivedField, isListField } from "./fields.js";
import type { PlanPath } from "./problems.js";
import type { SamplePlan } from "./types.js";

/** Checks the fields that a sample is balanced on or sorted by, across the plan. */
export function checkBalance(check: Check, sample: SamplePlan): void {
  const { method, balance } = sample;
  const at = ["sample", "balance"];
  if (balance === undefined) {
    if (method === "random" || isBroken(check, at) || check.problems.isMeant(at)) return;
    const needed =
      method === "balanced" ? "whose levels the sample is to reproduce" : "that units are sorted by";
    refuse(
      check,
      at,
      `is missing: method: ${method} needs the fields ${needed}; method: random with strata needs none.`,
    );
    return;
  }
  checkDistinct(check, at, balance);
  const without = "take it out of balance; method: random with strata needs no balance field";
  balance.forEach((name, i) => {
    if (checkField(check, [...at, i], name, { without })) checkBalanceField(check, [...at, i], name);
  });
}

function checkBalanceField(check: Check, at: PlanPath, name: string): void {
  const { plan } = check;
  const { method, strata } = plan.sample as SamplePlan;
  if (isBroken(check, ["fields", name])) return;
  const kind = fieldKind(plan, name);
  if (idFields.includes(name)) {
    refuse(check, at, `names ${name}, which tells units apart and makes no groups; take it out of balance.`);
  } else if (strata.includes(name)) {
    refuse(
      check,
      at,
      `names ${name}, which is in strata too, and the units of a stratum all have one value of it; take it out of balance.`,
    );
  } else if (kind === "date" || kind === "number") {
    const band = bandOf(check, name);
    const instead = band ?? "a column with few values, declared under fields with type: category";
    refuse(check, at, `names ${name}, a ${kind}, which makes no groups; use ${instead}.`);
  } else if (kind === "text" && !isDerivedField(name)) {
    refuse(
      check,
      at,
      `names ${name}, which holds free text and makes no groups; a field with few values is type: category.`,
    );
  } else if (method === "systematic" && isListField(plan, name)) {
    refuse(
      check,
      at,
      `names ${name}, of which a unit can have several, so that units cannot be sorted by it. Take it out, or write method: balanced.`,
    );
  }
}

/** The band that stands for a date or a number, where casedraw works one out. */
export function bandOf({ plan }: Check, name: string): string | undefined {
  if (["date_of_birth", "age_recorded", "age_years"].includes(name)) return "age_band";
  return [plan.delay.from, plan.delay.to, "delay_days"].includes(name) ? "delay_band" : undefined;
}
