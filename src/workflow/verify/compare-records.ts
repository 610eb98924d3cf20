import { existsSync } from "node:fs";
import { join } from "node:path";
import { CasedrawError } from "../../errors.js";
import { codeSets } from "../../frame/code-sets.js";
import { drawnPlan } from "../../plan/drawn-plan.js";
import { fieldKind, isDerivedField, isStandardField } from "../../plan/fields.js";
import type { Plan } from "../../plan/types.js";
import type { Manifest } from "../../report/manifest.js";
import { type OwnCsv, readOwnCsv } from "../../report/own-csv.js";
import { sha256OfFile } from "../../report/sha256.js";
import type { Sample } from "../../sampling/draw.js";
import { namesPeople } from "../archive/people.js";
import type { BuiltFrame } from "../build-from-plan.js";
import { readText } from "../read-text.js";
import type { SampleFolder } from "../sample/folder.js";
import { shownFields, shownValue } from "../sample/tables.js";
import type { Remark } from "./remark.js";

/** A value of a nested record that differs, by its path: `sample.strata.0`. */
export interface Difference {
  readonly path: string;
  readonly was: unknown;
  readonly is: unknown;
}

/** Where two JSON-like values differ; the order of keys does not matter, save where a plan's order does. */
export function differingPaths(was: unknown, is: unknown, path = ""): Difference[] {
  const [before, after] = [entries(was), entries(is)];
  if (before === undefined || after === undefined || Array.isArray(was) !== Array.isArray(is)) {
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ path, was, is }];
  }
  const keys = new Set([...before.keys(), ...after.keys()]);
  const found = [...keys].flatMap((key) =>
    differingPaths(before.get(key), after.get(key), path === "" ? key : `${path}.${key}`),
  );
  // include and exclude are judged in order, so their order is part of what they say.
  if (
    found.length === 0 &&
    [...before.keys()].join("\n") !== [...after.keys()].join("\n") &&
    /cohort\./.test(path)
  ) {
    return [{ path: `${path} (order)`, was: [...before.keys()], is: [...after.keys()] }];
  }
  return found;
}

function entries(value: unknown): Map<string, unknown> | undefined {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : undefined;
}

/** Where a plan decides another sample than the one that a manifest records. */
export function differingPlan(recorded: Manifest["plan"], plan: Plan): Difference[] {
  return differingPaths(drawnPlan(recorded as Partial<Plan>), drawnPlan(plan));
}

/** Compares what the manifest records with what the replay gives. */
export function compareManifests(
  was: Manifest,
  is: Omit<Manifest, "outputs">,
): { readonly differences: Remark[]; readonly notes: Remark[] } {
  const differences: Remark[] = [];
  const notes: Remark[] = [];
  const count = (name: string, before: number, now: number): void => {
    if (before !== now)
      differences.push({
        subject: "frame",
        text: `${name}: the manifest says ${before}, the data gives ${now}`,
      });
  };
  for (const record of ["algorithm", "estimation"] as const) {
    for (const { path, was: then, is: now } of differingPaths(was[record], is[record], record)) {
      const text = `${path} is recorded as ${JSON.stringify(then) ?? "nothing"}, and the replay gives ${JSON.stringify(now) ?? "nothing"}`;
      differences.push({ subject: "manifest", text });
    }
  }
  count("rows read", was.frame.rows_read, is.frame.rows_read);
  count("rows superseded", was.frame.superseded, is.frame.superseded);
  count("rows folded", was.frame.folded, is.frame.folded);
  count("eligible units", was.frame.eligible, is.frame.eligible);
  const reasons = new Set([...was.frame.excluded, ...is.frame.excluded].map(({ reason }) => reason));
  for (const reason of reasons) {
    const of = (frame: Manifest["frame"]): number =>
      frame.excluded.find((each) => each.reason === reason)?.count ?? 0;
    count(`excluded by ${reason}`, of(was.frame), of(is.frame));
  }
  const fields = new Set([...Object.keys(was.frame.field_digests), ...Object.keys(is.frame.field_digests)]);
  const changed = [...fields].filter(
    (name) => was.frame.field_digests[name] !== is.frame.field_digests[name],
  );
  if (changed.length > 0 && changed.length === fields.size && was.frame.eligible !== is.frame.eligible) {
    differences.push({
      subject: "frame",
      text: "the eligible units are not the same ones, so every field differs",
    });
  } else {
    for (const name of changed)
      differences.push({ subject: "frame", text: `the field ${name} has other values` });
  }
  if (changed.length === 0) {
    for (const digest of ["digest", "design_digest"] as const) {
      if (was.frame[digest] !== is.frame[digest]) {
        differences.push({ subject: "manifest", text: `frame.${digest} is not the digest of the frame` });
      }
    }
  }
  compareInputs(was, is, differences, notes);
  compareStrata(was, is, differences);
  if (was.selection.digest !== is.selection.digest || was.selection.units !== is.selection.units) {
    differences.push({
      subject: "selection",
      text: `seed ${JSON.stringify(was.seed)} draws other units from this frame than the manifest records`,
    });
  }
  return { differences, notes };
}

