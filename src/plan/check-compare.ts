import { checkConditions } from "./check-condition.js";
import { type Check, checkDistinct, checkField, isBroken, refuse } from "./check-names.js";
import { fieldKind } from "./fields.js";
import type { PlanPath } from "./problems.js";
import type { CompareIndicator, ComparePlan } from "./types.js";

/** Checks what a comparison of areas takes, across the plan. */
export function checkCompare(check: Check): void {
  const { compare } = check.plan;
  if (compare === undefined) return;
  checkNames(check, compare);
  compare.indicators?.forEach((indicator, i) => {
    checkIndicator(check, ["compare", "indicators", i], indicator);
  });
  checkFields(check, ["compare", "standardise"], compare.standardise ?? []);
  checkFields(check, ["compare", "nested"], compare.nested ?? []);
}

function checkNames(check: Check, { indicators = [] }: ComparePlan): void {
  const names = indicators.map(({ name }) => name.trim().toLowerCase());
  names.forEach((name, i) => {
    if (names.indexOf(name) !== i)
      refuse(
        check,
        ["compare", "indicators", i, "name"],
        `is the name of an indicator before it; give another.`,
      );
  });
}

function checkIndicator(check: Check, at: PlanPath, indicator: CompareIndicator): void {
  const { of = {}, where = {}, still_open_at, weeks_within } = indicator;
  checkConditions(check, [...at, "of"], of);
  checkConditions(check, [...at, "where"], where);
  for (const [key, weeks] of Object.entries({ still_open_at, weeks_within })) {
    if (weeks !== undefined && check.plan.observed === undefined && !isBroken(check, ["observed"]))
      refuse(
        check,
        [...at, key],
        "needs observed: without an observation window, which the export covers whole, nobody can tell how long cases last; set observed, or compare by where.",
      );
  }
}

/** Fields whose levels part units into groups. */
function checkFields(check: Check, at: PlanPath, names: readonly string[]): void {
  checkDistinct(check, at, names);
  names.forEach((name, i) => {
    const place = [...at, i];
    if (!checkField(check, place, name, { without: "take it out" })) return;
    const kind = fieldKind(check.plan, name);
    if (kind === "date" || kind === "number")
      refuse(check, place, `names ${name}, which is a ${kind} and no group; name a field of categories.`);
  });
}

/** Checks a comparison that takes no export: published figures are all that it has. */
export function checkCompareWithoutExport(check: Check): void {
  const { compare, pia } = check.plan;
  if (compare === undefined) return;
  const { indicators, standardise, nested, series = pia?.series } = compare;
  for (const [key, value] of Object.entries({ indicators, standardise, nested })) {
    if (value !== undefined) refuse(check, ["compare", key], "has no effect without data; take it out.");
  }
  if (series === undefined && !isBroken(check, ["compare"]))
    refuse(check, ["compare"], "has nothing to compare without data; name published figures under series.");
}
