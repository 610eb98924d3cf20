import { type Check, checkField, isBroken, refuse } from "./check-names.js";
import { fieldKind, fieldNames, isListField } from "./fields.js";
import type { PlanPath } from "./problems.js";
import type { SamplePlan } from "./types.js";

/** Checks how a sample is shared among its strata, across the plan. */
export function checkAllocation(check: Check, sample: SamplePlan): void {
  const { allocation } = sample;
  const at = ["sample", "allocation"];
  for (const key of ["min", "max", "proportions", "cost", "sizes"] as const) {
    const strata: unknown = key in allocation ? allocation[key as keyof typeof allocation] : undefined;
    if (typeof strata !== "object" || strata === null) continue;
    for (const stratum of Object.keys(strata)) checkStratumKey(check, [...at, key, stratum], stratum);
  }
  if ("deviation_of" in allocation) checkDeviation(check, [...at, "deviation_of"], allocation.deviation_of);
  if (allocation.method !== "fixed") return;
  const sum = Object.values(allocation.sizes).reduce((total, size) => total + size, 0);
  if (sum !== sample.size && !isBroken(check, ["sample", "size"])) {
    refuse(check, [...at, "sizes"], `must add up to size (${sample.size}), got ${sum}.`);
  }
}

/** Checks that a stratum's key has a level of each field. Which levels there are, only the data says. */
function checkStratumKey(check: Check, at: PlanPath, key: string): void {
  const { strata = [] } = check.plan.sample ?? {};
  if (isBroken(check, ["sample", "strata"])) return;
  const levels = key.split(" / ").length;
  if (strata.length === 0 && key !== "all") {
    refuse(check, at, 'names a stratum, and the plan has no strata: the one stratum is called "all".');
  } else if (strata.length > 0 && levels !== strata.length) {
    refuse(
      check,
      at,
      `must hold one level of each of ${strata.join(", ")}, with " / " between them, got ${levels}.`,
    );
  }
}

function checkDeviation(check: Check, at: PlanPath, name: string): void {
  const { plan } = check;
  const without = "write method: proportional, which needs no spread";
  if (!checkField(check, at, name, { without }) || isBroken(check, ["fields", name])) return;
  const kind = fieldKind(plan, name);
  if (kind !== "number") {
    const numbers = fieldNames(plan).filter((each) => fieldKind(plan, each) === "number");
    const known = numbers.length === 0 ? "the plan has none" : `such as ${numbers[0]}`;
    const what = kind === "text" ? "holds text" : `is a ${kind}`;
    refuse(check, at, `must name a number field (${known}), got ${name}, which ${what}.`);
  } else if (isListField(plan, name)) {
    refuse(
      check,
      at,
      `names ${name}, of which a unit can have several; name a field with one number a unit.`,
    );
  }
}
