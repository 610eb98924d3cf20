import type { z } from "zod";
import { didYouMean, nearest } from "./nearest.js";
import { orList } from "./or-list.js";
import { mostProblems, type PlanPath, type Problems } from "./problems.js";
import { openPlanSchema, type PlanShape, planSchema } from "./schema.js";
import { type PlanMap, type PlanNode, Written } from "./tree.js";
import { derivedFields } from "./types.js";

/** Stand for what every plan, or every frame of one, must have, so that the rest of a faulty one can still be judged. */
const standIns: Readonly<Record<string, () => PlanNode>> = {
  casedraw: () => new Written("1", 1, false),
  title: () => new Written("-", "-", false),
  reference_date: () => new Written("2000-01-01", "2000-01-01", false),
  unit: () => new Written("child", "child", false),
  unit_id: () => [new Written("case_id", "case_id", false)],
  data: () => [{ path: new Written("-", "-", false) }],
  sample: () => ({ size: new Written("1", 1, false) }),
  "sample.size": () => new Written("1", 1, false),
};

const withoutData = " A report without an export has pia or compare instead.";

interface Fault {
  readonly at: PlanPath;
  readonly message: string;
  readonly suggestion?: string | undefined;
}

/** Whether a plan is of an analysis that takes no export. */
export function withoutExport(root: PlanMap): boolean {
  return ["pia", "compare"].some((key) => Object.hasOwn(root, key)) && !Object.hasOwn(root, "data");
}

/**
 * Holds the tree to the schema. What does not fit goes to `problems` and is taken out, until the rest fits; so every
 * fault is found in one go, and the plan that comes back is whole only where `problems` has none.
 */
export function readShape(root: PlanMap, problems: Problems): PlanShape {
  const schema = Object.hasOwn(root, "frames") || withoutExport(root) ? openPlanSchema : planSchema;
  const tree = copy(root) as PlanMap;
  const misspelt = new Set<string>();
  for (let round = 1; ; round++) {
    // A plan is read once: compiling the validators would take longer than the reading (8 ms against 18).
    const result = schema.safeParse(tree, { reportInput: true, jitless: true });
    if (result.success) return result.data;
    const faults = result.error.issues.flatMap((issue) => faultsOf(issue, []));
    for (const { at, suggestion } of faults) {
      if (suggestion !== undefined) misspelt.add(JSON.stringify([...at.slice(0, -1), suggestion]));
    }
    for (const { at, message, suggestion } of faults) {
      const missing = nodeAt(tree, at) === undefined;
      // "path is missing" says nothing new beside "pth is not a key; did you mean path?" …
      if (missing && misspelt.has(JSON.stringify(at))) continue;
      // … nor beside what was taken out in an earlier round.
      if (missing && round > 1 && problems.broken(at.slice(0, -1))) continue;
      const instead = missing && at.length === 1 && at[0] === "data" ? withoutData : "";
      problems.add(at, message + didYouMean(suggestion) + instead, suggestion);
    }
    // Two faults of one value take it out once.
    const places = new Map(faults.map(({ at }) => [JSON.stringify(at), at]));
    for (const at of places.values()) takeOut(tree, at);
  }
}

function copy(node: PlanNode): PlanNode {
  if (node instanceof Written) return node;
  if (Array.isArray(node)) return node.map(copy);
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, copy(value)]));
}

function takeOut(tree: PlanMap, at: PlanPath): void {
  if (at.length === 0) throw new Error("the plan's schema refuses the plan as a whole");
  const above = at.slice(0, -1);
  const key = at.at(-1) as string | number;
  const parent = nodeAt(tree, above);
  if (parent === undefined || parent instanceof Written) return;
  const standIn = standIns[(at[0] === "frames" ? at.slice(2) : at).join(".")];
  // Taking one entry out of a list would move the others away from their lines.
  if (Array.isArray(parent)) takeOut(tree, above);
  else if (Object.hasOwn(parent, key)) delete parent[key];
  else if (standIn !== undefined) parent[key] = standIn();
  else takeOut(tree, above);
}

function nodeAt(tree: PlanMap, at: PlanPath): PlanNode | undefined {
  let node: PlanNode | undefined = tree;
  for (const part of at) {
    if (node === undefined || node instanceof Written) return undefined;
    node = Object.hasOwn(node, part) ? (node as PlanMap)[part] : undefined;
  }
  return node;
}

function faultsOf(issue: z.core.$ZodIssue, above: PlanPath): Fault[] {
  const at = [...above, ...(issue.path as PlanPath)];
  switch (issue.code) {
    case "unrecognized_keys":
      // More would not be told, and looking for what each of thousands was meant for takes long.
      return issue.keys.slice(0, mostProblems).map((key) => unknownKey(at, key, issue.message.split(" ")));
    case "invalid_union": {
      const form = issue.errors.find((errors) => !errors.some(isOtherForm));
      if (form !== undefined) return form.flatMap((inner) => faultsOf(inner, at));
      const allowed = issue.errors
        .flat()
        .flatMap((inner) => (inner.code === "invalid_value" ? inner.values : []));
      return [{ at, message: issue.message, suggestion: nearestTo(issue.input, allowed) }];
    }
    case "invalid_value":
      return [{ at, message: issue.message, suggestion: nearestTo(issue.input, issue.values) }];
    case "invalid_key":
      return [{ at, message: issue.issues[0]?.message ?? issue.message }];
    case "custom":
      return [{ at, message: issue.message, suggestion: issue.params?.suggestion }];
    default:
      return [{ at, message: issue.message }];
  }
}

/** Whether the value is not even of the form's kind: a list where the form is keys, say. */
function isOtherForm(issue: z.core.$ZodIssue): boolean {
  return issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value");
}

function nearestTo(input: unknown, allowed: readonly unknown[]): string | undefined {
  const word = input instanceof Written ? input.text : input;
  const words = allowed.filter((each) => typeof each === "string");
  return typeof word === "string" ? nearest(word, words) : undefined;
}

function unknownKey(at: PlanPath, key: string, allowed: readonly string[]): Fault {
  const place = [...at, key];
  if (at.at(-1) === "columns" && (at.length === 1 || (at.length === 3 && at[0] === "frames"))) {
    return { at: place, message: unknownColumn(key), suggestion: nearest(key, allowed) };
  }
  if (place.join(".") === "pia.edition") {
    return {
      at: place,
      message: "is an option of the command, --edition publishable, and no key; take it out.",
    };
  }
  const message = `is not a key that is known here; allowed ${allowed.length === 1 ? "is" : "are"} ${orList(allowed)}.`;
  return { at: place, message, suggestion: nearest(key, allowed) };
}

/** Why a name cannot be mapped to a header. */
export function unknownColumn(name: string): string {
  return (derivedFields as readonly string[]).includes(name)
    ? "is worked out by casedraw and takes no column; take it out."
    : "is not a standard field. Name other columns under fields, with their type.";
}
