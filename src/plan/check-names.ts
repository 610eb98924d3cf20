import { derivedNeeds, fieldNames, isDerivedField, isStandardField } from "./fields.js";
import { didYouMean, nearest } from "./nearest.js";
import type { PlanPath, PlanProblems } from "./problems.js";
import { type PlanMap, type PlanNode, Written } from "./tree.js";
import { derivedFields, type Plan, standardFields } from "./types.js";

/** What the checks across the plan go by. */
export interface Check {
  /** The plan without what the schema refused. */
  readonly plan: Plan;
  readonly problems: PlanProblems;
  /** Names under `fields` and in `lookups` as written, refused ones too. */
  readonly declared: ReadonlySet<string>;
}

/** Names under `fields` and under the `to` of `lookups`, as written. */
export function declaredNames(tree: PlanMap): Set<string> {
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

const mappingKeys = ["data", "joins", "lookups", "columns", "fields", "delay"];

/** Whether the plan's mapping is sound enough to say that a field is not mapped. */
export function mappingIsSound({ problems }: Check): boolean {
  return !mappingKeys.some((key) => problems.broken([key]) || problems.isMeant([key]));
}

export function isBroken({ problems }: Check, at: PlanPath): boolean {
  return problems.broken(at);
}

/** Adds a problem, with what was probably meant. */
export function refuse({ problems }: Check, at: PlanPath, message: string, suggestion?: string): void {
  problems.add(at, message + didYouMean(suggestion), suggestion);
}

/**
 * Checks that a name is a field that units will have.
 *
 * @param options.without - what to do where the export lacks the field: "take it out of strata"
 * @param options.derived - whether a derived field will do; default yes
 * @returns whether its kind may be looked at
 */
export function checkField(
  check: Check,
  at: PlanPath,
  name: string,
  options: { readonly without: string; readonly derived?: boolean },
): boolean {
  const { without, derived = true } = options;
  if (isBroken(check, at)) return false;
  if (!isStandardField(name) && !isDerivedField(name) && !check.declared.has(name)) {
    const known = [...standardFields, ...(derived ? derivedFields : []), ...check.declared];
    refuse(
      check,
      at,
      `names ${JSON.stringify(name)}, which is no field: ${allowedNames(derived)}.`,
      nearest(name, known),
    );
    return false;
  }
  if (name === "case_name") {
    refuse(check, at, `names case_name, which never reaches a frame; choose another field or ${without}.`);
    return false;
  }
  if (!derived && isDerivedField(name)) {
    refuse(check, at, `names ${name}, which casedraw works out later; ${allowedNames(false)}.`);
    return false;
  }
  if (!mappingIsSound(check)) return true;
  if (fieldNames(check.plan).includes(name)) return true;
  refuse(check, at, `names ${name}, ${lack(check.plan, name)}, or ${without}.`);
  return false;
}

function allowedNames(derived: boolean): string {
  return derived
    ? "use a standard or derived field, or a name given under fields or lookups"
    : "use a standard field, or a name given under fields";
}

/** Checks that a list names each field once. */
export function checkDistinct(check: Check, at: PlanPath, names: readonly string[]): void {
  names.forEach((name, i) => {
    if (names.indexOf(name) !== i)
      refuse(check, [...at, i], `is named twice, got ${JSON.stringify(name)} again; keep one.`);
  });
}

/** What the plan would have to map for a field to be there. */
function lack(plan: Plan, name: string): string {
  if (!isDerivedField(name)) return `which no file gives: map it under columns (${name}: HEADER)`;
  const there = fieldNames(plan);
  const missing = derivedNeeds(name, plan.delay).filter(
    (group) => !group.some((need) => there.includes(need)),
  );
  const needs = missing.map((group) => group.join(" or ")).join(" and ");
  return `which is worked out from ${needs}, and no file gives ${needs}: map ${missing.length > 1 ? "them" : "it"} under columns`;
}
