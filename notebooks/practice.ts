// What these notebooks practise on: an export that casedraw invents, the same at every run, and a plan for it, in a
// temporary folder that goes when the notebook's kernel stops. No real child is in it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { type SynthOptions, writeSynthetic } from "casedraw";

const plan = `casedraw: 1
title: Practice inspection (synthetic data)
reference_date: 2026-11-16
observed: { from: 2025-05-16, to: 2026-11-16 }
unit_id: [case_id, child_id]
data:
  - path: children.csv
columns:
  case_id: case ID
  child_id: child ID
  gender: gender
  date_of_birth: date of birth
  ethnicity: ethnicity
  disability: disability (Y/N)
  law_type: law type
  lead_application: lead application
  case_type: case type
  practitioner: practitioner
  team: team
  service_area: service area
  local_authority: local authority
  application_date: application date
  allocation_date: allocation date
  closed_date: closed date
  last_activity_date: last activity date
  factors: { list: Proceedings factors, separator: ";" }
cohort:
  include: { closed_date: { blank: true } }
  active_within_months: 6
compare:
  whole: England
sample:
  size: 150
  strata: [law_type, delay_band]
  allocation: { method: proportional, min: 2 }
  reserves: 0.25
`;

/**
 * Makes a folder with `children.csv` and `plan.yaml`.
 *
 * @param options - of the export; by default 4,000 children whose case was open on 16 May 2025 or has opened since
 * @returns the folder's path
 */
export async function practiceFolder(options: Partial<SynthOptions> = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-practice-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const usual = { rows: 4000, seed: "notebooks", windowFrom: "2025-05-16" };
  await writeSynthetic({ ...usual, ...options, out: join(folder, "children.csv") });
  writeFileSync(join(folder, "plan.yaml"), plan);
  return folder;
}
