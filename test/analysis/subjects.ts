import type { PopulationLevel, Subject } from "../../src/analysis/item.js";
import { parsePlan } from "../../src/plan/load.js";
import type { DerivedField } from "../../src/plan/types.js";
import { frameOf, tableOf } from "../frames.js";

const fromHeaders: Readonly<Record<string, readonly DerivedField[]>> = {
  ethnicity: ["ethnic_group"],
  date_of_birth: ["age_years", "age_band"],
  closed_date: ["delay_days", "delay_band", "delay_is_open"],
  case_id: ["case_children"],
};

/**
 * All units of a small export whose headers are the fields' names; the first line holds them, cells are parted by `|`.
 *
 * @param options.plan - further lines of the plan, each `key: value`
 */
export function subjectOf(
  lines: readonly string[],
  options: {
    readonly plan?: readonly string[];
    readonly unit?: "child" | "case";
    readonly unitId?: string;
    readonly population?: readonly PopulationLevel[];
  } = {},
): Subject {
  const headers = (lines[0] as string).split("|");
  const columns = headers.map((header) =>
    header === "factors" ? '  factors: { list: factors, separator: ";" }' : `  ${header}: ${header}`,
  );
  const yaml = [
    "casedraw: 1",
    "title: t",
    "reference_date: 2026-11-16",
    `unit: ${options.unit ?? "child"}`,
    `unit_id: [${options.unitId ?? "child_id"}]`,
    "data: [{ path: e.csv }]",
    "columns:",
    ...columns,
    ...(options.plan ?? []),
    "cohort:",
    "  include: {}",
    "",
  ].join("\n");
  const derived = headers.flatMap((header) => fromHeaders[header] ?? []);
  const frame = frameOf(yaml, { data: [tableOf("e.csv", lines)], derived });
  return {
    frame,
    plan: parsePlan(yaml, { file: "plan.yaml" }),
    units: Int32Array.from(frame.ids, (_, unit) => unit),
    ...(options.population === undefined ? {} : { population: options.population }),
  };
}

/** Lines of an export whose first column is a child's number. */
export function childLines(header: string, rows: readonly string[]): string[] {
  return [`child_id|${header}`, ...rows.map((row, at) => `c${at + 1}|${row}`)];
}
