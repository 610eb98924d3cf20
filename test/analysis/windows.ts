import type { Subject } from "../../src/analysis/item.js";
import { buildFrame } from "../../src/frame/build-frame.js";
import { parsePlan } from "../../src/plan/load.js";
import type { DerivedField } from "../../src/plan/types.js";
import { synthesise } from "../../src/synth/synthesise.js";
import { tableOf } from "../frames.js";

/** One case with one child, or several children of one case. */
export interface InventedCase {
  readonly id: string;
  readonly applied: string;
  /** "" where it is open. */
  readonly closed: string;
  readonly law?: string;
  readonly gender?: string;
  readonly outcome?: string;
  /** How many children; default 1. */
  readonly children?: number;
}

const year = { from: "2025-11-16", to: "2026-11-16" };

/** What a plan of these tests says beside its columns. */
export interface Declared {
  /** Default the year before the reference date; none where undefined is given. */
  readonly observed?: { readonly from: string; readonly to: string } | undefined;
  readonly unit?: "child" | "case";
  readonly more?: string;
  /** Fields that are worked out; default none. */
  readonly derived?: readonly DerivedField[];
}

function planYaml({ observed, unit = "child", more = "" }: Declared, columns: string): string {
  return `
casedraw: 1
title: Test
reference_date: 2026-11-16
${observed === undefined ? "" : `observed: { from: ${observed.from}, to: ${observed.to} }`}
unit: ${unit}
unit_id: ${unit === "case" ? "[case_id]" : "[case_id, child_id]"}
data: [{ path: export.csv }]
columns:
${columns}
${more}`;
}

/** An export of invented cases; every unit is in it. */
export function subjectOf(cases: readonly InventedCase[], declared: Declared = { observed: year }): Subject {
  const columns = `
  case_id: case
  ${declared.unit === "case" ? "" : "child_id: child"}
  law_type: law
  gender: gender
  application_date: applied
  closed_date: closed
  case_type: outcome`;
  const plan = parsePlan(planYaml(declared, columns), { file: "plan.yaml" });
  const lines = cases.flatMap(
    ({ id, applied, closed, law = "public", gender = "female", outcome = "", children = 1 }) =>
      Array.from({ length: children }, (_, child) =>
        [id, String(child + 1), law, gender, applied, closed, outcome].join("|"),
      ),
  );
  const table = tableOf("export.csv", ["case|child|law|gender|applied|closed|outcome", ...lines]);
  return wholeOf(plan, buildFrame({ plan, data: [table], joins: [], lookups: [] }));
}

function wholeOf(plan: Subject["plan"], frame: Subject["frame"]): Subject {
  return { plan, frame, units: Int32Array.from(frame.ids, (_, unit) => unit) };
}

/** The synthetic export, with the window that it has by default. */
export function syntheticSubject(
  options: { readonly rows: number; readonly seed?: string } & Declared,
): Subject {
  const { rows, seed = "314159" } = options;
  const made = synthesise({ rows, seed });
  const columns = `
  case_id: case ID
  child_id: child ID
  gender: gender
  ethnicity: ethnicity
  disability: disability (Y/N)
  date_of_birth: date of birth
  law_type: law type
  case_type: case type
  service_area: service area
  application_date: application date
  closed_date: closed date`;
  const declared = { observed: { from: made.windowFrom, to: made.referenceDate }, ...options };
  const plan = parsePlan(planYaml(declared, columns), { file: "plan.yaml" });
  const held = [...made.rows()];
  const table = {
    file: "export.csv",
    rowCount: held.length,
    headers: made.headers,
    columns: made.headers.map((header, at) => {
      const values: string[] = [];
      const known = new Map<string, number>();
      const codes = Int32Array.from(held, (row) => {
        const cell = row[at] as string;
        const code = known.get(cell) ?? values.push(cell) - 1;
        known.set(cell, code);
        return code;
      });
      return { header, values, codes };
    }),
    rowNumbers: Int32Array.from(held, (_, at) => at + 2),
    notes: [],
  };
  const { derived = [] } = options;
  return wholeOf(plan, buildFrame({ plan, data: [table], joins: [], lookups: [], derived }));
}
