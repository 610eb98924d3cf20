import { checkAllocation } from "./check-allocation.js";
import { bandOf, checkBalance } from "./check-balance.js";
import { checkCondition } from "./check-condition.js";
import { type Check, checkDistinct, checkField, isBroken, refuse } from "./check-names.js";
import { checkCaps, checkOnePer } from "./check-shared-values.js";
import { childLevelFields, fieldKind, idFields, isDerivedField, isListField } from "./fields.js";
import { orList } from "./or-list.js";
import type { PlanPath } from "./problems.js";
import type { SamplePlan, Target } from "./types.js";

/** The methods that a key of the sample has an effect under. */
const methodsOf = [
  ["balance", ["systematic", "balanced"]],
  ["targets", ["random", "balanced"]],
  ["one_per", ["random"]],
  ["caps", ["random"]],
  ["avoid", ["random"]],
] as const;

/** Keys that each change the probabilities in their own way, so that no two of them give known ones. */
const apart = [
  ["one_per", "targets"],
  ["one_per", "caps"],
  ["one_per", "avoid"],
  ["caps", "avoid"],
  ["targets", "avoid"],
] as const;

/** Checks how a sample is drawn, across the plan. */
export function checkSample(check: Check, sample: SamplePlan): void {
  checkDistinct(check, ["sample", "strata"], sample.strata);
  sample.strata.forEach((name, i) => {
    const at = ["sample", "strata", i];
    if (checkField(check, at, name, { without: "take it out of strata" })) checkStratum(check, at, name);
  });
  checkAllocation(check, sample);
  checkKeys(check, sample);
  checkBalance(check, sample);
  sample.targets?.forEach((target, i) => {
    checkTarget(check, ["sample", "targets", i], target);
  });
  checkOnePer(check, sample);
  checkCaps(check, sample);
}

function checkKeys(check: Check, sample: SamplePlan): void {
  const { method } = sample;
  if (!isBroken(check, ["sample", "method"])) {
    for (const [key, methods] of methodsOf) {
      if (sample[key] === undefined || (methods as readonly string[]).includes(method)) continue;
      refuse(
        check,
        ["sample", key],
        `has no effect under method: ${method}; take it out, or write method: ${orList(methods)}.`,
      );
    }
  }
  for (const [first, second] of apart) {
    if (sample[first] === undefined || sample[second] === undefined) continue;
    refuse(
      check,
      ["sample", second],
      `cannot stand beside ${first}: each changes the probabilities of inclusion in its own way; keep one.`,
    );
  }
}

function checkTarget(check: Check, at: PlanPath, { where, at_least }: Target): void {
  for (const [name, condition] of Object.entries(where)) {
    const place = [...at, "where", name];
    if (!checkField(check, place, name, { without: "take this target out; a sample needs none" })) continue;
    if (name === "date_of_birth") {
      refuse(check, place, "names date_of_birth, which is never in an output; use age_years or age_band.");
    } else {
      checkCondition(check, place, name, condition);
    }
  }
  const { size } = check.plan.sample as SamplePlan;
  if (at_least > size && !isBroken(check, ["sample", "size"])) {
    refuse(check, [...at, "at_least"], `must not be more than size (${size}), got ${at_least}.`);
  }
}

function checkStratum(check: Check, at: PlanPath, name: string): void {
  const { plan } = check;
  if (isBroken(check, ["fields", name])) return;
  const kind = fieldKind(plan, name);
  if (idFields.includes(name)) {
    refuse(check, at, `names ${name}, which tells units apart and makes no groups; take it out of strata.`);
  } else if (plan.unit === "case" && childLevelFields.includes(name)) {
    refuse(
      check,
      at,
      `names ${name}, of which a case can have several, one a child; take it out of strata, or write unit: child.`,
    );
  } else if (isListField(plan, name)) {
    const instead =
      kind === "list"
        ? "or declare a yes/no column for the one that matters under fields with type: category"
        : "or let its join take one row with many: { latest: FIELD }";
    refuse(
      check,
      at,
      `names ${name}, of which a unit can have several, so it makes no strata. Take it out, ${instead}.`,
    );
  } else if (kind === "date") {
    refuse(
      check,
      at,
      `names ${name}, a date, which makes no groups; use ${bandOf(check, name) ?? "a band of it"}.`,
    );
  } else if (kind === "text" && !isDerivedField(name)) {
    refuse(
      check,
      at,
      `names ${name}, which holds free text and makes no groups; a field with few values is type: category.`,
    );
  }
}