function compareInputs(
  was: Manifest,
  is: Omit<Manifest, "outputs">,
  differences: Remark[],
  notes: Remark[],
): void {
  const sameFrame =
    was.frame.digest === is.frame.digest && was.frame.design_digest === is.frame.design_digest;
  for (const [at, input] of is.inputs.entries()) {
    const before = was.inputs[at];
    if (before === undefined || before.path !== input.path) continue; // the plan differs there, and says so
    if (before.sha256 !== input.sha256) {
      const text = `${input.path} has other bytes than at the draw`;
      if (sameFrame) notes.push({ subject: "data", text: `${text}, but gives the same frame` });
      else differences.push({ subject: "data", text });
    } else if (differingPaths(before, input).length > 0) {
      const [first] = differingPaths(before, input);
      differences.push({
        subject: "manifest",
        text: `inputs: ${first?.path} of ${input.path} is recorded as ${first?.was} and is ${first?.is}`,
      });
    }
  }
}

function compareStrata(was: Manifest, is: Omit<Manifest, "outputs">, differences: Remark[]): void {
  const keys = new Set([...was.strata, ...is.strata].map(({ stratum }) => stratum));
  for (const key of keys) {
    const before = was.strata.find(({ stratum }) => stratum === key);
    const now = is.strata.find(({ stratum }) => stratum === key);
    if (before === undefined || now === undefined) {
      const text =
        before === undefined
          ? "is in the replay and not in the manifest"
          : "is in the manifest and not in the replay";
      differences.push({ subject: "strata", text: `"${key}" ${text}` });
      continue;
    }
    for (const { path, was: then, is: value } of differingPaths(before, now)) {
      differences.push({ subject: "strata", text: `"${key}": ${path} was ${then} and is ${value}` });
    }
  }
}

function readable(path: string, name: string): OwnCsv | undefined {
  try {
    const table = readOwnCsv(readText(path, name, "Output"), name);
    return table.header.includes("unit_id") ? table : undefined;
  } catch (error) {
    if (error instanceof CasedrawError) return undefined;
    throw error;
  }
}

/**
 * Whether a field's values are codes, bands, numbers or dates of the proceedings, which may be told: not names, places or texts
 * of the export, nor what comes from the column of somebody's name or date of birth.
 */
function saysCodes(plan: Plan): (name: string) => boolean {
  const isNamed = namesPeople(plan);
  return (name) => {
    const ours = isStandardField(name) || isDerivedField(name);
    const coded = Object.hasOwn(codeSets, name) || isDerivedField(name);
    return ours && (coded || ["date", "number"].includes(fieldKind(plan, name))) && !isNamed(name);
  };
}

/** What changed of the units in the sample or in reserve; other rows are not named. */
export function changedRows(
  context: { built: BuiltFrame; plan: Plan; folder: SampleFolder; sample: Sample },
  now: Omit<Manifest, "outputs">,
): Remark[] {
  const { built, folder } = context;
  const { frame } = built;
  if (
    folder.manifest.frame.digest === now.frame.digest &&
    folder.manifest.frame.design_digest === now.frame.design_digest
  )
    return [];
  const unitOf = new Map(frame.ids.map((id, unit) => [id, unit]));
  const fields = shownFields(frame, context.plan);
  const isCode = saysCodes(context.plan);
  const found: Remark[] = [];
  for (const name of ["sample.csv", "reserves.csv"]) {
    const path = join(folder.path, name);
    if (!existsSync(path)) continue;
    const table = readable(path, name);
    if (table === undefined) continue; // edited beyond reading: the comparison of the files says so
    const { header, rows } = table;
    const listed = folder.manifest.outputs.find((output) => output.path === name)?.sha256;
    const sayable = sha256OfFile(path) === listed ? isCode : () => false; // who edits a cell may put a name into it
    for (const row of rows) {
      const id = row[header.indexOf("unit_id")] as string;
      const unit = unitOf.get(id);
      const list = name === "sample.csv" ? "the sample" : "the reserves";
      if (unit === undefined) {
        found.push({ subject: "frame", text: `${id}, in ${list}, is no longer in the data` });
        continue;
      }
      if (frame.exclusion.codes[unit] !== 0) {
        const reason = frame.exclusion.reasons[(frame.exclusion.codes[unit] as number) - 1]?.reason;
        found.push({ subject: "frame", text: `${id}, in ${list}, is now excluded (${reason})` });
      }
      for (const field of fields) {
        const before = row[header.indexOf(field.name)];
        const value = shownValue(field, unit);
        if (before !== undefined && before !== value) {
          const text = sayable(field.name) ? `was "${before}" and is "${value}"` : "has another value";
          found.push({ subject: "frame", text: `${id}, in ${list}: ${field.name} ${text}` });
        }
      }
    }
  }
  return found;
}
