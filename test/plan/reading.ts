import { CasedrawError } from "../../src/errors.js";
import { parsePlan } from "../../src/plan/load.js";
import type { PlanProblem } from "../../src/plan/problems.js";
import type { Plan } from "../../src/plan/types.js";

/** A small plan that is right; a test replaces whole top-level keys. Each key is one line, in this order. */
const base: Readonly<Record<string, string>> = {
  casedraw: "1",
  title: "Autumn",
  reference_date: "2026-11-16",
  unit: "child",
  unit_id: "[case_id, child_id]",
  data: "[{ path: open.csv }]",
  columns:
    "{ case_id: Case, child_id: Child, law_type: Law, application_date: Issued, closed_date: Closed, court: Court }",
};

/** The base plan with other keys; an empty text takes one out. New keys follow, from line 8. */
export function planText(keys: Readonly<Record<string, string>> = {}): string {
  return Object.entries({ ...base, ...keys })
    .filter(([, value]) => value !== "")
    .map(([key, value]) => `${key}: ${value}\n`)
    .join("");
}

export function read(text: string): Plan {
  return parsePlan(text, { file: "plan.yaml" });
}

export function readKeys(keys: Readonly<Record<string, string>>): Plan {
  return read(planText(keys));
}

export function refusal(text: string): CasedrawError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof CasedrawError) return error;
    throw error;
  }
  throw new Error(`the plan was accepted:\n${text}`);
}

/** "line path: message" of each problem, in the order in which they are told. */
export function problems(text: string): string[] {
  const error = refusal(text);
  if (error.code !== "PLAN_INVALID") throw error;
  const found = error.details.problems as readonly PlanProblem[];
  return found.map(({ line, path, message }) => `${line} ${path}: ${message}`);
}

export function problemsOf(keys: Readonly<Record<string, string>>): string[] {
  return problems(planText(keys));
}

/** "path message" of each problem, in the order in which they are told; none where the plan is accepted. */
export function messages(text: string): readonly string[] {
  try {
    read(text);
    return [];
  } catch (error) {
    return (error as { details: { problems: PlanProblem[] } }).details.problems.map(
      ({ path, message }) => `${path} ${message}`,
    );
  }
}
