import { writeFileSync } from "node:fs";
import { join } from "node:path";

// The 24 columns of the synthetic export, in its order; case_name is left unmapped, as names need not be.
const columns = [
  "case_id: case ID",
  "child_id: child ID",
  "",
  "gender: gender",
  "ethnicity: ethnicity",
  "disability: disability (Y/N)",
  "date_of_birth: date of birth",
  "lead_application: lead application",
  "law_type: law type",
  "case_type: case type",
  "practitioner: practitioner",
  "team: team",
  "service_area: service area",
  "local_authority: local authority",
  "court: court",
  "dfj_area: DFJ area",
  "application_date: application date",
  "allocation_date: allocation date",
  "first_hearing_date: first hearing date",
  "closed_date: closed date",
  "last_activity_date: last activity date",
  'factors: { list: Proceedings factors, separator: ";" }',
  "audited: audited",
  "file_location: file location",
];

/**
 * The plan of the measured job: 600 open cases by law type and delay, and a quarter more in reserve.
 *
 * @param data - the export, as `data` names it: `path`, and `sheet` for a workbook
 * @param width - how many of the export's 24 columns the file has
 */
export function samplePlan(data, width = columns.length) {
  const mapped = columns.slice(0, width).filter((line) => line !== "");
  return `casedraw: 1
title: Benchmark on a synthetic export
reference_date: 2026-11-16
unit: child
unit_id: [case_id, child_id]
data:
  - ${JSON.stringify(data)}
columns:
${mapped.map((line) => `  ${line}\n`).join("")}cohort:
  include: { closed_date: { blank: true } }
sample:
  size: 600
  method: random
  strata: [law_type, delay_band]
  allocation: { method: proportional, min: 2 }
  reserves: 0.25
`;
}

/**
 * Writes `plan.yaml` beside `export.csv`, for analyses: the export holds every case that was open in the year before the
 * reference date, which is what questions on time need.
 *
 * @returns where it lies
 */
export function writeWindowPlan(folder) {
  const plan = join(folder, "plan.yaml");
  const window = "observed: { from: 2025-11-16, to: 2026-11-16 }\n";
  writeFileSync(plan, samplePlan({ path: "export.csv" }).replace("unit: child\n", `${window}$&`));
  return plan;
}
